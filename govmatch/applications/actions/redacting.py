"""Copies that are read without names: corrected by hand, and found right."""

from collections.abc import Collection
from datetime import datetime

from govmatch.applications import rules
from govmatch.applications.events import CopyApproved, CopyCorrected
from govmatch.applications.models import Application
from govmatch.applications.redaction import Copy, copy_of
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass

MOST_PASSAGES = 200
SHORTEST_PASSAGE, LONGEST_PASSAGE = 2, 300
_MOST_PLACES = 5000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a page says of a copy.

    `places` are the keys of all passages that stood on it and `kept` those of them that stay
    hidden: what was not on the page is never shown by it.
    """

    hidden: tuple[str, ...] = ()
    whole: Collection[str] = ()
    places: Collection[str] = ()
    kept: Collection[str] = ()
    files: Collection[str] = ()


def correct(
    session: Session,
    application: Application,
    wanted: Wanted,
    *,
    version: int,
    revision: int,
    actor: Actor,
    now: datetime,
) -> RedactedCopy:
    """Keep what is hidden and shown by hand; whoever changes a copy has not found it right yet.

    `version` is the one that stood on the page and `revision` that of the marks, 0 for none.
    Raises `NotAllowed`, `Conflict` where either is another one by now, and `Invalid` for passages
    that are too short, too long or too many.
    """
    copy = _hold(session, application, version=version, revision=revision, actor=actor)
    _check(wanted)
    row = copy.row
    if row is None:
        row = RedactedCopy(application_id=application.id, approved_version=0, names=[], revision=0)
        session.add(row)
    questions = {question.id for question in copy.form.questions}
    before = (row.hidden, row.whole, row.shown, row.files) if row.revision else None
    uncovered = set(wanted.places) - set(wanted.kept)
    elsewhere = set(row.shown or ()) - set(wanted.places)
    row.hidden = list(dict.fromkeys(wanted.hidden))
    row.whole = sorted(questions.intersection(wanted.whole))
    row.shown = sorted(uncovered | elsewhere)[:_MOST_PLACES]
    row.files = sorted(set(wanted.files))
    if before == (row.hidden, row.whole, row.shown, row.files):
        return row
    row.approved_version, row.approved_by, row.approved_at = 0, None, None
    row.revision += 1
    row.saved_by, row.saved_at = actor.person_id, now
    session.flush()
    event = CopyCorrected(application.id, revision=row.revision)
    journal.record(session, event, actor=actor, now=now)
    return row


def approve(
    session: Session, application: Application, *, version: int, actor: Actor, now: datetime
) -> None:
    """Note that somebody read the copy through and found that it names nobody.

    From now on reviewers read it where they had to wait. Raises `NotAllowed`, and `Conflict` where
    the firm handed in another version than the one that was read.
    """
    require(rules.may_redact(actor, application))
    copy = copy_of(session, application)
    if copy is None or copy.version.number != version:
        raise _other_version()
    row = copy.row
    if row is None:
        row = RedactedCopy(
            application_id=application.id, hidden=[], whole=[], shown=[], files=[], revision=1,
            saved_by=actor.person_id, saved_at=now,
        )  # fmt: skip
        session.add(row)
    row.names = sorted(copy.marks.names)
    row.approved_version, row.approved_by, row.approved_at = version, actor.person_id, now
    session.flush()
    event = CopyApproved(application.id, version=version, revision=row.revision)
    journal.record(session, event, actor=actor, now=now)


def _hold(
    session: Session, application: Application, *, version: int, revision: int, actor: Actor
) -> Copy:
    require(rules.may_redact(actor, application))
    copy = copy_of(session, application)
    if copy is None:
        raise NotFound
    if copy.version.number != version:
        raise _other_version()
    if revision != (copy.row.revision if copy.row is not None else 0):
        raise Conflict(msg("Somebody else has corrected this copy in the meantime."))
    return copy


def _other_version() -> Conflict:
    return Conflict(msg("The firm has handed in another version in the meantime."))


def _check(wanted: Wanted) -> None:
    if len(wanted.hidden) > MOST_PASSAGES:
        raise Invalid({"hidden": msg("At most {n} passages fit here.", n=MOST_PASSAGES)})
    for one in wanted.hidden:
        if not SHORTEST_PASSAGE <= len(one) <= LONGEST_PASSAGE:
            said = msg(
                "A passage has {low} to {high} characters: “{passage}”.",
                low=SHORTEST_PASSAGE,
                high=LONGEST_PASSAGE,
                passage=one[:40],
            )
            raise Invalid({"hidden": said})
    if not set(wanted.kept) <= set(wanted.places):
        raise Invalid({"hidden": msg("Please choose from what stands here.")})

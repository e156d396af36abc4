"""Reading an application through for the public: leaving out more, letting it go, taking it back.

Called by the page where that is done; the actions of `dossiers` are about archives.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications.models import Application
from govmatch.dossiers import rules
from govmatch.dossiers.events import ReleaseAllowed, ReleaseNarrowed, ReleaseTakenBack
from govmatch.dossiers.proposed import Proposal, Way
from govmatch.dossiers.proposing import proposal
from govmatch.dossiers.reading_models import PublicReading
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass

MOST_PASSAGES, SHORTEST_PASSAGE, LONGEST_PASSAGE, LONGEST_REASON = 200, 2, 2000, 1000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What people leave out beyond the proposal; `answers` says why, by question."""

    answers: Mapping[str, str]
    passages: Sequence[str] = ()
    reason: str = ""
    files: Mapping[str, Way]
    file_reason: str = ""


def narrow(
    session: Session,
    application: Application,
    wanted: Wanted,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Keep what is left out by hand, and return what would go out now.

    `revision` is that of the page, 0 for none. Refused to who does not work on the case. Raises
    `Conflict` where somebody saved meanwhile, and `Invalid` where something is left out without a
    reason. No mark of a firm is lifted by it.
    """
    found = _proposal(session, application, now=now)
    require(rules.may_narrow(actor, application.challenge))
    row = found.row
    if revision != (row.revision if row is not None else 0):
        raise Conflict(msg("Somebody else has changed this in the meantime."))
    _check(wanted, found, tried=_tried(session, application, wanted, now=now))
    if row is None:
        row = PublicReading(application_id=application.id, revision=0)
        session.add(row)
    before = (row.answers, row.passages, row.reason, row.files, row.file_reason)
    row.answers, row.passages = dict(wanted.answers), list(wanted.passages)
    row.reason, row.file_reason = wanted.reason, wanted.file_reason
    row.files = {key: way.value for key, way in wanted.files.items()}
    if before == (row.answers, row.passages, row.reason, row.files, row.file_reason):
        return found
    row.revision += 1
    assert actor.person_id is not None
    row.saved_by, row.saved_at = actor.person_id, now
    session.flush()
    event = ReleaseNarrowed(application.id, revision=row.revision)
    journal.record(session, event, actor=actor, now=now)
    return _proposal(session, application, now=now)


def allow(
    session: Session, application: Application, *, read: str, actor: Actor, now: datetime
) -> None:
    """Let exactly what was read into copies for the public that are made from now on.

    `read` is the digest of what stood on the page. Refused as `rules.may_release` says; raises
    `Conflict` where something else would go out by now.
    """
    found = _proposal(session, application, now=now)
    require(rules.may_release(actor, application.challenge, found.standing))
    if found.digest != read:
        raise Conflict(msg("What would go out has changed. Please read it once more."))
    row = found.row
    if row is None:
        row = PublicReading(
            application_id=application.id, revision=1, saved_by=actor.person_id, saved_at=now
        )
        session.add(row)
    row.released_digest, row.released_by, row.released_at = read, actor.person_id, now
    session.flush()
    event = ReleaseAllowed(application.id, version=found.version, sha256=read)
    journal.record(session, event, actor=actor, now=now)


def take_back(session: Session, application: Application, *, actor: Actor, now: datetime) -> None:
    """Let nothing of it into copies that are made from now on; earlier ones are out of reach."""
    found = _proposal(session, application, now=now)
    require(rules.may_release(actor, application.challenge, found.standing))
    if found.row is None or not found.row.released_digest:
        return
    found.row.released_digest, found.row.released_by, found.row.released_at = "", None, None
    journal.record(session, ReleaseTakenBack(application.id), actor=actor, now=now)


def _proposal(session: Session, application: Application, *, now: datetime) -> Proposal:
    session.flush()
    found = proposal(session, application, lang="en", now=now)
    if found is None:
        raise NotFound
    return found


def _tried(
    session: Session, application: Application, wanted: Wanted, *, now: datetime
) -> dict[str, tuple[Way, ...]]:
    """Return how each file could go out if this were left out, by its id."""
    row = PublicReading(
        answers=dict(wanted.answers), passages=list(wanted.passages), files={},
        reason="", file_reason="", released_digest="",
    )  # fmt: skip
    made = proposal(session, application, lang="en", now=now, tried=row)
    return {one.key: one.ways for one in made.sheets} if made is not None else {}


def _check(wanted: Wanted, found: Proposal, *, tried: Mapping[str, tuple[Way, ...]]) -> None:
    errors: dict[str, Message] = {}
    known = {one.question for one in found.answers}
    for question, why in wanted.answers.items():
        if question not in known:
            raise NotFound
        if wrong := _wrong_reason(why):
            errors[f"why-{question}"] = wrong
    if any(way not in tried.get(key, ()) for key, way in wanted.files.items()):
        raise Invalid({"files": msg("Please choose from what stands here.")})
    if wanted.passages and (wrong := _wrong_reason(wanted.reason)):
        errors["reason"] = wrong
    if wrong := _wrong_passages(wanted.passages):
        errors["passages"] = wrong
    # What cannot go out in any other way needs no reason of the authority's own.
    by_hand = [key for key, way in wanted.files.items() if way is Way.OUT and tried[key][0] != way]
    if by_hand and (wrong := _wrong_reason(wanted.file_reason)):
        errors["file_reason"] = wrong
    if errors:
        raise Invalid(errors)


def _wrong_passages(passages: Sequence[str]) -> Message | None:
    if len(passages) > MOST_PASSAGES:
        return msg("At most {n} passages fit here.", n=MOST_PASSAGES)
    for one in passages:
        if not SHORTEST_PASSAGE <= len(one) <= LONGEST_PASSAGE:
            return msg(
                "A passage has {low} to {high} characters: “{passage}”.",
                low=SHORTEST_PASSAGE, high=LONGEST_PASSAGE, passage=one[:40],
            )  # fmt: skip
    return None


def _wrong_reason(why: str) -> Message | None:
    if not why:
        return msg("Please say why it is left out.")
    if len(why) > LONGEST_REASON:
        return msg("Please use at most {limit} characters.", limit=LONGEST_REASON)
    return None

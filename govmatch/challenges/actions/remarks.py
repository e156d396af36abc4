"""What an approver wants changed: written down remark by remark, given back, answered."""

from collections.abc import Iterable
from datetime import datetime

from govmatch.challenges.actions.holding import hold
from govmatch.challenges.events import RemarksAnswered
from govmatch.challenges.keeping import as_data
from govmatch.challenges.models import Challenge, Remark, Submission
from govmatch.challenges.queries import given_remarks, last_submission, own_approvers, own_drafts
from govmatch.challenges.rules import may_edit, may_return
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import statement_of
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass

MAX_REMARK = 4_000
MAX_NOTE = 1_000
MOST_REMARKS = 100
"""How many one person may have at hand for one challenge before giving them."""


@dataclass(frozen=True, slots=True)
class Written:
    """One remark as it stands in the form; `field` is where, `id` that of one kept before."""

    field: str
    section: Section | None
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What its authors say about one remark."""

    id: str
    is_done: bool
    note: str


def keep_remarks(
    session: Session,
    challenge: Challenge,
    written: Iterable[Written],
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> list[Remark]:
    """Keep remarks that nobody else reads until they are given, and return all of this person.

    A kept one whose text is empty now is thrown away. Allowed to whoever may return the challenge.
    Raises `Invalid` by field for what is too long, and for more than fits.
    """
    hold(session, challenge)
    own = own_approvers(session, challenge, now=real_now)
    require(may_return(actor, challenge, own_approvers=own))
    assert actor.person_id is not None
    all_written = list(written)
    _refuse_long({one.field: one.text for one in all_written}, MAX_REMARK)
    there = {one.public_id: one for one in own_drafts(session, challenge, actor.person_id)}
    for one in all_written:
        _keep(session, challenge, there, one, by=actor.person_id, now=now)
    session.flush()
    kept = own_drafts(session, challenge, actor.person_id)
    if len(kept) > MOST_REMARKS:
        raise Invalid({"": msg("At most {n} remarks fit. Join some of them.", n=MOST_REMARKS)})
    return kept


def _keep(
    session: Session,
    challenge: Challenge,
    there: dict[str, Remark],
    one: Written,
    *,
    by: int,
    now: datetime,
) -> None:
    kept, text = there.get(one.id), one.text.strip()
    if kept is not None and not text:
        session.delete(kept)
    elif kept is not None and kept.text != text:
        kept.text, kept.at = text, now
    elif kept is None and text:
        remark = Remark(
            public_id=public_id(),
            challenge_id=challenge.id,
            section=one.section.value if one.section else None,
            text=text,
            by=by,
            at=now,
        )
        session.add(remark)


def give_remarks(session: Session, challenge: Challenge, *, by: int, now: datetime) -> int:
    """Let everybody at the desk read what this person kept, and return how many these are."""
    kept = own_drafts(session, challenge, by)
    round_ = last_submission(session, challenge)
    for one in kept:
        one.given_at = now
        one.submission_id = round_.id if round_ is not None else None
    return len(kept)


def answer_remarks(
    session: Session,
    challenge: Challenge,
    answers: Iterable[Answered],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep what its authors did about remarks, and return how many of them were answered anew.

    Allowed to whoever may write in it now. A remark of another challenge is left alone. Raises
    `Invalid` by field for a note that is too long.
    """
    hold(session, challenge)
    require(may_edit(actor, challenge))
    by_id = {one.id: one for one in answers}
    _refuse_long({f"note-{one.id}": one.note for one in by_id.values()}, MAX_NOTE)
    changed = []
    for remark in given_remarks(session, challenge):
        answer = by_id.get(remark.public_id)
        if answer is None or (remark.is_done, remark.note) == (answer.is_done, answer.note):
            continue
        remark.is_done, remark.note = answer.is_done, answer.note
        remark.answered_by, remark.answered_at = actor.person_id, now
        changed.append(remark.id)
    if changed:
        event = RemarksAnswered(subject_id=challenge.id, remark_ids=changed)
        journal.record(session, event, actor=actor, now=now)
    return len(changed)


def keep_submission(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Keep what the challenge says as it is laid before its approvers: a new round begins."""
    before = last_submission(session, challenge)
    submission = Submission(
        challenge_id=challenge.id,
        number=before.number + 1 if before is not None else 1,
        at=now,
        by=actor.person_id,
        revision=challenge.revision,
        statement=as_data(statement_of(challenge)),
    )
    session.add(submission)


def _refuse_long(texts: dict[str, str], limit: int) -> None:
    message: Message = msg("At most {limit} characters fit here.", limit=limit)
    wrong = {name: message for name, text in texts.items() if len(text.strip()) > limit}
    if wrong:
        raise Invalid(wrong)

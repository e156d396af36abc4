"""What follows from letters: read, answered, reminded of, missed."""

from datetime import datetime

from sqlalchemy import select

from govmatch.applications.actions.moving import move
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.decisions import rules
from govmatch.decisions.events import (
    AnswerMissed,
    AnswerReminded,
    SelectionConfirmed,
    SelectionDeclined,
)
from govmatch.decisions.models import (
    Answer,
    Decision,
    Determination,
    Outcome,
    Receipt,
    Reply,
    State,
)
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Gone, Invalid
from govmatch.kit.i18n import msg
from govmatch.triage.actions.holding import date_states

MAX_REASON = 2_000


def answer(
    session: Session,
    application: Application,
    reply: Reply,
    *,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Answer:
    """Let a selected firm take its place or decline it; the same answer twice is one.

    Raises `Gone` once the date has passed, also where nobody has noted that yet.
    """
    _hold(session, application)
    before = find_answer(session, application)
    if before is not None and before.answer == reply and before.by is not None:
        return before
    if is_late(application, before, now=now) and rules.is_asked(actor, application):
        raise Gone(
            msg("The date to answer has passed, so the place can no longer be taken or declined.")
        )
    require(rules.may_answer(actor, application, now=now))
    if len(reason.strip()) > MAX_REASON:
        raise Invalid({"reason": msg("At most {limit} characters fit here.", limit=MAX_REASON)})
    confirmed = reply is Reply.CONFIRMED
    to = Applied.CONFIRMED if confirmed else Applied.DECLINED
    made = _answer(session, application, reply, by=actor.person_id, now=now)
    made.reason = "" if confirmed else reason.strip()
    move(session, application, to, actor=actor, now=now)
    date_states(session, [application.id], now=now)
    event = SelectionConfirmed if confirmed else SelectionDeclined
    journal.record(session, event(application.id), actor=actor, now=now)
    return made


def is_late(application: Application, before: Answer | None, *, now: datetime) -> bool:
    if before is not None:
        return before.answer == Reply.MISSED
    is_open = application.state == Applied.SELECTED and application.confirm_by is not None
    return is_open and application.confirm_by is not None and application.confirm_by < now


def miss(session: Session, application: Application, *, now: datetime) -> bool:
    """Note that the date passed without an answer, so that the place is free; once."""
    _hold(session, application)
    is_due = application.state == Applied.SELECTED and application.confirm_by is not None
    if not is_due or application.confirm_by is None or application.confirm_by >= now:
        return False
    _answer(session, application, Reply.MISSED, by=None, now=now)
    move(session, application, Applied.DECLINED, actor=VISITOR, now=now)
    date_states(session, [application.id], now=now)
    journal.record(session, AnswerMissed(application.id), actor=VISITOR, now=now)
    return True


def remind(session: Session, line: Determination, *, days: int, now: datetime) -> None:
    """Note that the firm is reminded; the notices follow from it, once for each step."""
    if line.reminded_days is not None and line.reminded_days <= days:
        return
    line.reminded_days = days
    event = AnswerReminded(line.application_id, days=days)
    journal.record(session, event, actor=VISITOR, now=now)


def note_reading(session: Session, letter_id: int, person_id: int, *, now: datetime) -> None:
    """Keep when a member of the firm first opened a letter.

    Who joined the firm after the release has no receipt yet: it reached them then, too.
    """
    found = select(Receipt).where(Receipt.letter_id == letter_id, Receipt.person_id == person_id)
    receipt = session.scalars(found).first()
    if receipt is None:
        receipt = Receipt(letter_id=letter_id, person_id=person_id)
        session.add(receipt)
    receipt.delivered_at = receipt.delivered_at or now
    receipt.read_at = receipt.read_at or now


def find_answer(session: Session, application: Application) -> Answer | None:
    found = select(Answer).where(Answer.application_id == application.id)
    return session.scalars(found).first()


def _answer(
    session: Session, application: Application, reply: Reply, *, by: int | None, now: datetime
) -> Answer:
    """Keep the answer to the last decision that selected the application."""
    decisions = (
        select(Decision.id)
        .join(Determination, Determination.decision_id == Decision.id)
        .where(
            Determination.application_id == application.id,
            Determination.outcome == Outcome.SELECTED,
            Decision.state == State.RELEASED,
        )
        .order_by(Decision.number.desc())
    )
    made = Answer(
        application_id=application.id,
        decision_id=session.scalars(decisions).first(),
        answer=reply.value,
        at=now,
        by=by,
        reason="",
    )
    session.add(made)
    return made


def _hold(session: Session, application: Application) -> None:
    """Keep others from changing challenge and application until this transaction ends."""
    hold_challenge(session, application.challenge)
    session.execute(
        select(Application)
        .where(Application.id == application.id)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).scalar_one()  # only a row that is fetched is read anew

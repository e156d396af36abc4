"""Due work: dates that pass without an answer, reminders before them, letters that arrived."""

from datetime import timedelta

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions import actions, queries
from govmatch.decisions.models import Decision, Determination, Letter, Outcome, Receipt, State
from govmatch.decisions.queries import letter_key
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.notifications.models import InboxItem

REMINDERS = (1, 3, 7)
"""Days before the date; the nearest that applies goes out."""

_QUESTION_REMINDERS = (0, 1, 3)
"""Days before the promised date; 0 once it has passed."""

_SHORT = timedelta(days=2)
"""A reminder that would come this soon after the letter is left out."""

_MOST = 500
_GOING_ON = (Stage.DECIDED.value, Stage.PILOTING.value)


def miss_dates(background: Background, session: Session) -> None:
    """Note every date that has passed without an answer."""
    found = (
        select(Application)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(
            Application.state == Applied.SELECTED,
            Application.confirm_by < background.now,
            Challenge.state.in_(_GOING_ON),
        )
        .limit(_MOST)
    )
    for application in session.scalars(found).all():
        actions.miss(session, application, now=background.now)


def remind(background: Background, session: Session) -> None:
    """Remind selected firms 7, 3 and 1 days before their date, each once."""
    now = background.now
    found = (
        select(Determination)
        .join(Determination.application)
        .join(Decision, Decision.id == Determination.decision_id)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(
            Application.state == Applied.SELECTED,
            Application.confirm_by > now,
            Application.confirm_by <= now + timedelta(days=max(REMINDERS)),
            Challenge.state.in_(_GOING_ON),
            Decision.state == State.RELEASED,
            Decision.confirm_by == Application.confirm_by,
            Determination.outcome == Outcome.SELECTED,
        )
        .limit(_MOST)
    )
    for line in session.scalars(found).all():
        confirm_by, released = line.application.confirm_by, line.decision.released_at
        assert confirm_by is not None
        assert released is not None
        days = next(n for n in REMINDERS if confirm_by <= now + timedelta(days=n))
        if confirm_by - timedelta(days=days) - released >= _SHORT:
            actions.remind(session, line, days=days, now=now)


def note_deliveries(background: Background, session: Session) -> None:
    """Date the receipts of letters whose notice lies in a person's inbox.

    After a month nobody waits for one any more, as of somebody who left in that very minute.
    """
    waiting = (
        select(Receipt, Letter)
        .join(Letter, Letter.id == Receipt.letter_id)
        .where(
            Receipt.delivered_at.is_(None),
            Letter.released_at > background.now - timedelta(days=30),
        )
        .order_by(Receipt.id)
        .limit(_MOST)
    )
    receipts = {
        f"{letter_key(letter)}:{receipt.person_id}": receipt
        for receipt, letter in session.execute(waiting)
    }
    if not receipts:
        return
    arrived = select(InboxItem.key, InboxItem.person_id, InboxItem.at).where(
        InboxItem.key.in_(sorted(receipts))
    )
    for key, person_id, at in session.execute(arrived):
        if receipts[key].person_id == person_id:
            receipts[key].delivered_at = at


def remind_of_questions(background: Background, session: Session) -> None:
    """Remind those who answer firms' questions 3 days and 1 day before, and once it is late."""
    now = background.now
    for letter in queries.questions_due(session, now=now, days=max(_QUESTION_REMINDERS)):
        due = letter.question_due_at
        assert due is not None
        left = next((n for n in _QUESTION_REMINDERS if due <= now + timedelta(days=n)), 3)
        actions.remind_of_question(session, letter, days=left, now=now)


DUE = [miss_dates, remind, note_deliveries, remind_of_questions]

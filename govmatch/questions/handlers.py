"""Due work: who answers is told of new questions each morning, and reminded of overdue ones.

Not at the moment of asking: a mail that comes a minute after somebody pressed the button tells when
they did, and to whoever was in the room also who.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.questions import queries
from govmatch.questions.events import AnswersOverdue, QuestionsWait
from govmatch.questions.models import Question
from govmatch.questions.rules import is_overdue

MORNING = time(8)
REMINDED_EACH = timedelta(days=3)


def tell_waiting(background: Background, session: Session) -> None:
    """Note once, on the first morning after the day on which they came, that questions wait."""
    now = background.now
    for challenge, questions in queries.waiting_challenges(session, now):
        due = [one for one in questions if _morning_after(challenge, one) <= now]
        for one in due:
            one.told_at = now
        if due:
            event = QuestionsWait(subject_id=challenge.id, questions=len(due))
            journal.record(session, event, actor=VISITOR, now=now)


def _morning_after(challenge: Challenge, question: Question) -> datetime:
    day = question.asked_on + timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(challenge.zone))


def remind(background: Background, session: Session) -> None:
    """Note that answers are overdue when their day is over, and every three days while they are."""
    now = background.now
    before = now - REMINDED_EACH
    for challenge, questions in queries.overdue_challenges(session, now, reminded_before=before):
        if not is_overdue(challenge, now):
            continue
        for one in questions:
            one.reminded_at = now
        event = AnswersOverdue(subject_id=challenge.id, questions=challenge.open_questions)
        journal.record(session, event, actor=VISITOR, now=now)


DUE = [tell_waiting, remind]

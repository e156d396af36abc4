"""Due work: a firm that was asked about its secrets is reminded before its date."""

from datetime import timedelta

from govmatch.applications import queries
from govmatch.applications.actions import secrecy
from govmatch.kit.background import Background
from govmatch.kit.db import Session

REMINDERS = (1, 7)
"""Days before the date; the nearest that applies goes out."""


def remind_of_inquiries(background: Background, session: Session) -> None:
    """Remind firms 7 days and 1 day before their date, each once."""
    now = background.now
    for inquiry in queries.inquiries_due(session, now=now, days=max(REMINDERS)):
        days = next(n for n in REMINDERS if inquiry.due_at <= now + timedelta(days=n))
        secrecy.remind(session, inquiry, days=days, now=now)


DUE = [remind_of_inquiries]

"""What firms marked as trade secrets, what was asked about it, and what of it holds now."""

from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.applications import secrecy_rules
from govmatch.applications.models import Application
from govmatch.applications.secrecy import Mark, marks_in
from govmatch.applications.secrecy_models import SecrecyInquiry, SecrecyStatement, SecretMarks
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Secrecy:
    """What holds of one application; `is_heard` once its firm has said or could have said it."""

    marks: list[Mark]
    lifted: frozenset[str]
    """Keys of the marks that do not hold any more."""
    statement: SecrecyStatement | None
    inquiries: list[SecrecyInquiry]
    is_heard: bool

    @property
    def holding(self) -> list[Mark]:
        return [one for one in self.marks if one.key not in self.lifted]


def secret_marks(session: ReadSession, application: Application) -> SecretMarks | None:
    """Return what the firm's page shows as marked; None where nothing was ever saved."""
    found = select(SecretMarks).where(SecretMarks.application_id == application.id)
    return session.scalars(found).first()


def last_statement(session: ReadSession, application: Application) -> SecrecyStatement | None:
    found = select(SecrecyStatement).where(SecrecyStatement.application_id == application.id)
    return session.scalars(found.order_by(SecrecyStatement.number.desc()).limit(1)).first()


def statements(session: ReadSession, application: Application) -> list[SecrecyStatement]:
    """Return everything that was stated, newest first."""
    found = select(SecrecyStatement).where(SecrecyStatement.application_id == application.id)
    return list(session.scalars(found.order_by(SecrecyStatement.number.desc())))


def inquiries(session: ReadSession, application: Application) -> list[SecrecyInquiry]:
    """Return what the firm was asked about its secrets, newest first."""
    found = select(SecrecyInquiry).where(SecrecyInquiry.application_id == application.id)
    return list(session.scalars(found.order_by(SecrecyInquiry.id.desc())))


def get_inquiry(session: ReadSession, application: Application, public_id: str) -> SecrecyInquiry:
    """Return one inquiry about this very application; raises `NotFound`."""
    found = select(SecrecyInquiry).where(
        SecrecyInquiry.public_id == public_id, SecrecyInquiry.application_id == application.id
    )
    inquiry = session.scalars(found).first()
    if inquiry is None:
        raise NotFound
    return inquiry


def inquiry_by_id(session: ReadSession, number: int) -> SecrecyInquiry | None:
    return session.get(SecrecyInquiry, number)


def secrecy_of(session: ReadSession, application: Application, *, now: datetime) -> Secrecy:
    """Return what of the version that counts is marked, and whether its firm was heard.

    A statement about an earlier version holds for a later one too, until the firm says otherwise.
    """
    statement = last_statement(session, application)
    asked = inquiries(session, application)
    lifted = {key for one in asked if secrecy_rules.is_lifted(one, now) for key in one.lifted}
    return Secrecy(
        marks=marks_in(statement.answers, statement.files) if statement is not None else [],
        lifted=frozenset(lifted),
        statement=statement,
        inquiries=asked,
        is_heard=statement is not None or any(secrecy_rules.is_over(one, now) for one in asked),
    )


def inquiries_due(session: ReadSession, *, now: datetime, days: int) -> list[SecrecyInquiry]:
    """Return inquiries without an answer whose date is within so many days."""
    found = select(SecrecyInquiry).where(
        SecrecyInquiry.answered_at.is_(None),
        SecrecyInquiry.decided_at.is_(None),
        SecrecyInquiry.due_at > now,
        SecrecyInquiry.due_at <= now + timedelta(days=days),
    )
    return list(session.scalars(found.order_by(SecrecyInquiry.id).limit(500)))

"""This package's share of one person's data: exported, and erased.

An application is the firm's and part of an award file. So erasing a person takes the person out of
what is not submitted, and leaves submitted versions as they are: their content is what was
received, they name the person by number alone, and they go with the award file. So does what the
table of access and the journal say of people who read them, by number.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application, LateCode, Version
from govmatch.kit.db import ReadSession, Session


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return which applications the person began or submitted, as JSON values."""
    begun = select(Application).where(_touched_by(person_id))
    return {
        "applications": [
            {
                "reference": application.reference,
                "began": application.created_by == person_id,
                "created_at": application.created_at.isoformat(),
                "sections_saved_last": [
                    {"section": section, "at": entry["at"]}
                    for section, entry in sorted(application.saved.items())
                    if entry.get("by") == person_id
                ],
                "submitted": [
                    {"version": v.number, "at": v.at.isoformat(), "sha256": v.content_hash}
                    for v in _versions(session, application, person_id)
                ],
            }
            for application in session.scalars(begun.order_by(Application.id))
        ],
        "late_codes": [
            {
                "issued_at": code.issued_at.isoformat(),
                "expires_at": code.expires_at.isoformat(),
                "used_at": code.used_at.isoformat() if code.used_at else None,
            }
            for code in _codes(session, session.get_one(Person, person_id))
        ],
    }


def _codes(session: ReadSession, person: Person) -> list[LateCode]:
    """Return the late codes for the person's address or used by them."""
    found = select(LateCode).where(
        or_(LateCode.address == person.email, LateCode.used_by == person.id)
    )
    return list(session.scalars(found.order_by(LateCode.id)))


def _versions(session: ReadSession, application: Application, person_id: int) -> list[Version]:
    found = select(Version).where(Version.application_id == application.id, Version.by == person_id)
    return list(session.scalars(found.order_by(Version.number)))


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Take the person's own address out of late codes and of every answer that is not submitted.

    To be run before accounts, which forgets the address. `now` is the machine's time.
    """
    person = session.get_one(Person, person_id)
    email = person.email.casefold()
    for code in _codes(session, person):
        code.address = ""
    for application in session.scalars(select(Application).where(_touched_by(person_id))):
        kept = {
            key: answer
            for key, answer in application.answers.items()
            if not (isinstance(answer, str) and answer.strip().casefold() == email)
        }
        if kept != application.answers:
            application.answers = kept
            application.revision += 1
            application.updated_at = now


def _touched_by(person_id: int) -> ColumnElement[bool]:
    return or_(
        Application.created_by == person_id,
        Application.id.in_(select(Version.application_id).where(Version.by == person_id)),
    )

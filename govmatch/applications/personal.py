"""This package's share of one person's data: exported, and erased.

An application is the firm's and part of an award file. So erasing a person takes the person out of
what is not submitted, and leaves submitted versions as they are: their content is what was
received, they name the person by number alone, and they go with the award file. So does what the
table of access and the journal say of people who read them, by number.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select

from govmatch.accounts.models import Person
from govmatch.applications.models import (
    Access,
    Application,
    Confirmation,
    LateCode,
    Partner,
    PartnerState,
    SectionWriter,
    Version,
)
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.applications.secrecy_models import SecrecyInquiry, SecrecyStatement, SecretMarks
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "applications.created_by": "by number alone: the award file says who did what",
    "application_versions.by": "by number alone: the award file says who did what",
    "application_confirmations.by": "by number alone: the award file says who did what",
    "application_access.person_id": "by number alone, since it must be shown who could read what",
    "application_partners.invited_by": "by number alone: the award file says who did what",
    "application_partners.answered_by": "by number alone: the award file says who did what",
    "application_partners.ended_by": "by number alone: the award file says who did what",
    "redacted_copies.saved_by": "by number alone: the award file says who did what",
    "redacted_copies.approved_by": "by number alone: the award file says who did what",
    "secret_marks.saved_by": "by number alone: the award file says who did what",
    "secrecy_statements.by": "by number alone: the award file says who did what",
    "secrecy_inquiries.asked_by": "by number alone: the award file says who did what",
    "secrecy_inquiries.answered_by": "by number alone: the award file says who did what",
    "secrecy_inquiries.decided_by": "by number alone: the award file says who did what",
    "late_codes.issued_by": "by number alone: the award file says who did what",
    "late_codes.used_by": "by number alone: the award file says who did what",
}

UNTOLD = {
    "section_writers.person_id": "who has a section open is deleted within minutes",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return which applications the person began, submitted or confirmed, as JSON values."""
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
                "confirmed_after_changes": [
                    {"version": one.version.number, "at": one.at.isoformat()}
                    for one in _confirmations(session, application, person_id)
                ],
                "submitted": [
                    {"version": v.number, "at": v.at.isoformat(), "sha256": v.content_hash}
                    for v in _versions(session, application, person_id)
                ],
            }
            for application in session.scalars(begun.order_by(Application.id))
        ],
        "could_read": acts_of(session, person_id, {"since": (Access.person_id, Access.since)}),
        "copies_without_names": acts_of(
            session,
            person_id,
            {
                "corrected": (RedactedCopy.saved_by, RedactedCopy.saved_at),
                "approved": (RedactedCopy.approved_by, RedactedCopy.approved_at),
            },
        ),
        "trade_secrets": _of_secrets(session, person_id),
        "issued_codes": acts_of(
            session, person_id, {"issued": (LateCode.issued_by, LateCode.issued_at)}
        ),
        "late_codes": [
            {
                "issued_at": code.issued_at.isoformat(),
                "expires_at": code.expires_at.isoformat(),
                "used_at": code.used_at.isoformat() if code.used_at else None,
            }
            for code in _codes(session, session.get_one(Person, person_id))
        ],
        "partners": [
            {
                "asked_by_mail": one.address == session.get_one(Person, person_id).email,
                "firm": one.firm.name if one.firm is not None else one.name,
                "lead": one.application.firm.name,
                "challenge": one.application.challenge.slug,
                "state": one.state,
                "invited_at": one.invited_at.isoformat() if one.invited_by == person_id else None,
                "answered_at": _at(one.answered_at) if one.answered_by == person_id else None,
                "ended_at": _at(one.ended_at) if one.ended_by == person_id else None,
            }
            for one in _partners(session, session.get_one(Person, person_id))
        ],
    }


def _of_secrets(session: ReadSession, person_id: int) -> object:
    """Return when the person marked, stated, asked, answered and decided about trade secrets."""
    return acts_of(
        session,
        person_id,
        {
            "marked": (SecretMarks.saved_by, SecretMarks.saved_at),
            "stated": (SecrecyStatement.by, SecrecyStatement.at),
            "asked": (SecrecyInquiry.asked_by, SecrecyInquiry.asked_at),
            "answered": (SecrecyInquiry.answered_by, SecrecyInquiry.answered_at),
            "decided": (SecrecyInquiry.decided_by, SecrecyInquiry.decided_at),
        },
    )


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _partners(session: ReadSession, person: Person) -> list[Partner]:
    """Return whom the person asked, answered for or took out, and what they were asked by mail."""
    found = select(Partner).where(
        or_(
            Partner.address == person.email,
            Partner.invited_by == person.id,
            Partner.answered_by == person.id,
            Partner.ended_by == person.id,
        )
    )
    return list(session.scalars(found.order_by(Partner.id)))


def _codes(session: ReadSession, person: Person) -> list[LateCode]:
    """Return the late codes for the person's address or used by them."""
    found = select(LateCode).where(
        or_(LateCode.address == person.email, LateCode.used_by == person.id)
    )
    return list(session.scalars(found.order_by(LateCode.id)))


def _versions(session: ReadSession, application: Application, person_id: int) -> list[Version]:
    found = select(Version).where(Version.application_id == application.id, Version.by == person_id)
    return list(session.scalars(found.order_by(Version.number)))


def _confirmations(
    session: ReadSession, application: Application, person_id: int
) -> list[Confirmation]:
    found = (
        select(Confirmation)
        .join(Version, Version.id == Confirmation.version_id)
        .where(Version.application_id == application.id, Confirmation.by == person_id)
    )
    return list(session.scalars(found.order_by(Confirmation.id)))


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Take the person's own address out of late codes and of every answer that is not submitted.

    And out of invitations to take part; one that was not answered is over by that.
    To be run before accounts, which forgets the address. `now` is the machine's time.
    """
    session.execute(delete(SectionWriter).where(SectionWriter.person_id == person_id))
    session.execute(delete(SectionWriter).where(SectionWriter.person_id == person_id))
    person = session.get_one(Person, person_id)
    email = person.email.casefold()
    for code in _codes(session, person):
        code.address = ""
    for partner in _partners(session, person):
        if partner.address == person.email:
            _forget_address(partner, now=now)
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


def _forget_address(partner: Partner, *, now: datetime) -> None:
    partner.address = ""
    if partner.state == PartnerState.INVITED:
        partner.state, partner.ended_at = PartnerState.DECLINED.value, now
        partner.application.revision += 1


def _touched_by(person_id: int) -> ColumnElement[bool]:
    return or_(
        Application.created_by == person_id,
        Application.id.in_(select(Version.application_id).where(Version.by == person_id)),
        Application.id.in_(
            select(Version.application_id)
            .join(Confirmation, Confirmation.version_id == Version.id)
            .where(Confirmation.by == person_id)
        ),
    )

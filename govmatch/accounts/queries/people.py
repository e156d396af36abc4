"""People by what names them, and what is kept about one."""

from sqlalchemy import select

from govmatch.accounts.models import Invitation, Person, RoleRow, SessionRow
from govmatch.accounts.queries.signing_in import recovery_codes_left
from govmatch.kit.db import ReadSession


def by_email(session: ReadSession, address: str) -> Person | None:
    """Return the person of a canonical address."""
    return session.scalars(select(Person).where(Person.email == address)).first()


def by_public_id(session: ReadSession, public_id: str) -> Person | None:
    return session.scalars(select(Person).where(Person.public_id == public_id)).first()


def by_id(session: ReadSession, person_id: int) -> Person:
    return session.get_one(Person, person_id)


def about(session: ReadSession, person: Person) -> dict[str, object]:
    """Return everything accounts keeps about a person, as JSON values; times are UTC.

    Digests of session tokens and recovery codes are left out: they say nothing about anybody.
    """
    roles = select(RoleRow).where(RoleRow.person_id == person.id).order_by(RoleRow.id)
    sessions = select(SessionRow).where(SessionRow.person_id == person.id).order_by(SessionRow.id)
    invitations = (
        select(Invitation)
        .where((Invitation.address == person.email) | (Invitation.accepted_by == person.id))
        .order_by(Invitation.id)
    )
    return {
        "person": _values(
            person,
            "public_id email name lang zone created_at verified_at terms_at disabled_at"
            " totp_confirmed_at",
        ),
        "recovery_codes_left": recovery_codes_left(session, person),
        "roles": [
            _values(row, "role object_kind object_label since until")
            for row in session.scalars(roles)
        ],
        "sessions": [
            _values(row, "created_at last_used_at ends_at ended_at factor_at user_agent")
            for row in session.scalars(sessions)
        ],
        "invitations": [
            _values(row, "address role object_kind object_label created_at expires_at accepted_at")
            for row in session.scalars(invitations)
        ],
    }


def _values(row: object, names: str) -> dict[str, object]:
    found = {name: getattr(row, name) for name in names.split()}
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in found.items()}

"""This package's share of one person's data: exported, and erased."""

from datetime import datetime

from sqlalchemy import delete, update

from govmatch.accounts.models import Invitation, LinkRequest, RecoveryCode, RoleRow, SessionRow
from govmatch.accounts.queries import about, by_id
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "roles.person_id": "who had which right when must be shown later; by number alone",
    "roles.granted_by": "who gave a right must be shown later; by number alone",
    "invitations.invited_by": "who offered a right must be shown later; by number alone",
    "invitations.accepted_by": "who took an offered right must be shown later; by number alone",
}

UNTOLD = {
    "link_requests.person_id": "a request for a link is deleted after a day",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what accounts keeps about a person, as JSON values."""
    given = acts_of(
        session,
        person_id,
        {
            "gave_role": (RoleRow.granted_by, RoleRow.since),
            "invited": (Invitation.invited_by, Invitation.created_at),
        },
    )
    return {**about(session, by_id(session, person_id)), "gave": given}


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Leave nothing of a person but an empty row that others may point to, and the roles held.

    With the salt gone, the journal's digests say nothing; its chain stays whole. `now` is the
    machine's time.
    """
    person = by_id(session, person_id)
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.execute(delete(SessionRow).where(SessionRow.person_id == person_id))
    session.execute(
        delete(LinkRequest).where(
            (LinkRequest.person_id == person_id)
            | (LinkRequest.address == person.email)
            | (LinkRequest.old_address == person.email)
        )
    )
    session.execute(
        update(Invitation)
        .where((Invitation.address == person.email) | (Invitation.accepted_by == person_id))
        .values(address="")
    )
    open_invitations = Invitation.accepted_at.is_(None) & Invitation.revoked_at.is_(None)
    session.execute(
        update(Invitation).where(Invitation.address == "", open_invitations).values(revoked_at=now)
    )
    session.execute(
        update(RoleRow)
        .where(RoleRow.person_id == person_id, RoleRow.until.is_(None))
        .values(until=now)
    )
    person.email = f"{person.public_id}@erased.invalid"
    person.name = person.salt = ""
    person.lang = person.zone = person.totp_seed = None
    person.totp_confirmed_at = person.totp_last_step = None
    person.disabled_at = person.disabled_at or now

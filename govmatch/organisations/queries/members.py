"""Who belongs to a firm. Memberships are roles; `real_now` is the machine's time, as for them."""

from datetime import datetime

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Invitation, Person, Role, RoleRow
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm


@dataclass(frozen=True)
class Member:
    """A person with every role they hold for one firm."""

    person: Person
    rows: tuple[RoleRow, ...]

    @property
    def leads(self) -> bool:
        return any(row.role == Role.LEAD for row in self.rows)

    @property
    def since(self) -> datetime:
        return min(row.since for row in self.rows)


def members_of(session: ReadSession, firm: Firm, *, real_now: datetime) -> list[Member]:
    """Return who belongs to a firm, leads first, then by name; one statement."""
    by_person: dict[int, list[RoleRow]] = {}
    for row in accounts.holders(session, "firm", firm.id, now=real_now):
        by_person.setdefault(row.person_id, []).append(row)
    found = [Member(rows[0].person, tuple(rows)) for rows in by_person.values()]
    return sorted(found, key=lambda member: not member.leads)


def get_member(session: ReadSession, firm: Firm, public_id: str, *, real_now: datetime) -> Member:
    """Return one member by the person's public id; raises `NotFound` for everybody else."""
    for member in members_of(session, firm, real_now=real_now):
        if member.person.public_id == public_id:
            return member
    raise NotFound


def invitations_of(session: ReadSession, firm: Firm, *, real_now: datetime) -> list[Invitation]:
    """Return the invitations to a firm that can still be accepted, newest first."""
    return accounts.open_invitations(session, now=real_now, object_kind="firm", object_id=firm.id)


def get_invitation(
    session: ReadSession, firm: Firm, public_id: str, *, real_now: datetime
) -> Invitation:
    """Return an open invitation to this firm; raises `NotFound` for that of any other firm."""
    for invitation in invitations_of(session, firm, real_now=real_now):
        if invitation.public_id == public_id:
            return invitation
    raise NotFound

"""What the journal, the tables and the pages of the administration hold, in short words."""

from sqlalchemy import select

from govmatch.accounts.models import Invitation, Person, RoleRow
from govmatch.kit.journal import JournalRow
from tests.web.challenges.desk_world import Desk


def events(desk: Desk, kind: str) -> list[str]:
    """Return what Kim did to one kind of thing, oldest first; signing in is not asked for."""
    with desk.site.database.reading() as session:
        found = select(JournalRow).where(
            JournalRow.subject_kind == kind, JournalRow.actor_id == desk.people["kim"].id
        )
        names = [row.event for row in session.scalars(found.order_by(JournalRow.id))]
        return [name for name in names if name != "SignedIn"]


def held(desk: Desk, name: str) -> set[tuple[str, str]]:
    """Return the roles that somebody holds now, as (role, kind)."""
    with desk.site.database.reading() as session:
        found = select(RoleRow).where(
            RoleRow.person_id == desk.people[name].id, RoleRow.until.is_(None)
        )
        return {(row.role, row.object_kind) for row in session.scalars(found)}


def open_offers(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.site.database.reading() as session:
        found = select(Invitation).where(Invitation.revoked_at.is_(None)).order_by(Invitation.id)
        return [(one.address, one.role, one.object_kind) for one in session.scalars(found)]


def person(desk: Desk, name: str) -> Person:
    with desk.site.database.reading() as session:
        found = session.get_one(Person, desk.people[name].id)
        session.expunge(found)
        return found

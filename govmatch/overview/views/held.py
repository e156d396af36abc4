"""Roles as lines of a page: who holds what, for what, since when."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.accounts.models import RoleRow
from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.overview.objects import Target
from govmatch.overview.queries.objects import Targets, targets
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class HolderLine:
    """One person with one role for the object that the page is about."""

    person: str
    url: str
    role: Message
    since: datetime
    is_disabled: bool


@dataclass(frozen=True)
class HeldLine:
    """One role in force, with what it is for and what its End button sends."""

    role: Message
    value: str
    held_for: Message | str
    url: str
    key: str
    since: datetime
    may_end: bool


def holder_lines(visit: Visit, rows: Sequence[RoleRow]) -> list[HolderLine]:
    """Return who holds a role for one object; the people are loaded."""
    return [
        HolderLine(
            person=row.person.name,
            url=visit.url(f"/admin/people/{row.person.public_id}"),
            role=ROLE_NAMES[row.role],
            since=row.since,
            is_disabled=row.person.disabled_at is not None,
        )
        for row in rows
    ]


def held_lines(visit: Visit, rows: Sequence[RoleRow]) -> list[HeldLine]:
    """Return what somebody holds; an object that is gone keeps the name it had."""
    known = targets(visit.db, {(row.object_kind, row.object_id) for row in rows})
    return [_line(visit, row, known) for row in rows]


def _line(visit: Visit, row: RoleRow, known: Targets) -> HeldLine:
    target = known.get((row.object_kind, row.object_id))
    path = target.path if target else ""
    return HeldLine(
        role=ROLE_NAMES[row.role],
        value=row.role,
        held_for=held_name(visit, row, target),
        url=visit.url(path) if path else "",
        key=target.key if target else "",
        since=row.since,
        may_end=row.object_kind != "firm" and target is not None,
    )


def held_name(visit: Visit, row: RoleRow, target: Target | None) -> Message | str:
    return target.name(visit.lang) if target else row.object_label


def invite_url(visit: Visit, key: str) -> str:
    """Return the form for inviting somebody, with this object chosen."""
    return visit.url("/admin/invitations/new", **{"for": key})


def roles_url(visit: Visit, key: str) -> str:
    """Return the list of roles, narrowed to this object."""
    return visit.url("/admin/roles", **{"for": key})

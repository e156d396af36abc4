"""What somebody can be in a firm, and what that means, as forms offer it."""

from collections.abc import Iterable

from govmatch.accounts.models import Role, RoleRow
from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.i18n import Message, msg

ROLES_IN_FIRM: list[tuple[str, Message, Message]] = [
    (Role.MEMBER.value, msg("Member"), msg("Works on the profile and on applications.")),
    (
        Role.READER.value,
        msg("Reader"),
        msg("Reads the profile, the applications and the pilots, and changes nothing."),
    ),
    (
        Role.FINANCE.value,
        msg("Finance contact"),
        msg("Reads the profile, and the plan and the amounts of pilots; no applications."),
    ),
    (
        Role.LEAD.value,
        msg("Lead"),
        msg("Also invites colleagues, ends memberships and may close the firm."),
    ),
]

_FIRST = (Role.LEAD, Role.MEMBER, Role.READER, Role.FINANCE)


def highest(rows: Iterable[RoleRow]) -> Role:
    """Return what somebody is called who holds several roles in one firm."""
    held = {row.role for row in rows}
    return next(role for role in _FIRST if role in held)


def role_name(rows: Iterable[RoleRow]) -> Message:
    return ROLE_NAMES[highest(rows)]

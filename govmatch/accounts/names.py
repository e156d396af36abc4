"""What roles and the things they are held for are called on pages and in mails."""

from collections.abc import Mapping

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Message, msg

ROLE_NAMES: Mapping[str, Message] = {
    Role.ADMINISTRATOR: msg("Administrator"),
    Role.AUDITOR: msg("Auditor"),
    Role.MANAGER: msg("Programme manager"),
    Role.STEERING: msg("Steering group member"),
    Role.APPROVER: msg("Approver"),
    Role.STAFF: msg("Staff member"),
    Role.FINANCE: msg("Finance contact"),
    Role.REVIEWER: msg("Reviewer"),
    Role.CHAIR: msg("Jury chair"),
    Role.MENTOR: msg("Mentor"),
    Role.LEAD: msg("Firm lead"),
    Role.MEMBER: msg("Firm member"),
    Role.READER: msg("Firm reader"),
}

KIND_NAMES: Mapping[str, Message] = {
    "site": msg("The whole site"),
    "programme": msg("A programme"),
    "authority": msg("An authority"),
    "challenge": msg("A challenge"),
    "pilot": msg("A pilot"),
    "firm": msg("A firm"),
}


def object_name(object_kind: str, object_label: str) -> Message | str:
    """Return what the object was called when the role was given, else what kind of thing it is."""
    if object_kind == "site":
        return KIND_NAMES["site"]
    return object_label or KIND_NAMES[object_kind]

"""How questions are put into words on pages: states, addresses, what was found in a text."""

from collections.abc import Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.questions.naming import What


def path_of(slug: str) -> str:
    return f"/challenges/{slug}/questions"


def anchor_of(public_id: str) -> str:
    return f"q-{public_id}"


def address_of(slug: str, public_id: str) -> str:
    """Return where one question is read: the page of all, at its place."""
    return f"{path_of(slug)}#{anchor_of(public_id)}"


def desk_of(slug: str) -> str:
    return f"/desk/challenges/{slug}/questions"


STATES: Mapping[str, tuple[Message, str]] = {
    "asked": (msg("Asked"), "info"),
    "answered": (msg("Answered, not yet published"), "info"),
    "published": (msg("Published"), "success"),
    "declined": (msg("Declined"), "neutral"),
    "withdrawn": (msg("Taken back"), "neutral"),
}
"""Each state for those who answer; an asker reads «Asked» until something is public."""

FOUND: Mapping[What, Message] = {
    What.FIRM: msg("name of a firm"),
    What.PERSON: msg("name of a person"),
    What.MAIL: msg("e-mail address"),
    What.PHONE: msg("telephone number"),
    What.WEB: msg("web address"),
}

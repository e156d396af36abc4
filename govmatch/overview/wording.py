"""Journal rows of a case in plain words, whatever package they are from."""

from collections.abc import Callable, Mapping
from typing import Any

from govmatch.accounts.names import ROLE_NAMES
from govmatch.challenges.history import happened
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow

Data = Mapping[str, Any]


def in_words(row: JournalRow, *, lang: Lang, zone: str, names: Mapping[int, str]) -> Message:
    """Return what a row says; `names` are those of the people that it is about, by id.

    An event that nobody has put into words yet is called by its name, so that none is left out.
    """
    of_challenge = happened(row, lang=lang, zone=zone)
    if of_challenge is not None:
        return of_challenge
    words = _WORDS.get(row.event)
    if words is not None:
        return words(row, names)
    return msg("Entry of the kind {event}", event=row.event)


def _role(row: JournalRow) -> Message:
    return ROLE_NAMES[str(row.data["role"])]


def _name(row: JournalRow, names: Mapping[int, str]) -> str:
    return names.get(row.subject_id, "")


_WORDS: Mapping[str, Callable[[JournalRow, Mapping[int, str]], Message]] = {
    "InvitationSent": lambda row, _: msg("Invitation sent: {role}", role=_role(row)),
    "InvitationAccepted": lambda row, _: msg("Invitation accepted: {role}", role=_role(row)),
    "InvitationRevoked": lambda row, _: msg("Invitation taken back: {role}", role=_role(row)),
    "RoleGiven": lambda row, names: msg(
        "Role given to {name}: {role}", name=_name(row, names), role=_role(row)
    ),
    "RoleEnded": lambda row, names: msg(
        "Role of {name} ended: {role}", name=_name(row, names), role=_role(row)
    ),
}

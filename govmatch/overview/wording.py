"""Journal rows of a case in plain words, whatever package they are from."""

from collections.abc import Callable, Mapping

from govmatch.accounts.names import ROLE_NAMES
from govmatch.challenges.history import happened
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow

About = Mapping[tuple[str, int], str]
"""What rows are about, by kind and id: a person's name, an application's reference."""


def in_words(row: JournalRow, *, lang: Lang, zone: str, about: About) -> Message:
    """Return what a row says, instants in `zone`.

    An event that nobody has put into words yet is called by its name, so that none is left out.
    """
    of_challenge = happened(row, lang=lang, zone=zone)
    if of_challenge is not None:
        return of_challenge
    words = _WORDS.get(row.event)
    if words is not None:
        return words(row, about.get((row.subject_kind, row.subject_id), ""))
    return msg("Entry of the kind {event}", event=row.event)


def _role(row: JournalRow) -> Message:
    return ROLE_NAMES[str(row.data["role"])]


_WORDS: Mapping[str, Callable[[JournalRow, str], Message]] = {
    "InvitationSent": lambda row, _: msg("Invitation sent: {role}", role=_role(row)),
    "InvitationAccepted": lambda row, _: msg("Invitation accepted: {role}", role=_role(row)),
    "InvitationRevoked": lambda row, _: msg("Invitation taken back: {role}", role=_role(row)),
    "RoleGiven": lambda row, name: msg("Role given to {name}: {role}", name=name, role=_role(row)),
    "RoleEnded": lambda row, name: msg("Role of {name} ended: {role}", name=name, role=_role(row)),
    "DraftStarted": lambda _, name: msg("Application {reference} begun", reference=name),
    "ApplicationSubmitted": lambda row, name: msg(
        "Application {reference} submitted, version {n}", reference=name, n=row.data["number"]
    ),
    "ApplicationWithdrawn": lambda _, name: msg(
        "Application {reference} withdrawn", reference=name
    ),
}

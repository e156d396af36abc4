"""Journal rows of a case in plain words, whatever package they are from."""

from collections.abc import Callable, Mapping

from govmatch.accounts.names import ROLE_NAMES
from govmatch.applications.history import in_words as of_application
from govmatch.challenges.history import happened as of_challenge
from govmatch.decisions.history import in_words as of_decision
from govmatch.interviews.history import happened as of_interview
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.panels.history import happened as of_panel
from govmatch.pilots.history import happened as of_pilot
from govmatch.questions.history import happened as of_question
from govmatch.reviews.history import happened as of_review
from govmatch.triage.history import happened as of_triage

About = Mapping[tuple[str, int], str]
"""What rows are about, by kind and id: a person's name, an application's reference, a pilot's title
"""


def in_words(row: JournalRow, *, lang: Lang, zone: str, about: About) -> Message:
    """Return what a row says, instants in `zone`.

    An event that nobody has put into words yet is called by its name, so that none is left out.
    """
    name = about.get((row.subject_kind, row.subject_id), "")
    words = _WORDS.get(row.event)
    if words is not None:
        return words(row, name)
    return (
        of_challenge(row, lang=lang, zone=zone)
        or of_application(row, reference=name)
        or of_question(row)
        or of_triage(row, name=name, lang=lang, zone=zone)
        or _review(row, name, about)
        or of_interview(row, reference=name)
        or of_panel(row, reference=name)
        or of_decision(row, reference=name)
        or _pilot(row, name, lang, zone)
        or msg("Entry of the kind {event}", event=row.event)
    )


def _review(row: JournalRow, name: str, about: About) -> Message | None:
    """Return what a row about reviews says, with the application that it is about."""
    what = of_review(row, lambda number: about.get(("person", number), ""))
    if what is None or row.subject_kind != "application":
        return what
    return msg("Application {reference}: {what}", reference=name, what=what)


def _pilot(row: JournalRow, name: str, lang: Lang, zone: str) -> Message | None:
    what = of_pilot(row, lang=lang, zone=zone)
    return what and msg("Pilot {title}: {what}", title=name, what=what)


def _role(row: JournalRow) -> Message:
    return ROLE_NAMES[str(row.data["role"])]


def _of_dossier(row: JournalRow, *, asked: bool) -> Message:
    if row.data["kind"] == "public":
        if asked:
            return msg("Copy of the file for the public asked for")
        return msg("Copy of the file for the public made")
    return msg("File of the case asked for") if asked else msg("File of the case made")


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
    "ApplicationEmptied": lambda _, name: msg(
        "Application {reference} deleted, since its time of keeping is over", reference=name
    ),
    "DossierAsked": lambda row, _: _of_dossier(row, asked=True),
    "DossierMade": lambda row, _: _of_dossier(row, asked=False),
    "DossierTaken": lambda row, _: (
        msg("Copy of the file for the public taken")
        if row.data["kind"] == "public"
        else msg("File of the case taken")
    ),
    "ReleaseNarrowed": lambda _, name: msg(
        "Application {reference}: what goes to the public was changed", reference=name
    ),
    "ReleaseAllowed": lambda _, name: msg(
        "Application {reference}: read and let into copies for the public", reference=name
    ),
    "ReleaseTakenBack": lambda _, name: msg(
        "Application {reference}: no more in copies for the public", reference=name
    ),
    "CaseEmptied": lambda row, _: msg(
        "File of the case deleted, since its time of keeping is over; applications in it: {n}",
        n=row.data["applications"],
    ),
}

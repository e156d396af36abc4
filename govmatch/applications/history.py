"""What happened to an application, as its firm is told: its own acts, and what was sent to it.

Whatever stands here by name the firm reads; all other journal rows about an application are the
work of staff and reviewers, and never reach it.
"""

from collections.abc import Mapping

from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow

BY_FIRM: Mapping[str, Message] = {
    "DraftStarted": msg("Draft started"),
    "ApplicationSubmitted": msg("Version {n} submitted", n=0),
    "ApplicationWithdrawn": msg("Withdrawn"),
    "RequestAnswered": msg("What was missing was sent in"),
    "SelectionConfirmed": msg("You confirmed that you take part"),
    "SelectionDeclined": msg("You declined to take part"),
}
"""What the firm's own people did; they are named."""

TO_FIRM: Mapping[str, Message] = {
    "ApplicationOpened": msg("Opened together with all others"),
    "RequestSent": msg("The authority asks for something that is missing"),
    "LetterReleased": msg("A letter from the authority is there"),
    "AnswerMissed": msg("The time to confirm passed without an answer"),
}
"""What others did that the firm is told; they are not named."""

TOLD = BY_FIRM.keys() | TO_FIRM.keys()


def happened(row: JournalRow) -> Message:
    """Return what a journal row says to the firm; to be asked for the events in `TOLD` alone."""
    if row.event == "ApplicationSubmitted":
        return msg("Version {n} submitted", n=row.data.get("number", 0))
    if row.event == "ApplicationWithdrawn" and row.data.get("is_final"):
        return msg("Withdrawn for good")
    return BY_FIRM.get(row.event) or TO_FIRM[row.event]


def in_words(row: JournalRow, *, reference: str) -> Message | None:
    """Return what a row says in the case file, None for rows that are not told here.

    `reference` is that of the application. For those who read the whole case, and about
    applications for nobody before the opening.
    """
    if row.event == "ApplicationMoved":
        return msg(
            "Application {reference} moved from {before} to {after}",
            reference=reference,
            before=_state(row, "from_state"),
            after=_state(row, "to_state"),
        )
    text = _IN_CASE.get(row.event)
    return Message(text.text, {"reference": reference}) if text is not None else None


def _state(row: JournalRow, name: str) -> Message | str:
    """Return a state in words; one that this version does not know stands by its name."""
    state = str(row.data[name])
    return STAFF_STATES[state][0] if state in STAFF_STATES else state


_IN_CASE: Mapping[str, Message] = {
    "AccessGranted": msg("Application {reference} shown to a person"),
    "AccessEnded": msg("Application {reference} no longer shown to a person"),
    "AccessClosed": msg("Application {reference} closed to a person"),
    "AccessReopened": msg("Application {reference} no longer closed to a person"),
    "PlaceGivenUp": msg("Application {reference}: the firm gave up its place"),
    "FileTaken": msg("File of application {reference} saved"),
    "FirmWrote": msg("Message from the firm about application {reference}"),
    "AuthorityWrote": msg("Message from the authority about application {reference}"),
    "LateCodeIssued": msg("Late code issued"),
    "LateCodeUsed": msg("Late code used"),
    "LateCodeEnded": msg("Late code ended"),
}

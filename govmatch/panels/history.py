"""What happened at a jury's meeting, in the words of a case: for staff and auditors."""

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow

_PLAIN = {
    "MeetingEnded": msg("Meeting of the jury ended; the minutes wait for signatures"),
    "MeetingReopened": msg("Minutes of the jury taken back to correct them"),
    "MinutesSigned": msg("Minutes of the jury signed"),
    "MinutesFrozen": msg("Minutes of the jury signed by all; what was agreed counts from now on"),
}
EVENTS = frozenset({*_PLAIN, "MeetingPlanned", "MeetingBegun", "ConsensusNoted"})
"""The events that this module puts into words."""


def happened(row: JournalRow, *, reference: str) -> Message | None:
    """Return what a journal row about a meeting says; None for a row of another package."""
    if row.event == "MeetingPlanned":
        members = row.data["members"]
        return msgn(
            "Meeting of the jury called: {n} member",
            "Meeting of the jury called: {n} members",
            n=len(members) if isinstance(members, list) else 0,
        )
    if row.event == "MeetingBegun":
        present = row.data["present"]
        return msgn(
            "Meeting of the jury begun: {n} is there",
            "Meeting of the jury begun: {n} are there",
            n=len(present) if isinstance(present, list) else 0,
        )
    if row.event == "ConsensusNoted":
        return msg("Application {reference}: discussed by the jury", reference=reference)
    return _PLAIN.get(row.event)

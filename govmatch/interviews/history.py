"""What happened to interviews, in the words of a case: for staff and auditors."""

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow

_OF_CASE = {
    "InterviewSlotChanged": msg("Time or place of an interview slot changed"),
    "InterviewSlotRemoved": msg("Interview slot taken away"),
}
_OF_APPLICATION = {
    "InterviewInvited": msg("Application {reference}: invited to an interview"),
    "InterviewBooked": msg("Application {reference}: interview booked by the firm"),
    "InterviewMoved": msg("Application {reference}: interview moved by the firm"),
    "InterviewGivenUp": msg("Application {reference}: interview slot given up by the firm"),
    "InterviewChanged": msg("Application {reference}: time or place of the interview changed"),
    "InterviewCalledOff": msg("Application {reference}: interview called off"),
    "InterviewNoted": msg("Application {reference}: notes of the interview written"),
    "InterviewQuestionsPrepared": msg("Application {reference}: questions taken from the reviews"),
    "InterviewQuestionKept": msg("Application {reference}: question for the interview written"),
    "InterviewQuestionDropped": msg("Application {reference}: question for the interview dropped"),
    "InterviewReminded": msg("Application {reference}: reminded of the interview"),
}
EVENTS = frozenset(
    {
        *_OF_CASE,
        *_OF_APPLICATION,
        "InterviewSlotsAdded",
        "InterviewHeld",
        "InterviewQuestionsReleased",
    }
)
"""The events that this module puts into words."""


def happened(row: JournalRow, *, reference: str) -> Message | None:
    """Return what a journal row about interviews says; None for a row of another package."""
    if row.event in _OF_CASE:
        return _OF_CASE[row.event]
    if row.event == "InterviewSlotsAdded":
        return msgn(
            "{n} slot for interviews offered", "{n} slots for interviews offered",
            n=_count(row, "slot_ids"),
        )  # fmt: skip
    if row.event == "InterviewHeld":
        return msgn(
            "Application {reference}: interview held, {n} of the jury took part",
            "Application {reference}: interview held, {n} of the jury took part",
            n=_count(row, "people"),
            reference=reference,
        )
    if row.event == "InterviewQuestionsReleased":
        return msgn(
            "Application {reference}: {n} question released to the firm",
            "Application {reference}: {n} questions released to the firm",
            n=_count(row, "question_ids"),
            reference=reference,
        )
    text = _OF_APPLICATION.get(row.event)
    return Message(text.text, {"reference": reference}) if text is not None else None


def _count(row: JournalRow, name: str) -> int:
    found = row.data[name]
    return len(found) if isinstance(found, list) else 0

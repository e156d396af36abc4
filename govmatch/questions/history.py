"""What happened to a question, in plain words: its journal rows as lines of a case."""

from collections.abc import Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow


def happened(row: JournalRow) -> Message | None:
    """Return what a row says; of asking and taking back nothing says who did it."""
    if row.event == "QuestionPublished" and row.data["is_late"]:
        return msg("Question published with its answer, after the day for answers")
    if row.event == "QuestionDeclined" and row.data["shows_reason"]:
        return msg("Question declined, with a reason for everybody")
    return _WORDS.get(row.event)


_WORDS: Mapping[str, Message] = {
    "QuestionAsked": msg("Question asked; who asked is kept for the asker alone"),
    "QuestionWithdrawn": msg("Question taken back"),
    "QuestionPublished": msg("Question published with its answer"),
    "QuestionDeclined": msg("Question declined, with a reason for its asker"),
    "AnswerCorrected": msg("Answer corrected; the earlier one stays readable"),
}

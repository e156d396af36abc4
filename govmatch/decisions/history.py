"""Journal rows about decisions, letters and answers in plain words, for the case file."""

from collections.abc import Mapping

from govmatch.decisions.showing import KINDS
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow


def in_words(row: JournalRow, *, reference: str) -> Message | None:
    """Return what a row says, None for rows that are not told here.

    `reference` is that of the application that the row is about. For those who read the whole case;
    about a challenge that was never opened no row of an application is ever shown.
    """
    text = _OF_DECISION.get(row.event)
    if text is not None:
        kind = KINDS.get(str(row.data["kind"]), "")
        return Message(text.text, {"n": row.data["decision"], "kind": kind})
    text = _OF_APPLICATION.get(row.event)
    if text is None:
        return None
    days = {"n": row.data["days"]} if row.event in _WITH_DAYS else {}
    return Message(text.text, {"reference": reference, **days})


_WITH_DAYS = frozenset({"AnswerReminded", "QuestionBackReminded"})

_OF_DECISION: Mapping[str, Message] = {
    "DecisionBegun": msg("Decision {n} begun: {kind}"),
    "DecisionProposed": msg("Decision {n} proposed: {kind}"),
    "DecisionTakenBack": msg("Decision {n} taken back: {kind}"),
    "DecisionReturned": msg("Decision {n} returned: {kind}"),
    "DecisionConfirmed": msg("Decision {n} confirmed: {kind}"),
    "DecisionReleased": msg("Decision {n} released: {kind}"),
    "DecisionOvertaken": msg("Decision {n} not released, since the challenge ended: {kind}"),
}

_OF_APPLICATION: Mapping[str, Message] = {
    "LetterCorrected": msg("Letter about application {reference} corrected"),
    "LetterChecked": msg("Letter about application {reference} read and found right"),
    "LetterReleased": msg("Letter about application {reference} released"),
    "LetterRead": msg("Letter about application {reference} opened by the firm"),
    "QuestionBackAsked": msg("Question of the firm about the letter on application {reference}"),
    "QuestionBackAnswered": msg("Question about the letter on application {reference} answered"),
    "QuestionBackReminded": msg(
        "Reminder of the question about the letter on application {reference}, days left: {n}"
    ),
    "SelectionConfirmed": msg("Place taken for application {reference}"),
    "SelectionDeclined": msg("Place declined for application {reference}"),
    "AnswerMissed": msg("No answer in time for application {reference}"),
    "AnswerReminded": msg("Firm of application {reference} reminded, days left: {n}"),
}

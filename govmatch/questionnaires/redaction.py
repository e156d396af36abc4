"""Answers for a blind review: without what tells who wrote them."""

import re
from collections.abc import Collection, Mapping
from typing import cast

from govmatch.questionnaires.answers import HIDDEN, Answer, Answers, is_blank
from govmatch.questionnaires.definition import Kind, Question, Questionnaire
from govmatch.questionnaires.texts import normal

MASK = "▒▒▒"
_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})
# One run of characters each, so that no text takes long; what looks like an address is masked even
# where it is none, since one shown too much cannot be taken back.
_ADDRESS = re.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>\"]{1,500}"
    r"|[^\s@<>\"(),;:]{1,64}@[^\s@<>\"(),;:]{1,255}"
    r"|\+[0-9][0-9 ()/-]{6,20}[0-9]"
)
_SHORTEST_NAME = 3


def redacted(
    questionnaire: Questionnaire, answers: Mapping[str, object], *, names: Collection[str] = ()
) -> Answers:
    """Return the answers as a blind reviewer may see them.

    Questions that the form marks, and every e-mail address, are hidden as a whole. In the texts
    that remain, web and e-mail addresses, phone numbers in their international form and each of
    `names` (of the firm, its people, its products) are masked; names shorter than three characters
    are left, since they would eat ordinary words. Answers to questions that the form does not have
    are left out. The result is for reading only, never for keeping.
    """
    pattern = _names(names)
    return {
        question.id: _seen(question, answers[question.id], pattern)
        for question in questionnaire.questions
        if not is_blank(answers.get(question.id))
    }


def _seen(question: Question, kept: object, names: re.Pattern[str] | None) -> Answer:
    unreadable = isinstance(kept, Mapping) and "raw" in kept
    if question.redact or question.kind is Kind.EMAIL or unreadable:
        return HIDDEN
    if isinstance(kept, str) and question.kind in _WRITTEN:
        text = _ADDRESS.sub(MASK, kept)
        return names.sub(MASK, text) if names else text
    return cast(Answer, kept)


def _names(names: Collection[str]) -> re.Pattern[str] | None:
    long_enough = {normal(name) for name in names if len(name.strip()) >= _SHORTEST_NAME}
    if not long_enough:
        return None
    longest_first = sorted(long_enough, key=lambda name: (-len(name), name))
    words = (r"\s+".join(re.escape(word) for word in name.split()) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)

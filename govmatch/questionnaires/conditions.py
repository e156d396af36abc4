"""Whether a question is asked at all, where it depends on an earlier answer.

A question that is not asked is neither missing nor wrong, stands in no list of answers, and its
answer is not submitted. What was typed there stays in the draft, so that changing one's mind twice
loses nothing. A condition names a question that stands before it and may itself depend on another:
then every link has to hold. Since each link leads backwards, no chain comes back to itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from govmatch.kit.i18n import Message, msg
from govmatch.questionnaires.answers import is_blank, is_hidden
from govmatch.questionnaires.definition import SETTLED, TICKED, Asking, Condition, Kind, Question

Answerable = Mapping[str, tuple[str, ...]]
"""Questions on which others may depend, with the answers that each can have."""

_T = TypeVar("_T")


def is_asked(question: Question, answers: Mapping[str, object]) -> bool:
    """Return whether these answers lead to the question.

    Where the answer that decides is hidden from the reader, whoever hid it knew: what was answered
    then was asked.
    """
    when = question.when
    while when is not None:
        kept = answers.get(when.question)
        if is_hidden(kept):
            return not is_blank(answers.get(question.id))
        if _given(kept).isdisjoint(when.answers):
            return False
        when = when.before
    return True


def linked(
    questions: Iterable[Question], known: dict[str, Condition | None]
) -> tuple[Question, ...]:
    """Return the questions, each condition with that of the question it depends on.

    `known` holds the conditions of the questions before these, and is filled with theirs.
    """
    found = []
    for question in questions:
        when = question.when
        if when is not None:
            when = replace(when, before=known.get(when.question))
        known[question.id] = when
        found.append(question if when == question.when else replace(question, when=when))
    return tuple(found)


def _given(kept: object) -> set[str]:
    if kept is True:
        return {TICKED}
    if isinstance(kept, str):
        return {kept}
    return {item for item in kept if isinstance(item, str)} if isinstance(kept, list) else set()


def asked(asking: Asking, answers: Mapping[str, object]) -> tuple[Question, ...]:
    """Return the questions that are asked, in the order of the form."""
    return tuple(question for question in asking.questions if is_asked(question, answers))


def submitted(asking: Asking, answers: Mapping[str, _T]) -> dict[str, _T]:
    """Return the answers that are sent in: to questions that are asked, and not blank."""
    return {
        question.id: answers[question.id]
        for question in asked(asking, answers)
        if not is_blank(answers.get(question.id))
    }


def answerable(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """Return those of the questions on which later ones may depend: those with set answers."""
    return {question.id: _possible(question) for question in questions if question.kind in SETTLED}


def _possible(question: Question) -> tuple[str, ...]:
    if question.kind is Kind.DECLARATION:
        return (TICKED,)
    return tuple(option.value for option in question.options)


def fault_of(when: Condition, earlier: Answerable) -> Message | None:
    """Return why a question cannot depend on this, where `earlier` stands before it; else None."""
    if when.question not in earlier:
        known = ", ".join(sorted(earlier)) or "–"
        return msg(
            "No question {id} with set answers stands before this one. Possible are: {ids}.",
            id=when.question, ids=known,
        )  # fmt: skip
    for answer in when.answers:
        if answer not in earlier[when.question]:
            known = ", ".join(earlier[when.question])
            return msg("{id} has no answer {answer}. Possible are: {answers}.",
                       id=when.question, answer=answer, answers=known)  # fmt: skip
    return None

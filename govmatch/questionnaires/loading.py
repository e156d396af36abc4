"""Reading a form definition from plain data (YAML, JSON); everything wrong is named at once."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from govmatch.kit.i18n import msg, say
from govmatch.questionnaires import limits
from govmatch.questionnaires.conditions import Answerable, answerable, fault_of, linked
from govmatch.questionnaires.definition import (
    Condition,
    Question,
    Questionnaire,
    Section,
)
from govmatch.questionnaires.node import Node, Problem
from govmatch.questionnaires.question import filled, read_question


class InvalidDefinition(ValueError):
    """A form definition is wrong; `problems` says where and how to mend it."""

    def __init__(self, problems: list[Problem]) -> None:
        places = (".".join(map(str, p.path)) + f": {say(p.message, 'en')}" for p in problems)
        super().__init__("; ".join(places))
        self.problems = problems


def load(
    data: Any,
    *,
    lang: str = "en",
    criteria: Collection[str] | None = None,
    currency: str | None = None,
) -> Questionnaire:
    """Return the questionnaire that `data` describes, `{"sections": [...]}`.

    Plain texts are taken as being in `lang`, amounts that name no currency as being in `currency`.
    Where `criteria` is given, a question may feed only one of them. Raises `InvalidDefinition` with
    all problems.
    """
    node = Node(data, lang=lang, criteria=criteria, currency=currency)
    found = _questionnaire(node)
    if node.problems:
        raise InvalidDefinition(node.problems)
    return found


def load_questions(
    data: Any,
    *,
    lang: str = "en",
    criteria: Collection[str] | None = None,
    currency: str | None = None,
    earlier: Answerable | None = None,
) -> tuple[Question, ...]:
    """Return the questions of a plain list, such as those of one challenge; refuses as `load`.

    They may depend on each other and on `earlier` ones; without it that is not looked at.
    """
    node = Node(data, lang=lang, criteria=criteria, currency=currency)
    found = _questions(node, low=0)
    _refuse_twins(node, found)
    if earlier is not None:
        _refuse_conditions(node, found, earlier)
    if node.problems:
        raise InvalidDefinition(node.problems)
    return linked(found, {})


def load_kept(data: Any, *, currency: str | None = None) -> Questionnaire:
    """Return the questionnaire of data that was checked before it was kept, remembered.

    Reading takes about 2 ms for a form of 16 questions, too long for every request. A programme's
    form names no currency; each challenge gives that of its budget.
    """
    return _remembered(json.dumps(data, sort_keys=True), currency)


def load_kept_questions(data: Any, *, currency: str | None = None) -> tuple[Question, ...]:
    """Return questions of data that was checked before it was kept, remembered."""
    return _remembered_questions(json.dumps(data, sort_keys=True), currency)


@lru_cache(maxsize=256)
def _remembered(text: str, currency: str | None) -> Questionnaire:
    return load(json.loads(text), currency=currency)


@lru_cache(maxsize=1024)
def _remembered_questions(text: str, currency: str | None) -> tuple[Question, ...]:
    return load_questions(json.loads(text), currency=currency)


def check(
    data: Any,
    *,
    lang: str = "en",
    criteria: Collection[str] | None = None,
    currency: str | None = None,
) -> list[Problem]:
    """Return what is wrong with a questionnaire's data, nothing when it can be loaded."""
    node = Node(data, lang=lang, criteria=criteria, currency=currency)
    _questionnaire(node)
    return node.problems


def extended(form: Questionnaire, section: Section) -> Questionnaire:
    """Return the form with one more section at its end, such as a challenge's own questions.

    A section without questions adds nothing. Raises `InvalidDefinition` when the section or a
    question has an id that the form already uses, or when the form becomes too long.
    """
    if not section.questions:
        return form
    known: dict[str, Condition | None] = {one.id: one.when for one in form.questions}
    section = replace(section, questions=linked(section.questions, known))
    whole = Questionnaire((*form.sections, section))
    node = Node(None, ("sections", len(form.sections)))
    if form.section(section.id):
        node.wrong(msg("The id {id} is used twice.", id=section.id))
    _refuse_twins(node, whole.questions)
    if node.problems:
        raise InvalidDefinition(node.problems)
    return whole


def _questionnaire(node: Node) -> Questionnaire:
    if not node.is_mapping():
        return Questionnaire()
    node.only(("sections",))
    parts = node.needed("sections").items(low=0, high=limits.MAX_SECTIONS)
    sections = tuple(_section(part) for part in parts if part.is_mapping())
    ids = Counter(section.id for section in sections)
    for part, section in zip(parts, sections, strict=False):
        if ids[section.id] > 1:
            part.child("id").wrong(msg("The id {id} is used twice.", id=section.id))
    found = Questionnaire(sections)
    _refuse_twins(node.child("sections"), found.questions)
    earlier: dict[str, tuple[str, ...]] = {}
    for part, section in zip(parts, sections, strict=False):
        _refuse_conditions(part.child("questions"), section.questions, earlier)
        earlier |= answerable(section.questions)
    known: dict[str, Condition | None] = {}
    return Questionnaire(
        tuple(replace(one, questions=linked(one.questions, known)) for one in found.sections)
    )


def _section(node: Node) -> Section:
    node.only(("id", "title", "intro", "questions"))
    return Section(
        id=node.needed("id").id(),
        title=filled(node, "title", limit=limits.MAX_LABEL),
        intro=node.child("intro").texts(limit=limits.MAX_HELP),
        questions=_questions(node.needed("questions"), low=1),
    )


def _questions(node: Node, *, low: int) -> tuple[Question, ...]:
    parts = node.items(low=low, high=limits.MAX_QUESTIONS)
    return tuple(found for part in parts if (found := read_question(part)) is not None)


def _refuse_conditions(node: Node, questions: Iterable[Question], earlier: Answerable) -> None:
    """Note each condition that no earlier question can meet."""
    known = dict(earlier)
    for place, question in enumerate(questions):
        if question.when and (fault := fault_of(question.when, known)):
            replace(node, path=(*node.path, place, "when")).wrong(fault)
        known |= answerable([question])


def _refuse_twins(node: Node, questions: Iterable[Question]) -> None:
    ids = Counter(question.id for question in questions)
    for question_id, count in ids.items():
        if count > 1:
            node.wrong(msg("The id {id} is used twice.", id=question_id))
    if ids.total() > limits.MAX_QUESTIONS:
        high = limits.MAX_QUESTIONS
        node.wrong(msg("At most {limit} questions fit in one form.", limit=high))

"""What is still to do before a form can be sent in."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.kit.i18n import Lang, Message
from govmatch.kit.records import dataclass
from govmatch.questionnaires.answers import is_blank
from govmatch.questionnaires.conditions import asked
from govmatch.questionnaires.definition import (
    Question,
    Questionnaire,
    Section,
    Text,
    text_for,
)
from govmatch.questionnaires.flaw import Code, code_of
from govmatch.questionnaires.tables import cells, label_of_cell
from govmatch.questionnaires.wrong import complaints, missing


class Progress(StrEnum):
    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One answer that is missing or wrong; `is_missing` tells which.

    `field` is the name of its field: that of the question, or of one cell of a table.
    """

    section: Section
    question: Question
    label: Text
    message: Message
    is_missing: bool
    field: str

    @property
    def code(self) -> Code | None:
        return code_of(self.message)

    @property
    def anchor(self) -> str:
        return f"f-{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionProgress:
    """How far a section is: of `questions` (those that are asked) so many `answered`, and so many
    `gaps` to close.

    A section that asks only what is optional counts as not started until something in it is
    answered, and never holds up the submission, since it has no gaps.
    """

    section: Section
    state: Progress
    questions: int
    answered: int
    required: int
    gaps: int


def check_complete(
    questionnaire: Questionnaire, answers: Mapping[str, object], lang: Lang
) -> list[Gap]:
    """Return what keeps these answers from being sent in, in the order of the form."""
    return [gap for section in questionnaire.sections for gap in gaps_in(section, answers, lang)]


def gaps_in(section: Section, answers: Mapping[str, object], lang: Lang) -> list[Gap]:
    """Return what is missing or wrong in one section, of the questions that are asked."""
    return [
        gap
        for question in asked(section, answers)
        for gap in _gaps(section, question, answers.get(question.id), lang)
    ]


def _gaps(section: Section, question: Question, kept: object, lang: Lang) -> list[Gap]:
    is_missing = question.required and is_blank(kept)
    found = {question.field: missing(question)} if is_missing else complaints(question, kept, lang)
    if not found:
        return []
    labels = {question.cell(row, one.id): (row, one) for row, one, _ in cells(question, kept)}
    return [
        Gap(
            section=section,
            question=question,
            label=label_of_cell(question, *labels[name], lang)
            if name in labels
            else text_for(question.label, lang),
            message=message,
            is_missing=is_missing,
            field=name,
        )
        for name, message in found.items()
    ]


def errors_of(gaps: list[Gap]) -> dict[str, Message]:
    """Return the messages by field name, as a form shows them."""
    return {gap.field: gap.message for gap in gaps}


def progress(questionnaire: Questionnaire, answers: Mapping[str, object]) -> list[SectionProgress]:
    """Return how far each section is, in the order of the form."""
    return [_progress(section, answers) for section in questionnaire.sections]


def _progress(section: Section, answers: Mapping[str, object]) -> SectionProgress:
    questions = asked(section, answers)
    answered = sum(not is_blank(answers.get(question.id)) for question in questions)
    gaps = len(gaps_in(section, answers, "en"))
    required = sum(question.required for question in questions)
    return SectionProgress(
        section=section,
        state=_state(answered=answered, gaps=gaps),
        questions=len(questions),
        answered=answered,
        required=required,
        gaps=gaps,
    )


def _state(*, answered: int, gaps: int) -> Progress:
    if not answered:
        return Progress.NOT_STARTED
    return Progress.IN_PROGRESS if gaps else Progress.DONE

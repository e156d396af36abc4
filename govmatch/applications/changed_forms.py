"""A form that changed while somebody answers it: what was typed is kept, and shown beside it.

Answers stay under the id of their question, also where it is no longer asked. Where a question of
the same id asks for another kind of answer now, what is still sent from an old page is kept under
the id with the number of the form, as in `idea@1`: no question can have such an id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from govmatch.applications import call
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_number, form_versions
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.questionnaires import (
    Attached,
    Question,
    Questionnaire,
    Row,
    Section,
    load_kept,
    rows,
)
from govmatch.questionnaires.answers import is_blank, value_of

_MARK = "@"
Fields = Mapping[str, Sequence[str]]


def seen_form(session: ReadSession, challenge: Challenge, number: int) -> Questionnaire | None:
    """Return the form that a page showed, where another one holds by now; else None."""
    if number < 1 or number == form_number(session, challenge):
        return None
    found = (one for one in form_versions(session, challenge) if one.number == number)
    version = next(found, None)
    return load_kept(version.form) if version is not None else None


def as_sent(
    old: Section, new: Questionnaire, fields: Fields, number: int
) -> tuple[Section, dict[str, Sequence[str]]]:
    """Return how a page of an old form is read: the questions that it showed, and its fields.

    What is still asked is read as it is asked now, wherever it stands; what is not, as it was.
    """
    questions: list[Question] = []
    read = dict(fields)
    for question in old.questions:
        now = new.question(question.id)
        if now is None or now.kind is question.kind:
            questions.append(replace(now or question, when=None))
            continue
        kept = replace(question, id=f"{question.id}{_MARK}{number}", when=None)
        questions.append(kept)
        read |= _renamed(question, kept, fields)
    return replace(old, questions=tuple(questions)), read


def _renamed(old: Question, kept: Question, fields: Fields) -> dict[str, Sequence[str]]:
    names = {old.field: kept.field, old.asked_field: kept.asked_field}
    start = f"cell-{old.id}-"
    for name in fields:
        if name.startswith(start):
            names[name] = f"cell-{kept.id}-{name.removeprefix(start)}"
    return {to: fields[name] for name, to in names.items() if name in fields}


def left_over(
    session: ReadSession,
    application: Application,
    section: Section,
    lang: Lang,
    *,
    files: Mapping[str, Attached],
) -> list[Row]:
    """Return what was answered to questions that this section no longer asks in that way.

    What stood in a section that is gone is shown with the last one.
    """
    form, answers = call.form(application.challenge), application.answers
    lost = [key for key, kept in answers.items() if _is_lost(form.question(key), kept)]
    if not lost:
        return []
    versions = form_versions(session, application.challenge)
    forms = {one.number: load_kept(one.form) for one in versions}
    found = []
    for key in lost:
        asked = _asked(key, forms, form.question(key))
        if asked is not None and _belongs(asked[0], section, form):
            found.append(replace(asked[1], id=key, when=None))
    return rows(replace(section, questions=tuple(found)), answers, lang, files=files)


def _is_lost(question: Question | None, kept: object) -> bool:
    """True for an answer that no field shows: nothing asks for it, or for something else."""
    if is_blank(kept):
        return False
    if question is None:
        return True
    is_raw = isinstance(kept, Mapping) and "raw" in kept
    return not is_raw and value_of(question, kept) is None


def _asked(
    key: str, forms: Mapping[int, Questionnaire], now: Question | None
) -> tuple[str, Question] | None:
    """Return the section and question that an answer was given to, of the newest such form."""
    question_id, _, number = key.partition(_MARK)
    for n, form in forms.items():
        if number and str(n) != number:
            continue
        for section in form.sections:
            for question in section.questions:
                is_other = now is None or now.kind is not question.kind
                if question.id == question_id and is_other:
                    return section.id, question
    return None


def _belongs(section_id: str, section: Section, form: Questionnaire) -> bool:
    if form.section(section_id) is None:
        return section.id == form.sections[-1].id
    return section_id == section.id

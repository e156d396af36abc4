"""Before a form is sent in, everything that is missing or wrong is named, and nothing else."""

from typing import Any

import pytest
from hypothesis import given

from govmatch.kit.i18n import Lang, say
from govmatch.questionnaires import (
    Progress,
    Questionnaire,
    check_complete,
    errors_of,
    gaps_in,
    progress,
)
from tests.unit.questionnaires.samples import KEPT, any_answers, form, forms, langs


def gaps(answers: dict[str, Any], lang: Lang = "en") -> dict[str, str]:
    return {
        gap.question.id: say(gap.message, lang) for gap in check_complete(form(), answers, lang)
    }


def test_a_complete_form_has_no_gaps() -> None:
    assert gaps(KEPT) == {}
    assert {section.state for section in progress(form(), KEPT)} == {Progress.DONE}


def test_an_empty_form_lacks_what_is_required_and_nothing_more() -> None:
    assert gaps({}) == {
        "name": "Please answer this question.",
        "idea": "Please answer this question.",
        "stage": "Please choose an answer.",
        "price": "Please give an amount.",
        "contact": "Please give an e-mail address.",
        "honest": "Please confirm this.",
        "steps": "Please fill in at least one row.",
    }


def test_gaps_are_said_in_the_readers_language_beside_the_question() -> None:
    gap = check_complete(form(), {**KEPT, "name": " "}, "de")[0]
    assert say(gap.message, "de") == "Bitte beantworten Sie diese Frage."
    assert (gap.label, gap.section.id) == (("Kurztitel", "de"), "solution")
    assert (gap.field, gap.anchor, gap.is_missing) == ("q-name", "f-q-name", True)


def test_a_label_that_is_not_translated_says_which_language_it_is_in() -> None:
    gap = check_complete(form(), {**KEPT, "idea": ""}, "da")[0]
    assert gap.label == ("How do you solve it?", "en")


@pytest.mark.parametrize(
    ("name", "kept", "said"),
    [
        ("staff", {"raw": "about 12"}, "Please give a number in figures, such as 1,234."),
        ("staff", "5001", "At most 5,000 is possible here."),
        ("staff", "1,234", "Please give a number in figures, such as 1,234."),
        ("price", {"amount": "5", "currency": "EUR"}, "Please write an amount such as"),
        ("start", "2026-12-31", "The earliest day possible is 1 January 2027."),
        ("fields", ["city", "moon"], "Please choose from the answers shown."),
        ("honest", "perhaps", "Please confirm this."),
        ("papers", ["1", "2", "3"], "Please keep at most 2 files."),
        ("papers", "1", "Please add a file."),
        ("name", {"amount": "5"}, "Please answer this question."),
    ],
)
def test_what_is_kept_and_wrong_is_named(name: str, kept: Any, said: str) -> None:
    found = gaps({**KEPT, name: kept})
    assert list(found) == [name]
    assert found[name].startswith(said)
    assert not check_complete(form(), {**KEPT, name: kept}, "en")[0].is_missing


def test_optional_questions_may_stay_open() -> None:
    optional = ("fields", "staff", "start", "papers", "customer")
    assert gaps({key: value for key, value in KEPT.items() if key not in optional}) == {}


def test_errors_go_by_field_name() -> None:
    found = errors_of(gaps_in(form().sections[2], {}, "en"))
    assert list(found) == ["q-contact", "q-honest"]


def test_a_task_list_says_how_far_each_section_is() -> None:
    answers = {"name": "Skanner", "staff": "12", "price": KEPT["price"]}
    found = [
        (part.section.id, part.state, part.answered, part.questions, part.required, part.gaps)
        for part in progress(form(), answers)
    ]
    assert found == [
        ("solution", Progress.IN_PROGRESS, 1, 4, 3, 2),
        ("money", Progress.DONE, 2, 3, 1, 0),
        ("end", Progress.NOT_STARTED, 0, 5, 2, 2),
        ("plan", Progress.NOT_STARTED, 0, 1, 1, 1),
    ]


@given(any_answers, langs)
def test_no_answers_break_the_check(answers: dict[str, Any], lang: Lang) -> None:
    found = check_complete(form(), answers, lang)
    assert all(say(gap.message, lang) for gap in found)
    done = {part.section.id for part in progress(form(), answers) if part.state is Progress.DONE}
    assert not done & {gap.section.id for gap in found}


@given(forms, langs)
def test_the_gaps_of_an_empty_form_are_its_required_questions(
    questionnaire: Questionnaire, lang: Lang
) -> None:
    required = [question.id for question in questionnaire.questions if question.required]
    assert [gap.question.id for gap in check_complete(questionnaire, {}, lang)] == required

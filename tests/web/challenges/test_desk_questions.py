"""The challenge's own questions in the editor."""

import pytest

from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import save


def question(slot: int, **fields: str) -> dict[str, str]:
    return {f"q{slot}__{name}": value for name, value in fields.items()}


def test_an_own_question_gets_its_id_and_keeps_the_values_of_its_options(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    made = question(
        2,
        type="choice",
        label__en="Which way?",
        label__da="Hvilken vej?",
        options__en="Left\nRight",
        options__da="Venstre\nHøjre",
        required="yes",
        criterion="team",
        redact="yes",
    )
    assert save(browser, slug, "form", **made).status_code == 303
    first = desk.says(slug).questions[1]
    assert first["id"] == "which-way"
    assert (first["required"], first["criterion"], first["redact"]) == (True, "team", True)
    values = {one["label"]["en"]: one["value"] for one in first["options"]}
    moved = question(2, options__en="Right\nUp\nLeft", options__da="Højre\nOp\nVenstre")
    assert save(browser, slug, "form", **moved).status_code == 303
    after = desk.says(slug).questions[1]
    assert after["id"] == "which-way"
    again = {one["label"]["en"]: one["value"] for one in after["options"]}
    assert {name: again[name] for name in values} == values
    assert again["Up"] not in values.values()


def test_a_question_is_taken_out(desk: Desk) -> None:
    slug = desk.draft()
    assert save(desk.as_("astrid"), slug, "form", **question(1, remove="yes")).status_code == 303
    assert desk.says(slug).questions == ()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (question(2, label__en="No kind"), "q2-type"),
        (question(2, type="text"), "q2-label-en"),
        (question(2, type="choice", label__en="Which?", options__en="One"), "q2-options-en"),
        (
            question(2, type="choice", label__en="Q", options__en="A\nB", options__da="A"),
            "q2-options-da",
        ),
        (question(2, type="text", label__en="Q", criterion="nonsense"), "q2-criterion"),
        (question(2, type="long_text", label__en="Q", max_words="many"), "q2-max_words"),
    ],
)
def test_a_question_that_no_form_could_show_is_named(
    desk: Desk, fields: dict[str, str], error: str
) -> None:
    slug = desk.draft()
    before = desk.says(slug).questions
    answer = save(desk.as_("astrid"), slug, "form", **fields)
    assert answer.status_code == 422
    assert f'id="f-{error}-error"' in answer.text
    assert desk.says(slug).questions == before


@pytest.mark.security(10)
def test_an_id_of_a_question_cannot_be_made_up(desk: Desk) -> None:
    slug = desk.draft()
    made = question(2, type="text", label__en="Mine", id="solution")
    assert save(desk.as_("astrid"), slug, "form", **made).status_code == 303
    assert desk.says(slug).questions[1]["id"] == "mine"


def test_what_only_a_file_can_say_of_a_question_stays(desk: Desk) -> None:
    asked = {
        "id": "price",
        "type": "number",
        "label": {"en": "How much?"},
        "minimum": 1,
        "maximum": 9,
        "unit": {"en": "cm"},
    }
    slug = desk.draft(questions=(asked,))
    assert save(desk.as_("astrid"), slug, "form", q1__label__en="How many?").status_code == 303
    wanted = {**asked, "label": {"en": "How many?"}}
    kept = desk.says(slug).questions[0]
    assert {key: kept[key] for key in wanted} == wanted

"""A form is plain data: read with every mistake named, written back without change."""

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.kit.i18n import say
from govmatch.questionnaires import (
    InvalidDefinition,
    Kind,
    Questionnaire,
    Section,
    check,
    digest,
    dump,
    dump_questions,
    extended,
    load,
    load_kept,
    load_kept_questions,
    load_questions,
)
from tests.unit.questionnaires.samples import FORM, any_json, form, forms

QUESTION: dict[str, Any] = {"id": "team", "type": "text", "label": "Who is in the team?"}
OPTIONS = [{"value": "b", "label": "B"}, {"value": "c", "label": "C"}]


def found(data: Any, **known: Any) -> list[tuple[str, str]]:
    return [
        (".".join(map(str, problem.path)), say(problem.message, "en"))
        for problem in check(data, **known)
    ]


def one(**keys: Any) -> dict[str, Any]:
    section = {"id": "only", "title": "Only", "questions": [{**QUESTION, **keys}]}
    return {"sections": [section]}


def test_a_form_with_every_kind_is_read() -> None:
    questions = form().questions
    assert {question.kind for question in questions} == set(Kind)
    price = form().question("price")
    assert price is not None
    assert (price.currency, price.maximum, price.required) == ("DKK", Decimal(600_000), True)
    start = form().question("start")
    assert start is not None
    assert start.minimum == date(2027, 1, 1)


def test_addresses_and_files_are_hidden_from_blind_reviewers_unless_a_file_is_said_not_to_be() -> (
    None
):
    hidden = {question.id for question in form().questions if question.redact}
    assert hidden == {"papers", "contact", "customer", "page"}
    assert not load(one(type="file", redact=False)).questions[0].redact


@given(forms)
def test_a_form_written_and_read_again_is_the_same(questionnaire: Questionnaire) -> None:
    again = load(dump(questionnaire))
    assert again == questionnaire
    assert digest(again) == digest(questionnaire)


@given(any_json)
def test_whatever_is_given_is_read_or_refused_with_reasons(data: Any) -> None:
    problems = check(data)
    if not problems:
        assert load(dump(load(data))) == load(data)
        return
    with pytest.raises(InvalidDefinition) as refused:
        load(data)
    assert refused.value.problems == problems
    assert all(say(problem.message, "de") for problem in problems)


def _places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    nested = [_places(v, (*path, k)) for k, v in inner if isinstance(v, dict | list)]
    keys = data.keys() if isinstance(data, dict) else range(len(data))
    return [(*path, key) for key in keys] + [place for places in nested for place in places]


@given(st.sampled_from(_places(FORM)), any_json)
def test_a_form_with_one_part_exchanged_never_breaks_the_reading(
    place: tuple[str | int, ...], value: Any
) -> None:
    data = copy.deepcopy(FORM)
    inner: Any = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    if check(data) == []:
        assert load(dump(load(data))) == load(data)


@pytest.mark.parametrize(
    ("keys", "place", "text"),
    [
        ({"type": "essay"}, "type", "Unknown kind essay. Possible are: text, long_text, number,"),
        ({"label": None}, "", "The key label is missing here."),
        ({"label": " "}, "label", "Please write a text here."),
        ({"label": {"deutsch!": "x"}}, "label", "Unknown language deutsch!. Use codes such as"),
        ({"label": 12}, "label", "A text is expected here; put it in quotation marks."),
        ({"label": "x" * 501}, "label", "At most 500 characters fit here."),
        ({"id": "Team 1"}, "id", "Team 1 is not an id: small letters, digits and hyphens,"),
        ({"max_word": 5}, "max_word", "Unknown key max_word. Is max_words meant?"),
        ({"zzz": 5}, "zzz", "Unknown key zzz. Possible are: criterion, guide, help, id, kind,"),
        ({"options": []}, "options", "options does not go with the kind text."),
        ({"max_words": 0}, "max_words", "A whole number from 1 to 10000 is expected here."),
        ({"max_words": True}, "max_words", "A whole number from 1 to 10000 is expected here."),
        ({"required": "yes"}, "required", "true or false is expected here."),
        ({"type": "money"}, "", "The key currency is missing here."),
        ({"type": "money", "currency": "EURO"}, "currency", "Unknown currency EURO. Write a"),
        ({"type": "money", "currency": ""}, "currency", "Unknown currency . Write a code such"),
        ({"type": "money", "currency": "XZZ"}, "currency", "Unknown currency XZZ. Write a code"),
        ({"type": "number", "minimum": "1,5"}, "minimum", "A number such as 12 or 0.5 is"),
        ({"type": "number", "minimum": float("nan")}, "minimum", "A number such as 12 or 0.5 is"),
        ({"type": "number", "minimum": 3, "maximum": 2}, "minimum", "The minimum is larger than"),
        ({"type": "date", "maximum": "31.12.2027"}, "maximum", "A day such as 2027-12-31 is"),
        ({"type": "choice"}, "", "The key options is missing here."),
        ({"type": "choice", "options": ["a", *OPTIONS]}, "options.0", "Keys with their values are"),
        ({"type": "choice", "options": [{"value": "a", "label": "A"}]}, "options", "From 2 to 300"),
        (
            {"type": "choice", "options": [{"value": "", "label": "A"}, *OPTIONS]},
            "options.0.value",
            "A value has letters, digits, dots and hyphens only: .",
        ),
        ({"type": "file", "accept": ["image/png"]}, "accept.0", "A file name extension such as"),
        ({"type": "email", "redact": False}, "redact", "An address names its owner and stays"),
    ],
)
def test_each_mistake_is_named_with_its_place(keys: dict[str, Any], place: str, text: str) -> None:
    problems = found(one(**keys))
    assert [(where, said[: len(text)]) for where, said in problems] == [
        (".".join(part for part in ("sections.0.questions.0", place) if part), text)
    ]


def test_yes_as_a_value_is_refused_since_yaml_reads_it_as_true() -> None:
    options = [{"value": True, "label": "Yes"}, {"value": 2, "label": "Two"}]
    assert found(one(type="choice", options=options)) == [
        (
            "sections.0.questions.0.options.0.value",
            "A text is expected here; put it in quotation marks.",
        )
    ]


def test_all_mistakes_are_named_at_once() -> None:
    data = one(type="money", required=1, max_words=3)
    assert [where for where, _ in found(data)] == [
        "sections.0.questions.0.max_words",
        "sections.0.questions.0.required",
        "sections.0.questions.0",
    ]


def test_an_id_used_in_two_sections_is_refused() -> None:
    two = [{"id": name, "title": name, "questions": [QUESTION]} for name in ("a", "b")]
    assert found({"sections": two}) == [("sections", "The id team is used twice.")]


def test_a_question_feeds_only_a_criterion_that_there_is() -> None:
    assert found(one(criterion="fitt"), criteria=["fit", "team"]) == [
        ("sections.0.questions.0.criterion", "Unknown criterion fitt. Possible are: fit, team.")
    ]
    assert found(one(criterion="fit"), criteria=["fit", "team"]) == []


def test_a_plain_text_is_in_the_language_of_its_file() -> None:
    assert load_questions([QUESTION], lang="da")[0].label == {"da": "Who is in the team?"}


def test_amounts_of_a_challenge_are_in_the_currency_of_its_budget() -> None:
    amounts = [{**QUESTION, "type": "money"}]
    questions = load_questions(amounts, currency="EUR")
    assert questions[0].currency == "EUR"
    assert dump_questions(questions, lang="en", currency="EUR") == amounts
    assert dump_questions(questions)[0]["currency"] == "EUR"


def test_kind_is_another_word_for_type() -> None:
    assert load_questions([{"id": "a", "kind": "email", "label": "A"}])[0].kind is Kind.EMAIL


def test_the_questions_of_a_challenge_stand_behind_those_of_the_programme() -> None:
    own = Section(id="own", title={"en": "Own"}, questions=load_questions([QUESTION]))
    assert [section.id for section in extended(form(), own).sections] == [
        "solution", "money", "end", "plan", "own",
    ]  # fmt: skip
    assert extended(form(), Section(id="own", title={"en": "Own"})) == form()


@pytest.mark.parametrize(("section", "question"), [("own", "idea"), ("money", "new")])
def test_a_form_is_not_extended_by_what_it_has_already(section: str, question: str) -> None:
    questions = load_questions([{**QUESTION, "id": question}])
    own = Section(id=section, title={"en": "Own"}, questions=questions)
    with pytest.raises(InvalidDefinition, match="is used twice"):
        extended(form(), own)


def _change_label(data: Any) -> None:
    data["sections"][0]["questions"][0]["label"]["da"] = "Titel"


def _change_limit(data: Any) -> None:
    data["sections"][0]["questions"][1]["max_words"] = 21


@pytest.mark.parametrize("change", [_change_label, _change_limit])
def test_the_version_changes_with_every_word_and_limit(change: Callable[[Any], None]) -> None:
    data = copy.deepcopy(FORM)
    change(data)
    assert digest(load(data)) != digest(form())


def test_the_version_does_not_change_with_the_order_of_keys_or_the_form_of_letters() -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        if isinstance(value, list):
            return [turned(item) for item in value]
        return value.replace("ö", "o\u0308") if isinstance(value, str) else value

    assert digest(load(turned(FORM))) == digest(form())


def test_a_form_that_was_kept_is_read_once() -> None:
    kept = dump(form())
    assert load_kept(kept) == form()
    assert load_kept(copy.deepcopy(kept)) is load_kept(kept)
    questions = dump_questions(form().questions)
    assert load_kept_questions(questions) == form().questions
    questions[0]["required"] = False
    assert not load_kept_questions(questions)[0].required


def test_one_kept_form_asks_for_amounts_in_the_currency_of_each_challenge() -> None:
    kept = one(type="money")
    for currency in ("DKK", "EUR", "DKK"):
        assert load_kept(kept, currency=currency).questions[0].currency == currency
    with pytest.raises(InvalidDefinition, match="The key currency is missing here"):
        load_kept(kept)

"""The same content has the same hash, and other content another; who gets a copy of the receipt."""

import copy
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given

from govmatch.questionnaires import (
    canonical,
    content_hash,
    digest,
    file_ids,
    load,
    receipt_addresses,
)
from tests.unit.questionnaires.samples import FORM, KEPT, any_answers, form


@given(any_answers)
def test_the_order_of_keys_does_not_change_the_content(answers: dict[str, Any]) -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    assert canonical(form(), turned(answers)) == canonical(form(), answers)


@given(any_answers)
def test_canonical_content_is_utf8_json_with_sorted_keys_and_without_blanks(
    answers: dict[str, Any],
) -> None:
    text = canonical(form(), answers).decode("utf-8")
    data = json.loads(text)
    assert list(data) == ["answers", "questionnaire"]
    assert list(data["answers"]) == sorted(data["answers"])
    assert unicodedata.is_normalized("NFC", text)


def test_a_known_content_has_a_known_form_and_hash() -> None:
    small = load(
        {"sections": [{"id": "s", "title": "S", "questions": [
            {"id": "b", "type": "text", "label": "B"}, {"id": "a", "type": "number", "label": "A"},
        ]}]}
    )  # fmt: skip
    expected = (
        '{"answers":{"a":"1.5","b":"Ærø"},"questionnaire":"' + digest(small) + '"}'
    ).encode()
    assert canonical(small, {"b": "Ærø", "a": "1.5", "other": "x"}) == expected
    assert content_hash(small, {"b": "Ærø", "a": "1.5"}) == (
        "afae18d6a4b75d248f06239f08efe46ddc3ef59e008bac79a0cbb4b1270d937a"
    )


def test_letters_of_two_parts_and_of_one_are_the_same_content() -> None:
    one, two = (
        {"name": unicodedata.normalize(form_, "Ærø får øl på ås")} for form_ in ("NFC", "NFD")
    )
    assert one != two
    assert canonical(form(), one) == canonical(form(), two)


@pytest.mark.parametrize("empty", [None, "", " ", [], False, {"raw": " "}])
def test_no_answer_is_the_same_content_however_it_is_kept(empty: Any) -> None:
    assert canonical(form(), {**KEPT, "customer": empty}) == canonical(
        form(), {key: value for key, value in KEPT.items() if key != "customer"}
    )


@pytest.mark.parametrize(
    "change",
    [{"name": "Skanner 2"}, {"staff": "13"}, {"honest": None}, {"papers": ["f1"]},
     {"price": {"amount": "450000.51", "currency": "DKK"}}],
)  # fmt: skip
def test_every_change_of_an_answer_is_another_content(change: dict[str, Any]) -> None:
    assert content_hash(form(), {**KEPT, **change}) != content_hash(form(), KEPT)


def test_another_question_is_another_content() -> None:
    data = copy.deepcopy(FORM)
    data["sections"][0]["questions"][0]["label"]["en"] = "Title"
    assert content_hash(load(data), KEPT) != content_hash(form(), KEPT)


def test_the_content_of_files_is_part_of_the_content() -> None:
    answers = {**KEPT, "papers": ["f1", "f2"]}
    one = content_hash(form(), answers, files={"f1": "aa", "f2": "bb", "f3": "cc"})
    assert one == content_hash(form(), answers, files={"f2": "bb", "f1": "aa"})
    assert one != content_hash(form(), answers, files={"f1": "aa", "f2": "bc"})
    assert file_ids(form(), answers) == {"f1", "f2"}
    assert file_ids(form(), {"papers": "f1", "name": ["f2"]}) == set()


def test_a_copy_goes_to_right_addresses_of_questions_that_offer_it_once() -> None:
    contact = {"id": "second", "type": "email", "label": "Second", "receipt_copy": True}
    silent = {"id": "third", "type": "email", "label": "Third"}
    data = copy.deepcopy(FORM)
    data["sections"][2]["questions"] += [contact, silent]
    answers = {**KEPT, "second": "kontakt@skanner.example", "third": "third@skanner.example"}
    assert receipt_addresses(load(data), answers) == ["kontakt@skanner.example"]
    both = {**answers, "second": "bo@skanner.example"}
    assert receipt_addresses(load(data), both) == ["kontakt@skanner.example", "bo@skanner.example"]


@pytest.mark.parametrize(
    "kept", ["nobody", "", None, ["a@b.dk"], {"raw": "a@b.dk"}, "a@b.dk\nc@d.dk"]
)
def test_no_copy_goes_to_what_is_no_address(kept: Any) -> None:
    assert receipt_addresses(form(), {**KEPT, "contact": kept}) == []

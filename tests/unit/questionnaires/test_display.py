"""Answers are read back in the reader's words, and a blind reviewer reads no names."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.kit.i18n import Lang
from govmatch.questionnaires import Attached, Questionnaire, Row, asked, plain_text, redacted, rows
from govmatch.questionnaires.redaction import MASK
from tests.unit.questionnaires.samples import KEPT, any_answers, any_text, form, langs

FILES = {"f1": Attached("f1", "Plan.pdf", "/files/f1", "PDF, 20 kB")}


def values(answers: dict[str, Any], lang: Lang) -> dict[str, str]:
    return {row.question.id: row.value for row in rows(form(), answers, lang, files=FILES)}


def row(name: str, answers: dict[str, Any], lang: Lang = "en") -> Row:
    return next(row for row in rows(form(), answers, lang, files=FILES) if row.question.id == name)


def test_every_answer_is_shown_as_the_reader_writes() -> None:
    assert values({**KEPT, "papers": ["f1", "f2"]}, "de") == {
        "name": "Skanner",
        "idea": "Vi læser mærker\npå produkter.",
        "stage": "In daily use",
        "fields": "Cities, Firms",
        "staff": "12 Personen",
        "price": "450.000,50\u00a0DKK",
        "start": "4. März 2027",
        "papers": "Plan.pdf, f2",
        "contact": "kontakt@skanner.example",
        "honest": "Bestätigt",
        "customer": "Havnen i Aarhus",
        "page": "https://www.skanner.example/produkt",
        "steps": "Analyse · 2 · 100.000\u00a0DKK\nForsøg · 10 · 50.000,50\u00a0DKK\n"
        "Summe · 150.000,50\u00a0DKK",
        "where": "I **havnen**",
    }


def test_what_was_not_answered_is_said_for_every_question() -> None:
    assert set(values({}, "da").values()) == {"Ikke besvaret"}
    assert not any(row.answered for row in rows(form(), {}, "da"))


def test_options_and_labels_say_which_language_they_are_in() -> None:
    assert row("stage", KEPT, "de").options == (("In daily use", "en"),)
    assert row("stage", {"stage": "idea"}, "de").options == (("Eine Idee", "de"),)
    assert row("customer", KEPT, "da").label == ("Your first customer", "en")


def test_files_are_shown_by_name_and_address() -> None:
    shown = row("papers", {"papers": ["f1", "f2"]})
    assert shown.files == (FILES["f1"], Attached("f2", "f2"))


def test_what_cannot_be_read_is_shown_as_it_was_typed() -> None:
    assert row("staff", {"staff": {"raw": "about 12"}}).value == "about 12"
    assert row("fields", {"fields": {"raw": ["city", "moon"]}}).value == "city, moon"


def test_all_decimals_of_a_number_are_shown() -> None:
    assert row("staff", {"staff": "1234.567891"}, "da").value == "1.234,567891 personer"


def test_the_text_of_a_receipt_has_each_question_above_its_answer() -> None:
    answers = {"name": "Skanner", "honest": True, "stage": "idea"}
    assert plain_text(form(), answers, "de") == (
        "Kurztitel\nSkanner\n\nWie weit ist es?\nEine Idee\n\nAll of this is true.\nBestätigt"
    )


def test_the_text_for_the_index_has_only_what_was_answered() -> None:
    answers = {**KEPT, "papers": ["f1"]}
    text = plain_text(form(), answers, "en", labels=False, files=FILES)
    assert "Plan.pdf" in text
    assert "Skanner" in text
    assert not {"title", "Confirmed", "true"} & set(text.split())
    assert "f1" not in plain_text(form(), answers, "en", labels=False).split()


def test_a_blind_reviewer_does_not_see_what_is_marked_nor_addresses() -> None:
    blind = redacted(form(), {**KEPT, "papers": ["f1"]})
    hidden = {row.question.id for row in rows(form(), blind, "en") if row.hidden}
    assert hidden == {"papers", "contact", "customer", "page"}
    assert values(blind, "de")["contact"] == "Verborgen, bis die Namen gezeigt werden"
    for text in (str(blind), plain_text(form(), blind, "en")):
        assert "skanner.example" not in text
        assert "Aarhus" not in text
        assert "f1" not in text.split()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("We at Nordlys ApS know it.", f"We at {MASK} know it."),
        ("NORDLYS  APS and nordlys aps", f"{MASK} and {MASK}"),
        ("Nordlys\nApS", MASK),
        ("Bo Hansen leads; Bohansen does not.", f"{MASK} leads; Bohansen does not."),
        ("See https://nordlys.example/a?b=c now", f"See {MASK} now"),
        ("See www.nordlys.example.", f"See {MASK}"),
        ("Write to bo@nordlys.example, please", f"Write to {MASK}, please"),
        ("Call +45 12 34 56 78 today", f"Call {MASK} today"),
        ("We are AI people.", "We are AI people."),
        ("12 of 450 products in 2026-2027", "12 of 450 products in 2026-2027"),
    ],
)
def test_names_and_addresses_in_free_text_are_masked(text: str, seen: str) -> None:
    names = ["Nordlys ApS", "Bo Hansen", "AI", " ", "Nordlys"]
    assert redacted(form(), {"idea": text}, names=names) == {"idea": seen}


def test_an_answer_that_cannot_be_read_is_hidden_since_it_may_say_anything() -> None:
    blind = redacted(form(), {"staff": {"raw": "12, led by Bo Hansen"}, "stranger": "Bo Hansen"})
    assert blind == {"staff": {"hidden": True}}


def test_an_address_is_hidden_even_where_a_form_forgot_to_say_so() -> None:
    section = form().sections[2]
    told = tuple(replace(question, redact=False) for question in section.questions)
    open_form = Questionnaire((replace(section, questions=told),))
    blind = redacted(open_form, {**KEPT, "papers": ["f1"]})
    assert blind["contact"] == {"hidden": True}
    assert blind["papers"] == ["f1"]


@given(st.text(alphabet="@.+wh:/ 0-9aA\n", max_size=200), st.lists(any_text, max_size=3))
def test_masking_never_breaks_and_leaves_no_name(text: str, names: list[str]) -> None:
    blind = redacted(form(), {"idea": f"{text} Nordlys {text}"}, names=[*names, "Nordlys"])
    assert "Nordlys" not in str(blind["idea"])


def test_masking_a_long_text_does_not_take_long() -> None:
    text = "a" * 50_000 + "+4" * 10_000 + "www." * 5_000
    assert MASK in str(redacted(form(), {"idea": text}, names=["a b", "Nordlys"])["idea"])


@given(any_answers, langs)
def test_answers_of_any_shape_are_shown(answers: dict[str, Any], lang: Lang) -> None:
    shown = rows(form(), answers, lang)
    assert [row.question for row in shown] == list(asked(form(), answers))
    assert isinstance(plain_text(form(), answers, lang), str)
    blind = redacted(form(), answers, names=["Nordlys"])
    assert blind.keys() <= {question.id for question in form().questions}
    assert all(row.hidden or not row.answered for row in rows(form(), blind, lang)
               if row.question.redact)  # fmt: skip

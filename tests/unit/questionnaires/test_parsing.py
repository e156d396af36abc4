"""What a form sends becomes answers; nothing typed is lost, and nothing sent can break it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.kit.i18n import Lang, say
from govmatch.questionnaires import (
    Draft,
    Questionnaire,
    answers_form,
    kept_files,
    parse_draft,
    plain_text,
)
from govmatch.questionnaires.answers import is_blank
from govmatch.questionnaires.definition import Kind
from govmatch.questionnaires.limits import MAX_ANSWER
from govmatch.questionnaires.texts import clean, clean_line
from tests.unit.questionnaires.samples import (
    KEPT,
    SENT,
    any_answers,
    any_text,
    form,
    forms,
    langs,
    looks_right,
    sent,
)


def parse(name: str, *values: str, lang: Lang = "en", before: Any = None) -> Draft:
    return parse_draft(form(), {f"q-{name}": values}, lang=lang, before=before)


def error(draft: Draft, name: str, lang: Lang = "en") -> str:
    return say(draft.errors[f"q-{name}"], lang)


def test_a_form_that_is_filled_in_well_is_kept_without_errors() -> None:
    draft = parse_draft(form(), SENT, lang="da")
    assert draft.answers == KEPT
    assert draft.errors == {}
    assert draft.changed == KEPT.keys()


def test_what_is_kept_and_shown_again_is_kept_the_same_in_every_language() -> None:
    lang: Lang
    for lang in ("de", "da", "en"):
        for section in form().sections:
            shown = answers_form(section, KEPT, lang)
            fields = {name: v if isinstance(v, list) else [v] for name, v in shown.values.items()}
            draft = parse_draft(section, fields, lang=lang, before=KEPT)
            assert draft.answers == KEPT
            assert draft.changed == frozenset()


@given(sent, langs, any_answers)
def test_nothing_that_is_sent_raises_and_all_that_is_kept_can_be_stored(
    fields: dict[str, list[str]], lang: Lang, before: dict[str, Any]
) -> None:
    draft = parse_draft(form(), fields, lang=lang, before=before)
    new = {key: draft.answers[key] for key in draft.changed & draft.answers.keys()}
    assert json.loads(json.dumps(new).encode("utf-8")) == new
    assert "\x00" not in json.dumps(new, ensure_ascii=False)
    assert all(say(message, lang) for message in draft.errors.values())


@given(forms, st.data(), langs)
def test_no_form_and_no_sending_breaks_it(
    questionnaire: Questionnaire, data: st.DataObject, lang: Lang
) -> None:
    names = [n for q in questionnaire.questions for n in (q.field, q.asked_field)]
    value = st.lists(any_text | looks_right, max_size=3)
    fields = data.draw(st.dictionaries(st.sampled_from(names), value) if names else st.just({}))
    draft = parse_draft(questionnaire, fields, lang=lang)
    again = parse_draft(questionnaire, {}, lang=lang, before=draft.answers)
    assert again.answers == draft.answers
    for section in questionnaire.sections:
        shown = answers_form(section, draft.answers, lang)
        fields = {name: v if isinstance(v, list) else [v] for name, v in shown.values.items()}
        kept = parse_draft(section, fields, lang=lang, before=draft.answers).answers
        assert kept == draft.answers


@given(any_text, st.sampled_from(["name", "idea", "customer"]), langs)
def test_a_draft_shows_again_every_text_that_was_typed(text: str, name: str, lang: Lang) -> None:
    draft = parse_draft(form(), {f"q-{name}": [text]}, lang=lang)
    expected = clean(text) if name == "idea" else clean_line(text)
    assert shown_again(draft, name, lang) == (expected if expected.strip() else "")


@given(any_text, st.sampled_from(["staff", "price", "start", "stage", "contact"]), langs)
def test_a_draft_shows_again_what_nobody_understands(text: str, name: str, lang: Lang) -> None:
    draft = parse_draft(form(), {f"q-{name}": [text]}, lang=lang)
    if f"q-{name}" in draft.errors and isinstance(draft.answers[name], dict | str):
        kept = shown_again(draft, name, lang)
        understood = parse_draft(form(), {f"q-{name}": [kept]}, lang=lang)
        assert kept.strip() == clean_line(text).strip() or understood.answers == draft.answers
    else:
        assert clean_line(text).strip() == "" or draft.answers.keys() == {name}


def shown_again(draft: Draft, name: str, lang: Lang) -> str:
    section = next(s for s in form().sections if form().question(name) in s.questions)
    return answers_form(section, draft.answers, lang).value(f"q-{name}")


@pytest.mark.parametrize(
    ("name", "text", "lang", "said"),
    [
        ("staff", "about 12", "en", "Please give a number in figures, such as 1,234."),
        ("staff", "etwa 12", "de", "Bitte geben Sie eine Zahl in Ziffern an, zum Beispiel 1.234."),
        ("staff", "2.5", "en", "Please give a whole number."),
        ("staff", "0", "en", "At least 1 is needed here."),
        ("staff", "5.001", "da", "Her er højst 5.000 muligt."),
        ("price", "cheap", "en", "Please write an amount such as DKK\u00a01,234.50 in figures."),
        ("price", "12,345", "da", "Angiv højst 2 decimaler."),
        ("price", "600.000,01", "da", "Her er højst 600.000\u00a0kr. muligt."),
        ("start", "soon", "en", "Please give a day that exists, such as 31/12/2027."),
        ("start", "31.12.2026", "de", "Der früheste mögliche Tag ist der 1. Januar 2027."),
        ("stage", "gone", "en", "Please choose from the answers shown."),
        ("contact", "nobody", "da", "Angiv en e-mailadresse som name@example.org."),
        ("name", "x" * 61, "en", "1 character too many: at most 60 fit here."),
        ("idea", "word " * 25, "de", "5 Wörter zu viel: Hier passen höchstens 20 hinein."),
    ],
)
def test_what_is_wrong_is_said_in_the_readers_language_and_the_text_is_kept(
    name: str, text: str, lang: Lang, said: str
) -> None:
    draft = parse(name, text, lang=lang)
    assert error(draft, name, lang).startswith(said)
    section = next(s for s in form().sections if form().question(name) in s.questions)
    shown = answers_form(section, draft.answers, lang, errors=draft.errors)
    understood = {"5.001": "5001", "31.12.2026": "2026-12-31", "600.000,01": "600000,01"}
    assert shown.value(f"q-{name}") == understood.get(text, text)
    assert list(shown.errors) == [f"q-{name}"]


def test_too_many_choices_are_kept_and_named() -> None:
    draft = parse("fields", "state", "city", "firm")
    assert draft.answers == {"fields": ["city", "state", "firm"]}
    assert error(draft, "fields") == "Please choose at most 2 answers."


def test_a_choice_that_is_no_longer_there_is_kept_beside_the_others() -> None:
    draft = parse("fields", "city", "village")
    assert draft.answers == {"fields": {"raw": ["city", "village"]}}
    assert error(draft, "fields") == "Please choose from the answers shown."
    assert answers_form(form().sections[0], draft.answers, "en").chosen("q-fields") == [
        "city", "village",
    ]  # fmt: skip


def test_a_question_that_was_not_on_the_page_keeps_its_answer() -> None:
    draft = parse_draft(form().sections[1], {"q-staff": ["13"]}, lang="en", before=KEPT)
    assert draft.answers == {**KEPT, "staff": "13"}
    assert draft.changed == {"staff"}


def test_an_emptied_field_takes_the_answer_away() -> None:
    draft = parse("staff", " ", before=KEPT)
    assert draft.answers == {key: value for key, value in KEPT.items() if key != "staff"}
    assert draft.changed == {"staff"}


def test_boxes_that_are_not_ticked_count_only_where_they_were_shown() -> None:
    shown = parse_draft(form(), {"asked-honest": ["1"], "asked-fields": ["1"]}, lang="en",
                        before=KEPT)  # fmt: skip
    assert shown.changed == {"honest", "fields"}
    assert not {"honest", "fields"} & shown.answers.keys()
    assert parse_draft(form(), {}, lang="en", before=KEPT).answers == KEPT


@pytest.mark.parametrize("value", ["yes", "on", "1", "true"])
def test_a_ticked_box_confirms(value: str) -> None:
    assert parse("honest", value).answers == {"honest": True}


@pytest.mark.parametrize("value", ["", "no", "0", "false", "off"])
def test_an_unticked_box_confirms_nothing(value: str) -> None:
    assert parse("honest", value, before=KEPT).answers.get("honest") is None


def test_of_several_values_for_one_answer_the_last_counts() -> None:
    assert parse("name", "first", "second").answers == {"name": "second"}


def test_no_form_can_name_a_file() -> None:
    assert parse("papers", "somebody-elses-file").answers == {}
    draft = parse_draft(
        form(), {"q-papers": ["foreign"]}, lang="en", files={"papers": ["own-1", "own-2"]}
    )
    assert draft.answers == {"papers": ["own-1", "own-2"]}
    assert draft.errors == {}


def test_one_file_too_many_is_kept_and_named() -> None:
    draft = parse_draft(form(), {}, lang="en", files={"papers": ["1", "2", "3"]})
    assert draft.answers == {"papers": ["1", "2", "3"]}
    assert error(draft, "papers") == "Please keep at most 2 files."


def test_a_file_is_removed_by_its_box() -> None:
    question = form().question("papers")
    assert question is not None
    fields = {"remove-papers": ["one", "foreign"]}
    assert kept_files(question, fields, {"papers": ["one", "two"]}) == ["two"]
    assert kept_files(question, {}, {"papers": {"raw": "?"}}) == []


def test_what_goes_beyond_the_limit_is_cut_and_said() -> None:
    draft = parse("idea", "x" * (MAX_ANSWER + 5), lang="de")
    assert draft.answers == {"idea": "x" * MAX_ANSWER}
    assert error(draft, "idea", "de") == "Nur die ersten 100.000 Zeichen wurden behalten."


def test_uploads_among_the_fields_are_passed_over() -> None:
    draft = parse_draft(form(), {"q-name": [object()]}, lang="en", before=KEPT)
    assert draft.answers == KEPT


def test_a_number_typed_in_german_is_the_same_for_an_english_colleague() -> None:
    draft = parse_draft(form(), {"q-price": ["1.234,50"]}, lang="de")
    assert draft.answers == {"price": {"amount": "1234.50", "currency": "DKK"}}
    assert answers_form(form().sections[1], draft.answers, "en").value("q-price") == "1234.50"
    assert answers_form(form().sections[1], draft.answers, "de").value("q-price") == "1234,50"
    assert "1,234.50" in plain_text(form(), draft.answers, "en")


@given(any_answers, langs)
def test_answers_of_any_shape_are_shown_and_can_be_sent_again(
    answers: dict[str, Any], lang: Lang
) -> None:
    for section in form().sections:
        shown = answers_form(section, answers, lang)
        fields = {name: v if isinstance(v, list) else [v] for name, v in shown.values.items()}
        draft = parse_draft(section, fields, lang=lang, before=answers)
        for question in section.questions:
            if question.kind is not Kind.FILE:
                kept = draft.answers.get(question.id)
                assert (
                    is_blank(kept)
                    or kept
                    == parse_draft(section, fields, lang=lang, before=draft.answers).answers[
                        question.id
                    ]
                )

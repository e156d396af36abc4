"""A section is shown with one field for each question, each tied to its words and its error."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from markupsafe import Markup

from govmatch.kit.i18n import Lang, msg
from govmatch.questionnaires import (
    Attached,
    Questionnaire,
    answers_form,
    check_complete,
    errors_of,
    load,
    parse_draft,
    rows,
)
from tests.unit.questionnaires.pages import show
from tests.unit.questionnaires.samples import FORM, KEPT, any_answers, form, forms, langs


class Page(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def one(self, **wanted: str) -> dict[str, str]:
        found = [a for _, a in self.elements if wanted.items() <= a.items()]
        assert len(found) == 1, (wanted, found)
        return found[0]

    @property
    def fields(self) -> Counter[str]:
        """Count the fields of each name; the site reads `name[]` as `name`."""
        names = (a["name"] for _, a in self.elements if "name" in a)
        return Counter(name.removesuffix("[]") for name in names)


def section(place: int, answers: dict[str, Any], lang: Lang = "en", **more: Any) -> Page:
    filled = answers_form(form().sections[place], answers, lang, **more)
    return Page(show("section", lang, form=filled))


def test_each_question_has_its_field() -> None:
    assert section(0, {}).fields == {
        "q-name": 1, "q-idea": 1, "q-stage": 2, "q-fields": 3, "asked-fields": 1,
    }  # fmt: skip
    assert section(1, {}).fields == {"q-staff": 1, "q-price": 1, "q-start": 1}
    assert section(2, {}).fields == {
        "q-papers": 1, "q-contact": 1, "q-honest": 1, "asked-honest": 1, "q-customer": 1,
        "q-page": 1,
    }  # fmt: skip


def test_each_field_is_of_its_kind() -> None:
    page = section(1, KEPT, "da")
    assert page.one(name="q-staff").items() >= {
        "value": "12", "inputmode": "numeric", "type": "text"
    }.items()  # fmt: skip
    assert page.one(name="q-price").items() >= {"value": "450000,50", "required": ""}.items()
    assert page.one(name="q-start").items() >= {"type": "date", "value": "2027-03-04"}.items()
    page = section(2, KEPT, "da")
    assert page.one(name="q-contact").items() >= {"type": "email", "autocomplete": "email"}.items()
    assert page.one(name="q-papers").items() >= {
        "type": "file", "accept": ".pdf,.png", "multiple": ""
    }.items()  # fmt: skip
    assert "checked" in page.one(name="q-honest")


def test_chosen_options_are_marked() -> None:
    page = section(0, KEPT)
    checked = [a["value"] for _, a in page.elements if "checked" in a]
    assert checked == ["in-use", "city", "firm"]


def test_texts_of_another_language_say_so() -> None:
    html = show("section", "da", form=answers_form(form().sections[0], {}, "da"))
    assert "Kort titel" in html
    assert '<span lang="en">How do you solve it?</span>' in html
    assert '<span lang="en">In daily use</span>' in html
    assert '<p lang="en">Write for people who know the problem.</p>' in html
    english = show("section", "en", form=answers_form(form().sections[0], {}, "en"))
    assert "lang=" not in english


def test_limits_are_said_before_anybody_exceeds_them() -> None:
    assert "Højst 60 tegn." in section(0, {}, "da").words
    assert "Wählen Sie höchstens 2 Antworten." in section(0, {}, "de").words
    words = section(1, {}, "de").words
    assert "Einheit: Personen. Angaben von 1 bis 5.000 sind möglich." in words
    assert "Höchstens 600.000\u00a0DKK ist möglich." in words
    assert "Nicht vor dem 1. Januar 2027." in words
    words = section(2, {}, "de").words
    assert "Möglich sind: PDF, PNG. Höchstens 10 MB je Datei. Höchstens 2 Dateien." in words
    assert "An diese Adresse geht eine Kopie der Eingangsbestätigung." in words


def test_each_error_stands_at_its_field_and_in_the_summary_with_the_words_of_the_question() -> None:
    errors = errors_of(check_complete(form(), {}, "de"))
    html = show("section", "de", form=answers_form(form().sections[0], {}, "de", errors=errors))
    page = Page(html)
    ids = Counter(a["id"] for _, a in page.elements if "id" in a)
    links = [a["href"] for tag, a in page.elements if tag == "a"]
    assert links == ["#f-q-name", "#f-q-idea", "#f-q-stage"]
    assert all(ids[link[1:]] == 1 for link in links)
    assert "Kurztitel: Bitte beantworten Sie diese Frage." in page.words
    assert "Wie lösen Sie es: Bitte beantworten Sie diese Frage." in page.words
    assert page.one(name="q-name")["aria-describedby"].split() == [
        "f-q-name-hint", "f-q-name-error",
    ]  # fmt: skip
    assert page.one(name="q-name")["aria-invalid"] == "true"


def test_an_error_of_the_whole_form_is_kept_and_one_of_another_section_is_not() -> None:
    errors = {"": msg("Please confirm this."), "q-contact": msg("Please give a date.")}
    page = section(0, {}, errors=errors)
    assert "Please confirm this." in page.words
    assert "Please give a date." not in page.words


def test_a_date_that_cannot_be_read_stands_in_a_field_that_shows_it() -> None:
    draft = parse_draft(form(), {"q-start": ["31.02.2027"]}, lang="de")
    page = section(1, dict(draft.answers), "de", errors=draft.errors)
    assert page.one(name="q-start").items() >= {"type": "text", "value": "31.02.2027"}.items()


def test_files_are_listed_with_a_box_to_remove_each() -> None:
    files = {"f1": Attached("f1", "<Plan>.pdf", "/files/f1", "20 kB")}
    page = section(2, {"papers": ["f1", "f2"]}, files=files)
    assert page.one(href="/files/f1")
    assert "<Plan>.pdf (20 kB)" in page.words
    boxes = [a["value"] for _, a in page.elements if a.get("name", "").startswith("remove-papers")]
    assert boxes == ["f1", "f2"]


def test_an_optional_choice_can_be_taken_back() -> None:
    data = {"id": "c", "type": "choice", "label": "C", "options": [
        {"value": str(n), "label": f"No. {n}"} for n in range(3)
    ]}  # fmt: skip
    few = load({"sections": [{"id": "s", "title": "S", "questions": [data]}]})
    page = Page(show("section", "de", form=answers_form(few.sections[0], {}, "de")))
    assert [a["value"] for _, a in page.elements if a.get("name") == "q-c"] == ["0", "1", "2", ""]
    assert "Keine Angabe" in page.words


@pytest.mark.parametrize("required", [True, False])
def test_many_options_stand_in_a_list_that_opens(required: bool) -> None:
    data = {"id": "c", "type": "choice", "label": "C", "required": required, "options": [
        {"value": str(n), "label": f"No. {n}"} for n in range(9)
    ]}  # fmt: skip
    many = load({"sections": [{"id": "s", "title": "S", "questions": [data]}]})
    page = Page(show("section", "de", form=answers_form(many.sections[0], {"c": "4"}, "de")))
    assert [a["value"] for tag, a in page.elements if tag == "option" and "selected" in a] == ["4"]
    assert ("Keine Angabe" in page.words) is not required
    assert "<span" not in page.words


def test_nothing_typed_or_written_in_a_form_becomes_markup() -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    data = {"sections": [{"id": "s", "title": {"de": evil}, "intro": {"de": evil}, "questions": [
        {"id": "a", "type": "text", "label": {"de": evil}, "help": {"de": evil}},
        {"id": "n", "type": "number", "label": {"de": evil}, "unit": {"de": evil[:40]}},
        {"id": "c", "type": "several", "label": evil, "options": [
            {"value": "x", "label": {"de": evil}}, {"value": "y", "label": evil},
        ]},
    ]}]}  # fmt: skip
    answers = {"a": evil, "n": {"raw": evil}, "c": ["x"]}
    evil_form = load(data)
    filled = answers_form(evil_form.sections[0], answers, "en", errors={"q-a": msg("{x}", x=evil)})
    shown = show("section", "en", form=filled)
    read = show("answers", "en", title=evil, rows=rows(evil_form, answers, "en"))
    for html in (shown, read):
        assert "<script" not in html
        assert "{{ 7*7 }}" in html


def test_answers_are_listed_for_checking() -> None:
    files = {"f1": Attached("f1", "Plan.pdf", "/files/f1")}
    shown = rows(form(), {**KEPT, "papers": ["f1"], "customer": ""}, "en", files=files)
    html = show("answers", "en", title="Your solution", rows=shown)
    assert '<div class="gm-prose" lang="da"><p>Vi læser mærker<br>\npå produkter.</p>' in html
    assert "Cities<br>Firms" in html
    assert '<a class="kern-link" href="/files/f1">Plan.pdf</a>' in html
    assert '<span class="gm-muted">Not answered</span>' in html


@given(forms, any_answers, langs)
@settings(max_examples=40)
def test_every_form_can_be_shown_with_any_answers(
    questionnaire: Questionnaire, answers: dict[str, Any], lang: Lang
) -> None:
    errors = errors_of(check_complete(questionnaire, answers, lang))
    for part in questionnaire.sections:
        filled = answers_form(part, answers, lang, errors=errors)
        page = Page(show("section", lang, form=filled))
        ids = Counter(a["id"] for _, a in page.elements if "id" in a)
        assert set(ids.values()) == {1}
        assert all(ids[f"f-{name}"] == 1 for name in filled.errors)
        assert show("answers", lang, title=Markup("T"), rows=rows(part, answers, lang))


def test_the_sample_form_covers_every_kind_in_the_template() -> None:
    kinds = {q["type"] for s in FORM["sections"] for q in s["questions"]}
    assert len(kinds) == 12

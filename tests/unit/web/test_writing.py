"""A field for long texts, its preview and its hints, as a page shows them before any script."""

import re

import pytest
from markupsafe import Markup

from govmatch.kit.i18n import Lang
from govmatch.kit.plain_language import Hint, Kind
from govmatch.web.fields import filled
from tests.writing import show

FOUND = [
    Hint(Kind.SENTENCE, "Wir suchen jemanden, der …", 31),
    Hint(Kind.SENTENCE, "Es geht um …", 27),
    Hint(Kind.ABBREVIATION, "<ERP>"),
]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_field_is_whole_without_scripts_and_its_toolbar_is_hidden() -> None:
    html = show("field", form=filled({"goal": "a <b>"}), max_chars=None)
    assert "\na &lt;b&gt;</textarea>" in html
    assert re.search(r'<label [^>]*for="f-goal">Goal</label>', html)
    assert re.search(
        r'role="toolbar" aria-label="Formatting: Goal" aria-controls="f-goal" hidden', html
    )
    assert re.search(r'name="do" value="preview:goal" formaction="/write#preview-goal"', html)
    assert '<div id="preview-goal"></div>' in html
    assert re.search(r'data-form="Words: {n}" hidden></p>', html)


def test_a_limit_is_said_without_scripts_and_tied_to_the_field() -> None:
    html = show("field", form=filled({}), max_chars=900)
    assert 'aria-describedby="f-goal-hint f-goal-count"' in html
    assert "At most 900 characters" in html


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("de", ["Fett", "Kursiv", "Überschrift", "Liste", "Nummerierte Liste", "Link", "Tabelle"]),
        ("da", ["Fed", "Kursiv", "Overskrift", "Liste", "Nummereret liste", "Link", "Tabel"]),
        ("en", ["Bold", "Italic", "Heading", "List", "Numbered list", "Link", "Table"]),
    ],
)
def test_every_button_says_its_name_in_the_language_of_the_page(
    lang: Lang, names: list[str]
) -> None:
    html = show("field", lang, form=filled({}), max_chars=None)
    assert re.findall(r'<span class="gm-toolbar__word">([^<]*)</span>', html) == names


def test_the_answer_to_the_preview_stands_below_the_field_with_its_hints() -> None:
    html = show(
        "previewed", form=filled({}), max_chars=None, html=Markup("<p>Hallo</p>"), found=FOUND
    )
    place = html.partition('<div id="preview-goal">')[2]
    assert '<div class="gm-prose" lang="de"><p>Hallo</p></div>' in place
    assert place.index("Hallo") < place.index("Easier to read")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", ["2 Sätze sind lang.", "(31 Wörter)", "1 Abkürzung ist nicht erklärt."]),
        ("da", ["2 sætninger er lange.", "(31 ord)", "1 forkortelse er ikke forklaret."]),
        ("en", ["2 sentences are long.", "(31 words)", "1 abbreviation is not explained."]),
    ],
)
def test_hints_are_said_in_the_language_of_the_page_and_quoted_in_that_of_the_text(
    lang: Lang, said: list[str]
) -> None:
    html = show("hints", lang, found=FOUND)
    assert all(text in words(html) for text in said)
    assert '<q lang="de">&lt;ERP&gt;</q>' in html
    assert html.count("<ul>") == 2


def test_a_text_that_is_easy_to_read_gets_no_hints() -> None:
    assert show("hints", found=[]).strip() == ""

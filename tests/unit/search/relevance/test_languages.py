"""Which language a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.analysis import LANGUAGES
from govmatch.search.relevance.languages import detect, shares


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir suchen eine Lösung, mit der Bescheide verständlicher werden."),
        ("de", "Beschaffung von Feuerwehrfahrzeugen"),
        ("de", "Straßenbau"),
        ("de", "Ausschreibung"),
        ("da", "Kommunen vil gøre det lettere at søge om byggetilladelse."),
        ("da", "Indkøb af brandbiler"),
        ("da", "rengøring"),
        ("da", "sagsbehandling i kommunen"),
        ("en", "We are looking for a way to find leaking pipes before water is lost."),
        ("en", "procurement of fire engines"),
        ("en", "cleaning services"),
        ("en", "What should I do if I was tested positive?"),
    ],
)
def test_a_text_is_known_by_its_words_and_letters(language: str, text: str) -> None:
    assert detect(text) == language


def test_long_texts_are_known_by_what_most_of_them_is() -> None:
    text = "Das Programm heißt Access Control Policy Tool und läuft auf jedem Rechner. " * 3
    assert detect(text) == "de"


def test_a_word_of_several_languages_is_of_the_one_that_was_likelier_before() -> None:
    assert detect("data", before={"da": 0.8, "de": 0.1, "en": 0.1}) == "da"
    assert detect("data", before={"da": 0.1, "de": 0.1, "en": 0.8}) == "en"


def test_what_is_clear_stays_clear_against_what_was_likelier_before() -> None:
    assert detect("Wie kann ich mich anmelden?", before={"en": 0.9, "da": 0.1}) == "de"


def test_nothing_to_read_leaves_what_was_known_before() -> None:
    assert shares("2026 – 48440000") == pytest.approx(dict.fromkeys(LANGUAGES, 1 / 3))
    before = {"de": 0.6, "da": 0.3, "en": 0.1}
    assert shares("", before=before) == pytest.approx(before)


@given(st.text(max_size=80))
def test_shares_are_of_every_language_and_add_up(text: str) -> None:
    found = shares(text)
    assert found.keys() == set(LANGUAGES)
    assert sum(found.values()) == pytest.approx(1)

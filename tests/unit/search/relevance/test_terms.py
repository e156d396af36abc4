"""What documents and queries are found by."""

import pytest

from govmatch.search.relevance.compounds import learn
from govmatch.search.relevance.terms import (
    GAP,
    PIECE,
    TITLE_TIMES,
    document_terms,
    number,
    query_terms,
)

WORDS = ["rechnung", "stellung", "straße", "ärger", "bau", "amt", "leitung"]
SPLITTERS = {"de": learn([(word, 10) for word in WORDS], "de")}


def document(title: str, text: str, language: str = "de") -> dict[str, float]:
    return dict(document_terms(title, text, language=language, splitters=SPLITTERS).roots)


def asked(text: str, language: str = "de") -> dict[str, float]:
    return dict(query_terms(text, language=language, splitters=SPLITTERS).roots)


def test_the_title_counts_as_often_as_it_says_and_words_as_often_as_they_stand() -> None:
    assert document("Rechnung", "Die Rechnung und das Amt") == {
        "rechnung": TITLE_TIMES + 1,
        "amt": 1,
    }


def test_parts_of_a_compound_count_half_beside_the_whole() -> None:
    found = document("", "Rechnungsstellung")
    assert found.pop("rechnungsstell") == 1
    assert found == {"rechnung": PIECE, "stellung": PIECE}


@pytest.mark.parametrize("written", ["E-Rechnung", "eRechnung", "E\u2011Rechnung"])
def test_what_a_hyphen_or_a_hump_joins_is_one_word_and_its_parts(written: str) -> None:
    assert document("", written) == {"e": 1, "rechnung": 1, "erechnung": PIECE}


def test_titles_keep_the_words_that_say_nothing() -> None:
    terms = document_terms("Wie geht das?", "", language="de", splitters=SPLITTERS)
    assert set(terms.title) == {"wie", "geht", "das"}
    assert "wie" not in terms.roots


def test_the_sequence_has_every_word_and_a_gap_after_the_title() -> None:
    terms = document_terms("Das Amt", "baut", language="de", splitters=SPLITTERS)
    first, second, *gap, last = terms.sequence
    assert (first, second, last) == (number("das"), number("amt"), number("baut"))
    assert set(gap) == {GAP}


def test_a_query_of_nothing_but_stop_words_is_taken_at_its_word() -> None:
    assert asked("Wie ist das?") == {"wie": 1, "ist": 1, "das": 1}
    terms = query_terms("Wie ist das Amt?", language="de", splitters=SPLITTERS)
    assert terms.stops == {"wie", "ist", "das"}
    assert set(terms.roots) == {"amt"}


def test_umlauts_are_laid_aside_and_spellings_without_keys_are_asked_for_too() -> None:
    assert document("", "Ärger") == {"arg": 1}
    assert asked("Ärger") == {"arg": 1}
    terms = query_terms("Aerger", language="de", splitters=SPLITTERS)
    assert "arg" in terms.spellings["aerg"]
    terms = query_terms("Århus", language="da", splitters={})
    assert "aarhus" in terms.spellings["arhus"]


def test_the_same_text_of_another_language_has_other_stop_words() -> None:
    assert document("", "die Maschine", "de") == {"maschin": 1}
    assert "die" in document("", "die Maschine", "en")

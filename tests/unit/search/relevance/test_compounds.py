"""Taking compounds apart by the words of a corpus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.analysis import root
from govmatch.search.relevance.compounds import Compounds, learn, loads

GERMAN = [
    *("rechnung", "stellung", "straßen", "bau", "arbeit", "arbeiten", "hand", "hände", "waschen"),
    *(
        "antrag",
        "anträge",
        "verfahren",
        "sicherheit",
        "daten",
        "schutz",
        "beauftragte",
        "genehmigung",
    ),
    *("bauantrag", "bauverfahren", "arbeitsschutz", "datenschutz", "handarbeit", "gesundheit"),
    *("bürger", "meister", "meisterin", "schulen", "schule", "leistung", "leistungen", "raucher"),
]
DANISH = [
    *("skole", "skoler", "bygning", "bygninger", "sag", "sager", "behandling", "ordning", "vand"),
    *("ledning", "kommune", "virksomhed", "service", "børn", "have", "haver", "tilskud", "lov"),
    *("tilskudsordning", "skoleordning", "haveordning", "vandordning", "bygningsbehandling"),
    *("sundhed", "sundheds", "hjemme", "pleje", "ældre", "drift"),
]


def corpus(words: list[str], language: str) -> Compounds:
    return learn([(word, 10) for word in words], language)


def pieces(word: str, language: str) -> list[str]:
    words = GERMAN if language == "de" else DANISH
    return list(corpus(words, language).split(word))


def roots(words: str, language: str) -> list[str]:
    return [root(word, language) for word in words.split()]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rechnungsstellung", "rechnung stellung"),
        ("straßenbauarbeiten", "straßen bau arbeit"),
        ("händewaschen", "hand waschen"),
        ("bauanträge", "bau antrag"),
        ("datenschutzbeauftragte", "datenschutz beauftragte"),
        ("arbeitssicherheit", "arbeit sicherheit"),
        ("genehmigungsverfahren", "genehmigung verfahren"),
        ("schulleistungen", "schule leistung"),
        ("bürgermeisterin", "bürger meisterin"),
    ],
)
def test_german_compounds_fall_into_the_roots_of_their_words(word: str, parts: str) -> None:
    assert pieces(word, "de") == roots(parts, "de")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("skolebygninger", "skole bygning"),
        ("sagsbehandling", "sag behandling"),
        ("vandledning", "vand ledning"),
        ("børnehave", "børn have"),
        ("virksomhedsservice", "virksomhed service"),
        ("sundhedslov", "sundhed lov"),
        ("hjemmepleje", "hjemme pleje"),
        ("ældrepleje", "ældre pleje"),
    ],
)
def test_danish_compounds_fall_into_the_roots_of_their_words(word: str, parts: str) -> None:
    assert pieces(word, "da") == roots(parts, "da")


def test_what_closes_other_compounds_is_found_after_a_beginning_that_nobody_uses() -> None:
    assert pieces("whistleblowerordning", "da") == ["whistleblower", "ordning"]


@pytest.mark.parametrize("word", ["raucherinnen", "gesundheit", "sicherheit", "rechnung", "arbeit"])
def test_endings_are_no_words(word: str) -> None:
    assert pieces(word, "de") == []


def test_short_words_and_numbers_stay_whole() -> None:
    assert pieces("bauamt", "de") == []
    assert pieces("48440000", "de") == []


def test_a_word_that_stands_in_one_text_alone_splits_nothing() -> None:
    known = learn([("rechnung", 10), ("stellung", 1)], "de")
    assert known.split("rechnungsstellung") == ()


def test_what_was_learnt_is_the_same_in_any_order_and_after_it_was_kept() -> None:
    counts = [(word, 10) for word in GERMAN]
    one, other = learn(counts, "de"), learn(counts[::-1], "de")
    assert one.dumps() == other.dumps() == loads(one.dumps()).dumps()
    kept = loads(one.dumps())
    assert kept.split("genehmigungsverfahren") == one.split("genehmigungsverfahren") != ()


@given(st.text(alphabet="abcdefghijklmnoprstuvwøåæß", max_size=60))
def test_any_word_gives_no_piece_or_several_in_their_order(word: str) -> None:
    found = pieces(word, "da")
    assert len(found) != 1
    assert len(found) <= len(word) // 3

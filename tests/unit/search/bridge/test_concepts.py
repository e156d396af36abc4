"""Texts of different languages that speak of the same thing have terms in common."""

import pytest

from govmatch.search.bridge.concepts import Bridge
from govmatch.search.bridge.rows import Learned, Row
from govmatch.settings import shipped

SHIPPED = Bridge.load(shipped("content"))

WATER = Row((("Wasser",), ("vand",), ("water",)))
PIPE = Row((("Leitung", "Rohr"), ("ledning",), ("pipe",)))
NETWORK = Row((("Netz",), ("net",), ("network",)))
INVOICE = Row((("Rechnung",), ("faktura",), ("invoice",)))
E_INVOICE = Row((("elektronische Rechnung",), ("elektronisk faktura",), ("electronic invoice",)))


def shared(one: tuple[str, str], other: tuple[str, str], bridge: Bridge = SHIPPED) -> set[str]:
    return bridge.terms(*one).keys() & bridge.terms(*other).keys()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ausschreibungen", "de"), ("offentligt udbud", "da")),
        (("Trinkwasserversorgung", "de"), ("drikkevandsforsyningen", "da")),
        (("Wasserleitungsnetz", "de"), ("the water mains and other pipes", "en")),
        (("Datenschutz", "de"), ("data protection", "en")),
        (("sygeplejersker", "da"), ("nurses", "en")),
        (("fjernvarme", "da"), ("Fernwärme", "de")),
        (("XRechnung", "de"), ("a portal for XRechnung", "en")),
        (("tilgængelighed", "da"), ("Barrierefreiheit", "de")),
    ],
)
def test_the_same_thing_has_the_same_term_in_each_language(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Wasserleitung", "de"), ("elektronisk faktura", "da")),
        (("der die das und nicht", "de"), ("and the not", "en")),
        (("Gift im Boden", "de"), ("a gift for the family", "en")),
    ],
)
def test_different_things_share_no_concept(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert {term for term in shared(one, other) if not term.startswith("=")} == set()


def test_a_known_compound_meets_others_of_the_same_parts() -> None:
    own = Row((("Wasserleitung",), ("vandrør",), ("water main",)))
    bridge = Bridge([WATER, PIPE, own])
    assert shared(("Wasserleitung", "de"), ("water", "en"), bridge) == {"wass~vand~water"}
    terms = bridge.terms("Wasserleitung", "de")
    assert max(terms, key=lambda term: terms[term]) == "wasserleit~vandroer~water+main"


def test_a_compound_speaks_of_its_parts_and_less_than_the_words_themselves() -> None:
    bridge = Bridge([WATER, PIPE, NETWORK])
    compound = bridge.terms("Wasserleitungsnetz", "de")
    apart = bridge.terms("Netz der Leitung für Wasser", "de")
    concepts = {term for term in compound if not term.startswith("=")}
    assert concepts == apart.keys()
    assert all(0 < compound[term] < apart[term] for term in concepts)
    assert concepts == bridge.terms("vandledningsnet", "da").keys() - {"=vandledningsn"}


def test_english_words_are_not_taken_apart() -> None:
    bridge = Bridge([WATER, PIPE])
    assert bridge.terms("waterpipe", "en").keys() == {"=vaterpip"}


def test_a_phrase_counts_more_than_its_words() -> None:
    bridge = Bridge([INVOICE, E_INVOICE])
    seen = {sighting.term: sighting for sighting in bridge.read("elektronische Rechnungen", "de")}
    phrase = "elektron+rechnung~elektronisk+faktura~electron+invoic"
    assert seen[phrase].written == "elektronische Rechnungen"
    assert seen[phrase].weight > seen["rechnung~faktura~invoic"].weight
    assert phrase in bridge.terms("electronic invoices", "en")


def test_a_word_with_two_meanings_counts_half_for_each() -> None:
    bridge = Bridge([INVOICE, Row((("Schein",), ("seddel",), ("invoice", "note")))])
    assert set(bridge.terms("invoice", "en").values()) == {0.5}


def test_rows_with_the_same_first_words_are_one_concept() -> None:
    more = Row((("Wasser", "Nass"), ("vand",), ("water",)))
    assert Bridge([WATER, more]).terms("Nass", "de") == Bridge([WATER]).terms("water", "en")


def test_a_learned_word_joins_what_the_glossary_knows() -> None:
    bridge = Bridge([INVOICE], [Learned(0.9, ("faktur", "", "invoic"))])
    assert bridge.terms("Faktur", "de").keys() == bridge.terms("Rechnung", "de").keys()
    assert bridge.terms("Faktur", "de") != bridge.terms("Rechnung", "de")


def test_learned_words_among_themselves_are_a_concept() -> None:
    bridge = Bridge([], [Learned(0.9, ("kies", "grus", "gravel"))])
    assert bridge.terms("Kies", "de") == bridge.terms("gravel", "en") == bridge.terms("grus", "da")


def test_the_glossary_has_the_last_word_over_the_lexicon() -> None:
    bridge = Bridge([INVOICE, WATER], [Learned(1.0, ("rechnung", "vand", "water"))])
    assert bridge.terms("Rechnung", "de").keys() == {"rechnung~faktura~invoic"}


def test_another_row_changes_the_digest() -> None:
    assert Bridge([WATER]).digest == Bridge([WATER]).digest
    assert Bridge([WATER]).digest != Bridge([WATER, PIPE]).digest


@pytest.mark.parametrize("text", ["", " \n", "...", "the of and", "\u00ad", "a", "ß" * 3, "'’"])
@pytest.mark.parametrize("language", ["de", "da", "en", "fr", ""])
def test_what_says_nothing_is_no_error(text: str, language: str) -> None:
    assert all(weight > 0 for weight in SHIPPED.terms(text, language).values())


def test_an_unknown_language_has_spellings_only() -> None:
    assert SHIPPED.terms("facture eau", "fr").keys() == {"=fakture", "=eau"}


def test_one_endless_word_takes_no_time() -> None:
    assert len(SHIPPED.terms("wasserleitungsnetz" * 5_000, "de")) <= 1

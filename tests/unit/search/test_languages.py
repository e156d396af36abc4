"""Words are found in whatever way German, Danish and English people write them."""

from pathlib import Path

import pytest

from tests.unit.search.entries import build, da, de, entry, found, ranked

SAME = [
    ("de", "Ärger", "Aerger"),
    ("de", "Ärger", "aergern"),
    ("de", "Aerger", "Ärger"),
    ("de", "Straße", "STRASSE"),
    ("de", "strasse", "Straße"),
    ("de", "Straßen", "strasse"),
    ("de", "Größe", "grosse"),
    ("de", "Bürgermeister", "Burgermeister"),
    ("da", "Århus", "Aarhus"),
    ("da", "Aarhus", "Århus"),
    ("da", "Århus", "arhus"),
    ("da", "økonomi", "oekonomi"),
    ("da", "økonomi", "okonomi"),
    ("da", "økonomien", "okonomi"),
    ("da", "Smørrebrød", "smoerrebroed"),
    ("da", "ærø", "aeroe"),
    ("de", "E-Rechnung", "eRechnung"),
    ("de", "E-Rechnung", "E Rechnung"),
    ("de", "E-Rechnung", "erechnung"),
    ("de", "eRechnung", "E-Rechnung"),
    ("de", "eRechnungen", "E-Rechnung"),
    ("de", "E Rechnung", "eRechnung"),
    ("de", "E Rechnung", "E-Rechnungen"),
    ("de", "erechnung", "E-Rechnung"),
    ("de", "IT Sicherheit", "IT-Sicherheit"),
    ("de", "IT-Sicherheit", "it sicherheit"),
    ("en", "GovTech", "govtech"),
    ("en", "govtech", "GovTech"),
    ("en", "PostgreSQL", "postgresql"),
    ("en", "café", "cafe"),
    ("en", "Ru\u0308ge", "Rüge"),
    ("en", "pro\u00adcure\u00adment", "procurement"),
    ("de", "Rechnungen", "Rechnung"),
    ("de", "Behörden", "Behörde"),
    ("da", "virksomheder", "virksomhed"),
    ("da", "myndigheden", "myndighed"),
    ("en", "challenges", "challenge"),
    ("en", "scanned", "scanning"),
    ("en", "the firm's tools", "firm"),
    ("en", "C++", "C++"),
    ("en", "48444100-0", "48444100"),
]


@pytest.mark.parametrize(("lang", "written", "asked"), SAME)
def test_a_word_is_found_however_it_is_written(
    tmp_path: Path, lang: str, written: str, asked: str
) -> None:
    build(tmp_path, entry("1", "x", f"Es geht um {written} hier.", lang=lang), entry("2", "y", "z"))
    assert found(tmp_path, asked, lang=lang) == {"1"}


@pytest.mark.parametrize(
    ("written", "asked"),
    [("C++", "C#"), ("Rechnung", "Zeichnung"), ("Ost", "Öst"), ("Ehe", "Ähre")],
)
def test_words_that_only_look_alike_are_kept_apart(
    tmp_path: Path, written: str, asked: str
) -> None:
    build(tmp_path, de("1", "x", written), de("2", "y", asked))
    assert found(tmp_path, f'"{asked}"', lang="de") == {"2"}


def test_a_stem_of_one_language_does_not_find_words_of_another(tmp_path: Path) -> None:
    # The German stem of Arten (species) is art.
    build(tmp_path, de("species", "Arten schützen"), entry("art", "modern art"))
    assert found(tmp_path, "Arten", lang="de") == {"species"}
    assert ranked(tmp_path, "arts", lang="en")[0] == "art"


def test_a_german_query_finds_the_same_word_in_danish_and_english_texts(tmp_path: Path) -> None:
    build(tmp_path, de("de", "Peppol"), da("da", "Peppol"), entry("en", "Peppol"))
    assert found(tmp_path, "Peppol", lang="de") == {"de", "da", "en"}


def test_a_query_in_another_language_than_the_readers_knows_that_languages_forms(
    tmp_path: Path,
) -> None:
    build(tmp_path, entry("1", "Inspection of invoices"))
    assert found(tmp_path, "invoice", lang="de") == {"1"}


@pytest.mark.parametrize(
    ("lang", "written", "asked"),
    [
        ("de", "Rechnung", "Rechnungsstellung"),
        ("de", "Rechnungen", "Rechnungsstellung"),
        ("de", "Daten", "Datenschutz"),
        ("de", "Kind", "Kindergeld"),
        ("da", "faktura", "fakturahåndtering"),
        ("da", "håndtering", "fakturahåndtering"),
        ("da", "virksomhed", "virksomhedsbesøg"),
    ],
)
def test_a_compound_finds_its_parts(tmp_path: Path, lang: str, written: str, asked: str) -> None:
    build(tmp_path, entry("1", "x", f"Om {written} nu", lang=lang), entry("2", "y", "z", lang=lang))
    assert found(tmp_path, asked, lang=lang) == {"1"}


@pytest.mark.parametrize(
    ("lang", "written", "asked"),
    [
        ("de", "Rechnungsstellung", "Rechnung"),
        ("de", "Rechnungsstellung", "Rechnungen"),
        ("da", "virksomhedsbesøg", "virksomhed"),
        ("da", "virksomhedsbesøg", "virksomheder"),
    ],
)
def test_a_word_finds_the_compounds_it_begins(
    tmp_path: Path, lang: str, written: str, asked: str
) -> None:
    build(tmp_path, entry("1", "x", f"Om {written} nu", lang=lang), entry("2", "y", "z", lang=lang))
    assert found(tmp_path, asked, lang=lang) == {"1"}


def test_english_words_do_not_find_words_that_merely_begin_alike(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "a statement"), entry("2", "a state"))
    assert found(tmp_path, "state") == {"2"}


def test_the_word_itself_stands_before_other_forms_and_compounds(tmp_path: Path) -> None:
    build(
        tmp_path,
        de("compound", "Titel", "Die Rechnungsstellung dauert lange heute"),
        de("form", "Titel", "Die Rechnungen kommen oft spät heute"),
        de("exact", "Titel", "Die Rechnung kommt oft spät heute"),
    )
    assert ranked(tmp_path, "Rechnung", lang="de")[0] == "exact"
    assert found(tmp_path, "Rechnung", lang="de") == {"exact", "form", "compound"}


def test_a_common_word_is_not_taken_apart(tmp_path: Path) -> None:
    often = [de(str(n), "x", "Datenschutz ist wichtig") for n in range(12)]
    build(tmp_path, *often, de("noise", "y", "Der Schutz der Daten und der Küste"))
    assert "noise" not in found(tmp_path, "Datenschutz", lang="de")


def test_labels_find_an_entry_in_every_language_and_are_not_shown(tmp_path: Path) -> None:
    labels = "Buchhaltungssysteme regnskabssystemer accounting systems"
    build(tmp_path, de("1", "Titel", "Ein Text", labels=labels), de("2", "anderes"))
    for asked in ("Buchhaltungssystem", "regnskabssystem", "accounting system"):
        assert found(tmp_path, asked) == {"1"}


def test_words_that_say_nothing_do_not_stand_in_the_way(tmp_path: Path) -> None:
    build(tmp_path, de("1", "Stand der Technik"), de("2", "Technik"))
    assert found(tmp_path, "der Stand", lang="de") == {"1"}
    # "for" and "the" say nothing in English; a German reader writes them all the same.
    build(tmp_path, entry("3", "Tools for the state"), entry("4", "Tools"))
    assert ranked(tmp_path, "tools for the state", lang="de") == ["3"]

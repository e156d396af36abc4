"""Compounds are taken apart into known words, with what links them left out."""

import pytest

from govmatch.search.bridge.compounds import Compounds

GERMAN = Compounds(
    "de",
    {"wasser": "wass", "leitung": "leitung", "netz": "netz", "daten": "dat", "arbeit": "arbeit"},
    {"wass", "leitung", "netz", "sicherheit", "versorg"},
)
DANISH = Compounds(
    "da", {"vand": "vand", "ledning": "ledning", "net": "net", "by": "by"}, {"forsyning"}
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("wasserleitung", ("wass", "leitung")),
        ("wasserleitungsnetz", ("wass", "leitung", "netz")),
        ("arbeitssicherheiten", ("arbeit", "sicherheit")),
        ("wasser", ()),
        ("leitungen", ()),
        ("blumentopf", ()),
        ("trinkwasser", ("wass",)),
        ("wasserglas", ("wass",)),
        ("netz2000plus", ()),
    ],
)
def test_german_compounds(word: str, parts: tuple[str, ...]) -> None:
    assert GERMAN.parts(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("vandledningsnet", ("vand", "ledning", "net")),
        ("vandforsyningen", ("vand", "forsyning")),
        ("ledningsvandet", ("ledning", "vand")),
        ("byvand", ()),
    ],
)
def test_danish_compounds(word: str, parts: tuple[str, ...]) -> None:
    assert DANISH.parts(word) == parts


def test_only_whole_words_are_left_when_nothing_may_remain() -> None:
    assert GERMAN.whole("trinkwasser") == ()
    assert GERMAN.whole("wasserleitung") == ("wass", "leitung")


def test_languages_without_compounds_are_left_alone() -> None:
    assert Compounds("en", {"water": "water", "works": "work"}, ()).parts("waterworks") == ()

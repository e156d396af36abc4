"""A word with a slip leads to one that there is, for who may find it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.index import Index
from govmatch.search.spelling import slips_between
from tests.unit.search.entries import NOW, PUBLIC, build, da, de, entry


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(
        build(
            tmp_path,
            entry("1", "Electronic invoices", "An inspection of invoices and harbours"),
            entry("2", "Invoices again", "Peppol and XRechnung"),
            de("3", "Gefährdungsbeurteilung", "Die Behörde prüft Ärger"),
            da("4", "Myndighedens tilsyn", "Kørsel i Århus"),
            entry("5", "Secretword", "", audience=frozenset({"firm:7"})),
        )
    )


def near(
    index: Index, word: str, *, audience: frozenset[str] = PUBLIC, limit: int = 1
) -> list[str]:
    return index.near_words(word, audience=audience, now=NOW, lang="en", limit=limit)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("invioces", ["invoices"]),
        ("invoicess", ["invoices"]),
        ("inspektion", ["inspection"]),
        ("Inspecton", ["inspection"]),
        ("nispection", ["inspection"]),
        ("harbourrs", ["harbours"]),
        ("pepol", ["peppol"]),
        ("XRechnugn", ["XRechnung"]),
        ("gefaehrdungsbeurteilnug", ["gefährdungsbeurteilung"]),
        ("Behrde", ["behörde"]),
        ("Aarhsu", ["århus"]),
        ("invoices", []),
        ("inspections", []),
        ("invoi", []),
        ("abc", []),
        ("12345", []),
        ("zebra", []),
        ("", []),
    ],
)
def test_a_slip_or_two_lead_to_the_word_as_it_is_written(
    index: Index, typed: str, meant: list[str]
) -> None:
    assert near(index, typed) == meant


def test_only_words_of_texts_that_the_reader_may_find_are_offered(index: Index) -> None:
    assert near(index, "secretwrod") == []
    assert near(index, "secretwrod", audience=frozenset({"firm:7"})) == ["secretword"]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "ab", 1), ("abc", "axc", 1),
     ("abcd", "badc", 2), ("", "ab", 2), ("kitten", "sitting", 3)],
)  # fmt: skip
def test_slips_are_counted_both_ways(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other, most=9) == slips_between(other, one, most=9) == slips


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_slips_are_counted_to_the_end_while_they_are_few(one: str, other: str, most: int) -> None:
    all_of_them = slips_between(one, other, most=99)
    counted = slips_between(one, other, most=most)
    assert counted == all_of_them if all_of_them <= most else counted > most

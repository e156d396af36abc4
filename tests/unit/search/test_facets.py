"""Facets count things, as if the facet itself were not filtered by."""

from pathlib import Path

import pytest

from tests.unit.search.entries import ask, build, da, de, entry, found


def made(path: Path) -> Path:
    return build(
        path,
        entry("1", "data", facets={"theme": ("ethics", "usage"), "country": ("DK",)}),
        entry("2", "data", facets={"theme": ("usage",), "country": ("DE",)}),
        entry("3", "data", kind="firm", facets={"theme": ("ethics",), "country": ("DE",)}),
        entry("4", "other", facets={"theme": ("waste",), "country": ("DK",)}),
    )


def test_every_facet_is_counted_among_what_was_found_most_first(tmp_path: Path) -> None:
    results = ask(made(tmp_path), "data")
    assert {name: list(counts.items()) for name, counts in results.facets.items()} == {
        "country": [("DE", 2), ("DK", 1)],
        "kind": [("challenge", 2), ("firm", 1)],
        "lang": [("en", 3)],
        "theme": [("ethics", 2), ("usage", 2)],
    }


def test_a_filter_narrows_the_hits_and_every_facet_but_its_own(tmp_path: Path) -> None:
    results = ask(made(tmp_path), "data", filters={"country": ["DE"]})
    assert {hit.id for hit in results.hits} == {"2", "3"}
    assert results.total == 2
    assert results.facets["country"] == {"DE": 2, "DK": 1}
    assert results.facets["theme"] == {"ethics": 1, "usage": 1}
    assert results.facets["kind"] == {"challenge": 1, "firm": 1}


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(tmp_path: Path) -> None:
    path = made(tmp_path)
    assert found(path, "data", filters={"theme": ["ethics", "usage"]}) == {"1", "2", "3"}
    both = {"theme": ["ethics"], "country": ["DE"]}
    results = ask(path, "data", filters=both)
    assert {hit.id for hit in results.hits} == {"3"}
    assert results.facets["country"] == {"DE": 1, "DK": 1}
    assert results.facets["theme"] == {"ethics": 1, "usage": 1}
    assert results.facets["kind"] == {"firm": 1}


@pytest.mark.parametrize("filters", [{"theme": ["nowhere"]}, {"nothing": ["x"]}, {"theme": []}])
def test_a_filter_for_what_is_not_there_finds_nothing(
    tmp_path: Path, filters: dict[str, list[str]]
) -> None:
    assert found(made(tmp_path), "data", filters=filters) == set()


def test_kind_is_a_facet_or_a_limit(tmp_path: Path) -> None:
    path = made(tmp_path)
    chosen = ask(path, "data", filters={"kind": ["firm"]})
    assert chosen.facets["kind"] == {"challenge": 2, "firm": 1}
    limited = ask(path, "data", kinds=["firm"])
    assert limited.facets["kind"] == {"firm": 1}
    assert {hit.id for hit in chosen.hits} == {hit.id for hit in limited.hits} == {"3"}


def test_translations_count_once_except_in_the_facet_of_languages(tmp_path: Path) -> None:
    theme = {"theme": ("data",)}
    build(
        tmp_path,
        de("1", "Peppol", facets=theme),
        da("1", "Peppol", facets=theme),
        entry("1", "Peppol", facets=theme),
        da("2", "Peppol", facets=theme),
    )
    results = ask(tmp_path, "Peppol", lang="de")
    assert results.facets["theme"] == {"data": 2}
    assert results.facets["lang"] == {"da": 2, "de": 1, "en": 1}
    narrowed = ask(tmp_path, "Peppol", lang="de", filters={"lang": ["da"]})
    assert {(hit.id, hit.lang) for hit in narrowed.hits} == {("1", "da"), ("2", "da")}
    assert narrowed.facets["lang"] == {"da": 2, "de": 1, "en": 1}


def test_only_the_facets_asked_for_are_counted(tmp_path: Path) -> None:
    results = ask(made(tmp_path), "data", facets=["theme", "nothing"])
    assert set(results.facets) == {"theme"}
    assert ask(made(tmp_path), "data", facets=[]).facets == {}


def test_rare_values_are_counted_like_common_ones(tmp_path: Path) -> None:
    # With more than 32 documents for one, a value is kept by number instead of as a set.
    entries = [entry(str(n), "data", facets={"cpv": (f"{n % 50}",)}) for n in range(100)]
    build(tmp_path, *entries)
    results = ask(tmp_path, "data", filters={"cpv": ["7"]})
    assert results.total == 2
    assert results.facets["cpv"] == {str(n): 2 for n in range(50)}


def test_values_with_odd_characters_stay_what_they_are(tmp_path: Path) -> None:
    odd = ("a=b", "x y", "Öl & Gas", "<b>")
    build(tmp_path, entry("1", "data", facets={"theme": odd}))
    assert set(ask(tmp_path, "data").facets["theme"]) == set(odd)
    for value in odd:
        assert found(tmp_path, "", filters={"theme": [value]}) == {"1"}

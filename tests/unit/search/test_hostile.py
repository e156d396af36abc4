"""Whatever is typed, it is answered, and soon."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govmatch.explore.search_fields import TABLE
from govmatch.search.entry import Entry
from govmatch.search.fields import Fields
from govmatch.search.index import Index
from govmatch.search.query import QueryTooLong, parse
from govmatch.search.results import Results
from govmatch.search.writer import Writer
from tests.timing import soonest
from tests.unit.search.entries import NOW, PUBLIC, build, da, de, entry, search
from tests.unit.search.hostile import HOSTILE, REFUSED

SOON = 0.25
"""Seconds, of processor time since others share the machine."""


SIZE = 10_000


def _crowd() -> Iterator[Entry]:
    """Yield short texts of 2,000 words that begin alike, so that a beginning means hundreds."""
    stems = ["rechn", "verfahr", "digital", "data", "virksom", "verwalt", "frem", "prozess"]
    words = [f"{stem}{end:03}ung" for stem in stems for end in range(250)]
    makers = (de, da, entry)
    opens = NOW - timedelta(days=9)
    for number in range(SIZE):
        yield makers[number % 3](
            str(number),
            " ".join(words[(number * 7 + step) % len(words)] for step in range(3)),
            " ".join(words[(number * 13 + step * step) % len(words)] for step in range(9)),
            facets={"theme": (f"t{number % 9}",)},
            dates={"opens": opens, "closes": opens + timedelta(days=number % 99)},
            numbers={"budget_from": number, "budget_to": 2 * number},
        )


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowded")
    with Writer(folder) as writer:
        writer.rebuild(_crowd(), total=SIZE, cursor=1)
    return folder


SOME = ["rechn*", "rechn001ung data002ung", '"frem003ung"', "theme:t1", "-data002ung budget:>9"]


@pytest.fixture(scope="module")
def index(crowded: Path) -> Iterator[Index]:
    """An index of which much was asked before, as of a site that runs."""
    index = Index(crowded)
    for query in SOME:
        ask(index, query)
    yield index
    index.close()


def ask(index: Index, query: str, **more: Any) -> Results:
    """Search with all the fields that the site has."""
    return search(index, parse(query, fields=Fields(TABLE), now=NOW), **more)


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:25]))
def test_hostile_queries_are_answered_soon(index: Index, query: str) -> None:
    results, took = soonest(lambda: ask(index, query), under=SOON)
    assert not results.unavailable
    assert took < SOON


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:25]))
def test_hostile_beginnings_and_words_are_answered_soon(index: Index, query: str) -> None:
    for work in (index.suggest, index.near_words):
        _, took = soonest(partial(work, query, audience=PUBLIC, now=NOW), under=SOON)
        assert took < SOON


def test_sorting_and_paging_beyond_the_end_is_answered_soon(index: Index) -> None:
    for sort in ("closes", "-opens", "~closes", "nothing", "\0", "x" * 1_000):
        for page in (-(10**30), 0, 500, 10**30):
            results, took = soonest(
                partial(ask, index, "", sort=sort, page=page, size=10**30), under=SOON
            )
            assert results.total == SIZE
            assert took < SOON


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: ascii(query[:25]))
def test_only_size_is_refused_and_at_once(crowded: Path, query: str) -> None:
    index = Index(crowded)

    def refused() -> None:
        with pytest.raises(QueryTooLong):
            search(index, query)

    assert soonest(refused, under=SOON)[1] < SOON


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"), de("1", "E-Rechnung", "Die Daten der Stadt"))


TYPED = st.text(max_size=120) | st.text(
    alphabet='aeE-Rechnung "*()OR:themdtilANDÄß~^0\0\ud800', max_size=120
)


@given(TYPED, st.sampled_from(["de", "da", "en", "fr", ""]))
@example("title:*", "de")
@example("-E-Rechnung OR -x", "de")
def test_whatever_is_typed_is_answered(small: Path, query: str, lang: str) -> None:
    index = Index(small, fields={"theme": "theme"})
    try:
        results = search(index, query, lang=lang)
        assert not results.unavailable
        assert results.total in {0, 1}
        assert len(index.suggest(query, audience=PUBLIC, now=NOW)) <= 1
    finally:
        index.close()


@given(st.lists(st.text(max_size=60), min_size=4, max_size=4), st.sampled_from(["de", "da", "en"]))
def test_whatever_is_written_is_indexed_and_found_by_its_language(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], lang: str
) -> None:
    title, text, labels, url = texts
    path = build(
        tmp_path_factory.mktemp("any"), entry("1", title, text, lang=lang, labels=labels, url=url)
    )
    index = Index(path)
    try:
        assert [hit.id for hit in search(index, f"lang:{lang}", lang=lang).hits] == ["1"]
    finally:
        index.close()

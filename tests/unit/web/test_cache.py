"""Public pages kept in memory: the same in every coding, within a limit, until they expire."""

from datetime import UTC, datetime, timedelta

import pytest

from govmatch.web.cache import MOST_BYTES, Kept, PageCache
from govmatch.web.coding import decode, encode

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
PAGE = b"Udfordringer, Herausforderungen, challenges. " * 50


def kept(body: bytes, *, coding: str = "br", expires: datetime | None = None) -> Kept:
    return Kept(200, (), {coding: encode(body, coding)}, len(body), '"tag"', expires)


@pytest.mark.parametrize("first", ["br", "gzip", "identity"])
@pytest.mark.parametrize("asked", ["br", "gzip", "identity"])
def test_a_page_is_the_same_in_every_coding(first: str, asked: str) -> None:
    cache, page = PageCache(), kept(PAGE, coding=first)
    cache.put(("/",), page)
    assert decode(cache.body(("/",), page, asked), asked) == PAGE


def test_a_coding_is_made_once_and_then_kept() -> None:
    cache, page = PageCache(), kept(PAGE)
    cache.put(("/",), page)
    assert set(page.bodies) == {"br"}
    assert cache.body(("/",), page, "gzip") is cache.body(("/",), page, "gzip")
    assert set(page.bodies) == {"br", "gzip"}


def test_a_page_that_was_thrown_away_still_answers_who_holds_it() -> None:
    cache, page = PageCache(), kept(PAGE)
    cache.put(("/",), page)
    cache.clear()
    assert decode(cache.body(("/",), page, "gzip"), "gzip") == PAGE
    assert set(page.bodies) == {"br"}


def test_the_pages_asked_for_least_recently_are_thrown_away_when_it_is_full() -> None:
    cache, size = PageCache(), MOST_BYTES // 4
    for number in range(4):
        cache.put((number,), kept(b"x" * (size - 600), coding="identity"))
    assert cache.get((0,), NOW) is not None
    cache.put((4,), kept(b"x" * size, coding="identity"))
    there = [number for number in range(5) if cache.get((number,), NOW) is not None]
    assert there == [0, 3, 4]


def test_a_further_coding_counts_towards_the_limit() -> None:
    cache = PageCache()
    big = kept(b"x" * (MOST_BYTES - 1000), coding="identity")
    cache.put(("small",), kept(PAGE, coding="identity"))
    cache.put(("big",), kept(b"y" * 20_000, coding="br"))
    cache.put(("bigger",), big)
    assert cache.get(("small",), NOW) is None
    assert cache.get(("bigger",), NOW) is big


def test_a_page_ends_at_the_instant_that_it_named() -> None:
    cache = PageCache()
    cache.put(("/",), kept(PAGE, expires=NOW))
    assert cache.get(("/",), NOW - timedelta(seconds=1)) is not None
    assert cache.get(("/",), NOW) is None

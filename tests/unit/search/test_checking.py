"""The index is compared with what it should hold, entry by entry."""

from pathlib import Path

import pytest

from govmatch.search.check import Difference, check
from govmatch.search.engine import Damaged
from govmatch.search.entry import Change
from govmatch.search.writer import Writer
from tests.unit.search.entries import build, de, entry, opened

ENTRIES = [entry("1", "one"), de("1", "eins"), entry("2", "two"), entry("3", "three")]


def test_an_index_that_is_right_has_no_difference(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES)
    with opened(tmp_path) as index:
        assert not check(index, reversed(ENTRIES))


def test_what_is_missing_extra_and_different_is_named(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES)
    should = [entry("1", "one"), entry("2", "two!"), entry("4", "four"), de("4", "vier")]
    with opened(tmp_path) as index:
        difference = check(index, should)
    assert difference
    assert difference == Difference(
        missing=("challenge:4:de", "challenge:4:en"),
        extra=("challenge:1:de", "challenge:3:en"),
        different=("challenge:2:en",),
    )


def test_deleted_entries_do_not_count(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES)
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "1")], cursor=2)
    with opened(tmp_path) as index:
        assert not check(index, ENTRIES[2:])


def test_without_an_index_the_operator_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with pytest.raises(Damaged, match="no index yet"):
            check(index, ENTRIES)
        with pytest.raises(Damaged, match="no index yet"):
            index.stats()


def test_the_numbers_of_an_index(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES, entry("9", "firm", kind="firm"), cursor=12)
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "2")], cursor=13)
    with opened(tmp_path) as index:
        stats = index.stats()
    assert {name: stats[name] for name in ("cursor", "documents", "deleted", "segments")} == {
        "cursor": 13,
        "documents": 4,
        "deleted": 1,
        "segments": 1,
    }
    assert stats["kinds"] == {"challenge": 3, "firm": 1}
    assert stats["languages"] == {"de": 1, "en": 3}

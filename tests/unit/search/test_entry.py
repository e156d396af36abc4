"""What cannot be found or compared again is refused where it is made."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from govmatch.search.entry import MAX_TEXT, Change, Entry
from tests.unit.search.entries import NOW, ask, build, de, entry, found, plain


@pytest.mark.parametrize(
    "values",
    [
        {"kind": ""},
        {"kind": "Two words"},
        {"kind": "a:b"},
        {"lang": "deutsch"},
        {"lang": ""},
        {"facets": {"the me": ("x",)}},
        {"facets": {"a=b": ("x",)}},
        {"facets": {"kind": ("x",)}},
        {"facets": {"lang": ("x",)}},
        {"dates": {"closes!": NOW}},
        {"dates": {"closes": NOW.replace(tzinfo=None)}},
        {"visible_from": datetime(2026, 1, 1)},  # noqa: DTZ001 - naive on purpose
    ],
)
def test_an_entry_that_could_not_be_found_again_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        entry("1", **values)


@pytest.mark.parametrize("id_", ["", "x" * 201, "a\0b", "\ud800"])
def test_an_id_that_could_not_be_kept_is_refused(id_: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        entry(id_)


def test_a_change_holds_one_thing_once_in_each_language() -> None:
    assert Change("challenge", "1", (de("1"), entry("1"))).entries
    with pytest.raises(ValueError, match="another thing"):
        Change("challenge", "1", (entry("2"),))
    with pytest.raises(ValueError, match="one language"):
        Change("challenge", "1", (de("1"), de("1", "again")))


def test_ids_with_odd_characters_stay_apart(tmp_path: Path) -> None:
    ids = ["a:b", "a", "a:b:c", "A", "ä", "a b", "a=b", "%", "1", "01"]
    build(tmp_path, *(entry(id_, "data") for id_ in ids))
    assert found(tmp_path, "data") == set(ids)


def test_what_no_page_can_carry_becomes_a_blank(tmp_path: Path) -> None:
    build(
        tmp_path, entry("1", "da\0ta \ud800 title", "text\0with\x1bodd\udfffthings", url="/\ud83d")
    )
    (hit,) = ask(tmp_path, "odd").hits
    assert hit.title == "da ta   title"
    assert plain(hit.snippet) == "text with odd things"
    assert hit.url == "/ "


def test_a_very_long_text_is_found_up_to_its_limit(tmp_path: Path) -> None:
    text = "first " + "x " * (MAX_TEXT // 2) + "last"
    build(tmp_path, entry("1", "x", text))
    assert found(tmp_path, "first") == {"1"}
    assert found(tmp_path, "last") == set()


CHANGED: list[dict[str, Any]] = [
    {"title": "other"},
    {"text": "other"},
    {"url": "/other"},
    {"labels": "other"},
    {"audience": frozenset({"firm:1"})},
    {"visible_from": NOW},
    {"facets": {"theme": ("x",)}},
    {"dates": {"closes": NOW}},
    {"dates": {"closes": NOW + timedelta(microseconds=1)}},
]


def test_the_digest_tells_every_difference_and_no_other() -> None:
    digests = [entry("1", **{"title": "t"} | values).digest() for values in [{}, *CHANGED]]
    assert len(set(digests)) == len(digests)
    ordered = Entry(
        kind="challenge",
        id="1",
        lang="en",
        title="t",
        text="",
        url="/1",
        audience=frozenset({"b", "a"}),
        facets={"y": ("2", "1"), "x": ()},
    )
    other_order = entry("1", "t", audience=frozenset({"a", "b"}), facets={"x": (), "y": ("1", "2")})
    assert ordered.digest() == other_order.digest()

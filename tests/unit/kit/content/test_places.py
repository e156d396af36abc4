"""A value in a file is read as what it should be, or named with field, line and remedy."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from govmatch.kit.content import (
    Place,
    Problem,
    Source,
    Wrong,
    is_slug,
    read_document,
    read_yaml,
)

Reading = Callable[[Place], Any]


def place(text: str) -> Place:
    return Place.top(read_yaml(Source("x.yaml", text)), [])


def wrong(text: str, read: Reading) -> Problem:
    """Return the one problem of reading key `a` on the second line."""
    top = place(f"b: 1\na: {text}")
    read(top.child("a"))
    (problem,) = top.problems
    assert (problem.line, problem.field) == (2, "a")
    assert problem.remedy.text
    return problem


RIGHT: dict[str, tuple[Reading, Any]] = {
    '" Grüße "': (lambda one: one.text(limit=10), "Grüße"),
    '"a\\n b"': (lambda one: one.line(limit=10), "a b"),
    "scanning-2": (lambda one: one.slug(), "scanning-2"),
    "7": (lambda one: one.whole(low=1, high=7), 7),
    "true": (lambda one: one.yes(otherwise=False), True),
    "Europe/Copenhagen": (lambda one: one.zone(), "Europe/Copenhagen"),
    "office@sik.example": (lambda one: one.email(), "office@sik.example"),
    '"https://sik.example/x"': (lambda one: one.web_address(), "https://sik.example/x"),
    "award": (lambda one: one.choice(("award", "closing")), "award"),
    "{de: x, da: y, en: z}": (
        lambda one: one.texts(limit=9),
        {"de": "x", "da": "y", "en": "z"},
    ),
    "2027-07-01T12:00": (
        lambda one: one.local_time("Europe/Copenhagen"),
        datetime(2027, 7, 1, 10, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_read(text: str) -> None:
    read, expected = RIGHT[text]
    top = place(f"a: {text}")
    assert read(top.child("a")) == expected
    assert top.problems == []


def test_a_day_is_read() -> None:
    found = place("a: 2027-02-28").child("a").day()
    assert found is not None
    assert found.isoformat() == "2027-02-28"


WRONG: dict[str, tuple[Reading, str]] = {
    "12": (lambda one: one.text(limit=10), "A text is expected here."),
    '"abcdef"': (lambda one: one.text(limit=5), "The text has {n} characters."),
    "Scanning": (lambda one: one.slug(), "{value} cannot stand in an address."),
    "../x": (lambda one: one.slug(), "{value} cannot stand in an address."),
    "a--b": (lambda one: one.slug(), "{value} cannot stand in an address."),
    "8": (lambda one: one.whole(low=1, high=7), "{value} is not possible here."),
    "true": (lambda one: one.whole(low=0, high=7), "{value} is not possible here."),
    "on": (lambda one: one.yes(otherwise=False), "{value} is not possible here."),
    "Mars/Base": (lambda one: one.zone(), "{value} is no time zone."),
    '"../../etc/passwd"': (lambda one: one.zone(), "{value} is no time zone."),
    "nobody": (lambda one: one.email(), "{value} is no e-mail address."),
    '"javascript:alert(1)"': (lambda one: one.web_address(), "{value} is no web address."),
    "awrd": (lambda one: one.choice(("award", "closing")), "{value} is not possible here."),
    "2027-02-29": (lambda one: one.day(), "{value} is no day."),
    "0001-01-01": (lambda one: one.day(), "{value} is no day."),
    "tomorrow": (lambda one: one.day(), "{value} is no day."),
    "2027-02-22": (lambda one: one.local_time("UTC"), "{value} is no time."),
    "2027-02-30T12:00": (lambda one: one.local_time("UTC"), "{value} is no time."),
    "9999-12-31T23:59": (lambda one: one.local_time("America/New_York"), "{value} is no time."),
    "2027-03-28T02:30": (
        lambda one: one.local_time("Europe/Berlin"),
        "{value} does not exist: clocks skip it.",
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named(text: str) -> None:
    read, message = WRONG[text]
    assert wrong(text, read).message.text == message


def test_a_key_that_is_missing_is_named_at_the_line_around_it() -> None:
    top = place("x: 1\na:\n  b: 1")
    assert top.child("a").needed("c").absent
    (problem,) = top.problems
    assert (problem.line, problem.field) == (2, "a.c")


def test_an_unknown_key_leads_to_the_one_that_was_meant() -> None:
    top = place("title: x\ncloses_: y")
    top.only(("title", "closes"))
    (problem,) = top.problems
    assert (problem.line, problem.field) == (2, "closes_")
    assert problem.remedy.values == {"key": "closes"}


def test_a_missing_language_is_named() -> None:
    top = place("name: {de: x, en: y}")
    assert top.child("name").texts(limit=10) == {"de": "x", "en": "y"}
    assert [problem.field for problem in top.problems] == ["name.da"]


def test_items_are_counted_from_one_in_what_people_read() -> None:
    top = place("a:\n  - x\n  - 2")
    for item in top.child("a").items(low=1, high=5):
        item.text(limit=5)
    assert [(p.line, p.field) for p in top.problems] == [(3, "a.2")]


def test_a_list_too_long_is_named_and_cut() -> None:
    top = place("a: [1, 2, 3]")
    assert len(top.child("a").items(low=0, high=2)) == 2
    assert [p.message.text for p in top.problems] == ["The list has {n} entries."]


@pytest.mark.parametrize("text", ["a", "a1", "a-b-c", "1", "x" * 60])
def test_these_can_stand_in_an_address(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "ä", "a_b", "a.b", "a/b", "x" * 61])
def test_these_cannot(text: str) -> None:
    assert not is_slug(text)


def test_facts_and_text_are_parted() -> None:
    document = read_document(Source("x.md", "---\na: 1\n---\n\n## Why\n\n--- no fence\n"))
    assert document.tree.data == {"a": 1}
    assert document.tree.line(("a",)) == 2
    assert (document.body, document.body_line) == ("## Why\n\n--- no fence", 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n", "The file does not begin with facts."),
        ("---\na: 1\n", "The facts have no end."),
    ],
)
def test_a_file_without_its_lines_of_hyphens_is_refused(text: str, message: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_document(Source("x.md", text))
    assert caught.value.problem.message.text == message

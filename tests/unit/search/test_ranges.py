"""Dates, ages and amounts are read as people write them, and find what lies between."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govmatch.kit.i18n import msg
from govmatch.search import bounds
from govmatch.search.entry import microseconds
from govmatch.search.fields import Field, Fields, Kind, Moment
from govmatch.search.index import Index
from govmatch.search.query import MAX_LENGTH, Query, Range, Why, parse
from tests.unit.search.entries import NOW, build, entry, search

ZONE = "Europe/Copenhagen"
FIELDS = Fields(
    (
        Field(names={"en": "closes", "de": "frist"}, kind=Kind.DATE, looks_in="closes",
              label=msg("Deadline")),
        Field(names={"en": "age"}, kind=Kind.AGE, looks_in="added", label=msg("Age")),
        Field(names={"en": "budget"}, kind=Kind.MONEY, looks_in="budget_from", up_to="budget_to",
              label=msg("Budget of a pilot"), units={"kr": 7.5}),
        Field(names={"en": "state", "de": "stand"}, kind=Kind.VALUE, looks_in="opens",
              up_to="closes", label=msg("State"),
              moments={"open": Moment.RUNNING, "closed": Moment.OVER, "coming": Moment.COMING}),
        Field(names={"en": "theme", "de": "thema"}, kind=Kind.VALUE, looks_in="theme",
              label=msg("Theme")),
    ),
    {
        "state": {"open": {"en": "Open", "de": "Offen"}},
        "theme": {"data-ethics": {"en": "Data ethics", "de": "Datenethik", "da": "Dataetik"}},
    },
)  # fmt: skip


def read(text: str, *, now: datetime = NOW) -> Query:
    return parse(text, fields=FIELDS, now=now, zone=ZONE)


def at(text: str) -> int:
    """Return an instant on Danish clocks in winter."""
    return microseconds(datetime.fromisoformat(f"{text}+01:00"))


def between(first: str | None, last: str | None) -> tuple[int | None, int | None]:
    """Return the bounds from one instant to just before another."""
    return at(first) if first else None, at(last) - 1 if last else None


def range_of(text: str) -> Range:
    (clause,) = read(text).clauses
    (part,) = clause.any_of
    assert isinstance(part, Range)
    return part


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027-01-15", "2027-01-15T00:00", "2027-01-16T00:00"),
        ("15.1.2027", "2027-01-15T00:00", "2027-01-16T00:00"),
        ("2027-01", "2027-01-01T00:00", "2027-02-01T00:00"),
        ("01.2027", "2027-01-01T00:00", "2027-02-01T00:00"),
        ("2026-12", "2026-12-01T00:00", "2027-01-01T00:00"),
        ("2027", "2027-01-01T00:00", "2028-01-01T00:00"),
        ("<2027-01-01", None, "2027-01-01T00:00"),
        ("<=2027-01", None, "2027-02-01T00:00"),
        (">2027-01", "2027-02-01T00:00", None),
        (">=2027-01-15", "2027-01-15T00:00", None),
        (">= 2027-01-15", "2027-01-15T00:00", None),
        ("=2027-01-15", "2027-01-15T00:00", "2027-01-16T00:00"),
        ("2026-12..2027-02", "2026-12-01T00:00", "2027-03-01T00:00"),
        ("2026-12..", "2026-12-01T00:00", None),
        ("..2027-02", None, "2027-03-01T00:00"),
        ("today", "2026-03-01T00:00", "2026-03-02T00:00"),
        ("Heute", "2026-03-01T00:00", "2026-03-02T00:00"),
    ],
)
def test_a_day_month_or_year_is_all_of_itself(text: str, first: str, last: str) -> None:
    found = range_of(f"closes:{text}")
    assert (found.low, found.high) == between(first, last)
    assert (found.from_, found.to) == ("closes", "closes")


def test_a_day_of_the_change_to_summer_time_has_23_hours() -> None:
    found = range_of("closes:2026-03-29")
    assert found.low is not None and found.high is not None
    assert found.high + 1 - found.low == timedelta(hours=23) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("<30d", (0, 30)), ("30d", (0, 30)), ("<=4w", (0, 28)), ("<2u", (0, 14)), ("<3M", (0, 90)),
        (">30d", (30, None)), ("7d..14d", (7, 14)), ("<1y", (0, 365)),
    ],
)  # fmt: skip
def test_a_distance_is_from_now_into_the_future(text: str, days: tuple[int, int | None]) -> None:
    found = range_of(f"frist:{text}")
    low, high = (None if n is None else microseconds(NOW + timedelta(days=n)) for n in days)
    assert abs((found.low or 0) - (low or 0)) <= 1
    assert (found.high is None) == (high is None)
    assert abs((found.high or 0) - (high or 0)) <= 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("<7d", (7, 0)),
        ("7d", (7, 0)),
        (">7d", (None, 7)),
        ("1w..2w", (14, 7)),
        (">6m", (None, 180)),
    ],
)
def test_an_age_is_a_distance_into_the_past(text: str, days: tuple[int | None, int]) -> None:
    found = range_of(f"age:{text}")
    low, high = (None if n is None else microseconds(NOW - timedelta(days=n)) for n in days)
    assert (found.low is None) == (low is None)
    assert abs((found.low or 0) - (low or 0)) <= 1
    assert abs((found.high or 0) - (high or 0)) <= 1
    assert found.from_ == "added"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50000", 50_000, 50_000), (">=50000", 50_000, None), (">50000", 50_001, None),
        ("<50000", None, 49_999), ("20k..80k", 20_000, 80_000), ("<=1,5mio", None, 1_500_000),
        (">=50.000", 50_000, None), (">=50,000", 50_000, None), (">=1.5k", 1_500, None),
        ("<=75000kr", None, 10_000), ("<=20tsd", None, 20_000), (">=50000€", 50_000, None),
        ('"50 000"', 50_000, 50_000), ('">= 50 000 EUR"', 50_000, None),
    ],
)  # fmt: skip
def test_amounts_are_read_in_every_way_of_writing(
    text: str, low: int | None, high: int | None
) -> None:
    assert range_of(f"budget:{text}") == Range("budget_from", "budget_to", low, high)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("closes:soon", Why.NO_DATE), ("closes:2027-13", Why.NO_DATE),
        ("closes:2027-02-30", Why.NO_DATE), ("closes:9999", Why.NO_DATE),
        ("closes:..", Why.NO_DATE), ("closes:<", Why.NO_DATE), ("closes:2027..x", Why.NO_DATE),
        ("closes:2027-02..2027-01", Why.EMPTY_RANGE), ("budget:80k..20k", Why.EMPTY_RANGE),
        ("age:2027", Why.NO_AGE), ("age:<7x", Why.NO_AGE), ("age:99999d", Why.NO_AGE),
        ("budget:much", Why.NO_AMOUNT), ("budget:5gbp", Why.NO_AMOUNT),
        ("budget:1.2.3", Why.NO_AMOUNT), ("theme:<3", Why.NO_RANGE), ("theme:a..b", Why.NO_RANGE),
    ],
)  # fmt: skip
def test_what_is_no_range_is_left_out_and_its_place_told(text: str, why: Why) -> None:
    query = read(f"data {text} ethics")
    assert len(query.clauses) == 2
    assert [(one.text, one.why, one.at) for one in query.ignored] == [(text, why, 5)]


def test_a_value_may_be_called_as_in_any_language_and_spelling() -> None:
    for text in ("theme:data-ethics", 'thema:"Data Ethics"', "Thema:datenethik", "theme:DATAETIK"):
        assert read(text).clauses == read("theme:data-ethics").clauses
    assert read("theme:data-ethics").clauses != read("theme:ethics").clauses


def test_brackets_in_quotes_are_part_of_a_name() -> None:
    query = read('theme:"Data (ethics)" ("data")')
    assert query.clauses[0] == read("theme:dataethics").clauses[0]
    assert [(one.text, one.at) for one in query.ignored] == [("(", 22)]


def test_a_state_follows_from_dates_and_now() -> None:
    now = microseconds(NOW)
    assert range_of("stand:offen") == Range("opens", "closes", low=now + 1, high=now)
    assert range_of("state:closed") == Range("closes", "closes", high=now)
    assert range_of("state:coming") == Range("opens", "opens", low=now + 1)


def test_a_piece_can_be_taken_out_of_a_query_as_it_was_typed() -> None:
    query = read('data  closes:<30d -theme:x "usage data" a1 OR b1')
    texts = ["data", "closes:<30d", "-theme:x", '"usage data"', "a1 OR b1"]
    assert [clause.text for clause in query.clauses] == texts
    rest = query.without(query.clauses[1])
    assert rest.text == 'data -theme:x "usage data" a1 OR b1'
    assert read(rest.text).clauses == rest.clauses


@given(st.text(alphabet="0123456789.,-<>=dwmyk kr€ \u00a0e", max_size=45))
@example("9999-12-31")
@example("2200-12")
@example("<=2200-12-31")
def test_no_bounds_break(text: str) -> None:
    found = [
        bounds.of_date(text, now=NOW, zone=ZONE),
        bounds.of_age(text, now=NOW),
        bounds.of_amount(text, units={"kr": 7.5}),
    ]
    for one in filter(None, found):
        assert all(abs(number) < 2**62 for number in (one.low, one.high) if number is not None)


@given(st.lists(st.sampled_from(
    ["data", '"usage data"', "-x", "OR", "closes:<30d", "closes:x", "age:>7d", "budget:20k..",
     "theme:data-ethics", "state:open", "proc*", "(", "nope:x", '"open', "ODER", "E", "Rechnung"]
), max_size=9), st.sampled_from([" ", "  ", "\t"]))  # fmt: skip
def test_each_piece_is_what_was_typed_and_stands_where_it_is_said_to(
    pieces: list[str], blank: str
) -> None:
    text = blank.join(pieces)[:MAX_LENGTH]
    query = read(text)
    for one in query.ignored:
        assert text[one.at : one.at + len(one.text)] == one.text
    for clause in query.clauses:
        assert read(clause.text).clauses == (clause,)
        assert all(piece in text for piece in clause.text.split(" OR "))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    def on(day: int) -> datetime:
        return NOW + timedelta(days=day)

    return Index(
        build(
            tmp_path,
            entry("cheap", "Data one", dates={"opens": on(-9), "closes": on(5), "added": on(-3)},
                  numbers={"budget_from": 10_000, "budget_to": 25_000}),
            entry("dear", "Data two", dates={"opens": on(-99), "closes": on(-20), "added": on(-99)},
                  numbers={"budget_from": 60_000, "budget_to": 90_000}),
            entry("later", "Data three", dates={"opens": on(2), "closes": on(60)},
                  numbers={"budget_from": 50_000, "budget_to": 50_000}),
            entry("page", "Data page", kind="page"),
        )
    )  # fmt: skip


def found(index: Index, text: str, **more: object) -> set[str]:
    return {hit.id for hit in search(index, read(text), **more).hits}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("data closes:<30d", {"cheap"}),
        ("closes:<30d", {"cheap"}),
        ("closes:>30d", {"later"}),
        ("age:<7d", {"cheap"}),
        ("age:>7d", {"dear"}),
        ("budget:20k..55k", {"cheap", "later"}),
        ("budget:>=50000", {"dear", "later"}),
        ("budget:<50000", {"cheap"}),
        ("budget:50000", {"later"}),
        ("-budget:>=50000", {"cheap", "page"}),
        ("state:open", {"cheap"}),
        ("state:closed", {"dear"}),
        ("state:coming", {"later"}),
        ("state:closed OR state:coming", {"dear", "later"}),
        ("data budget:50000 OR page", {"later", "page"}),
        ("budget:1..9", set()),
    ],
)
def test_ranges_find_what_lies_between(index: Index, text: str, ids: set[str]) -> None:
    assert found(index, text) == ids


def test_the_soonest_deadline_comes_first_and_what_is_over_last(index: Index) -> None:
    hits = search(index, read("data"), sort="~closes").hits
    assert [hit.id for hit in hits] == ["cheap", "later", "dear", "page"]
    hits = search(index, read("data"), sort="~closes", now=NOW + timedelta(days=10)).hits
    assert [hit.id for hit in hits] == ["later", "cheap", "dear", "page"]

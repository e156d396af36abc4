"""Every column that may name a person is exported and erased, or says why it is not.

The schema is walked, so that a new table cannot be forgotten: into each table with such a column a
row is put that names a person, whatever else it needs is made up, and the rooms of personal data
are asked. What stays on purpose stands in `KEPT` of its package's `personal.py`, and what is not
shown in `UNTOLD`, each with its reason, `table.column`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    func,
    select,
    text,
)

from govmatch.kit.db import Base, Json, ReadSession, Session, UtcDateTime
from govmatch.migrations.models import metadata
from govmatch.worker.personal import erase
from govmatch.worker.registry import personal_rooms
from tests.databases import Databases, Kind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EMAIL = "somebody@firm.example"

# Columns that hold numbers of people without a foreign key, and those that hold an address.
NUMBERS = {
    "roles.granted_by",
    "journal.actor_id",
}
LISTS = {"challenges.editors", "decisions.editors"}
SAVED = {"applications.saved"}
ADDRESSES = {
    "people.email",
    "invitations.address",
    "link_requests.address",
    "link_requests.old_address",
    "late_codes.address",
    "mails.address",
    "registrations.email",
    "seat_requests.email",
    "subscribers.email",
    "follow_requests.email",
    "application_partners.address",
}

# No room of a package has them: the kit's own, and what no room could know.
OF_THE_KIT = {
    "journal.actor_id": "the journal names people by number alone; the salt of its digests is gone",
}


def people_columns() -> list[str]:
    """Return every column that points to a person, by foreign key or as we know it."""
    found = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "people" for key in column.foreign_keys)
    }
    return sorted(found | NUMBERS)


def reasons(kind: str) -> dict[str, str]:
    """Return what all packages say they keep, or do not tell."""
    said: dict[str, str] = {}
    for room in personal_rooms().values():
        said |= getattr(room, kind, {})
    return said


def test_every_column_that_looks_like_a_person_is_known_here() -> None:
    """By its name: who adds `reviewed_by` or `contact_email` has to say what becomes of it."""
    known = {*people_columns(), *ADDRESSES, *NUMBERS, *LISTS, *SAVED}
    words = ("_by", "person", "email", "author_id", "handler_id", "actor_id", "editors")
    looks = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if column.name in {"by", "email", "address"} or any(w in column.name for w in words)
    }
    assert looks - known - set(NOT_ABOUT_PEOPLE) == set()


NOT_ABOUT_PEOPLE = {
    "challenges.approved_in_file": "a name in a file of content, which the authority publishes",
    "jobs.claimed_by": "a process",
    "matches.lowered_by": "a number",
    "need_surveys.person_points": "points",
    "applications.confirm_by": "a time",
    "decisions.confirm_by": "a time",
    "proposed_reviews.is_by_hand": "whether, not who",
}


@pytest.mark.parametrize("kind", ["KEPT", "UNTOLD"])
def test_reasons_are_given_for_columns_that_there_are(kind: str) -> None:
    there = {f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.columns}
    said = reasons(kind)
    assert set(said) - there == set()
    assert [name for name, why in said.items() if len(why.split()) < 3] == []


class Maker:
    """Makes rows that hold together, with values that no person ever wrote."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1000)

    def row(self, table: Table, given: Mapping[str, Any], depth: int = 0) -> Any:
        """Insert one row and return the value of its primary key."""
        values = dict(given)
        for column in table.columns:
            is_told = f"{table.name}.{column.name}" in FITTING
            if column.name not in values and (is_told or self._is_needed(column)):
                values[column.name] = self._value(column, depth)
        key = next(iter(table.primary_key.columns))
        made = self.session.execute(table.insert().values(**values).returning(key))
        return made.scalar_one()

    def _is_needed(self, column: Column[Any]) -> bool:
        if column.primary_key and column.autoincrement and not column.foreign_keys:
            return isinstance(column.type, Integer) is False
        return not column.nullable

    def _value(self, column: Column[Any], depth: int) -> Any:
        for foreign in column.foreign_keys:
            assert depth < 12, f"{column} needs itself"
            return self.row(foreign.column.table, {}, depth + 1)
        number = next(self.numbers)
        known = FITTING.get(f"{column.table.name}.{column.name}")
        if known is not None:
            return known
        made_up = MADE_UP.get(type(column.type))
        return made_up(number) if made_up else f"made-up-{number}"


MADE_UP: Mapping[type, Callable[[int], Any]] = {
    Json: lambda _number: {},
    UtcDateTime: lambda number: NOW + timedelta(seconds=number),
    Boolean: lambda _number: False,
    Date: lambda _number: NOW.date(),
    LargeBinary: lambda _number: b"",
    Integer: lambda number: number,
    Numeric: lambda _number: Decimal(1),
    Float: lambda _number: 1.0,
    Double: lambda _number: 1.0,
}

FITTING: dict[str, Any] = {
    "letters.released_at": NOW,
    "firms.text_lang": "en",
    "registrations.seat": "taken",
    "registrations.shows": "nothing",
    "glossary_versions.words": [],
}


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    """As everywhere, but on SQLite alone: what is asked here is the schema, and it is the same."""
    engine = databases.shared(Kind.SQLITE).engine.execution_options(govmatch_begin="IMMEDIATE")
    with engine.connect() as connection:
        outer = connection.begin()
        with ReadSession(connection, join_transaction_mode="create_savepoint") as opened:
            yield Session(opened)
        outer.rollback()


@pytest.fixture
def maker(session: Session) -> Maker:
    return Maker(session)


@pytest.fixture
def person(maker: Maker) -> int:
    number: int = maker.row(
        metadata.tables["people"],
        {"email": EMAIL, "name": "Somebody", "salt": "salt", "totp_count": 0},
    )
    return number


def put(maker: Maker, person: int, name: str) -> tuple[Table, Any]:
    """Put a row that names the person in this column, and return its table and key."""
    table_name, column = name.split(".")
    table = metadata.tables[table_name]
    given: dict[str, Any] = {column: person}
    given |= BESIDE.get(name, lambda _person: {})(person)
    key = maker.row(table, given)
    for child in ALONG.get(name, ()):
        of_it = next(c for c in metadata.tables[child].columns if _points_to(c, table))
        maker.row(metadata.tables[child], {of_it.name: key})
    return table, key


def _points_to(column: Column[Any], table: Table) -> bool:
    return any(foreign.column.table is table for foreign in column.foreign_keys)


BESIDE: dict[str, Any] = {
    "need_supports.person_id": lambda person: {"by": person},
    "challenge_remarks.by": lambda _person: {"given_at": NOW},
}
"""What else has to stand in the row, for the column to mean anything."""


ALONG = {"needs.by": ["need_texts"]}
"""What hangs on the row, for it to say anything."""


def exported(session: Session, person: int, name: str) -> str:
    """Return what the room of the column's package tells of a person."""
    session.expire_all()
    return str(room_of(name).export(session, person))


def room_of(name: str) -> ModuleType:
    table = metadata.tables[name.partition(".")[0]]
    model = next(m for m in Base.registry.mappers if m.local_table is table)
    return personal_rooms()[model.class_.__module__.split(".")[1]]


def without_people() -> list[str]:
    return [name for name in people_columns() if name not in OF_THE_KIT]


@pytest.mark.parametrize("name", sorted({*without_people()} - {*reasons("UNTOLD")}))
def test_what_names_a_person_is_in_their_copy(
    session: Session, maker: Maker, person: int, name: str
) -> None:
    before = exported(session, person, name)
    put(maker, person, name)
    assert exported(session, person, name) != before, f"{name} is not in the copy"


@pytest.mark.parametrize("name", without_people())
def test_what_names_a_person_is_erased_unless_it_says_why_not(
    session: Session, maker: Maker, person: int, name: str
) -> None:
    table, key = put(maker, person, name)
    room_of(name).erase(session, person, now=NOW)
    session.flush()
    column = table.columns[name.split(".")[1]]
    primary = next(iter(table.primary_key.columns))
    found = session.execute(select(column).where(primary == key)).all()
    is_there = [value for (value,) in found if value == person] != []
    assert is_there == (name in reasons("KEPT")), name


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_address_of_an_erased_person_is_left(
    session: Session, maker: Maker, person: int, name: str
) -> None:
    """The last mail, which says what is kept, is made when everything else is gone."""
    table_name, column = name.split(".")
    table = metadata.tables[table_name]
    given = {column: EMAIL} | ({"person_id": person} if "person_id" in table.columns else {})
    if table_name != "people":
        maker.row(table, given)
    erase(session, person, now=NOW)
    left = select(func.count()).where(table.columns[column] == EMAIL)
    assert session.execute(left).scalar_one() == 0


def test_nothing_that_was_written_about_an_erased_person_has_their_name(
    session: Session, maker: Maker, person: int
) -> None:
    erase(session, person, now=NOW)
    kept = session.execute(
        text("SELECT name, email, salt FROM people WHERE id = :n"), {"n": person}
    )
    (row,) = kept
    assert (row.name, row.salt) == ("", "")
    assert row.email.endswith("@erased.invalid")

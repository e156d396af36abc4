"""Which rows belong to a case: every table that leads to it by its foreign keys.

Nobody keeps a list that a new table could be forgotten in. What is left out on purpose stands
here, each with its reason, which the file of the case says too.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, select

from govmatch.kit.db import Base, ReadSession
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass

CHALLENGES, APPLICATIONS = "challenges", "applications"

_FLEETING = msg("It said only who had a page open, and is deleted anyway.")
_ASKER = msg("Who asked a question stays with who asked, so that nobody is judged by it.")
_DRAFT = msg("The draft of a firm is its own: what counts is what it submitted.")
_SECRET = msg("It opens something, and is no fact of the case.")

TABLES_LEFT_OUT: Mapping[str, Message] = {
    "section_writers": _FLEETING,
    "question_askings": _ASKER,
    "secret_marks": _DRAFT,
}
COLUMNS_LEFT_OUT: Mapping[str, Message] = {
    "applications.answers": _DRAFT,
    "applications.saved": _DRAFT,
    "applications.title": _DRAFT,
    "applications.single_key": _FLEETING,
    "application_partners.single_key": _FLEETING,
    "application_partners.address": _SECRET,
    "late_codes.code_digest": _SECRET,
    "challenge_previews.digest": _SECRET,
}
TOLD_APART = {"application_versions": frozenset({"answers", "form"})}
"""Columns that stand elsewhere in the file, in a form by which they are checked."""
_DERIVED = "html"

SEALED = frozenset({"late_codes", "late_entry_ends", "openings", "conflict_declarations"})
"""Before the opening nobody learns from these that there is an application."""

_BATCH = 500


@dataclass(frozen=True)
class Link:
    """A table of the case, and the foreign key by which its rows are found."""

    table: Table
    column: Column[Any]
    parent: Table
    key: Column[Any]


Rows = dict[str, list[dict[str, Any]]]
"""Rows as JSON values, by table."""


def links() -> list[Link]:
    """Return how every table leads to a challenge or an application, parents first.

    A table that leads to both belongs to the application; a key that may be empty is followed
    only where there is no other.
    """
    roots = {CHALLENGES: CHALLENGES, APPLICATIONS: APPLICATIONS}
    waiting = _leading(set(roots))
    found: list[Link] = []
    while waiting:
        ready = [one for one in waiting if not _bound_to(one, waiting)]
        for table in ready or waiting[:1]:
            key = min(_keys(table, roots), key=lambda key: _rank(key, roots))
            found.append(Link(table, key.parent, key.column.table, key.column))
            roots[table.name] = roots[key.column.table.name]
        waiting = [table for table in waiting if table.name not in roots]
    return found


def _leading(roots: set[str]) -> list[Table]:
    """Return the tables that lead to the roots over any number of keys, by name."""
    tables = [one for one in Base.metadata.tables.values() if one.name not in TABLES_LEFT_OUT]
    reached = set(roots)
    while more := {one.name for one in tables if _keys(one, reached)} - reached:
        reached |= more
    return sorted((one for one in tables if one.name in reached - roots), key=lambda one: one.name)


def _keys(table: Table, names: Collection[str]) -> list[ForeignKey]:
    keys = table.foreign_keys
    return [one for one in keys if one.column.table.name in names and one.column.table is not table]


def _bound_to(table: Table, others: Collection[Table]) -> list[ForeignKey]:
    """Return the keys to some other tables that a row cannot be without."""
    keys = _keys(table, {one.name for one in others})
    return [one for one in keys if not one.parent.nullable]


def _rank(key: ForeignKey, roots: Mapping[str, str]) -> tuple[bool, bool, str]:
    is_far = roots[key.column.table.name] != APPLICATIONS
    return bool(key.parent.nullable), is_far, key.parent.name


def columns_of(table: Table) -> list[Column[Any]]:
    """Return the columns that a file of a case shows."""
    apart = TOLD_APART.get(table.name, frozenset())
    return [
        column
        for column in table.columns
        if f"{table.name}.{column.name}" not in COLUMNS_LEFT_OUT
        and column.name not in apart
        and column.name != _DERIVED
    ]


def rows_in(session: ReadSession, link: Link, keys: Collection[Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that belong to some rows of its parent, in their own order."""
    wanted = sorted(keys)
    columns = columns_of(link.table)
    for begin in range(0, len(wanted), _BATCH):
        found = select(*columns).where(link.column.in_(wanted[begin : begin + _BATCH]))
        for row in session.execute(found.order_by(*link.table.primary_key.columns)):
            yield dict(zip((column.name for column in columns), row, strict=True))


def as_json(value: Any) -> Any:
    """Return a value of a column as JSON has it: instants in ISO 8601, amounts as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return value

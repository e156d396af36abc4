"""Which rows hang on an application: found in the schema, so that no new table is forgotten."""

from collections.abc import Collection

from sqlalchemy import Table, select

from govmatch.kit.db import Base, ReadSession

PUBLIC = frozenset({"pilots"})
"""What hangs on an application and is published: it stays, and so does what hangs on it."""

ROOT = "applications"


def hanging_on(session: ReadSession, application_ids: Collection[int]) -> dict[str, list[int]]:
    """Return by table, parents first, the ids of all rows that hang on these applications.

    What hangs on a pilot is not among them. The applications themselves are the first.
    """
    found: dict[str, list[int]] = {ROOT: sorted(application_ids)}
    for table in Base.metadata.sorted_tables:
        if table.name == ROOT or table.name in PUBLIC:
            continue
        ids = _rows(session, table, found)
        if ids:
            found[table.name] = ids
    return found


def _rows(session: ReadSession, table: Table, parents: dict[str, list[int]]) -> list[int]:
    """Return the ids of a table's rows that point to one of the rows found so far."""
    key = next(iter(table.primary_key.columns))
    ids: set[int] = set()
    for column in table.columns:
        for foreign in column.foreign_keys:
            above = parents.get(foreign.column.table.name)
            if above and foreign.column.primary_key:
                ids |= set(session.scalars(select(key).where(column.in_(above))))
    return sorted(ids)

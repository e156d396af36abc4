"""The glossary as it holds now: what ships, with what the site says about it. All is public."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.glossary.entries import Entry, read_words, rows
from govmatch.glossary.events import SUBJECT
from govmatch.glossary.models import GlossaryEntry, GlossaryVersion
from govmatch.glossary.shipped import FILE, key_of, read_shipped
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import JournalRow
from govmatch.search.bridge.rows import Row


def all_entries(session: ReadSession, content_dir: Path) -> list[Entry]:
    """Return every entry: those of this site first, then those of the files in their order."""
    shipped = read_shipped(content_dir)
    touched = _touched(session, shipped)
    own = [entry for name, entry in touched if name is None]
    said = {name: entry for name, entry in touched if name is not None}
    gone = [entry for name, entry in said.items() if name not in shipped]
    return [*own, *gone, *(said.get(name, entry) for name, entry in shipped.items())]


def touched_entries(session: ReadSession, content_dir: Path) -> list[Entry]:
    """Return what this site says: its own entries, and those that ship and read otherwise here.

    The files are read only where one of their entries is concerned.
    """
    concerned = select(GlossaryEntry.id).where(GlossaryEntry.of_file.is_not(None)).limit(1)
    shipped = read_shipped(content_dir) if session.scalar(concerned) is not None else {}
    return [entry for _, entry in _touched(session, shipped)]


def _touched(session: ReadSession, shipped: dict[str, Entry]) -> list[tuple[str | None, Entry]]:
    """Return what this site says, in the order in which it began to, each with its file's name."""
    found = session.execute(
        select(GlossaryEntry, GlossaryVersion)
        .join(
            GlossaryVersion,
            (GlossaryVersion.entry_id == GlossaryEntry.id)
            & (GlossaryVersion.number == GlossaryEntry.version),
        )
        .order_by(GlossaryEntry.id)
    )
    return [(row.of_file, _merged(row, version, shipped)) for row, version in found]


def _merged(row: GlossaryEntry, version: GlossaryVersion, shipped: dict[str, Entry]) -> Entry:
    if row.of_file is None:
        base = Entry(key=row.public_id)
    else:
        base = shipped.get(row.of_file) or Entry(key=key_of(row.of_file))
    return replace(
        base,
        own=read_words(version.words),
        note=version.note,
        is_on=version.is_on,
        version=version.number,
    )


def find_entry(session: ReadSession, content_dir: Path, key: str) -> Entry:
    """Return the entry with this key; raises `NotFound`."""
    found = next((one for one in all_entries(session, content_dir) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def find_row(session: ReadSession, key: str) -> GlossaryEntry | None:
    """Return what the site keeps of an entry; None where it says nothing about it."""
    if not key.startswith(FILE):
        found = select(GlossaryEntry).where(GlossaryEntry.public_id == key)
        return session.scalars(found).first()
    of_files = session.scalars(select(GlossaryEntry).where(GlossaryEntry.of_file.is_not(None)))
    return next((row for row in of_files if row.of_file and key_of(row.of_file) == key), None)


def history(session: ReadSession, key: str) -> list[GlossaryVersion]:
    """Return how an entry read, the newest first, with who wrote it."""
    row = find_row(session, key)
    if row is None:
        return []
    found = select(GlossaryVersion).where(GlossaryVersion.entry_id == row.id)
    found = found.options(joinedload(GlossaryVersion.person))
    return list(session.scalars(found.order_by(GlossaryVersion.number.desc())))


def bridge_rows(session: ReadSession, content_dir: Path) -> Sequence[Row]:
    """Return what `search.bridge.concepts.Bridge` is made of, the site's entries with the files'.

    Without any of the site they are those of the files, in the same order, so the bridge has the
    same digest as one that is loaded from the files alone.
    """
    return rows(all_entries(session, content_dir))


def change_stamp(session: ReadSession) -> int:
    """Return a number that grows with each change here; one look into an index of the journal."""
    last = select(func.coalesce(func.max(JournalRow.id), 0))
    return session.execute(last.where(JournalRow.subject_kind == SUBJECT)).scalar_one()

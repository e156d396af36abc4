"""Adding to the glossary of this site, changing it, and switching entries off and on."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from govmatch.glossary import queries
from govmatch.glossary.checks import faults
from govmatch.glossary.entries import Entry, Word, kept_words
from govmatch.glossary.events import (
    GlossaryEntryAdded,
    GlossaryEntryChanged,
    GlossaryEntrySwitched,
)
from govmatch.glossary.models import GlossaryEntry, GlossaryVersion
from govmatch.glossary.rules import may_edit
from govmatch.glossary.shipped import key_of, read_shipped
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id


def add(
    session: Session,
    words: Sequence[Word],
    *,
    note: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Make an entry of this site, and return its key.

    Refused to all but editors. Raises `Invalid` for words that help nobody. That a word stands in
    another entry too is for the caller to ask about: it may mean two things.
    """
    require(may_edit(actor))
    _check(words, None)
    row = GlossaryEntry(public_id=public_id(), of_file=None, version=0)
    _write(session, row, words, note=note, is_on=True, actor=actor, now=now)
    event = GlossaryEntryAdded(subject_id=row.id, version=row.version)
    journal.record(session, event, actor=actor, now=now)
    return row.public_id


def change(
    session: Session,
    key: str,
    words: Sequence[Word],
    *,
    note: str,
    seen: int,
    content_dir: Path,
    actor: Actor,
    now: datetime,
) -> None:
    """Make the words and the note of an entry read so; of a shipped one those that the site adds.

    `seen` is the version that the editor had before them; raises `Conflict` where there is a newer
    one, `Invalid` for words that help nobody, `NotFound` for an unknown key.
    """
    require(may_edit(actor))
    row, entry = _held(session, key, seen, content_dir)
    if (tuple(words), note) == (entry.own, entry.note):
        return
    _check(words, entry)
    is_new = row.version == 0
    _write(session, row, words, note=note, is_on=entry.is_on, actor=actor, now=now)
    happened = GlossaryEntryAdded if is_new else GlossaryEntryChanged
    event = happened(subject_id=row.id, version=row.version)
    journal.record(session, event, actor=actor, now=now)


def switch(
    session: Session,
    key: str,
    *,
    on: bool,
    seen: int,
    content_dir: Path,
    actor: Actor,
    now: datetime,
) -> None:
    """Let searches use an entry or leave it out; a shipped one too, whose file stays as it is.

    Raises `Conflict` where somebody has changed it since version `seen`.
    """
    require(may_edit(actor))
    row, entry = _held(session, key, seen, content_dir)
    if entry.is_on == on:
        return
    _write(session, row, entry.own, note=entry.note, is_on=on, actor=actor, now=now)
    event = GlossaryEntrySwitched(subject_id=row.id, version=row.version, is_on=on)
    journal.record(session, event, actor=actor, now=now)


def _check(words: Sequence[Word], entry: Entry | None) -> None:
    if found := faults(words, entry, ()).errors:
        raise Invalid(found)


def _held(session: Session, key: str, seen: int, content_dir: Path) -> tuple[GlossaryEntry, Entry]:
    """Return an entry with its row, which nobody else changes until this transaction ends."""
    journal.hold(session)
    entry = queries.find_entry(session, content_dir, key)
    if entry.version != seen:
        raise Conflict(msg("Somebody else has changed this entry meanwhile."))
    row = queries.find_row(session, key)
    if row is None:
        name = next((n for n in read_shipped(content_dir) if key_of(n) == key), None)
        if name is None:
            raise NotFound
        row = GlossaryEntry(public_id=public_id(), of_file=name, version=0)
    return row, entry


def _write(
    session: Session,
    row: GlossaryEntry,
    words: Sequence[Word],
    *,
    note: str,
    is_on: bool,
    actor: Actor,
    now: datetime,
) -> None:
    row.version += 1
    session.add(row)
    session.flush()
    session.add(
        GlossaryVersion(
            entry_id=row.id,
            number=row.version,
            words=kept_words(words),
            note=note,
            is_on=is_on,
            by=actor.person_id,
            at=now,
        )
    )

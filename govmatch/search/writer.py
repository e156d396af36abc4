"""Writing the index: changes on top of it, and making it anew; one writer for each folder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

from govmatch.search import folder as folders
from govmatch.search.committing import MANY, Choice, Lookup, advance, all_of_them, small_ones
from govmatch.search.engine import Damaged, segments_of
from govmatch.search.entry import Change, Entry
from govmatch.search.folder import Pointer, WriterLock
from govmatch.search.knowledge import (
    MOST_LEARNED,
    knowledge_of,
    learned_from,
    shipped_knowledge,
)
from govmatch.search.rebuilding import Rebuild

_TELL_EVERY = 50
"""Entries between two calls of `progress`."""


class NeedsRebuild(Exception):
    """The index cannot be followed further; it is to be made anew from the database."""


class Writer:
    """The one writer of an index folder, from opening to closing.

    Nothing is visible to readers, and no cursor moves, before it is on disk; whatever is
    interrupted (a crash, a power cut, a full disk) leaves the index as it was before.
    """

    def __init__(self, index: Path) -> None:
        """Open for writing and sweep up; `WriterBusy` when another process has it.

        Every byte is checked once here. Damage is not raised but kept: `cursor` and `apply` then
        raise `NeedsRebuild`.
        """
        self._index = index
        self._lookup = Lookup()
        self._take_lock()
        self._pointer: Pointer | None = None
        self._damage = ""
        with suppress(NeedsRebuild):
            self.verify(content=True)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let another writer in."""
        self._lookup.close()
        self._lock.release()

    @property
    def cursor(self) -> int:
        """Return the last journal id that the index contains, or raise `NeedsRebuild`."""
        return self._current().cursor

    @property
    def is_outdated(self) -> bool:
        """Return whether the index is to be made anew, although it can be followed until then.

        So it is when its words were read with another glossary than this version ships.
        """
        known = knowledge_of(self._index / self._current().folder)
        return known.digest != shipped_knowledge().digest

    def verify(self, *, content: bool = False) -> None:
        """Raise `NeedsRebuild` unless the index on disk is what was written; sweep what is not it.

        Cheap by sizes; with `content` every byte is read. Meant to be asked now and then while
        nothing changes, since a reader that meets damage can only say "not available".
        """
        self._damage = ""
        try:
            self._pointer = folders.read_pointer(self._index)
            folders.verify(self._index, self._pointer, content=content)
            segments_of(self._index / self._pointer.folder, self._pointer.generation)
        except Damaged as damage:
            self._pointer, self._damage = None, str(damage)
        folders.sweep(self._index, self._pointer)
        self._current()

    def _current(self) -> Pointer:
        if self._pointer is None:
            raise NeedsRebuild(self._damage)
        return self._pointer

    def _take_lock(self) -> None:
        self._index.mkdir(parents=True, exist_ok=True)
        self._lock = WriterLock(self._index)

    def apply(self, changes: Iterable[Change], *, cursor: int) -> None:
        """Have the index hold these changes and everything up to journal id `cursor`.

        One commit for all of them; the last change of a thing counts. Doing it again changes
        nothing. Raises `NeedsRebuild` when the files are not what was written, and when `cursor`
        lies before the index, which then knows of things that the database has forgotten.
        """
        self.verify()
        pointer = self._current()
        if cursor < pointer.cursor:
            raise NeedsRebuild(f"the journal ends at {cursor}, the index at {pointer.cursor}")
        last = {(change.kind, change.id): change for change in changes}
        if last:
            pointer = self._commit(pointer, list(last.values()), cursor, small_ones)
        elif cursor != pointer.cursor:
            pointer = replace(pointer, cursor=cursor)
            folders.write_pointer(self._index, pointer)
        self._pointer = pointer
        folders.sweep(self._index, pointer)

    def optimize(self, *, most: int | None = None) -> bool:
        """Have the index in one segment without deleted documents: smaller, and faster to read.

        Takes about 5 ms a document; for the night, between two changes. With more than `most`
        documents it is left as it is, and the answer is False when it is worth making anew.
        """
        self.verify()
        pointer = self._current()
        segments = segments_of(self._index / pointer.folder, pointer.generation)
        deleted = sum(len(segment.deleted) for segment in segments)
        if most is not None and pointer.documents > most:
            return not deleted and len(segments) <= MANY + pointer.documents // most
        if len(segments) > 1 or deleted:
            self._pointer = self._commit(pointer, [], pointer.cursor, all_of_them)
            folders.sweep(self._index, self._pointer)
        return True

    def _commit(
        self, pointer: Pointer, changes: Sequence[Change], cursor: int, choose: Choice
    ) -> Pointer:
        try:
            after = advance(
                self._index, pointer, changes, cursor=cursor, choose=choose, lookup=self._lookup
            )
        except Damaged as damage:
            self._pointer, self._damage = None, str(damage)
            raise NeedsRebuild(self._damage) from damage
        folders.write_pointer(self._index, after)
        return after

    def rebuild(
        self,
        entries: Iterable[Entry],
        *,
        total: int,
        cursor: int,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        """Make the index anew from all entries in one go, and swap it in at once.

        `cursor` is the journal id from before the entries were read. `progress` is told
        (done, total), `total` being what is expected. Stopped half-way, it leaves the present
        index in use. Two entries of one key are a `ValueError`. For many entries see `rebuilding`.
        """
        self._hold()
        with Rebuild(self._index, is_kept=False) as new:
            coming = iter(entries)
            first = list(islice(coming, MOST_LEARNED))
            new.begin(cursor=cursor, total=total, knowledge=learned_from(first))
            try:
                told = _counted(chain(first, coming), total, progress)
                new.add(new.make_here(told), at=None, done=total)
                new.finish()
                self.adopt(new, (), cursor=cursor)
            except BaseException:
                new.discard()
                raise

    def adopt(self, new: Rebuild, changes: Iterable[Change], *, cursor: int) -> None:
        """Have the new index in use, with what changed since it was begun, all at once.

        Readers go over to it with their next question. Raises `NeedsRebuild`, and leaves the
        present one in use, when the new one is not what was written.
        """
        self._hold()
        made = new.finished()
        last = {(change.kind, change.id): change for change in changes}
        self._lookup.close()
        if last:
            pointer = self._commit(made, list(last.values()), cursor, small_ones)
        else:
            pointer = replace(made, cursor=cursor)
            folders.write_pointer(self._index, pointer)
        new.forget()
        self._pointer, self._damage = pointer, ""
        folders.sweep(self._index, pointer)

    def _hold(self) -> None:
        """Have the right to write a folder that somebody may have removed and made again."""
        if not self._lock.is_held():
            self._lock.release()
            self._take_lock()


def _counted(
    entries: Iterable[Entry], total: int, progress: Callable[[int, int], None]
) -> Iterator[Entry]:
    keys: set[str] = set()
    progress(0, total)
    for entry in entries:
        if entry.key in keys:
            raise ValueError(f"two entries with the key {entry.key}")
        keys.add(entry.key)
        yield entry
        if len(keys) % _TELL_EVERY == 0:
            progress(len(keys), max(total, len(keys)))
    progress(len(keys), len(keys))

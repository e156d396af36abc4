"""Writing the index: changes on top of it, and making it anew; one writer for each folder."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from govmatch.kit.durable import sync
from govmatch.search import folder as folders
from govmatch.search.documents import document, mark_thing
from govmatch.search.engine import Batch, Damaged, Reading, Segment, create, segments_of
from govmatch.search.entry import Change, Entry
from govmatch.search.folder import Pointer, WriterLock

_TELL_EVERY = 50
"""Entries between two calls of `progress`."""

_MANY = 6
"""Small segments that may stand side by side before they become one."""
_MOST_MERGED = 2_000
"""Documents that a change may have to move: about two seconds. More is for `optimize`."""


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
        self._readings: dict[str, Reading] = {}
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
        self._close_readings(keep=())
        self._lock.release()

    @property
    def cursor(self) -> int:
        """Return the last journal id that the index contains, or raise `NeedsRebuild`."""
        return self._current().cursor

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
            pointer = self._commit(pointer, list(last.values()), cursor, _small_ones)
        elif cursor != pointer.cursor:
            pointer = replace(pointer, cursor=cursor)
            folders.write_pointer(self._index, pointer)
        self._pointer = pointer
        folders.sweep(self._index, pointer)

    def optimize(self) -> None:
        """Have the index in one segment without deleted documents: smaller, and faster to read.

        Takes about 3 ms a document; for the night, between two changes.
        """
        self.verify()
        pointer = self._current()
        segments = segments_of(self._index / pointer.folder, pointer.generation)
        if len(segments) > 1 or any(segment.deleted for segment in segments):
            self._pointer = self._commit(pointer, [], pointer.cursor, _all_of_them)
            folders.sweep(self._index, self._pointer)

    def _commit(
        self,
        pointer: Pointer,
        changes: Sequence[Change],
        cursor: int,
        choose: Callable[[Sequence[Segment]], frozenset[str]],
    ) -> Pointer:
        try:
            return self._commit_whole(pointer, changes, cursor, choose)
        except Damaged as damage:
            self._pointer, self._damage = None, str(damage)
            raise NeedsRebuild(self._damage) from damage

    def _commit_whole(
        self,
        pointer: Pointer,
        changes: Sequence[Change],
        cursor: int,
        choose: Callable[[Sequence[Segment]], frozenset[str]],
    ) -> Pointer:
        folder = self._index / pointer.folder
        segments = segments_of(folder, pointer.generation)
        batch = Batch(folder, pointer.generation)
        try:
            for segment, gone in self._documents_of(folder, segments, changes):
                batch.delete(segment, gone)
            for change in changes:
                for entry in change.entries:
                    batch.add(document(entry))
            names = batch.commit(choose)
            return self._point(folder, pointer.generation + 1, cursor, names, pointer)
        except BaseException:
            batch.cancel()
            raise

    def _documents_of(
        self, folder: Path, segments: Sequence[Segment], changes: Sequence[Change]
    ) -> Iterable[tuple[str, int]]:
        """Yield segment and number of every living document of the changed things."""
        self._close_readings(keep=[segment.name for segment in segments])
        for segment in segments:
            reading = self._readings.get(segment.name)
            if reading is None:
                reading = self._readings[segment.name] = Reading(folder, segment)
            for change in changes:
                found = reading.postings("marks", mark_thing(change.kind, change.id))
                for number in found[0] if found else ():
                    if number not in segment.deleted:
                        yield segment.name, number

    def _close_readings(self, keep: Sequence[str]) -> None:
        for name in self._readings.keys() - set(keep):
            self._readings.pop(name).close()

    def _point(
        self, folder: Path, generation: int, cursor: int, names: Sequence[str], before: Pointer
    ) -> Pointer:
        pointer = Pointer(
            folder=folder.name,
            generation=generation,
            cursor=cursor,
            documents=sum(segment.live for segment in segments_of(folder, generation)),
            files=folders.describe(folder, names, before.files),
        )
        folders.write_pointer(self._index, pointer)
        return pointer

    def rebuild(
        self,
        entries: Iterable[Entry],
        *,
        total: int,
        cursor: int,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> None:
        """Make the index anew from all entries, beside the present one, and swap it in at once.

        `cursor` is the journal id from before the entries were read. `progress` is told
        (done, total), `total` being what is expected. Stopped half-way, it leaves the present
        index in use and its own folder to be swept. Two entries of one key are a `ValueError`.
        """
        if not self._lock.is_held():  # somebody removed the whole folder
            self._lock.release()
            self._take_lock()
        folder = folders.new_folder(self._index)
        create(folder)
        sync(self._index)
        empty = Pointer(folder=folder.name, generation=0, cursor=cursor, documents=0, files={})
        batch = Batch(folder, 0)
        try:
            _add_all(batch, entries, total, progress)
            names = batch.commit(_none_of_them)
            pointer = self._point(folder, 1, cursor, names, empty)
        except BaseException:
            batch.cancel()
            raise
        self._pointer, self._damage = pointer, ""
        self._close_readings(keep=())
        folders.sweep(self._index, pointer)


def _add_all(
    batch: Batch, entries: Iterable[Entry], total: int, progress: Callable[[int, int], None]
) -> None:
    keys: set[str] = set()
    progress(0, total)
    for entry in entries:
        if entry.key in keys:
            raise ValueError(f"two entries with the key {entry.key}")
        keys.add(entry.key)
        batch.add(document(entry))
        if len(keys) % _TELL_EVERY == 0:
            progress(len(keys), max(total, len(keys)))
    progress(len(keys), len(keys))


def _none_of_them(segments: Sequence[Segment]) -> frozenset[str]:
    del segments
    return frozenset()


def _all_of_them(segments: Sequence[Segment]) -> frozenset[str]:
    return frozenset(segment.name for segment in segments)


def _small_ones(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the segments to move into the new one, so that few remain and little is moved.

    From the smallest up, each is taken while it is not larger than all before it together; so
    a document moves only when its segment about doubles.
    """
    taken: list[Segment] = []
    moved = 32
    for segment in sorted(segments, key=lambda segment: segment.live):
        if segment.live > moved or moved + segment.live > _MOST_MERGED:
            break
        taken.append(segment)
        moved += segment.live
    hollow = [s for s in segments if s.live <= min(len(s.deleted), _MOST_MERGED)]
    chosen = taken if len(taken) >= _MANY else []
    return frozenset(segment.name for segment in [*chosen, *hollow])

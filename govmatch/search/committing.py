"""From one generation of a folder to the next: what goes, what comes, what is moved."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from govmatch.search import folder as folders
from govmatch.search.documents import document, mark_thing
from govmatch.search.engine import Batch, Reading, Segment, segments_of
from govmatch.search.entry import Change
from govmatch.search.folder import Pointer
from govmatch.search.form import MARKS
from govmatch.search.knowledge import knowledge_of

Choice = Callable[[Sequence[Segment]], frozenset[str]]
"""Which segments a commit moves into the new one."""

MANY = 6
"""Small segments that may stand side by side before they become one."""
MOST_MERGED = 2_000
"""Documents that a change may have to move: about two seconds. More is for `optimize`."""


class Lookup:
    """The open segments of a folder, in which a writer finds what it replaces."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}

    def documents_of(
        self, folder: Path, segments: Sequence[Segment], changes: Sequence[Change]
    ) -> Iterable[tuple[str, int]]:
        """Yield segment and number of every living document of the changed things."""
        self.close(keep=[segment.name for segment in segments])
        for segment in segments:
            reading = self._readings.get(segment.name)
            if reading is None:
                reading = self._readings[segment.name] = Reading(folder, segment)
            for change in changes:
                found = reading.held(MARKS, mark_thing(change.kind, change.id))
                for number in found.docs.tolist() if found else ():
                    if number not in segment.deleted:
                        yield segment.name, number

    def close(self, keep: Sequence[str] = ()) -> None:
        """Give back the files of all segments but those that are named."""
        for name in self._readings.keys() - set(keep):
            self._readings.pop(name).close()


def advance(
    index: Path,
    pointer: Pointer,
    changes: Sequence[Change],
    *,
    cursor: int,
    choose: Choice,
    lookup: Lookup,
) -> Pointer:
    """Return the generation in which these changes have come true, on disk as a whole.

    Nothing leads to it until its pointer is written. Raises `Damaged` or the error of the disk;
    what was begun is then left to be swept.
    """
    folder = index / pointer.folder
    known = knowledge_of(folder)
    segments = segments_of(folder, pointer.generation)
    batch = Batch(folder, pointer.generation)
    try:
        for segment, gone in lookup.documents_of(folder, segments, changes):
            batch.delete(segment, gone)
        for change in changes:
            for entry in change.entries:
                batch.add(document(entry, known))
        return following(index, pointer, batch.commit(choose), cursor=cursor)
    except BaseException:
        batch.cancel()
        raise


def following(index: Path, pointer: Pointer, names: Sequence[str], *, cursor: int) -> Pointer:
    """Return the pointer to the generation after this one, made of the named files."""
    folder = index / pointer.folder
    return Pointer(
        folder=pointer.folder,
        generation=pointer.generation + 1,
        cursor=cursor,
        documents=sum(segment.live for segment in segments_of(folder, pointer.generation + 1)),
        files=folders.describe(folder, names, pointer.files),
    )


def none_of_them(segments: Sequence[Segment]) -> frozenset[str]:
    """Return no segment."""
    del segments
    return frozenset()


def all_of_them(segments: Sequence[Segment]) -> frozenset[str]:
    """Return every segment."""
    return frozenset(segment.name for segment in segments)


def small_ones(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the segments to move into the new one, so that few remain and little is moved.

    From the smallest up, each is taken while it is not larger than all before it together; so
    a document moves only when its segment about doubles.
    """
    taken: list[Segment] = []
    moved = 32
    for segment in sorted(segments, key=lambda segment: segment.live):
        if segment.live > moved or moved + segment.live > MOST_MERGED:
            break
        taken.append(segment)
        moved += segment.live
    hollow = [s for s in segments if s.live <= min(len(s.deleted), MOST_MERGED)]
    chosen = taken if len(taken) >= MANY else []
    return frozenset(segment.name for segment in [*chosen, *hollow])

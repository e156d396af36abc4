"""One generation of the index as readers see it, and the threads that read it."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govmatch.search import engine, folder, masks
from govmatch.search.engine import Reading
from govmatch.search.folder import InUse, Pointer
from govmatch.search.masks import Mask
from govmatch.search.segment import Segment

_COMMON_BODY, _COMMON_TITLE = 150.0, 7.0
"""Words of a usual text and title, for an index without documents."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as one thread sees it in one generation; `alive` are those not deleted."""

    segment: Segment
    reading: Reading
    alive: Mask


class Snapshot:
    """One generation: immutable, shared by all threads of the process."""

    def __init__(self, index: Path, pointer: Pointer, before: "Snapshot | None") -> None:
        """Open the generation that the pointer names; `Damaged` when it is not whole."""
        folder.verify(index, pointer, content=False)
        self.pointer = pointer
        self._path = index / pointer.folder
        self._in_use = InUse(self._path)
        try:
            known = before.segments_by_name() if before and before.is_of(pointer) else {}
            raws = engine.segments_of(self._path, pointer.generation)
            self.segments = [
                known.get(raw.name) or Segment(self._path, raw) for raw in raws
            ]
            self._deleted = [raw.deleted for raw in raws]
        except BaseException:
            self._in_use.close()
            raise
        self._alive = [
            masks.everything(segment.size) & ~masks.of(deleted, segment.size)
            for segment, deleted in zip(self.segments, self._deleted, strict=True)
        ]
        self.body_norms = _norms(_average(self.segments, "body") or _COMMON_BODY, 0.75)
        self.title_norms = _norms(_average(self.segments, "title") or _COMMON_TITLE, 0.5)

    def is_of(self, pointer: Pointer) -> bool:
        """Return whether this lies in the folder that the pointer names."""
        return self.pointer.folder == pointer.folder

    def segments_by_name(self) -> Mapping[str, Segment]:
        """Return the segments, to be taken over by the next generation."""
        return {segment.raw.name: segment for segment in self.segments}

    def parts(self, readings: "Readings") -> Sequence[Part]:
        """Return the segments with this thread's own files."""
        return [
            Part(segment, reading, alive)
            for segment, reading, alive in zip(
                self.segments, readings.of(self._path, self.segments), self._alive, strict=True
            )
        ]

    def close(self) -> None:
        """Let the folder be swept when nobody else reads it."""
        self._in_use.close()


def _average(segments: Iterable[Segment], field: str) -> float:
    """Return the mean number of words, taken over all documents."""
    words = documents = 0
    for segment in segments:
        lengths = segment.body_lengths if field == "body" else segment.title_lengths
        words += sum(lengths.count(byte) * engine.length_of(byte) for byte in set(lengths))
        documents += len(lengths)
    return words / documents if documents else 0.0


def _norms(average: float, b: float) -> list[float]:
    """Return for each length byte what a count is multiplied with: less in longer texts."""
    return [1 / (1 - b + b * engine.length_of(byte) / average) for byte in range(256)]


class Readings:
    """The open files of one thread; they close with it."""

    def __init__(self) -> None:
        self._open: dict[tuple[Path, str], Reading] = {}

    def of(self, path: Path, segments: Sequence[Segment]) -> list[Reading]:
        """Return the reading of each segment, and close those of all others."""
        wanted = {(path, segment.raw.name): segment for segment in segments}
        for key in self._open.keys() - wanted.keys():
            self._open.pop(key).close()
        for key, segment in wanted.items():
            if key not in self._open:
                self._open[key] = Reading(path, segment.raw)
        return [self._open[key] for key in wanted]

    def close(self) -> None:
        """Close all files."""
        while self._open:
            self._open.popitem()[1].close()

    def __del__(self) -> None:
        """Close what the thread left open."""
        self.close()


class EachThread(threading.local):
    """Holds the readings of the present thread."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = Readings()

"""One generation of the index as readers see it, and the threads that read it."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govmatch.search import engine, folder, masks
from govmatch.search.documents import mark_audience
from govmatch.search.engine import Reading, length_of
from govmatch.search.entry import PUBLIC
from govmatch.search.folder import InUse, Pointer
from govmatch.search.masks import Mask
from govmatch.search.segment import Segment

_USUAL = {"body": (150.0, 0.75), "title": (7.0, 0.5)}
"""Words of a text where none is public, and b: how much the length tells, from 0 to 1."""


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
            self.segments = [known.get(raw.name) or Segment(self._path, raw) for raw in raws]
            self._deleted = [raw.deleted for raw in raws]
        except BaseException:
            self._in_use.close()
            raise
        self._alive = [
            masks.everything(segment.size) & ~masks.of(deleted, segment.size)
            for segment, deleted in zip(self.segments, self._deleted, strict=True)
        ]
        self._norms: dict[str, list[float]] = {}

    def is_of(self, pointer: Pointer) -> bool:
        """Return whether this lies in the folder that the pointer names."""
        return self.pointer.folder == pointer.folder

    def shows(self, pointer: Pointer) -> bool:
        """Return whether this is the generation that the pointer names."""
        return self.is_of(pointer) and self.pointer.generation == pointer.generation

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

    def norms(self, parts: Sequence[Part], field: str) -> list[float]:
        """Return for each length byte what a count is multiplied with: less in longer texts.

        Longer than the mean of what is meant for the public: what is sealed changes no score.
        """
        if field not in self._norms:
            usual, b = _USUAL[field]
            words = documents = 0
            for part in parts:
                public = part.alive & part.segment.mask(part.reading, mark_audience(PUBLIC))
                words += part.segment.words_in(public, field)
                documents += public.bit_count()
            mean = words / documents if words else usual
            self._norms[field] = [1 / (1 - b + b * length_of(n) / mean) for n in range(256)]
        return self._norms[field]

    def close(self) -> None:
        """Let the folder be swept when nobody else reads it."""
        self._in_use.close()


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

"""Public pages kept in memory, so that a visitor's unchanged page costs almost nothing.

The key holds address, language and the last public journal id; an entry also dies at the instant
its view named: the next opening, closing or publication, or midnight.
"""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from govmatch.kit.records import dataclass
from govmatch.web.coding import decode, encode

MOST_BYTES = 6_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer: status, headers without those of the shell, and the body by coding.

    There is a body in the coding that was asked for first, and in each one asked for since.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    length: int
    """Bytes of the body as it is."""
    etag: str
    expires: datetime | None

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 500


class PageCache:
    """Answers by key, the least recently asked thrown away when 6 MB are full.

    On PostgreSQL several threads ask at once.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[object, ...], now: datetime) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.expires is not None and kept.expires <= now:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def put(self, key: tuple[object, ...], kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._bytes += kept.size
            self._make_room()

    def body(self, key: tuple[object, ...], kept: Kept, coding: str) -> bytes:
        """Return the body in a coding; made and kept when it is asked for the first time."""
        there = kept.bodies.get(coding)
        if there is not None:
            return there
        with self._lock:
            known, packed = next(iter(kept.bodies.items()))
        made = encode(decode(packed, known), coding)
        with self._lock:
            if self._kept.get(key) is kept and coding not in kept.bodies:
                kept.bodies[coding] = made
                self._bytes += len(made)
                self._make_room()
        return made

    def _make_room(self) -> None:
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[object, ...]) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= gone.size

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0

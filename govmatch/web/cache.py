"""Public pages kept in memory, so that a visitor's unchanged page costs almost nothing.

The key holds address, language and the last public journal id; an entry also dies at the instant
its view named: the next opening, closing or publication, or midnight.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

MOST_BYTES = 24_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished answer: status, headers without those of the shell, and the body by coding."""

    status: int
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    etag: str
    expires: datetime | None

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 500


class PageCache:
    """Answers by key, the least recently asked thrown away when 24 MB are full."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Kept] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[object, ...], now: datetime) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.expires is not None and kept.expires <= now:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def put(self, key: tuple[object, ...], kept: Kept) -> None:
        self._drop(key)
        self._kept[key] = kept
        self._bytes += kept.size
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[object, ...]) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= gone.size

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

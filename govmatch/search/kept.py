"""What was found out before, the latest of it, as much as may be remembered."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
_OVERHEAD = 500


class Sized(Protocol):
    """Knows in how many bytes its arrays lie."""

    @property
    def nbytes(self) -> int:
        """Return how many bytes they take."""


def in_bytes(value: Sized) -> int:
    """Return about how many bytes of memory a value takes."""
    return value.nbytes + _OVERHEAD


class Kept(Generic[_K, _V]):
    """Remembers values by key; the longest unused go first. Any number of threads may ask."""

    def __init__(self, most: int, size: Callable[[_V], int] = lambda _: 1) -> None:
        """Keep as much as weighs `most` together, each value weighing `size` of it."""
        self._most = most
        self._size = size
        self._held = 0
        self._values: OrderedDict[_K, _V] = OrderedDict()
        self._lock = Lock()

    def find(self, key: _K) -> _V | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: _K, value: _V) -> _V:
        """Keep a value and return it."""
        with self._lock:
            if key not in self._values:
                self._held += self._size(value)
                self._values[key] = value
            while self._held > self._most:
                self._held -= self._size(self._values.popitem(last=False)[1])
        return value

    def get(self, key: _K, work_out: Callable[[], _V]) -> _V:
        """Return what is kept under a key, worked out when it is not; it must not be altered."""
        known = self.find(key)
        return self.put(key, work_out()) if known is None else known

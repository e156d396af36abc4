"""Impacts that were worked out before, the latest of them, as much as may be remembered."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from govmatch.search.relevance.postings import Floats, Ids

Impact = tuple[Ids, Floats]
"""Documents, ascending, and what a term adds to each of them."""

MOST = 3_000_000
"""Documents of all impacts together; 8 bytes for each."""


class Kept:
    """Remembers impacts of one generation of an index; any number of threads may ask."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing."""
        self._most = most
        self._impacts: OrderedDict[Hashable, Impact] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Impact]) -> Impact:
        """Return what is kept under a key, worked out when it is not; it must not be altered."""
        with self._lock:
            if (known := self._impacts.get(key)) is not None:
                self._impacts.move_to_end(key)
                return known
        impact = work_out()
        with self._lock:
            if key not in self._impacts:
                self._impacts[key] = impact
                self._held += 1 + len(impact[0])
            while self._held > self._most and len(self._impacts) > 1:
                _, (documents, _) = self._impacts.popitem(last=False)
                self._held -= 1 + len(documents)
        return impact

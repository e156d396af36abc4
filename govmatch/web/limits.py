"""Limits for reading: a token bucket per address and kind, in each process."""

import time
from collections import OrderedDict

from govmatch.kit.errors import TooMany

READS = 3000
SECONDS = 60.0
"""How many reads at once, and in how many seconds that many come back."""

SECRETS = 120
"""The same for addresses that are a secret, so that nobody tries many."""

REGISTERS = 20
"""The same for questions to registers elsewhere, which count who asks them much."""

MOST_BUCKETS = 20_000


class Buckets:
    """Remembers how often each address has lately asked for each kind of thing."""

    def __init__(self, searches: int = 300) -> None:
        self._rates = {
            "search": searches,
            "secret": SECRETS,
            "register": REGISTERS,
            "read": max(READS, 2 * searches),
        }
        self._levels: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, kind: str, client: str) -> None:
        """Count one use; raises `TooMany` with the seconds until the next is allowed."""
        count, seconds = self._rates[kind], SECONDS
        now = time.monotonic()
        level, at = self._levels.pop((kind, client), (float(count), now))
        level = min(float(count), level + (now - at) * count / seconds)
        self._levels[(kind, client)] = (max(level - 1, 0.0) if level >= 1 else level, now)
        if len(self._levels) > MOST_BUCKETS:
            self._levels.popitem(last=False)
        if level < 1:
            raise TooMany(max(1, round((1 - level) * seconds / count)))

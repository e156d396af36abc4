"""Who may find what: the one place where rights enter a query."""

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.search.arrays import Flags
from govmatch.search.documents import mark_audience, mark_closed
from govmatch.search.entry import PERSON, PUBLIC
from govmatch.search.snapshot import View


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """The documents that a query may look at.

    Whoever has the same `key` may look at the same; without one, nothing is kept of the query.
    """

    flags: Flags
    population: int
    key: tuple[object, ...] = ()

    def __len__(self) -> int:
        """Return how much room the flags take."""
        return len(self.flags)

    def narrowed(self, flags: Flags, key: tuple[object, ...] = ()) -> "Allowed":
        """Return those of the documents that are flagged too."""
        both = self.flags & flags
        return Allowed(both, int(both.sum()), (self.key, key) if key and self.key else ())


def visible(view: View, audience: frozenset[str], now: int) -> Allowed:
    """Return the living documents that a holder of these tokens may find.

    "public" opens a document from its `visible_from` on (`now` in microseconds since 1970), any
    other token at once; what is closed to a person stays so whatever else they hold, and without
    tokens nothing is visible. Hits, numbers, facets, suggestions and the words that a star stands
    for are all taken from these documents and no others.
    """
    key = (audience, view.snapshot.published(now))

    def work_out() -> Allowed:
        flags = _visible(view, audience, now)
        return Allowed(flags, int(flags.sum()), key)

    allowed: Allowed = view.snapshot.rights.get(key, work_out)
    return allowed


def _visible(view: View, audience: frozenset[str], now: int) -> Flags:
    flags = np.zeros(view.size, np.bool_)
    for token in audience:
        named = view.marked(mark_audience(token))
        flags |= named & (view.snapshot.visible_from <= now) if token == PUBLIC else named
    for token in audience:
        if token.startswith(PERSON):
            flags &= ~view.marked(mark_closed(token))
    return flags & view.snapshot.alive

"""Who may find what: the one place where rights enter a query."""

from collections.abc import Sequence

from govmatch.search.documents import mark_audience, mark_closed
from govmatch.search.entry import PERSON, PUBLIC
from govmatch.search.masks import Mask
from govmatch.search.snapshot import Part

Allowed = Sequence[Mask]
"""For each part of a snapshot the documents that a query may look at."""


def visible(parts: Sequence[Part], audience: frozenset[str], now: int) -> Allowed:
    """Return for each part the living documents that a holder of these tokens may find.

    "public" opens a document from its `visible_from` on (`now` in microseconds since 1970), any
    other token at once; what is closed to a person stays so whatever else they hold, and without
    tokens nothing is visible. Hits, numbers, facets, suggestions and the words that a star stands
    for are all taken from these documents and no others.
    """
    return [_visible(part, audience, now) for part in parts]


def _visible(part: Part, audience: frozenset[str], now: int) -> Mask:
    mask = 0
    for token in audience:
        named = part.segment.mask(part.reading, mark_audience(token))
        mask |= named & part.segment.published(now) if token == PUBLIC else named
    for token in audience:
        if token.startswith(PERSON):
            mask &= ~part.segment.mask(part.reading, mark_closed(token))
    return mask & part.alive

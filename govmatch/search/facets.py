"""Values of facets, as readers write them, and the documents that have them."""

from collections.abc import Iterable, Sequence

from govmatch.search.audience import Allowed
from govmatch.search.documents import KIND
from govmatch.search.masks import Mask
from govmatch.search.query import Value
from govmatch.search.snapshot import Part


def having(part: Part, values: Iterable[Value]) -> Mask:
    """Return the documents of a part with one of these values, small and capital being one."""
    mask = 0
    for value in values:
        wanted = value.text.casefold()
        for text, members in part.segment.facet(part.reading, value.facet).items():
            known = text.casefold()
            if known.startswith(wanted) if value.prefix else known == wanted:
                mask |= members.mask(part.segment.size)
    return mask


def of_kinds(parts: Sequence[Part], allowed: Allowed, kinds: Iterable[str] | None) -> Allowed:
    """Return the allowed documents of these kinds; None means all kinds."""
    if kinds is None:
        return allowed
    wanted = [Value(KIND, kind) for kind in kinds]
    return [mask & having(part, wanted) for part, mask in zip(parts, allowed, strict=True)]

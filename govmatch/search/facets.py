"""Values of facets, as readers write them, and the documents that have them."""

from collections.abc import Iterable, Mapping

import numpy as np

from govmatch.search.arrays import Docs, Flags
from govmatch.search.audience import Allowed
from govmatch.search.documents import KIND
from govmatch.search.query import Value
from govmatch.search.segment import Facet
from govmatch.search.snapshot import View


def having(view: View, values: Iterable[Value]) -> Flags:
    """Return the documents with one of these values, small and capital being one."""
    flags = np.zeros(view.size, np.bool_)
    for value in values:
        facet = view.facet(value.facet)
        wanted = value.text.casefold()
        fitting = [
            known.startswith(wanted) if value.prefix else known == wanted
            for known in map(str.casefold, facet.values)
        ]
        if any(fitting):
            flags |= _documents_with(facet, np.array(fitting))
    return flags


def _documents_with(facet: Facet, fitting: Flags) -> Flags:
    """Return the documents one of whose values fits."""
    before = np.concatenate([[0], np.cumsum(fitting[facet.codes], dtype=np.int32)])
    has: Flags = before[facet.starts[1:]] > before[facet.starts[:-1]]
    return has


def count(facet: Facet, docs: Docs) -> Mapping[str, int]:
    """Return how many of the documents have each value, most first, no value at 0."""
    counts = np.bincount(_codes(facet, docs), minlength=len(facet.values))
    found = [(facet.values[n], int(counts[n])) for n in np.flatnonzero(counts).tolist()]
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def _codes(facet: Facet, docs: Docs) -> Docs:
    """Return the values of the documents in a row."""
    first, behind = facet.starts[docs], facet.starts[docs + 1]
    each = behind - first
    if len(facet.codes) == len(facet.starts) - 1 and (each == 1).all():
        return facet.codes[first]
    ends = np.cumsum(each)
    rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - each), each)
    codes: Docs = facet.codes[rows]
    return codes


def of_kinds(view: View, allowed: Allowed, kinds: Iterable[str] | None) -> Allowed:
    """Return the allowed documents of these kinds; None means all kinds."""
    if kinds is None:
        return allowed
    wanted = tuple(sorted(kinds))
    kept = view.snapshot.rights
    known: Allowed | None = kept.find((allowed.key, wanted)) if allowed.key else None
    if known is None:
        flags = having(view, [Value(KIND, kind) for kind in wanted])
        known = allowed.narrowed(flags, wanted)
        if known.key:
            kept.put(known.key, known)
    return known

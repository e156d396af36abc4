"""Values of facets, as readers write them, and the documents that have them."""

from collections.abc import Iterable, Mapping

import numpy as np

from govmatch.search.arrays import NOTHING, Docs, Flags, docs_of
from govmatch.search.audience import Allowed
from govmatch.search.compact import CompactDocs
from govmatch.search.documents import KIND
from govmatch.search.query import Value
from govmatch.search.segment import Facet
from govmatch.search.snapshot import View


def having(view: View, values: Iterable[Value]) -> Flags:
    """Return the documents with one of these values, small and capital being one."""
    flags = np.zeros(view.size, np.bool_)
    for value in values:
        flags |= _having(view, value).flags()
    return flags


def _having(view: View, value: Value) -> CompactDocs:
    def work_out() -> CompactDocs:
        facet = view.facet(value.facet)
        wanted = value.text.casefold()
        fitting = [
            known.startswith(wanted) if value.prefix else known == wanted
            for known in map(str.casefold, facet.values)
        ]
        found = docs_of(_documents_with(facet, np.array(fitting))) if any(fitting) else NOTHING.docs
        return CompactDocs.of(found, view.size)

    held: CompactDocs = view.snapshot.words.get(("having", value), work_out)
    return held


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

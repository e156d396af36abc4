"""The documents whose numbers or dates meet a range."""

from collections.abc import Iterable

from govmatch.search.arrays import Flags
from govmatch.search.facets import having
from govmatch.search.query import Range, Value
from govmatch.search.segment import NEVER
from govmatch.search.snapshot import View


def fitting(view: View, parts: Iterable[Value | Range]) -> Flags:
    """Return the documents with one of these values, or in one of these ranges.

    What has no number or date of the name is in no range of it, however wide.
    """
    chosen = list(parts)
    flags = having(view, [part for part in chosen if isinstance(part, Value)])
    for part in chosen:
        if isinstance(part, Range):
            flags |= _within(view, part)
    return flags


def _within(view: View, wanted: Range) -> Flags:
    first, last = view.dates(wanted.from_), view.dates(wanted.to)
    flags: Flags = (first != NEVER) & (last != NEVER)
    if wanted.low is not None:
        flags &= last >= wanted.low
    if wanted.high is not None:
        flags &= first <= wanted.high
    return flags

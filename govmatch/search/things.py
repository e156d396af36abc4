"""From scored documents to things: one for all translations, filtered, counted, in order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import nsmallest

from govmatch.search import masks
from govmatch.search.documents import LANGUAGE
from govmatch.search.facets import having
from govmatch.search.frequencies import Found
from govmatch.search.masks import Mask
from govmatch.search.query import Value
from govmatch.search.snapshot import Part

Thing = tuple[float, int, int, int]
"""Score below zero (so that the best comes first), number of the thing, part and document."""

Filters = Mapping[str, Collection[str]]
Counts = Mapping[str, Mapping[str, int]]


class Things:
    """What was found, as things; each stands for the best of its documents.

    Facets other than the language describe the thing, so the document that stands for it tells
    them; the language is a matter of documents, and is filtered before one is chosen.
    """

    def __init__(self, parts: Sequence[Part], found: Found, filters: Filters) -> None:
        """Choose the documents and apply the filters: any value of a facet, every facet."""
        self._parts = parts
        self._filters = {
            name: [having(part, [Value(name, text) for text in wanted]) for part in parts]
            for name, wanted in filters.items()
        }
        self._found = found
        in_language = self._filters.get(LANGUAGE)
        self._best = _best_documents(parts, found, in_language)
        self._standing = self._masks([(part, d) for _, _, part, d in self._best])
        self._kept = self._passing(self._standing, but=LANGUAGE)

    def _masks(self, documents: Collection[tuple[int, int]]) -> list[Mask]:
        each: list[list[int]] = [[] for _ in self._parts]
        for part, document in documents:
            each[part].append(document)
        return [
            masks.of(here, part.segment.size) for here, part in zip(each, self._parts, strict=True)
        ]

    def _passing(self, among: Sequence[Mask], *, but: str) -> list[Mask]:
        passing = list(among)
        for name, wanted in self._filters.items():
            if name != but:
                passing = [mask & here for mask, here in zip(passing, wanted, strict=True)]
        return passing

    @property
    def total(self) -> int:
        """Return how many things pass all filters."""
        return sum(mask.bit_count() for mask in self._kept)

    def counts(self, names: Collection[str] | None) -> Counts:
        """Return for each facet how many things have each value, most first, no value at 0.

        A facet is counted without its own filter. `names` None counts all facets there are.
        """
        known = {name for part in self._parts for name in part.segment.facet_names(part.reading)}
        wanted = known if names is None else known & set(names)
        return {name: counts for name in sorted(wanted) if (counts := self._count(name))}

    def _count(self, name: str) -> Mapping[str, int]:
        if name == LANGUAGE:
            every = [(n, document) for n, here in enumerate(self._found) for document in here]
            among = self._passing(self._masks(every), but=name)
        else:
            among = self._passing(self._standing, but=name)
        total: dict[str, int] = {}
        for part, mask in zip(self._parts, among, strict=True):
            flags = masks.flags(mask, part.segment.size)
            for value, members in part.segment.facet(part.reading, name).items():
                if count := members.count_in(mask, flags):
                    total[value] = total.get(value, 0) + count
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    def page(self, page: int, size: int, sort: str) -> list[Thing]:
        """Return one page in a stable order; `sort` as `Index.search` has it."""
        flags = [
            masks.flags(mask, part.segment.size)
            for mask, part in zip(self._kept, self._parts, strict=True)
        ]
        kept = [thing for thing in self._best if flags[thing[2]][thing[3]]]
        upto = min(page * size, len(kept))
        if not sort:
            ordered = nsmallest(upto, kept)
        else:
            ordered = nsmallest(upto, kept, key=self._by_date(sort))
        return ordered[(page - 1) * size :]

    def _by_date(self, sort: str) -> Callable[[Thing], tuple[bool, int, int]]:
        name, sign = sort.removeprefix("-"), -1 if sort.startswith("-") else 1
        dates = [part.segment.dates(part.reading) for part in self._parts]

        def key(thing: Thing) -> tuple[bool, int, int]:
            moment = dates[thing[2]][thing[3]].get(name)
            return moment is None, sign * (moment or 0), thing[1]

        return key


def _best_documents(
    parts: Sequence[Part], found: Found, within: Sequence[Mask] | None
) -> list[Thing]:
    best: dict[int, Thing] = {}
    for number, (part, here) in enumerate(zip(parts, found, strict=True)):
        things = part.segment.things
        flags = None if within is None else masks.flags(within[number], part.segment.size)
        for document, score in here.items():
            if flags is None or flags[document]:
                thing = things[document]
                known = best.get(thing)
                if known is None or -score < known[0]:
                    best[thing] = (-score, thing, number, document)
    return list(best.values())

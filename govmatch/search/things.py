"""From scored documents to things: one for all translations, filtered, counted, in order."""

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search import facets
from govmatch.search.arrays import Docs, Flags, Found, docs_of, flags_of
from govmatch.search.documents import LANGUAGE
from govmatch.search.query import Value
from govmatch.search.results import Filters
from govmatch.search.segment import NEVER
from govmatch.search.snapshot import View

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was found: the document that fits best, and how well."""

    document: int
    score: float


class Things:
    """What was found, as things; each stands for the best of its documents.

    Facets other than the language describe the thing, so the document that stands for it tells
    them; the language is a matter of documents, and is filtered before one is chosen.
    """

    def __init__(self, view: View, found: Found, filters: Filters) -> None:
        """Choose the documents and apply the filters: any value of a facet, every facet."""
        self._view = view
        self._found = found
        self._filters = {
            name: facets.having(view, [Value(name, text) for text in wanted])
            for name, wanted in filters.items()
        }
        in_language = self._filters.get(LANGUAGE)
        within = found if in_language is None else found.within(in_language)
        self._best = _best_documents(view, within)
        self._kept = self._best
        if self._filters.keys() - {LANGUAGE}:
            self._kept = self._best.within(self._passing(but=LANGUAGE))

    def _passing(self, *, but: str) -> Flags:
        """Return the documents that pass the filters of all facets but one."""
        passing = np.ones(self._view.size, np.bool_)
        for name, wanted in self._filters.items():
            if name != but:
                passing &= wanted
        return passing

    @property
    def total(self) -> int:
        """Return how many things pass all filters."""
        return len(self._kept)

    def counts(self, names: Collection[str] | None) -> Counts:
        """Return for each facet how many things have each value, most first, no value at 0.

        A facet is counted without its own filter. `names` None counts all facets there are.
        """
        known = self._view.facet_names()
        wanted = known if names is None else known & set(names)
        return {name: counts for name in sorted(wanted) if (counts := self._count(name))}

    def _count(self, name: str) -> Mapping[str, int]:
        among = self._found if name == LANGUAGE else self._best
        if not self._filters.keys() - {LANGUAGE, name}:
            docs = among.docs
        elif name in self._filters or name == LANGUAGE:
            docs = among.within(self._passing(but=name)).docs
        else:
            docs = self._kept.docs
        return facets.count(self._view.facet(name), docs)

    def page(self, page: int, size: int, sort: str, now: int) -> list[Thing]:
        """Return one page in a stable order; `sort` as `Index.search` has it."""
        upto = min(page * size, len(self._kept))
        keys = self._by_date(sort, now) if sort else -self._kept.scores
        chosen = _smallest(keys, self._names_at, upto)[(page - 1) * size :]
        return [
            Thing(int(self._kept.docs[at]), float(self._kept.scores[at])) for at in chosen.tolist()
        ]

    def _names_at(self, places: NDArray[np.intp]) -> NDArray[np.uint64]:
        """Return what decides between things that are worth the same."""
        numbers, names = self._view.snapshot.things
        return names[numbers[self._kept.docs[places]]]

    def _by_date(self, sort: str, now: int) -> NDArray[np.int64]:
        dates = self._view.dates(sort.lstrip("-~"))[self._kept.docs]
        if sort.startswith("-"):
            return np.where(dates == NEVER, NEVER, -dates)
        # What is over comes after all that is still to come, and the latest of it first.
        is_over = (dates <= now) & sort.startswith("~")
        return np.where(is_over, NEVER // 2 + now - dates, dates)


def _smallest(
    keys: NDArray[np.generic],
    names_at: Callable[[NDArray[np.intp]], NDArray[np.uint64]],
    number: int,
) -> NDArray[np.intp]:
    """Return where the smallest keys are, in order; of equal ones those with the smallest names."""
    if number < 1:
        return np.empty(0, np.intp)
    if number >= len(keys):
        chosen = np.arange(len(keys))
    else:
        last = np.partition(keys, number - 1)[number - 1]
        below = np.flatnonzero(keys < last)
        equal = np.flatnonzero(keys == last)
        missing = number - len(below)
        if missing < len(equal):
            equal = equal[np.argpartition(names_at(equal), missing - 1)[:missing]]
        chosen = np.concatenate([below, equal])
    return chosen[np.lexsort((names_at(chosen), keys[chosen]))]


def _best_documents(view: View, found: Found) -> Found:
    """Return for each thing the one of its documents that is worth most, the first of equals."""
    numbers, names = view.snapshot.things
    if len(names) == view.size or not len(found):  # nothing has translations
        return found
    things = numbers[found.docs]
    best = np.full(len(names), -1, np.float32)
    np.maximum.at(best, things, found.scores)
    standing = np.full(len(names), view.size, np.int32)
    winning = found.scores == best[things]
    np.minimum.at(standing, things[winning], found.docs[winning])
    docs: Docs = docs_of(flags_of(standing[standing < view.size], view.size))
    scores = best[numbers[docs]]
    return Found(docs, scores)

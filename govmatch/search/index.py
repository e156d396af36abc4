"""Reading the index: what the site asks, in every thread, while a writer goes on writing."""

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from govmatch.search import census, folder
from govmatch.search.audience import Allowed, visible
from govmatch.search.documents import KIND, LANGUAGE, mark_key
from govmatch.search.engine import Damaged
from govmatch.search.entry import microseconds
from govmatch.search.evaluate import Matches, evaluate
from govmatch.search.facets import of_kinds
from govmatch.search.highlight import Highlighter
from govmatch.search.query import TITLE, Query, parse
from govmatch.search.results import Hit, Marked, Results, Suggestion
from govmatch.search.snapshot import EachThread, Snapshot, View
from govmatch.search.suggest import suggestions
from govmatch.search.things import Filters, Thing, Things

MOST_HITS = 100
"""Hits of a page."""

_TRY_AGAIN = 1.0
"""Seconds before an index that could not be opened is opened again."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS = {TITLE: TITLE, KIND: KIND, LANGUAGE: LANGUAGE}
_log = logging.getLogger("govmatch.search")
_T = TypeVar("_T")


class Index:
    """An index folder as a web process reads it; may be used by any number of threads.

    It need not exist yet, and may be replaced, damaged or deleted at any time: searches then
    answer `unavailable` until the writer has made it again.
    """

    def __init__(self, index: Path, *, fields: Mapping[str, str] | None = None) -> None:
        """Remember where it lies; opening is left to the first search.

        `fields` are the names that may stand before a colon in a query and the facets they mean;
        title, kind and lang are there by themselves.
        """
        self._path = index
        self._fields = _FIELDS | {name.casefold(): facet for name, facet in (fields or {}).items()}
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._stamp: folder.Stamp | None = None
        self._failed: tuple[float, folder.Stamp | None] | None = None
        self._trouble = ""
        self._each = EachThread()

    def close(self) -> None:
        """Give back the files of this thread; those of others close with them."""
        self._each.readings.close()
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot, self._stamp = None, None

    def parse(self, query: str) -> Query:
        """Return a query as it is understood; `QueryTooLong` is the one refusal."""
        return parse(query, fields=self._fields)

    def search(
        self,
        query: str,
        *,
        audience: frozenset[str],
        now: datetime,
        lang: str,
        kinds: Sequence[str] | None = None,
        filters: Filters | None = None,
        facets: Collection[str] | None = None,
        page: int = 1,
        size: int = 20,
        sort: str = "",
        snippets: bool = True,
    ) -> Results:
        """Return one page of what a reader with these audience tokens finds at this time.

        `kinds` limits what is looked at; `filters` (facet: values, of which one must hold) also
        knows kind and lang, and leaves the counts of its own facet as they were. `facets` names
        those to count, None all. `sort` is empty for relevance, or the name of a date: earliest
        first, with a minus latest first, things without it last. An empty query finds everything.
        Without `snippets` hits carry nothing of the text and mark nothing: for who only counts.

        Raises `QueryTooLong`, and nothing over whatever else a visitor may send.
        """
        began = time.perf_counter()
        asked = self.parse(query)
        page, size = max(page, 1), min(max(size, 0), MOST_HITS)
        moment = microseconds(now)

        def ask(view: View) -> Results:
            allowed = of_kinds(view, visible(view, audience, moment), kinds)
            matches = evaluate(asked, view, allowed, lang=lang)
            things = Things(view, matches.found, filters or {})
            shown = _Shown(view, allowed, matches, lang, filters or {}, snippets=snippets)
            return Results(
                hits=tuple(shown.hit(thing) for thing in things.page(page, size, sort)),
                total=things.total,
                page=page,
                size=size,
                facets=things.counts(facets),
                ignored=matches.ignored,
                loosened=matches.loosened,
                took=time.perf_counter() - began,
            )

        found = self._ask(ask)
        if found is None:
            took = time.perf_counter() - began
            return Results(unavailable=True, ignored=asked.ignored, took=took)
        return found

    def suggest(
        self,
        typed: str,
        *,
        audience: frozenset[str],
        now: datetime,
        lang: str = "",
        kinds: Sequence[str] | None = None,
        limit: int = 8,
    ) -> list[Suggestion]:
        """Return things the reader may find whose titles begin as typed; none is no error."""
        moment = microseconds(now)

        def ask(view: View) -> list[Suggestion]:
            allowed = of_kinds(view, visible(view, audience, moment), kinds)
            return suggestions(view, allowed, typed, lang=lang, limit=limit)

        return self._ask(ask) or []

    def digests(self) -> dict[str, str]:
        """Return key and digest of every entry, whoever may find it; `Damaged` if unreadable."""
        return self._read(census.digests)

    def stats(self) -> dict[str, object]:
        """Return the index in numbers, whoever may find what; `Damaged` if unreadable."""
        return self._read(census.stats)

    def _read(self, ask: Callable[[View], _T]) -> _T:
        """Return what `ask` finds in the present generation, or raise `Damaged`."""
        return ask(self._open().view(self._each.readings))

    def _ask(self, ask: Callable[[View], _T]) -> _T | None:
        """Return the answer, or None when there is no index that can be read."""
        if self._is_hopeless():
            return None
        problem: Exception | None = None
        for _ in range(3):  # files may go between looking at the pointer and opening them
            try:
                answer = self._read(ask)
            except (Damaged, OSError) as found:
                problem = found
                self._forget()
            else:
                self._failed, self._trouble = None, ""
                return answer
        self._failed = (time.monotonic(), folder.stamp(self._path))
        if str(problem) != self._trouble:
            self._trouble = str(problem)
            _log.warning("the search index cannot be read: %s", problem)
        return None

    def _is_hopeless(self) -> bool:
        """Return whether the very same index could not be read a moment ago."""
        failed = self._failed
        if failed is None or time.monotonic() - failed[0] > _TRY_AGAIN:
            return False
        return failed[1] == folder.stamp(self._path)

    def _forget(self) -> None:
        self._each.readings.close()
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot = None

    def _open(self) -> Snapshot:
        """Return the present generation, opened anew when the pointer has changed."""
        stamp = folder.stamp(self._path)
        snapshot = self._snapshot
        if snapshot and stamp == self._stamp:
            return snapshot
        with self._lock:
            if not self._snapshot or stamp != self._stamp:
                self._follow(folder.read_pointer(self._path))
                self._stamp = stamp
            assert self._snapshot
            return self._snapshot

    def _follow(self, pointer: folder.Pointer) -> None:
        before = self._snapshot
        if not (before and before.shows(pointer)):
            self._snapshot = Snapshot(self._path, pointer, before)
            if before:
                before.close()


class _Shown:
    """Turns things into hits for one reader."""

    def __init__(
        self,
        view: View,
        allowed: Allowed,
        matches: Matches,
        lang: str,
        filters: Filters,
        *,
        snippets: bool,
    ) -> None:
        self._view = view
        self._snippets = snippets
        self._allowed = allowed
        self._found = matches.found
        self._lang = lang
        self._highlighter = Highlighter(matches.terms)
        self._languages = filters.get(LANGUAGE)

    def hit(self, thing: Thing) -> Hit:
        """Return the hit for a thing, in the reader's language where the reader may see that."""
        document = thing.document
        best = head = self._view.head(document)
        shown = self._in_readers_language(best)
        if shown is not None:
            head = self._view.head(shown)
            if self._was_found(shown):
                document, best = shown, head
        text = self._view.text(document) if self._snippets else ""
        return Hit(
            kind=head["kind"],
            id=head["id"],
            lang=head["lang"],
            title=head["title"],
            title_marked=self._marked(head) if self._snippets else (),
            url=head["url"],
            snippet=self._highlighter.snippet(text, best["lang"]) if text else (),
            snippet_lang=best["lang"],
            score=thing.score,
            facets=head["facets"],
            dates={
                name: _EPOCH + timedelta(microseconds=moment)
                for name, moment in head["dates"].items()
            },
        )

    def _marked(self, head: Mapping[str, str]) -> Marked:
        return self._highlighter.whole(head["title"], head["lang"])

    def _was_found(self, document: int) -> bool:
        at = int(np.searchsorted(self._found.docs, document))
        return at < len(self._found) and self._found.docs[at] == document

    def _in_readers_language(self, head: Mapping[str, str]) -> int | None:
        """Return the reader's translation, if there is another that fits."""
        if head["lang"] == self._lang or (self._languages and self._lang not in self._languages):
            return None
        translations = self._view.with_mark(mark_key(head["kind"], head["id"], self._lang))
        return next((int(one) for one in translations if self._allowed.flags[one]), None)

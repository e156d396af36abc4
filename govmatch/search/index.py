"""Reading the index: what the site asks, in every thread, while a writer goes on writing."""

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from govmatch.search import census, folder
from govmatch.search.audience import Allowed, visible
from govmatch.search.documents import KIND, LANGUAGE
from govmatch.search.engine import Damaged
from govmatch.search.entry import microseconds, printable
from govmatch.search.evaluate import Matches, evaluate
from govmatch.search.expansion import Expansions
from govmatch.search.facets import of_kinds
from govmatch.search.fields import TITLE, Fields
from govmatch.search.highlight import Highlighter
from govmatch.search.query import Query, parse
from govmatch.search.results import Filters, Hit, Marked, Results, Suggestion
from govmatch.search.snapshot import EachThread, Snapshot, View
from govmatch.search.spelling import near_words
from govmatch.search.suggest import suggestions
from govmatch.search.things import Thing, Things

MOST_HITS = 100
MOST_SNIPPETS = 50
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

    def __init__(
        self,
        index: Path,
        *,
        fields: Mapping[str, str] | None = None,
        expansions: Callable[[], Expansions] = Expansions,
    ) -> None:
        """Remember where it lies; opening is left to the first search.

        `fields` are the names that may stand before a colon in a query and the facets they mean;
        title, kind and lang are there by themselves. `expansions` answers each search with the
        words that mean the same at that moment.
        """
        self._expansions = expansions
        self._path = index
        self._fields = Fields.of(_FIELDS | dict(fields or {}))
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

    def parse(self, query: str, *, now: datetime) -> Query:
        """Return a query as it is understood; `QueryTooLong` is the one refusal."""
        return parse(query, fields=self._fields, now=now)

    def search(
        self,
        query: str | Query,
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
        expansions: Expansions | None = None,
    ) -> Results:
        """Return one page of what a reader with these audience tokens finds at this time.

        `kinds` limits what is looked at; `filters` (facet: values, of which one must hold) also
        knows kind and lang, and leaves the counts of its own facet as they were. `facets` names
        those to count, None all. `sort` is empty for relevance, or the name of a date: earliest
        first, with a minus latest first, with a tilde first what is still to come, things without
        it last. An empty query finds everything. A page with fields of its own hands in what
        `query.parse` made of the text.
        Without `snippets` hits carry nothing of the text and mark nothing: for who only counts;
        nor do they on pages of more than `MOST_SNIPPETS`, which nobody reads.
        `expansions` are asked instead of those that hold now, to see what others would do.

        Raises `QueryTooLong`, and nothing over whatever else a visitor may send.
        """
        began = time.perf_counter()
        asked = self.parse(query, now=now) if isinstance(query, str) else query
        asked = (self._expansions() if expansions is None else expansions).expand(asked)
        page, size = max(page, 1), min(max(size, 0), MOST_HITS)
        snippets = snippets and size <= MOST_SNIPPETS
        moment = microseconds(now)

        def ask(view: View) -> Results:
            allowed = of_kinds(view, visible(view, audience, moment), kinds)
            matches = evaluate(asked, view, allowed, lang=lang)
            things = Things(view, matches.found, filters or {})
            shown = _Shown(view, allowed, matches, lang, filters or {}, snippets=snippets)
            return Results(
                hits=tuple(shown.hit(thing) for thing in things.page(page, size, sort, moment)),
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
            return suggestions(view, allowed, printable(typed), lang=lang, limit=limit)

        return self._ask(ask) or []

    def near_words(
        self,
        word: str,
        *,
        audience: frozenset[str],
        now: datetime,
        lang: str = "",
        kinds: Sequence[str] | None = None,
        limit: int = 5,
    ) -> list[str]:
        """Return words that differ from this one by a slip or two, as they are written, best first.

        Only words of texts that the reader may find; nothing when the word itself is one of them.
        """
        moment = microseconds(now)

        def ask(view: View) -> list[str]:
            allowed = of_kinds(view, visible(view, audience, moment), kinds)
            return near_words(view, allowed, printable(word), lang=lang, limit=limit)

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
        self._matches = matches
        self._languages = filters.get(LANGUAGE)

    @cached_property
    def _highlighter(self) -> Highlighter:
        matches = self._matches
        return Highlighter(matches.terms, self._view.snapshot.knowledge, matches.concepts)

    def hit(self, thing: Thing) -> Hit:
        """Return the hit for a thing, in the reader's language where the reader may see that."""
        document = thing.document
        best = head = self._view.head(document)
        shown = self._in_readers_language(document, best)
        if shown is not None:
            head = self._view.head(shown)
            if self._fits_as_well(shown, document):
                document, best = shown, head
        text = self._view.text(document) if self._snippets else ""
        by_bridge = self._matches.is_bridged(thing.document)
        return Hit(
            kind=head["kind"],
            id=head["id"],
            lang=head["lang"],
            title=head["title"],
            title_marked=self._marked(head, by_bridge) if self._snippets else (),
            url=head["url"],
            snippet=self._snippet(text, best["lang"], by_bridge),
            snippet_lang=best["lang"],
            score=thing.score,
            by_bridge=by_bridge,
            facets=head["facets"],
            dates={
                name: _EPOCH + timedelta(microseconds=moment)
                for name, moment in head["dates"].items()
            },
        )

    def _marked(self, head: Mapping[str, str], by_bridge: bool) -> Marked:  # noqa: FBT001
        return self._highlighter.whole(head["title"], head["lang"], by_bridge=by_bridge)

    def _snippet(self, text: str, language: str, by_bridge: bool) -> Marked:  # noqa: FBT001
        if not text:
            return ()
        return self._highlighter.snippet(text, language, by_bridge=by_bridge)

    def _was_found(self, document: int) -> bool:
        at = int(np.searchsorted(self._found.docs, document))
        return at < len(self._found) and self._found.docs[at] == document

    def _fits_as_well(self, shown: int, document: int) -> bool:
        """Return whether a translation was found too, and by the words if the other one was."""
        return self._was_found(shown) and (
            self._matches.is_bridged(document) or not self._matches.is_bridged(shown)
        )

    def _in_readers_language(self, document: int, head: Mapping[str, str]) -> int | None:
        """Return the reader's translation, if there is another that fits."""
        if head["lang"] == self._lang or (self._languages and self._lang not in self._languages):
            return None
        own = self._view.in_language(self._lang)
        translations = self._view.snapshot.translations(document).tolist()
        return next((one for one in translations if own[one] and self._allowed.flags[one]), None)

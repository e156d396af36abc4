"""The index as the site asks it: `index.Index` aside, so that this process has none of it open."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from govmatch.kit.aside import Away, Kept, ask
from govmatch.search.expansion import Expansions
from govmatch.search.fields import Fields
from govmatch.search.query import Query, parse
from govmatch.search.results import Filters, Results, Suggestion

_FIELDS = Fields.of({"title": "title", "kind": "kind", "lang": "lang"})


class SiteIndex:
    """An index folder; may be asked by any number of threads.

    When there is nobody to ask, answers are those of an index that cannot be read: searches are
    `unavailable`, nothing is suggested.
    """

    def __init__(self, index: Path, *, expansions: Callable[[], Expansions] = Expansions) -> None:
        """Remember where it lies; `expansions` answers with the words that mean the same now."""
        self._path = str(index)
        self._expansions = expansions

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
        """Return what `Index.search` returns; raises `QueryTooLong`."""
        asked = parse(query, fields=_FIELDS, now=now) if isinstance(query, str) else query
        words = self._expansions() if expansions is None else expansions
        try:
            found: Results = ask(
                "search.answering:search",
                self._path,
                asked,
                audience=audience,
                now=now,
                lang=lang,
                kinds=_listed(kinds),
                filters={name: list(values) for name, values in (filters or {}).items()},
                facets=_listed(facets),
                page=page,
                size=size,
                sort=sort,
                snippets=snippets,
                expansions=_kept(words),
            )
        except Away:
            return Results(unavailable=True, ignored=asked.ignored)
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
        """Return what `Index.suggest` returns."""
        try:
            found: list[Suggestion] = ask(
                "search.answering:suggest", self._path, typed,
                audience=audience, now=now, lang=lang, kinds=_listed(kinds), limit=limit,
            )  # fmt: skip
        except Away:
            return []
        return found

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
        """Return what `Index.near_words` returns."""
        try:
            found: list[str] = ask(
                "search.answering:near_words", self._path, word,
                audience=audience, now=now, lang=lang, kinds=_listed(kinds), limit=limit,
            )  # fmt: skip
        except Away:
            return []
        return found


def _listed(values: Collection[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _kept(words: Expansions) -> Kept | None:
    """Return the words as they are kept aside; None for none."""
    if not words.groups:
        return None
    return Kept("search.expansion:Expansions", words.digest, lambda: (words.groups,))

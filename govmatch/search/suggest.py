"""Titles that begin as the reader has typed so far."""

from collections.abc import Sequence

import numpy as np

from govmatch.search.analysis import groups, is_stop_somewhere, split, words
from govmatch.search.arrays import Flags, docs_of
from govmatch.search.audience import Allowed
from govmatch.search.form import TITLE
from govmatch.search.results import Suggestion
from govmatch.search.snapshot import View

MIN_LETTERS = 2
_MOST_TYPED = 100
_LOOKED_AT = 1_000
_MOST_TITLES = 150


def suggestions(
    view: View, allowed: Allowed, typed: str, *, lang: str, limit: int
) -> list[Suggestion]:
    """Return allowed things whose titles hold the words typed, the last one unfinished.

    Titles that begin with what was typed come first, then shorter ones. Of a thing's translations
    whose titles fit, the one in the reader's language is shown.
    """
    typed_parts = [part for group in groups(typed[:_MOST_TYPED]) for part in split(group)]
    if not typed_parts or len(typed_parts[-1]) < MIN_LETTERS:
        return []
    fitting: dict[tuple[str, str], Suggestion] = {}
    for document in _holding(view, allowed, typed_parts):
        head = view.head(document)
        thing = head["kind"], head["id"]
        if thing not in fitting or head["lang"] == lang:
            fitting[thing] = Suggestion(
                kind=head["kind"],
                id=head["id"],
                lang=head["lang"],
                title=head["title"],
                url=head["url"],
            )
    start = _run_together(" ".join(typed_parts))
    return sorted(
        fitting.values(),
        key=lambda s: (not _run_together(s.title).startswith(start), len(s.title), s.title, s.id),
    )[:limit]


def _run_together(text: str) -> str:
    parts = (part for group in groups(text) for part in split(group))
    return "".join(form for part in parts for form in words(part)[:1])


def _holding(view: View, allowed: Allowed, typed_parts: Sequence[str]) -> list[int]:
    """Return allowed documents with all the words in their titles, the last as a beginning."""
    *before, last = typed_parts
    holding = allowed.flags
    for word in before:
        if not is_stop_somewhere(word):
            holding = holding & _with_any(view, words(word))
    begun = np.zeros(view.size, np.bool_)
    for start in words(last):
        begun[view.holding_beginning(TITLE, start, at_most=_LOOKED_AT)] = True
    docs: list[int] = docs_of(holding & begun)[:_MOST_TITLES].tolist()
    return docs


def _with_any(view: View, terms: Sequence[str]) -> Flags:
    flags = np.zeros(view.size, np.bool_)
    for term in terms:
        flags[view.postings(TITLE, term).docs] = True
    return flags

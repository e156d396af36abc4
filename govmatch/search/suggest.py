"""Titles that begin as the reader has typed so far."""

from collections.abc import Sequence

from govmatch.search import masks
from govmatch.search.analysis import groups, is_stop_somewhere, split, words
from govmatch.search.masks import Mask
from govmatch.search.results import Suggestion
from govmatch.search.snapshot import Part

MIN_LETTERS = 2
_MOST_TYPED = 100
_LOOKED_AT = 1_000
_MOST_TITLES = 150


def suggestions(
    parts: Sequence[Part], allowed: Sequence[Mask], typed: str, *, lang: str, limit: int
) -> list[Suggestion]:
    """Return allowed things whose titles hold the words typed, the last one unfinished.

    Titles that begin with what was typed come first, then shorter ones. Of a thing's translations
    whose titles fit, the one in the reader's language is shown.
    """
    typed_parts = [part for group in groups(typed[:_MOST_TYPED]) for part in split(group)]
    if not typed_parts or len(typed_parts[-1]) < MIN_LETTERS:
        return []
    fitting: dict[int, Suggestion] = {}
    for part, mask in zip(parts, allowed, strict=True):
        for document in _holding(part, mask, typed_parts):
            head = part.reading.head(document)
            thing = part.segment.things[document]
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


def _holding(part: Part, mask: Mask, typed_parts: Sequence[str]) -> list[int]:
    """Return allowed documents with all the words in their titles, the last as a beginning."""
    *before, last = typed_parts
    holding = mask
    for word in before:
        if not is_stop_somewhere(word):
            holding &= _with_any(part, words(word))
    terms: list[str] = []
    for start in words(last):
        for term, _ in part.reading.terms_from("title", start):
            if len(terms) == _LOOKED_AT:
                break
            terms.append(term)
    holding &= _with_any(part, terms)
    return masks.documents(holding, part.segment.size)[:_MOST_TITLES]


def _with_any(part: Part, terms: Sequence[str]) -> Mask:
    documents: set[int] = set()
    for term in terms:
        documents.update(part.segment.postings(part.reading, "title", term).documents)
    return masks.of(documents, part.segment.size)

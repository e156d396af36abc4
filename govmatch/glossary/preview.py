"""What an entry would do to searches: the real index is asked twice, and nothing is kept."""

from collections.abc import Callable, Iterable, Sequence

from govmatch.glossary.entries import Entry, Word, folded, spellings
from govmatch.kit.records import dataclass
from govmatch.search.expansion import Expansions
from govmatch.search.results import Hit, Results

SHOWN = 10
"""Hits that are compared."""
MOST_WORDS = 12
BLURS = 0.25
"""The share of all texts from which on a word stands in too many to find anything by it."""
FEWEST = 20
"""Texts below which a share says nothing."""

Ask = Callable[[str, Expansions], Results]
"""Asks the index with the rights of whoever looks at the preview."""


@dataclass(frozen=True)
class Place:
    """A title among the first hits, and its place before and after; None where it is not there."""

    hit: Hit
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Effect:
    """What one search finds before and after; `before` and `after` hold the first hits of each."""

    query: str
    lang: str
    found_before: int
    found_after: int
    before: tuple[Place, ...]
    after: tuple[Place, ...]

    @property
    def is_changed(self) -> bool:
        return self.found_before != self.found_after or any(
            place.before != place.after for place in (*self.before, *self.after)
        )


@dataclass(frozen=True)
class Everywhere:
    """A word that stands in so many texts that searching by it tells nothing apart."""

    word: Word
    found: int


@dataclass(frozen=True)
class Preview:
    """The effects for what was typed and for each word, and the words that blur."""

    effects: tuple[Effect, ...]
    everywhere: tuple[Everywhere, ...]
    texts: int
    is_unavailable: bool = False
    """There is no index to ask at the moment, so nothing is known."""


def preview(
    words: Sequence[Word],
    queries: Iterable[str],
    *,
    now: Iterable[Entry],
    then: Iterable[Entry],
    ask: Ask,
) -> Preview:
    """Return how searches change between the entries as they are and as they would be."""
    before, after = Expansions(spellings(now)), Expansions(spellings(then))
    asked = {folded(query): (query, "") for query in queries}
    for word in _by_spelling(words)[:MOST_WORDS]:
        asked.setdefault(word.key[1], (word.text, word.lang))
    effects = [_effect(query, lang, before, after, ask) for query, lang in asked.values()]
    whole = ask("", Expansions())
    everywhere = tuple(_everywhere(words, whole.total, ask))
    return Preview(tuple(effects), everywhere, whole.total, whole.unavailable)


def _by_spelling(words: Iterable[Word]) -> list[Word]:
    """Return words that are written alike in several languages once."""
    found: dict[str, Word] = {}
    for word in words:
        found.setdefault(word.key[1], word)
    return list(found.values())


def _everywhere(words: Iterable[Word], texts: int, ask: Ask) -> Iterable[Everywhere]:
    if texts < FEWEST:
        return
    for word in _by_spelling(words):
        found = ask(word.text, Expansions()).total
        if found > BLURS * texts:
            yield Everywhere(word, found)


def _effect(query: str, lang: str, before: Expansions, after: Expansions, ask: Ask) -> Effect:
    then, now = ask(query, after), ask(query, before)
    was, is_ = _places(now.hits), _places(then.hits)
    return Effect(
        query,
        lang,
        now.total,
        then.total,
        tuple(Place(hit, was[_key(hit)], is_.get(_key(hit))) for hit in now.hits),
        tuple(Place(hit, was.get(_key(hit)), is_[_key(hit)]) for hit in then.hits),
    )


def _places(hits: Sequence[Hit]) -> dict[tuple[str, str], int]:
    return {_key(hit): place for place, hit in enumerate(hits, 1)}


def _key(hit: Hit) -> tuple[str, str]:
    return hit.kind, hit.id

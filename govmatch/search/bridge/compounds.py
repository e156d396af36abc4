"""Taking German and Danish compounds apart into words that are known.

`vandledningsnet` is vand, ledning and net, with an -s- between that belongs to none of them. Only
words that have a meaning for the bridge count as known, so a wrong cut is rarer than with a list of
all words of a language.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

_LINKS: Mapping[str, tuple[str, ...]] = {
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "da": ("", "s", "e", "er"),
}
"""What stands between two parts and belongs to none of them."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "de": ("", "e", "en", "er", "ern", "es", "n", "s"),
    "da": ("", "e", "en", "ene", "er", "erne", "ernes", "et", "ets", "ne", "s"),
}
"""What the last part may have at its end, when it is a known form: drikkevand, drikkevandet."""

SHORTEST_WORD = 7
"""Letters of a word that is looked into at all; and of one that is taken in part, one more."""
_SHORTEST_PART = 3
_SHORTEST_STEM = 5
"""Letters of a stem that may stand in a compound with an ending: shorter ones are everywhere."""
_LONGEST = 60
_HEAD = 4
"""Letters by which most places of a word are told off where no part can begin."""

# Fewer parts are better; short ones and links between parts are doubtful.
_SHORT = 0.35
_LINKED = 0.1

Split = tuple[float, tuple[str, ...]]
"""How doubtful a split is, and the stems of its parts."""


class Compounds:
    """The words of one language, and what compounds are made of them."""

    def __init__(self, language: str, forms: Mapping[str, str], stems: Collection[str]) -> None:
        """Know these words: `forms` are folded words with their stems, `stems` stems alone."""
        self._links = _LINKS.get(language, ())
        self._endings = _ENDINGS.get(language, ("",))
        self._forms = {form: stem for form, stem in forms.items() if len(form) >= _SHORTEST_PART}
        self._stems = frozenset(stem for stem in stems if len(stem) >= _SHORTEST_STEM)
        self._heads = frozenset(known[:_HEAD] for known in (*self._forms, *self._stems))
        self.parts = lru_cache(maxsize=32_768)(self._parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the stems of the known words that a folded word is made of, in their order.

        When it cannot be divided without rest, the longest known end and the longest known
        beginning are returned; nothing for short words and for languages without compounds.
        """
        return self.whole(word) or self._ends(word)

    def whole(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts when the word is made of them alone, else nothing."""
        if not self._may_be_divided(word):
            return ()
        best: dict[int, Split] = {len(word): (0.0, ())}
        for start in range(len(word) - _SHORTEST_PART, -1, -1):
            choice = min(self._choices(word, start, best), default=None)
            if choice:
                best[start] = choice
        return best[0][1] if 0 in best else ()

    def _choices(self, word: str, start: int, best: Mapping[int, Split]) -> Iterator[Split]:
        """Yield the ways to divide the word from `start` on, given those of what comes later."""
        if not self._begins_a_part(word, start):
            return
        for end in range(start + _SHORTEST_PART, len(word) + (start > 0)):
            is_last = end == len(word)
            stem = self._last(word[start:]) if is_last else self._inner(word[start:end])
            if not stem:
                continue
            cost = 1.0 + _SHORT * (end - start <= _SHORTEST_PART)
            for link in ("",) if is_last else self._links:
                after = end + len(link)
                rest = best.get(after) if is_last or after < len(word) else None
                if rest and word.startswith(link, end):
                    yield (cost + _LINKED * bool(link) + rest[0], (stem, *rest[1]))

    def _begins_a_part(self, word: str, start: int) -> bool:
        """Return whether any known word begins as the word goes on from `start`."""
        head = word[start : start + _HEAD]
        return head in self._heads or head[:_SHORTEST_PART] in self._heads

    def _inner(self, part: str) -> str:
        """Return the stem of a known word that something follows, else nothing."""
        return self._forms.get(part) or self._stem_of(part, letters=1)

    def _last(self, part: str) -> str:
        """Return the stem of a known word that may have an ending, else nothing."""
        bare = (part[: len(part) - len(end)] for end in self._endings if part.endswith(end))
        known = (self._forms[form] for form in bare if form in self._forms)
        return next(known, "") or self._stem_of(part, letters=3)

    def _stem_of(self, part: str, *, letters: int) -> str:
        """Return the longest known stem that a part begins with, but for so many letters."""
        for length in range(len(part), max(len(part) - letters, _SHORTEST_STEM) - 1, -1):
            if part[:length] in self._stems:
                return part[:length]
        return ""

    def _may_be_divided(self, word: str) -> bool:
        return bool(self._links) and SHORTEST_WORD <= len(word) <= _LONGEST and word.isalpha()

    def _ends(self, word: str) -> tuple[str, ...]:
        if not self._may_be_divided(word) or len(word) == SHORTEST_WORD:
            return ()
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
        last = (self._last(word[cut:]) for cut in cuts)
        first = (self._inner(word[:cut]) for cut in reversed(cuts))
        found = (next(filter(None, first), ""), next(filter(None, last), ""))
        return tuple(filter(None, found))

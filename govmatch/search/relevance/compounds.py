"""Taking German and Danish compounds apart, by the words that the site's own texts use.

What ships is the words of a procurement vocabulary and of the glossary, and the endings of two
languages; `learn` adds the words of the corpus, and a compound is a chain of pieces each of which
is one of those words in some form, linked by -s-, -n- or the like. Of several chains the one with
fewest and then most frequent pieces is taken (Koehn and Knight 2003). A word whose beginning nobody
uses alone still gives its end, when that end closes other compounds: Whistleblowerordning holds
ordning.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log
from pathlib import Path

from govmatch.search.analysis import is_stop, root, shortened

COMPOUNDING = frozenset({"de", "da"})
SHIPPED = Path("reference") / "compounds.jsonl"
"""In the content folder: what is known before a text is read; made by `relevance.__main__`."""
SHORTEST = 7
"""Letters; what is shorter is hardly ever a compound."""
LONGEST = 40
_PIECE = 4
_SMALL_PIECE, _SMALL_OFTEN = 3, 8
_OFTEN = 2
_TAIL_OFTEN = 3
_UNKNOWN_HEAD = 4
_PRICE = 12.0
"""What one more piece costs, in the logarithm of how often a piece is used."""
_SMALL_PRICE = 3.0
_MUCH_MORE = 3
"""So much oftener must a shorter word be used to be the piece: Rechnung, not rechn."""

_ENDINGS = {
    "de": "e en er es em n s ern ens ung ungs ungen heit heits keit keits lich ig isch",
    "da": "e en er et es ens ers ets s r n ne erne ernes ene enes else elses elser ende ede hed"
    " heds lig ig",
}
_NO_PIECES = {
    "de": "innen ende enden ender endes endem chen lein heit keit heiten keiten ung ungen isch"
    " ische ischen bar baren lich liche lichen sam haft end inn ell ellen len ler tion ität ieren"
    " iert ierte",
    "da": "ende else elser elsen hed heden heder ing ingen inger ning ningen ninger isk iske lig"
    " lige bar som ler ere eren ret tion itet ring ringen ringer",
}

Counts = Mapping[str, int]
Forms = Mapping[str, str]


class Compounds:
    """Knows the words of one language and splits with them; equal when made of equal counts."""

    def __init__(self, language: str, roots: Counts, forms: Forms, tails: Counts) -> None:
        """Begin with what `learn` or `loads` gathered.

        `roots` are the roots of the words that are used and how often, `forms` the root of each
        word as it is written, `tails` the roots that close compounds and how many of them.
        """
        self.language = language
        self.roots = roots
        self.forms = forms
        self.tails = tails
        self._heads = frozenset(known[:_PIECE] for known in (*roots, *forms))
        self._endings = frozenset(map(shortened, _ENDINGS[language].split()))
        self._longest_ending = max(map(len, self._endings))
        self._no_pieces = frozenset(map(shortened, _NO_PIECES[language].split()))
        self._taken_apart = lru_cache(maxsize=32_768)(self._take_apart)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the roots of what a plain word is made of; nothing when it is of one piece."""
        if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
            return ()
        return self._taken_apart(word)

    def piece(self, word: str) -> str:
        """Return the root that a plain word has as a part of compounds; empty when it is in none.

        It may be shorter than its own: what ends a word is cut from a part more freely.
        """
        return self._piece(shortened(word)) or "" if len(word) >= _PIECE else ""

    def _take_apart(self, word: str) -> tuple[str, ...]:
        short = shortened(word)
        return self._chain(short) or self._end(short)

    def _chain(self, word: str) -> tuple[str, ...]:
        """Return the cheapest chain of pieces from the first letter to the last."""
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for end in range(_SMALL_PIECE, len(word) + 1):
            found: tuple[float, tuple[str, ...]] | None = None
            for start, (worth, pieces) in best.items():
                if end - start < _SMALL_PIECE or end - start == len(word):
                    continue
                piece = self._piece(word[start:end])
                if piece is None:
                    continue
                price = _PRICE + (_SMALL_PRICE if end - start < _PIECE else 0.0)
                total = worth + log(self.roots[piece]) - price
                if found is None or total > found[0]:
                    found = (total, (*pieces, piece))
            if found and (end == len(word) or self._begins_a_piece(word, end)):
                best[end] = found
        return best[len(word)][1] if len(word) in best else ()

    def _begins_a_piece(self, word: str, start: int) -> bool:
        """Return whether any word in use begins as the word goes on; most places are told off."""
        head = word[start : start + _PIECE]
        return head in self._heads or head[:_SMALL_PIECE] in self._heads

    def _end(self, word: str) -> tuple[str, ...]:
        """Return the longest end that closes other compounds, after what nobody uses alone."""
        for start in range(_UNKNOWN_HEAD, len(word) - _PIECE + 1):
            piece = self._piece(word[start:])
            if piece is not None and self.tails.get(piece, 0) >= _TAIL_OFTEN:
                return word[:start], piece
        return ()

    def _piece(self, letters: str) -> str | None:
        """Return the root of a piece as it may stand in a compound, None when it is not one."""
        if letters in self._no_pieces:
            return None
        if len(letters) < _PIECE:
            piece = self.forms.get(letters)
            return piece if piece and self.roots[piece] >= _SMALL_OFTEN else None
        best, often = None, 0
        for taken in range(min(self._longest_ending, len(letters) - _SMALL_PIECE) + 1):
            kept, ending = letters[: len(letters) - taken], letters[len(letters) - taken :]
            if not taken or ending in self._endings:
                for one in (self.forms.get(kept), kept if kept in self.roots else None):
                    if one and self.roots[one] > _MUCH_MORE * often:
                        best, often = one, self.roots[one]
        return best

    def dumps(self) -> str:
        """Return all that is known as JSON; the same counts give the same letters."""
        kept = [dict(sorted(one.items())) for one in (self.roots, self.forms, self.tails)]
        return json.dumps([self.language, *kept], ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Compounds:
    """Return what `Compounds.dumps` wrote."""
    language, roots, forms, tails = json.loads(text)
    once = {root: root for root in roots}  # most forms are of a root that is there already
    return Compounds(
        language, roots, {form: once.get(root, root) for form, root in forms.items()}, tails
    )


def learn(
    words: Iterable[tuple[str, int]], language: str, *, known: Compounds | None = None
) -> Compounds:
    """Return what can be split with these plain words, each with the documents that use it.

    What is `known` already is added to; the more there is of the new, the less it matters.
    """
    used: Counter[str] = Counter()
    for word, count in words:
        if word.isalpha() and _SMALL_PIECE <= len(word) <= LONGEST and not is_stop(word, language):
            used[word] += count
    root_of = {word: root(word, language) for word in sorted(used)}
    roots: Counter[str] = Counter(known.roots if known else ())
    for word, count in used.items():
        roots[root_of[word]] += count
    often = {piece: n for piece, n in roots.items() if n >= _OFTEN and len(piece) >= _SMALL_PIECE}
    forms = dict(known.forms) if known else {}
    forms |= {shortened(word): piece for word, piece in root_of.items() if piece in often}
    first = Compounds(language, often, forms, {})
    tails = Counter(known.tails if known else ())
    tails.update(pieces[-1] for pieces in map(first.split, sorted(used)) if pieces)
    return Compounds(
        language, often, forms, {piece: n for piece, n in tails.items() if n >= _TAIL_OFTEN}
    )

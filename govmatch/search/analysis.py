"""From text to terms: the same for documents, queries and highlighting.

A *group* is what is written in one go, such as `E-Rechnung`, `eRechnung` or `Rechnung`; its
*parts* are split at hyphens and humps, and `joined` is the group without them. Each part has
*words* (the written form, folded) and *stems* (per language, marked with it).

Folding goes both ways with the letters that people write in two manners: `Ärger` has the words
`aerger` and `arger`, so that `Aerger`, `Ärger` and a hasty `Arger` meet; `Århus` has `aarhus` and
`arhus`, `økonomi` has `oekonomi` and `okonomi`.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from functools import cache, lru_cache

from govmatch.search.form import LAST_PLACE
from govmatch.search.whoosh_words import stemmer, stop_words

VERSION = 2
"""Raised with every change here, so that an index made by other rules is made again."""

LANGUAGES = ("de", "da", "en")
MAX_WORD = 80
_MAX_PARTS = 8
_MAX_PLACES = 400

# Letters and digits; accents of their own and soft hyphens inside are taken along.
_WORD = r"[^\W_]++(?:[\u0300-\u036f\u00ad]++[^\W_]*+)*+(?:['’][^\W_]++)*+"
_GROUP = re.compile(rf"{_WORD}(?:[-\u2010\u2011]{_WORD})*+(?:(?<=\b[A-Za-z])(?:\+\+|\#)(?!\w))?")
_HYPHENS = re.compile(r"[-\u2010\u2011]")
_HUMP = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")
SPACES = frozenset({" ", "\u00a0"})
_POSSESSIVE = re.compile(r"['’]s$")

_LONG = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe"})
_SHORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "å": "a", "æ": "a", "ø": "o"})
_WRITTEN_OUT = {
    # not after a, e or q, and not before another vowel's end: neue, Quelle, Aue stay as they are
    "de": ((re.compile("ae"), "ä"), (re.compile("oe"), "ö"), (re.compile("(?<![aeq])ue"), "ü")),
    "da": ((re.compile("aa"), "å"), (re.compile("ae"), "æ"), (re.compile("oe"), "ø")),
}


Span = tuple[str, int, int]
"""A group as it is written, and where in the text it begins and ends."""


def spans(text: str, wanted: Container[str] | None = None) -> Iterator[Span]:
    """Yield what is written in one go, with its place in the text; only the wanted, if given."""
    for match in _GROUP.finditer(text):
        if wanted is None or match[0] in wanted:
            yield match[0], match.start(), match.end()


def groups(text: str) -> list[str]:
    """Return what is written in one go."""
    return _GROUP.findall(text)


@lru_cache(maxsize=16_384)
def split(group: str) -> tuple[str, ...]:
    """Return the parts of a group: `E-Rechnung`, `eRechnung` are both e and Rechnung."""
    parts: list[str] = []
    for piece in _HYPHENS.split(group):
        if piece.isupper() or piece.islower() or piece[1:].islower():
            parts.append(piece)
        else:
            parts.extend(_HUMP.split(piece))
    return tuple(parts[:_MAX_PARTS])


def _plain(word: str) -> str:
    """Return the word in small letters, composed, without soft hyphens and possessive s."""
    if word.isascii() and "'" not in word:
        return word.casefold()[:MAX_WORD]
    word = unicodedata.normalize("NFKC", word.replace("\u00ad", "")).casefold()
    word = _POSSESSIVE.sub("", word).replace("'", "").replace("’", "")
    return unicodedata.normalize("NFKC", word)[:MAX_WORD]


def _bare(word: str) -> str:
    """Return the word without the accents that are left: é is e."""
    if word.isascii():
        return word
    split_up = unicodedata.normalize("NFD", word)
    return "".join(char for char in split_up if not unicodedata.combining(char))


def _folded(plain: str) -> tuple[str, ...]:
    if plain.isascii():
        return (plain,) if plain else ()
    return tuple(dict.fromkeys(filter(None, (_bare(plain.translate(t)) for t in (_LONG, _SHORT)))))


@lru_cache(maxsize=32_768)
def words(part: str) -> tuple[str, ...]:
    """Return the folded forms of a part, the long one first: Århus is aarhus and arhus."""
    return _folded(_plain(part))


@cache
def _stops(language: str) -> frozenset[str]:
    if language not in LANGUAGES:
        return frozenset()
    return frozenset(form for word in stop_words(language) for form in words(word)[:1])


def is_stop(part: str, language: str) -> bool:
    """Return whether a part is one of the words that say nothing in this language."""
    return words(part)[:1] != () and words(part)[0] in _stops(language)


def is_stop_somewhere(part: str) -> bool:
    """Return whether a part says nothing in one of the languages."""
    return any(is_stop(part, language) for language in LANGUAGES)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    return stemmer(language)


@lru_cache(maxsize=32_768)
def stems(part: str, language: str) -> tuple[str, ...]:
    """Return the stems of a part in a language, each marked with it: `de:rechn`.

    What is written out for want of a keyboard (`Aerger`) is stemmed both ways. Numbers, words of
    one or two letters and languages without rules have none.
    """
    plain = _plain(part)
    if language not in LANGUAGES or len(plain) < 3 or not plain.isalpha():
        return ()
    readings = [plain]
    if plain.isascii():
        restored = plain
        for pattern, letter in _WRITTEN_OUT.get(language, ()):
            restored = pattern.sub(letter, restored)
        readings += [restored] * (restored != plain)
    found = (form for reading in readings for form in _folded(_stem(reading, language)))
    return tuple(dict.fromkeys(f"{language}:{form}" for form in found))


def _stem(plain: str, language: str) -> str:
    return _stemmer(language)(plain)


@lru_cache(maxsize=65_536)
def root(part: str, language: str) -> str:
    """Return the one stem of a part, its umlauts and accents laid aside: Ärzte is arzt.

    Unlike `stems` it carries no language and is never written out. Numbers, words of one or two
    letters and languages without rules are only folded; what has no letter left is empty.
    """
    word = plain(part)
    if language in LANGUAGES and len(word) >= 3 and word.isalpha():
        word = _stem(word, language)
    return shortened(word)


def plain(part: str) -> str:
    """Return a part in small letters, composed, without soft hyphens and possessive s."""
    return _plain(part)


def shortened(word: str) -> str:
    """Return a plain word in the letters that are left when a hasty hand writes it: å is a."""
    return word if word.isascii() else _bare(word.translate(_SHORT))


def written_out(word: str) -> str:
    """Return a plain word as it is written where a letter has no key: å is aa."""
    return word if word.isascii() else _bare(word.translate(_LONG))


def restored(word: str, language: str) -> str:
    """Return a plain word with the letters that were written out for want of a key."""
    if word.isascii():
        for pattern, letter in _WRITTEN_OUT.get(language, ()):
            word = pattern.sub(letter, word)
    return word


Forms = tuple[str, ...]


@lru_cache(maxsize=65_536)
def _forms(group: str, language: str) -> tuple[tuple[Forms, ...], Forms]:
    """Return the words of each part of a group, none of one that says nothing, and of the whole."""
    parts = split(group)
    of_parts = tuple(() if is_stop(part, language) else words(part) for part in parts)
    return of_parts, words("".join(parts)) if len(parts) > 1 else ()


class Places:
    """Collects the words of a document's field and where each stands."""

    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}
        self._next = 0

    def add(self, text: str, language: str) -> None:
        """Take in a text; words that say nothing in its language only keep their place."""
        letter: tuple[str, int] | None = None
        for group, start, end in spans(text):
            of_parts, joined = _forms(group, language)
            first = self._next
            for forms in of_parts:
                self._put(forms, self._next)
                self._next += 1
            if joined:
                self._put(joined, first, self._next - 1)
            elif letter and text[letter[1] : start] in SPACES:
                self._put(words(letter[0] + group), first - 1, first)
            letter = (group, end) if is_lone_capital(group) else None

    def gap(self) -> None:
        """Leave room, so that no phrase reaches from one text into the next."""
        self._next += 50

    def _put(self, forms: Forms, *places: int) -> None:
        for word in forms:
            known = self.places.get(word)
            if known is None:
                known = self.places[word] = []
            if len(known) < _MAX_PLACES:
                known.extend(min(place, LAST_PLACE) for place in places)


def is_lone_capital(group: str) -> bool:
    """Return whether this is one with the next word: the E of `E Rechnung`."""
    return len(group) == 1 and group.isupper() and not is_stop_somewhere(group)

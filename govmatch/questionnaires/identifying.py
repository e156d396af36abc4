"""Finding what tells who wrote a text: names one is given, and what looks like an address.

What looks like an address is found even where it is none, since one shown too much cannot be taken
back. Runs are bounded everywhere, so that no text takes long.
"""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache

from govmatch.kit.records import dataclass
from govmatch.questionnaires.texts import normal

EXACT = "="
"""Begins a name that is found only as it is written: «=Mark», which «mark» is not."""

_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 6  # digits from which a name is a number, however it is spaced
_JOINED = 10  # letters from which a name of several words is also found written as one
_LONG = 6  # letters from which a name is also found with an ending or within a compound
_TRANSLITERATED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa",
     "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip

# Seen by nobody, and enough to keep a name from being found.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_ENDINGS = (
    "de|dk|com|eu|org|net|info|biz|io|ai|co|se|no|fi|is|nl|be|at|ch|li|fr|it|es|pt|pl|cz|ie|uk|lt"
    "|lv|ee|example|dev|app|tech|digital|cloud|group|gmbh|consulting|solutions|software|systems"
    "|studio|agency|online|site|shop|hamburg|berlin|bremen|koeln|bayern|aps|nu"
)
_CAPITAL = "A-ZÄÖÜÆØÅÉ"
_ADDRESS = re.compile(
    r"(?i:\b(?:https?://|www\.)[^\s<>\"]{1,500}"
    r"|[^\s@<>\"(),;:]{1,64}@[^\s@<>\"(),;:]{1,255}"
    r"|(?<![\w.])@[a-z0-9][\w.-]{2,40}"
    rf"|\b[a-z0-9][a-z0-9äöüæøå-]{{1,62}}(?:\.[a-z0-9-]{{1,62}}){{0,3}}\.(?-i:{_ENDINGS})\b"
    r"(?:/[^\s<>\"]{0,300})?"
    r"|\+[0-9][0-9 ()/-]{6,20}[0-9]"
    r"|\b(?:tel|tlf|telefon|telephone|phone|fon|mobil|mobile|mob|fax)\b\W{0,4}\(?[0-9]"
    r"[0-9 ()/.-]{4,20}[0-9]"
    r"|(?<![\w.,/-])0[0-9]{1,4}[ /()-]{1,2}[0-9][0-9 -]{3,14}[0-9](?![\w/.-]*[0-9])"
    r"|\b(?:cvr|hrb|hra|se-nr|p-nr|ust-?id(?:-?nr)?|vat|org-?nr|lei|duns)\b\W{0,8}"
    r"(?:(?:nr|no|number)\b\W{0,4})?[a-z]{0,4} ?[0-9][0-9 .-]{3,18}[0-9])"
)
_TITLED = re.compile(
    r"\b(?:Dr|Prof|Herrn?|Frau|Hr|Fru|Mr|Mrs|Ms|Dipl-Ing|CEO|CTO|COO|CFO|Direktør|Director"
    r"|Geschäftsführer(?:in)?|Inhaber(?:in)?|Founder|Grundlægger)\b\.?,? {1,2}"
    rf"(?:(?:Dr|Prof)\.? )?[{_CAPITAL}][\w’'-]{{1,30}}(?: [{_CAPITAL}][\w’'-]{{1,30}}){{0,2}}"
)


class Why(StrEnum):
    NAME = "name"
    """It is one of the names."""
    ADDRESS = "address"
    """It looks like an address, a telephone number, or the number of a register."""
    PERSON = "person"
    """It looks like somebody who is addressed by a title."""
    HAND = "hand"
    """Somebody marked it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of a text, by its characters from `start` to before `end`."""

    start: int
    end: int
    why: Why


def visible(text: str) -> str:
    """Return the text without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def find(text: str, names: Collection[str], by_hand: Collection[str]) -> list[Found]:
    """Return what tells who wrote a visible text, in its order; none touches another.

    Names are found in small and capital letters, with what a language puts at their end, and with
    hyphens or line breaks between their words; names of fewer than three letters are not, since
    they would eat ordinary words. What is marked by hand is found as it was typed, in any letters.
    """
    found = [Found(*match.span(), Why.ADDRESS) for match in _ADDRESS.finditer(text)]
    found += [Found(*match.span(), Why.PERSON) for match in _TITLED.finditer(text)]
    low = text.casefold()
    for pattern in _patterns(names, low):
        found += [Found(*match.span(), Why.NAME) for match in pattern.finditer(text)]
    for passage in by_hand:
        found += [Found(*match.span(), Why.HAND) for match in _passage(passage).finditer(text)]
    return _joined(sorted(found, key=lambda one: (one.start, one.end)))


def _joined(found: list[Found]) -> list[Found]:
    """Return overlapping passages as one; what is marked by hand stays so."""
    joined: list[Found] = []
    for one in found:
        if one.start == one.end:
            continue
        last = joined[-1] if joined else None
        if last is None or one.start >= last.end:
            joined.append(one)
            continue
        why = Why.HAND if Why.HAND in (one.why, last.why) else last.why
        joined[-1] = Found(last.start, max(last.end, one.end), why)
    return joined


def _patterns(names: Collection[str], low: str) -> Iterator[re.Pattern[str]]:
    """Yield what finds those of the names that may stand in a text: most do not."""
    by_case: dict[bool, set[str]] = {True: set(), False: set()}
    for name in names:
        is_exact = name.startswith(EXACT)
        for spelling in _spellings(name.removeprefix(EXACT)):
            if _may_stand(spelling, low):
                by_case[is_exact].add(spelling)
    for is_exact, present in by_case.items():
        if present:
            longest_first = sorted(present, key=lambda one: (-len(one), one))
            parts = "|".join(_expression(one) for one in longest_first)
            yield re.compile(rf"(?<!\w)(?:{parts})", 0 if is_exact else re.IGNORECASE)


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[str, ...]:
    plain = normal(visible(name)).strip()
    if len(plain) < _SHORTEST_NAME:
        return ()
    return tuple({plain, plain.translate(_TRANSLITERATED)})


def _may_stand(name: str, low: str) -> bool:
    if _is_number(name):
        return True
    return name.split(maxsplit=1)[0].casefold() in low


def _is_number(name: str) -> bool:
    digits = sum(char.isdigit() for char in name)
    return digits >= _SHORTEST_NUMBER and digits * 2 > len(name)


@lru_cache(maxsize=4096)
def _expression(name: str) -> str:
    if _is_number(name):
        marks = (re.escape(char) for char in name if char.isalnum())
        return rf"{r'[ ./-]{0,2}'.join(marks)}(?!\w)"
    words = [re.escape(word) for word in re.split(r"[\s_-]+", name) if word]
    letters = sum(char.isalnum() for char in name)
    between = r"[\W_]{0,3}" if letters >= _JOINED and len(words) > 1 else r"[\W_]{1,3}"
    ending = r"\w{0,20}" if letters >= _LONG else r"(?:['’]?s)?(?!\w)"
    return between.join(words) + ending


@lru_cache(maxsize=4096)
def _passage(passage: str) -> re.Pattern[str]:
    words = normal(visible(passage)).split()
    return re.compile(r"\s+".join(re.escape(word) for word in words) or r"(?!)", re.IGNORECASE)

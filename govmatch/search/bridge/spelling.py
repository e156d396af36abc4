"""Words as the bridge compares them: stems, and spellings that three languages share."""

import re
from functools import lru_cache

from govmatch.search.analysis import stems, words

# What German, Danish and English write in different manners for the same sound, in this order:
# Technologie, teknologi and technology; Rhythmus, rytme and rhythm.
_SAME_SOUNDS = (
    ("tz", "z"),
    ("sch", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "kv"),
    ("x", "ks"),
    ("c", "k"),
    ("z", "s"),
    ("y", "i"),
    ("w", "v"),
    ("j", "i"),
    ("ae", "e"),
    ("oe", "o"),
    ("ue", "u"),
)
_SOFT_C = re.compile(r"c(?=[eiy])")
"""Zertifikat, certifikat and certificate: before these letters c sounds as in German z."""
_DOUBLED = re.compile(r"(.)\1+")
_END = re.compile(r"kt$")
"""The Danish stemmer takes this t away, the others leave it: kontakt, contact."""


@lru_cache(maxsize=16_384)
def stem(part: str, language: str) -> str:
    """Return the stem of a word in a language, folded; the word itself, folded, when it has none.

    Empty for what folds to nothing.
    """
    found = stems(part, language) or words(part)
    return found[0].partition(":")[2] or found[0] if found else ""


def forget() -> None:
    """Give back the memory of all words that were read so far."""
    for kept in (stem, stems, words):
        kept.cache_clear()


def plain(part: str) -> str:
    """Return the word folded, not stemmed: Ärger is aerger."""
    return next(iter(words(part)), "")


def shared_spelling(stem: str) -> str:
    """Return how the three languages could have written a stem alike: kontakt for contact."""
    if not stem.isalpha():
        return stem
    stem = _SOFT_C.sub("z", stem)
    for written, sound in _SAME_SOUNDS:
        stem = stem.replace(written, sound)
    return _END.sub("k", _DOUBLED.sub(r"\1", stem))

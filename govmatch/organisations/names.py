"""Names of firms, folded: to find the same firm written otherwise, to sort, to search, to address.

Folding is for comparing only; what a firm calls itself is kept and shown as it was typed.
"""

import re
import unicodedata

from govmatch.organisations.registrations import registration

MOST_SLUG = 60

# What Unicode does not take apart, as it is written without the letter at hand.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WITH_TWO_LETTERS = re.compile("[äöüøå]")
_MARKS = re.compile("[\u0300-\u036f]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

LEGAL_FORMS = frozenset({
    "ab", "ag", "amba", "aps", "as", "asa", "bv", "co", "doo", "eg", "ek", "eurl", "eu", "gbr",
    "gmbh", "ggmbh", "haftungsbeschrankt", "hb", "inc", "is", "ivs", "kb", "kg", "kgaa", "ks",
    "lda", "limited", "llc", "llp", "ltd", "mbh", "nv", "oo", "ou", "oy", "oyj", "ohg", "plc",
    "ps", "sa", "sarl", "sas", "sasu", "se", "sia", "sp", "spa", "srl", "uab", "ug", "vof", "z",
    "zoo",
})  # fmt: skip
"""Words for the legal form, as they end names in the EEA and the United Kingdom."""


def fold(text: str) -> str:
    """Return text in small letters without accents and punctuation, words one space apart."""
    return _words(text.casefold())


def spellings(text: str) -> str:
    """Return the folded text, and the words that are also written with two letters (ä as ae)."""
    small = text.casefold()
    plain = _words(small)
    if not _WITH_TWO_LETTERS.search(small):
        return plain
    other = " ".join(word for word in small.split() if _WITH_TWO_LETTERS.search(word))
    return f"{plain} {_words(other.translate(_TWO_LETTERS))}"


def _words(small: str) -> str:
    if not small.isascii():
        taken_apart = unicodedata.normalize("NFKD", small.translate(_LETTERS))
        small = _MARKS.sub("", taken_apart).casefold()
    return _BETWEEN_WORDS.sub(" ", small).strip()


def _own_words(name: str) -> list[str]:
    """Return the folded words of a name without the legal form at its end."""
    words = [fold(word).replace(" ", "") for word in re.split(r"[\s\-–]+", name)]
    words = [word for word in words if word]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return words


def name_key(name: str) -> str:
    """Return what two spellings of one firm's name share: «Nordlys ApS» and «NORD-LYS A/S»."""
    return "".join(_own_words(name))


def slug(name: str) -> str:
    """Return the name for an address: a-z, 0-9 and hyphens, at most 60; empty without letters."""
    ascii_words = (re.sub(r"[^a-z0-9]", "", word) for word in _own_words(name))
    return "-".join(word for word in ascii_words if word)[:MOST_SLUG].strip("-")


def registration_key(country: str, number: str) -> str:
    """Return country and number as its register writes it, without spaces and punctuation.

    What cannot be a number of that register is folded as it was typed, without the country's own
    letters before it.
    """
    known = registration(number, country=country)
    bare = re.sub(r"[^0-9A-Z]", "", (known or number).upper())
    if known is None:
        bare = re.sub(rf"^{re.escape(country)}(?=[0-9])", "", bare)
    return f"{country}:{bare}" if bare else ""

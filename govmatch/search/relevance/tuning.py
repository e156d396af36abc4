"""The numbers of the ranking, all of them; one set for every language and every use.

Looked for on one half of the queries of the shared benchmark and held against the other;
`make quality` prints what they reach. The mean hardly moves around them, so a single set that gains
or loses a hundredth says nothing.
"""

from govmatch.kit.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Saturation:
    """How the number of times and the length of a text weigh: k1 and b of BM25."""

    k1: float = 1.2
    b: float = 0.75


@dataclass(frozen=True, kw_only=True, slots=True)
class Tuning:
    """Weights of the channels and what shapes them."""

    words: float = 0.6
    """What holding the words themselves is worth, beside words near them."""
    near: float = 1.0
    """What holding them, or words made of the same letters, is worth."""
    title: float = 0.8
    """What standing in the title is worth, stop words included."""
    pairs: float = 1.0
    """What standing together in the order of the query is worth; the second pass."""

    rarity: float = 1.5
    """Power of the inverse document frequency of a word; 2 would be TF-IDF, 1 BM25."""
    text: Saturation = Saturation()
    headings: Saturation = Saturation()

    likeness: float = 0.15
    """Share of a word's letters by fours, weighed, that another must have to be near it."""
    neighbours: int = 40
    """Words that are near one word, at most."""
    all_neighbours: int = 320
    """Words that are near one word of a question, at most, all its words together."""

    profile: int = 30
    """Different telling words from which a query is a profile: its own words are enough then."""
    profile_terms: int = 250
    """Words of a profile that are looked up, the most telling ones."""
    profile_text: Saturation = Saturation(b=0.9)
    profile_rarity: float = 1.25
    profile_repeats: float = 0.75
    """Power of how often a profile uses a word."""

    window: int = 5
    """Words from one of a pair to the other, at most."""
    second: int = 50
    """Documents of the first pass that are looked at for pairs."""


DEFAULT = Tuning()

"""Which of the site's languages a text is written in.

Every word votes with its letters, three at a time (Cavnar and Trenkle 1994), and once more when it
is one of the words that hold a language together; how often three letters stand in each language
is in trigrams.tsv, which `learning` makes.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log

from govmatch.search.analysis import LANGUAGES, groups, plain, split
from govmatch.search.whoosh_words import stop_words

READ = 400
"""Words that are looked at; more of them change nothing."""
_STOP_WORD = 3.0
"""What a word such as `the` or `og` is worth, in nats; shared among the languages that have it."""
_DOUBT = 0.35
"""Letters of neighbouring words are not independent: their votes count this much."""

Shares = Mapping[str, float]
"""For each language how likely it is; they add up to 1."""


def shares(text: str, *, before: Shares | None = None) -> dict[str, float]:
    """Return how likely each language is, given how likely it was before anything was read.

    Without a letter that tells, the answer is `before`, or a third each.
    """
    votes = {language: log(max((before or {}).get(language, 0.0), 1e-3)) for language in LANGUAGES}
    if not before:
        votes = dict.fromkeys(LANGUAGES, 0.0)
    for word in _words(text):
        for language, vote in zip(LANGUAGES, _votes(word), strict=True):
            votes[language] += vote
    highest = max(votes.values())
    weights = {language: exp(vote - highest) for language, vote in votes.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def detect(text: str, *, before: Shares | None = None) -> str:
    """Return the likeliest language of a text; the first of `LANGUAGES` when all are equal."""
    found = shares(text, before=before)
    return max(LANGUAGES, key=lambda language: found[language])


def _words(text: str) -> Iterator[str]:
    left = READ
    for group in groups(text[: READ * 20]):
        for part in split(group):
            word = plain(part)
            if word.isalpha():
                yield word
                left -= 1
        if left <= 0:
            return


@lru_cache(maxsize=16_384)
def _votes(word: str) -> tuple[float, ...]:
    table = _table()
    votes = [0.0] * len(LANGUAGES)
    for three in trigrams(word):
        for number, vote in enumerate(table.get(three, ())):
            votes[number] += _DOUBT * vote
    having = [number for number, words in enumerate(_holding_together()) if word in words]
    for number in having:
        votes[number] += _STOP_WORD / len(having)
    return tuple(votes)


def trigrams(word: str) -> set[str]:
    """Return the letters of a word by threes; its beginning and end count as letters."""
    marked = f"_{word[:40]}_"
    return {marked[start : start + 3] for start in range(len(marked) - 2)}


@cache
def _holding_together() -> tuple[frozenset[str], ...]:
    return tuple(stop_words(language) for language in LANGUAGES)


@cache
def _table() -> Mapping[str, tuple[float, ...]]:
    table: dict[str, tuple[float, ...]] = {}
    text = files("govmatch.search.relevance").joinpath("trigrams.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            three, *votes = line.split("\t")
            table[three] = tuple(int(vote) / 100 for vote in votes)
    return table

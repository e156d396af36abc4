"""Why two profiles fit, in their own words: what both sides may see."""

from collections.abc import Iterator, Mapping
from datetime import date

from govmatch.kit.records import dataclass
from govmatch.matching.facts import Finding, compare
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity, Vector, cosine
from govmatch.matching.reading import Parents, Terms, Written
from govmatch.matching.score import WEIGHTS, Match, matched

_MOST_WORDS = 8
_MOST_LACKING = 5
_TELLING = 0.1
"""The least weight, of 1 for the whole text, of a word that is named as lacking."""


@dataclass(frozen=True, slots=True)
class SharedWord:
    """What both texts speak of: their words for it, and how much of the score it is."""

    here: tuple[Written, ...]
    there: tuple[Written, ...]
    share: float


@dataclass(frozen=True, slots=True)
class SharedCode:
    """A code of each side and the nearest one that both stand under, or are."""

    here: str
    there: str
    above: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a score is made of, and what would raise it.

    `lacking` are words that weigh much on this side and that the other does not have.
    """

    match: Match
    words: tuple[SharedWord, ...]
    codes: tuple[SharedCode, ...]
    lacking: tuple[Written, ...]
    findings: tuple[Finding, ...]


def explain(
    here: tuple[Profile, Terms],
    there: tuple[Profile, Terms],
    *,
    rarity: Rarity,
    parents: Parents,
    on: date,
) -> Explanation:
    """Say why `there` fits `here`; from the other side the sum is the same."""
    (profile, terms), (other, other_terms) = here, there
    mine, theirs = rarity.text_vector(terms), rarity.text_vector(other_terms)
    codes = cosine(rarity.code_vector(terms), rarity.code_vector(other_terms))
    findings = compare(profile, other, on=on)
    match = matched(other.kind, other.id, text=cosine(mine, theirs), codes=codes, findings=findings)
    return Explanation(
        match,
        tuple(_shared_words(terms, other_terms, mine, theirs))[:_MOST_WORDS],
        tuple(_shared_codes(profile, other, parents)),
        tuple(_lacking(terms, mine, theirs))[:_MOST_LACKING],
        tuple(findings),
    )


def _shared_words(here: Terms, there: Terms, mine: Vector, theirs: Vector) -> Iterator[SharedWord]:
    """Yield what both speak of, what counts most first; one word of a side is named only once."""
    shared = {term: weight * theirs[term] for term, weight in mine.items() if term in theirs}
    told: set[tuple[str, str]] = set()
    for term in _heaviest(shared):
        ours, others = here.written.get(term, ()), there.written.get(term, ())
        pair = (_first(ours), _first(others))
        if ours and others and pair not in told:
            told.add(pair)
            yield SharedWord(ours, others, WEIGHTS.text * shared[term])


def _lacking(here: Terms, mine: Vector, theirs: Vector) -> Iterator[Written]:
    told: set[str] = set()
    for term in _heaviest(mine):
        written = here.written.get(term, ())
        if mine[term] < _TELLING:
            return
        if written and term not in theirs and _first(written) not in told:
            told.add(_first(written))
            yield written[0]


def _heaviest(vector: Mapping[str, float]) -> list[str]:
    return sorted(vector, key=lambda term: (-vector[term], term))


def _first(written: tuple[Written, ...]) -> str:
    return written[0].words.casefold() if written else ""


def _shared_codes(here: Profile, there: Profile, parents: Parents) -> Iterator[SharedCode]:
    """Yield for each code here the nearest code there, where the two stand under a common one."""
    for code in here.codes:
        mine = [code, *parents(code)]
        found = [
            (mine.index(above), steps, other, above)
            for other in there.codes
            for steps, above in enumerate((other, *parents(other)))
            if above in mine
        ]
        if found:
            _, _, other, above = min(found)
            yield SharedCode(code, other, above)

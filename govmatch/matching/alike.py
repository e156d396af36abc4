"""Near-duplicates: what says the same as something else, in the same words, others or a language.

`read` reads a profile once, `compare` says of two whether and how they are alike, `Finder` finds
those that are among many. What two texts share is told by numbers from 0 to 1:

runs    of the shorter text's runs of four words, how many stand in the other (one language)
told    of the shorter text, how much is in passages that the other has too
meaning the cosine of what the two texts speak of

A text in several languages is compared with another in each language that both have; where there
is none, in every pair of languages. The best pair counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from math import log

from govmatch.kit.records import dataclass
from govmatch.matching.lexicon import Keys
from govmatch.matching.likeness import Kind, Likeness, Similar
from govmatch.matching.names import Thing
from govmatch.matching.passages import Pair, Passage, aligned, passages
from govmatch.matching.pool import Pool
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity, cosine
from govmatch.matching.reading import Terms
from govmatch.matching.shingles import ShingleIndex, by_language, shared
from govmatch.search.bridge.concepts import Bridge

_SHORT = 8
"""Passages of a short text."""


@dataclass(frozen=True, slots=True)
class Bars:
    """From which values on two texts are what kind of alike."""

    passage: float
    """Likeness of two passages that say the same."""
    shown: float
    """Likeness of two passages that are shown beside each other, of a text in two languages."""
    meaning: float
    """What the cosine adds to the share that is told twice, in the score."""
    runs: float
    same_language: float
    """Score of two texts of one language that say the same."""
    other_language: float
    topic: float
    """Cosine of two texts of one topic."""
    longer: float
    """Is added to the last three each time that the shorter text is e times as long as a short one:
    the longer two texts are, the more they share by chance."""

    def raised(self, length: int) -> float:
        """Return what is added for so many passages of the shorter text."""
        return self.longer * log(max(length, _SHORT) / _SHORT)


BARS = Bars(
    passage=0.25,
    shown=0.1,
    meaning=4.0,
    runs=0.2,
    same_language=0.33,
    other_language=0.13,
    topic=0.08,
    longer=0.08,
)
"""Chosen on one half of a constructed set (tests/bench/near_duplicates), reported on the other."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A profile as near-duplicates are told by; its texts by language."""

    profile: Profile
    passages: Mapping[str, tuple[Passage, ...]]
    spoken: Mapping[str, Terms]
    """What the passages of each language speak of together."""
    runs: Mapping[str, Keys]

    @property
    def thing(self) -> Thing:
        return self.profile.kind, self.profile.id

    @property
    def terms(self) -> Terms:
        """What all its texts speak of."""
        return _together(part for parts in self.passages.values() for part in parts)


def read(profile: Profile, *, bridge: Bridge) -> Readable:
    """Return a profile as it is compared; a text counts whatever its field."""
    texts: dict[str, list[str]] = {}
    for text in profile.texts:
        texts.setdefault(text.language, []).append(text.text)
    parts = {
        language: tuple(one for text in some for one in passages(text, language, bridge))
        for language, some in texts.items()
    }
    spoken = {language: _together(some) for language, some in parts.items()}
    return Readable(profile, parts, spoken, by_language(texts))


def _together(parts: Iterable[Passage]) -> Terms:
    counts: dict[str, float] = {}
    for part in parts:
        for term, weight in part.terms.text.items():
            counts[term] = counts.get(term, 0.0) + weight
    return Terms({term: count * 3 / (count + 2) for term, count in counts.items()}, {})


def rarity_of(items: Iterable[Readable]) -> Rarity:
    """Return how rare terms are in the passages of these: even a dozen texts have hundreds."""
    return Rarity.of(
        part.terms for item in items for parts in item.passages.values() for part in parts
    )


def compare(one: Readable, other: Readable, *, rarity: Rarity, bars: Bars = BARS) -> Likeness:
    """Say whether two things say the same, and in which of their languages they do so most."""
    found = [
        _in_languages(one, other, pair, rarity=rarity, bars=bars) for pair in _pairs(one, other)
    ]
    nothing = Likeness(None, 0.0, ("", ""), 0.0, 0.0, 0.0)
    best = max(found, key=lambda likeness: likeness.score, default=nothing)
    codes = tuple(code for code in one.profile.codes if code in other.profile.codes)
    facts = tuple(fact for fact in one.profile.has if fact in other.profile.has)
    return replace(best, codes=codes, facts=facts)


def _pairs(one: Readable, other: Readable) -> Iterator[tuple[str, str]]:
    both = [(language, language) for language in one.passages if language in other.passages]
    yield from both or product(one.passages, other.passages)


def _in_languages(
    one: Readable, other: Readable, pair: tuple[str, str], *, rarity: Rarity, bars: Bars
) -> Likeness:
    here, there = one.passages[pair[0]], other.passages[pair[1]]
    is_one_language = pair[0] == pair[1]
    runs = shared(one.runs[pair[0]], other.runs[pair[1]]) if is_one_language else 0.0
    vectors = (rarity.text_vector(one.spoken[pair[0]]), rarity.text_vector(other.spoken[pair[1]]))
    meaning = cosine(*vectors)
    told = _told(here, there, aligned(here, there, rarity=rarity, least=bars.passage))
    score = max(runs, (told + bars.meaning * meaning) / (1 + bars.meaning))
    raised = bars.raised(min(len(here), len(there)))
    bar = raised + (bars.same_language if is_one_language else bars.other_language)
    if runs >= bars.runs:
        kind: Kind | None = Kind.SAME_TEXT
    elif score >= bar:
        kind = Kind.OTHER_WORDS if is_one_language else Kind.OTHER_LANGUAGE
    else:
        kind = Kind.TOPIC if meaning >= bars.topic + raised else None
    return Likeness(kind, score, pair, runs, told, meaning)


def _told(here: Sequence[Passage], there: Sequence[Passage], pairs: Sequence[Pair]) -> float:
    """Return how much of the shorter text, in letters, is in passages that both have."""
    mine = sum(len(here[pair.one].text) for pair in pairs)
    theirs = sum(len(there[pair.other].text) for pair in pairs)
    lengths = [sum(len(part.text) for part in parts) for parts in (here, there)]
    length, told = min(zip(lengths, (mine, theirs), strict=True))
    return told / length if length else 0.0


def side_by_side(
    one: Readable, other: Readable, likeness: Likeness, *, rarity: Rarity, bars: Bars = BARS
) -> list[tuple[Passage | None, Passage | None]]:
    """Return the passages of two things in the languages in which they are most alike, in rows.

    First those that say the same, in the order of the first text, then what stands in the first
    alone and what stands in the second alone. Of a text that says the same in another language
    less likeness of passages is asked, since there nearly all have a partner.
    """
    here = one.passages.get(likeness.languages[0], ())
    there = other.passages.get(likeness.languages[1], ())
    least = bars.shown if likeness.kind is Kind.OTHER_LANGUAGE else bars.passage
    pairs = aligned(here, there, rarity=rarity, least=least)
    paired = {pair.one for pair in pairs}, {pair.other for pair in pairs}
    return [
        *((here[pair.one], there[pair.other]) for pair in pairs),
        *((part, None) for number, part in enumerate(here) if number not in paired[0]),
        *((None, part) for number, part in enumerate(there) if number not in paired[1]),
    ]


Load = Callable[[Sequence[Thing]], Iterable[Readable]]
"""Reads things anew or from where they are kept; what is not there any more is left out."""

_LOOKED_AT = 3
"""Times as many as are wanted are compared, of each of the two ways to find them."""


class Finder:
    """Finds what is like something among many, of which it holds no text.

    Found are those that speak of the same (by the pool) and those that share runs of words.
    """

    def __init__(
        self, items: Iterable[Readable], *, rarity: Rarity, load: Load, bars: Bars = BARS
    ) -> None:
        """Know these items, which are taken one by one; `load` gives them again when asked."""
        self._things: list[Thing] = []
        runs: list[Keys] = []

        def taken() -> Iterator[tuple[Profile, Terms]]:
            for item in items:
                self._things.append(item.thing)
                runs.extend([_all_runs(item)])
                yield replace(item.profile, has=(), asks=()), item.terms

        self._pool = Pool(taken(), rarity=rarity)
        self._runs = ShingleIndex.of(runs)
        self._rarity, self._load, self._bars = rarity, load, bars

    def similar(self, item: Readable, *, most: int = 10) -> list[Similar]:
        """Return what is like it, best first: near-duplicates, then the same topic; never itself.

        Equal ones stand in the order of their ids.
        """
        bare = replace(item.profile, has=(), asks=())
        looked_at = most * _LOOKED_AT
        ranked = self._pool.rank(bare, item.terms, on=date.min, most=looked_at, findings=False)
        sharing = self._runs.sharing(_all_runs(item), most=looked_at + 1)
        things = [(match.kind, match.id) for match in ranked]
        things += [self._things[number] for number in sharing]
        wanted = [thing for thing in dict.fromkeys(things) if thing != item.thing]
        return similar(item, self._load(wanted), rarity=self._rarity, bars=self._bars)[:most]


def similar(
    item: Readable, others: Iterable[Readable], *, rarity: Rarity, bars: Bars = BARS
) -> list[Similar]:
    """Return which of a few others are like it, near-duplicates first, then by score; not itself.

    What is not even of the same topic is left out.
    """
    found = [
        Similar(*other.thing, compare(item, other, rarity=rarity, bars=bars))
        for other in others
        if other.thing != item.thing
    ]
    alike = [one for one in found if one.likeness.kind is not None]
    return sorted(
        alike,
        key=lambda one: (not one.likeness.is_near_duplicate, -one.likeness.score, one.id),
    )


def _all_runs(item: Readable) -> Keys:
    return by_language({"": [text.text for text in item.profile.texts]})[""]

"""From reviewers and applications to an assignment problem, and back to a proposal. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from govmatch.kit.records import dataclass
from govmatch.matching.assignment import Answer, Pair, Problem, Task, Worker
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity, Vector, cosine
from govmatch.matching.reading import Terms
from govmatch.matching.score import Parts

Read = Callable[[Profile], Terms]
TELLING = 0.04
"""From here on a thing that somebody named is said to fit."""
MOST_TOLD = 2


@dataclass(frozen=True)
class Asked:
    """An application: its language, what it says, and how many reviews it has already."""

    id: int
    lang: str
    profile: Profile
    given: int


@dataclass(frozen=True)
class Reviewer:
    """Somebody of the jury: what they named and read, what they have in hand and can take.

    `codes` are what they named, `languages` None where every language counts as read.
    """

    id: int
    codes: tuple[str, ...]
    languages: frozenset[str] | None
    has: int
    most: int


@dataclass(frozen=True)
class Chosen:
    """One line of a proposal: who for what, which named things fit, in which language it is."""

    application: int
    person: int
    knows: tuple[str, ...]
    lang: str


@dataclass(frozen=True)
class Fits:
    """How well each reviewer fits each application, from 0 to 1, and what of theirs does."""

    worth: Mapping[tuple[int, int], float]
    knows: Mapping[tuple[int, int], tuple[str, ...]]


def fits(
    applications: Sequence[Asked],
    reviewers: Sequence[Reviewer],
    *,
    read: Read,
    whole: Callable[[Sequence[str]], Profile],
    thing: Callable[[str], Profile],
) -> Fits:
    """Return how well people fit; `whole` and `thing` make profiles of several codes and of one.

    What fits best of all counts 1. Somebody who named nothing fits everything with 0.
    """
    asked = {one.id: read(one.profile) for one in applications}
    named = {one.id: read(whole(one.codes)) for one in reviewers}
    codes = sorted({code for one in reviewers for code in one.codes})
    things = {code: read(thing(code)) for code in codes}
    rarity = Rarity.of([*asked.values(), *named.values()])
    vectors = {key: _Vectors.of(terms, rarity) for key, terms in asked.items()}
    by_thing = {
        code: {key: one.fit(parts) for key, one in vectors.items()}
        for code, parts in ((code, _Vectors.of(terms, rarity)) for code, terms in things.items())
    }
    worth: dict[tuple[int, int], float] = {}
    knows: dict[tuple[int, int], tuple[str, ...]] = {}
    for reviewer in reviewers:
        own = _Vectors.of(named[reviewer.id], rarity)
        for key, one in vectors.items():
            worth[key, reviewer.id] = one.fit(own)
            knows[key, reviewer.id] = _telling(
                {code: by_thing[code][key] for code in reviewer.codes}
            )
    most = max(worth.values(), default=0.0) or 1.0
    return Fits({pair: value / most for pair, value in worth.items()}, knows)


@dataclass(frozen=True)
class _Vectors:
    text: Vector
    codes: Vector

    @classmethod
    def of(cls, terms: Terms, rarity: Rarity) -> "_Vectors":
        return cls(rarity.text_vector(terms), rarity.code_vector(terms))

    def fit(self, other: "_Vectors") -> float:
        parts = Parts(cosine(self.text, other.text), cosine(self.codes, other.codes))
        return max(parts.total(), 0.0)


def _telling(worth: Mapping[str, float]) -> tuple[str, ...]:
    best = sorted(worth, key=lambda code: (-worth[code], code))
    return tuple(code for code in best[:MOST_TOLD] if worth[code] >= TELLING)


@dataclass(frozen=True)
class Posed:
    """A problem, and which application and person each of its pairs stands for."""

    problem: Problem
    pairs: tuple[tuple[int, int], ...]
    applications: Sequence[Asked]
    reviewers: Sequence[Reviewer]

    def chosen(self, answer: Answer, found: Fits) -> list[Chosen]:
        """Return what an answer says, application by application."""
        langs = {one.id: one.lang for one in self.applications}
        return [
            Chosen(*self.pairs[place], found.knows[self.pairs[place]], langs[self.pairs[place][0]])
            for place in answer.chosen
        ]


def posed(
    applications: Sequence[Asked],
    reviewers: Sequence[Reviewer],
    *,
    allowed: Collection[tuple[int, int]],
    found: Fits,
    wanted: int,
    seed: int,
) -> Posed:
    """Return the problem: `wanted` reviews each, those that are there already counted."""
    pairs = [
        (task, worker)
        for task, application in enumerate(applications)
        for worker, reviewer in enumerate(reviewers)
        if (application.id, reviewer.id) in allowed
        and (reviewer.languages is None or application.lang in reviewer.languages)
    ]
    ids = [(applications[task].id, reviewers[worker].id) for task, worker in pairs]
    problem = Problem(
        tuple(Task(max(wanted - one.given, 0), one.lang) for one in applications),
        tuple(Worker(one.has, one.most) for one in reviewers),
        tuple(
            Pair(task, worker, round(found.worth[key], 6))
            for (task, worker), key in zip(pairs, ids, strict=True)
        ),
        wanted,
        seed,
    )
    return Posed(problem, tuple(ids), applications, reviewers)

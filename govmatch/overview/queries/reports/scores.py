"""How points are spread: over the criteria of one challenge, and over challenges."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import and_, case, func, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope
from govmatch.reviews.models import Review, Score, State
from govmatch.reviews.rules import jury_of

POINTS = range(6)
MOST_CHALLENGES = 20
"""The latest openings that are compared; older ones are reached by narrowing."""


@dataclass(frozen=True)
class Spread:
    """How often each number of points was given for one criterion; by `None` it was abstained."""

    criterion: str
    points: Mapping[int | None, int]

    @property
    def given(self) -> int:
        return sum(n for points, n in self.points.items() if points is not None)

    @property
    def mean(self) -> float | None:
        total = sum(points * n for points, n in self.points.items() if points is not None)
        return total / self.given if self.given else None


@dataclass(frozen=True)
class Judged:
    """A challenge with submitted reviews: how many means lie from n to below n + 1 (5 with 4)."""

    challenge_id: int
    slug: str
    reviews: int
    mean: float
    bins: Mapping[int, int]


def judged(session: ReadSession, scope: Scope) -> list[Judged]:
    """Return the latest opened challenges whose scores the reader may see, latest first.

    Not those on whose jury they sit: others' reviews are hidden from a reviewer until their own
    are in, and a sum would tell of them.
    """
    return kept(session, ("judged", scope), lambda: _judged(session, scope))


def _judged(session: ReadSession, scope: Scope) -> list[Judged]:
    latest = (
        select(Challenge.id, Challenge.slug)
        .where(
            scope.cases,
            Challenge.opened_at.is_not(None),
            Challenge.id.not_in(sorted(jury_of(scope.actor))),
        )
        .order_by(Challenge.opened_at.desc(), Challenge.id.desc())
        .limit(MOST_CHALLENGES)
    )
    slugs = dict(session.execute(latest).all())
    below = [(Review.mean < points, points - 1) for points in POINTS[1:-1]]
    place = case(*below, else_=POINTS[-2]).label("place")
    found = (
        select(Application.challenge_id, place, func.count(), func.sum(Review.mean))
        .join(Review, Review.application_id == Application.id)
        .where(
            scope.applications_in(Challenge.id.in_(sorted(slugs))),
            Review.state == State.SUBMITTED,
            Review.mean.is_not(None),
        )
        .group_by(Application.challenge_id, "place")
    )
    bins: dict[int, Counter[int]] = defaultdict(Counter)
    sums: Counter[int] = Counter()
    for number, bin_, n, total in session.execute(found):
        bins[number][int(bin_)] += n
        sums[number] += total
    return [
        Judged(
            number, slug, bins[number].total(), sums[number] / bins[number].total(), bins[number]
        )
        for number, slug in slugs.items()
        if number in bins
    ]


def spreads(session: ReadSession, scope: Scope, challenge_id: int) -> list[Spread]:
    """Return how the points of one of these challenges are spread, by criterion."""
    key = ("spreads", scope, challenge_id)
    return kept(session, key, lambda: _spreads(session, scope, challenge_id))


def _spreads(session: ReadSession, scope: Scope, challenge_id: int) -> list[Spread]:
    found = (
        select(Score.criterion, Score.points, func.count())
        .join(Review, Review.id == Score.review_id)
        .join(Application, Application.id == Review.application_id)
        .where(
            and_(scope.applications_in(Challenge.id == challenge_id)),
            Review.state == State.SUBMITTED,
        )
        .group_by(Score.criterion, Score.points)
    )
    points: dict[str, dict[int | None, int]] = defaultdict(dict)
    for criterion, given, n in session.execute(found):
        points[criterion][given] = n
    return [Spread(criterion, given) for criterion, given in sorted(points.items())]


def with_challenge(session: ReadSession, numbers: Sequence[int]) -> dict[int, Challenge]:
    """Return whole challenges by id: their criteria and the words of their programme."""
    found = select(Challenge).where(Challenge.id.in_(sorted(numbers)))
    return {one.id: one for one in session.scalars(found)}

"""Means and ranking over what was submitted; what was set aside is left out."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Integer, Subquery, cast, func, select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.reviews import rules, scoring
from govmatch.reviews.models import SCORING, Review, Score, State
from govmatch.reviews.pricing import Priced
from govmatch.reviews.queries.prices import prices_of
from govmatch.reviews.rubric import Rubric, rubric_of


@dataclass(frozen=True, slots=True)
class Summary:
    """How far the reviews of an application are: its mean from 0 to 5, None before the first.

    `assigned` counts what was submitted and what still may be, `open` the latter.
    """

    mean: float | None
    done: int
    assigned: int

    @property
    def open(self) -> int:
        return self.assigned - self.done


NONE_YET = Summary(None, 0, 0)


def summaries(session: ReadSession, application_ids: Collection[int]) -> dict[int, Summary]:
    """Return how far the reviews are, by application; one statement, read from an index alone.

    Applications that nobody was given are left out; `NONE_YET` stands for them.
    """
    found = _summed(Review.application_id.in_(sorted(application_ids)))
    return {
        row.application_id: Summary(row.mean, row.done, row.assigned)
        for row in session.execute(select(found))
    }


def means() -> Subquery:
    """Return `application_id`, `mean`, `done`, `assigned` to join with, such as to sort a list."""
    return _summed(Review.id.is_not(None))


def _summed(condition: object) -> Subquery:
    done = Review.state == State.SUBMITTED
    found = (
        select(
            Review.application_id,
            func.avg(Review.mean).filter(done).label("mean"),
            func.sum(cast(done, Integer)).label("done"),
            func.count().label("assigned"),
        )
        .where(condition, Review.state.in_([State.SUBMITTED, *sorted(SCORING)]))  # type: ignore[arg-type]
        .group_by(Review.application_id)
    )
    return found.subquery("review_summaries")


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application in the ranking: its mean from 0 to 5 and that of each criterion.

    `count` is how many reviews count, `open_reviews` how many may still come, `below_minimum` the
    criteria whose mean is less than was published.
    """

    application: Application
    mean: float | None
    criterion_means: Mapping[str, float]
    count: int
    below_minimum: tuple[str, ...]
    open_reviews: int
    price: Priced | None = None
    """What its price comes to, where the challenge has a criterion that is computed from it."""
    unjudged: tuple[str, ...] = ()
    """Criteria for which no review that counts has points; its mean is that of the others."""


def ranking(session: ReadSession, challenge: Challenge) -> list[Ranked]:
    """Return all applications that take part, best mean first, unscored ones last.

    Equal means stand in the order of their aliases, which tells nothing. Three statements however
    many there are, and one more where a criterion is computed from prices.
    """
    found = (
        select(Application)
        .where(
            Application.challenge_id == challenge.id,
            Application.state.in_(sorted(rules.RANKED)),
        )
        .options(joinedload(Application.firm))
    )
    applications = list(session.scalars(found))
    points = _points(session, challenge)
    open_reviews = _open_by_application(session, challenge)
    rubric = rubric_of(challenge)
    computed = [one.id for one in rubric.weighed if one.id in rubric.computed]
    prices = prices_of(session, challenge, applications, computed[0]) if computed else {}
    ranked = [
        _ranked(
            one,
            points.get(one.id, []),
            open_reviews.get(one.id, 0),
            rubric,
            dict.fromkeys(computed, prices[one.id]) if computed else {},
        )
        for one in applications
    ]
    return sorted(ranked, key=_order)


def points_given(
    session: ReadSession, application_ids: Collection[int]
) -> dict[int, dict[str, float]]:
    """Return the mean points of each criterion that reviewers gave, by application; one statement.

    What is computed and not scored is not among them.
    """
    found = (
        select(Review.application_id, Score.criterion, func.sum(Score.points), func.count())
        .join(Score, Score.review_id == Review.id)
        .where(
            Review.application_id.in_(sorted(application_ids)),
            Review.state == State.SUBMITTED,
            Score.points.is_not(None),
        )
        .group_by(Review.application_id, Score.criterion)
    )
    means: dict[int, dict[str, float]] = defaultdict(dict)
    for application_id, criterion, total, number in session.execute(found):
        means[application_id][criterion] = (total or 0) / number
    return means


def _order(one: Ranked) -> tuple[bool, float, int, int]:
    is_unscored = one.mean is None
    return (is_unscored, -(one.mean or 0.0), one.application.alias or 0, one.application.id)


def _ranked(
    application: Application,
    reviews: list[scoring.Points],
    open_reviews: int,
    rubric: Rubric,
    prices: Mapping[str, Priced],
) -> Ranked:
    given = scoring.exact_means(reviews, rubric.by_hand)
    found = given | {name: price.share * scoring.HIGHEST for name, price in prices.items()}
    by_criterion = {criterion: float(value) for criterion, value in found.items()}
    is_scored = any(one.id in given for one in rubric.scored)
    return Ranked(
        application=application,
        mean=scoring.total(found, rubric.weighed) if is_scored else None,
        criterion_means=by_criterion,
        count=len(reviews),
        below_minimum=scoring.below_minimum(by_criterion, rubric.weighed),
        open_reviews=open_reviews,
        price=next(iter(prices.values()), None),
        unjudged=tuple(one.id for one in rubric.scored if one.id not in given) if reviews else (),
    )


def _points(session: ReadSession, challenge: Challenge) -> dict[int, list[scoring.Points]]:
    """Return the points of each review that counts, by application; one statement."""
    found = (
        select(Review.application_id, Review.id, Score.criterion, Score.points)
        .join(Score, Score.review_id == Review.id)
        .join(Application, Application.id == Review.application_id)
        .where(Application.challenge_id == challenge.id, Review.state == State.SUBMITTED)
    )
    by_review: dict[tuple[int, int], dict[str, int | None]] = defaultdict(dict)
    for application_id, review_id, criterion, given in session.execute(found):
        by_review[application_id, review_id][criterion] = given
    by_application: dict[int, list[scoring.Points]] = defaultdict(list)
    for (application_id, _), points in by_review.items():
        by_application[application_id].append(points)
    return by_application


def _open_by_application(session: ReadSession, challenge: Challenge) -> dict[int, int]:
    found = (
        select(Review.application_id, func.count())
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.state.in_(sorted(SCORING)),
            Application.state.in_(sorted(rules.ASSIGNABLE)),
        )
        .group_by(Review.application_id)
    )
    return dict(session.execute(found).all())


def count_open(session: ReadSession, challenge: Challenge) -> int:
    """Return how many reviews of a challenge may still come; the decision waits for them."""
    return sum(_open_by_application(session, challenge).values())


def is_frozen(session: ReadSession, challenge: Challenge) -> bool:
    """True while a decision of this challenge is proposed or made."""
    found = (
        select(Review.id)
        .join(Review.application)
        .where(Application.challenge_id == challenge.id, Review.frozen_at.is_not(None))
    )
    return session.execute(found.limit(1)).first() is not None

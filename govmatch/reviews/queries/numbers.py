"""The points of a challenge for its numbers, as far as a reader may know of the applications."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, canonical_json
from govmatch.kit.records import dataclass
from govmatch.reviews import rules
from govmatch.reviews.models import SCORING, Review, Score, State
from govmatch.reviews.queries.jury import closed_among
from govmatch.reviews.queries.prices import prices_of
from govmatch.reviews.rubric import Rubric, rubric_of
from govmatch.reviews.scoring import Weighed

if TYPE_CHECKING:
    from govmatch.reviews.numbers.disagreement import Apart, Contested
    from govmatch.reviews.numbers.sheets import Given, Sheets
    from govmatch.reviews.numbers.told import Memory, Numbers


@cache
def _memory() -> "Memory":
    # What loads numpy is loaded by the first who asks for numbers; see also below.
    from govmatch.reviews.numbers.told import Memory  # noqa: PLC0415

    return Memory()


def counted_to(
    session: ReadSession, actor: Actor, challenge: Challenge, *, now: datetime
) -> list[Application]:
    """Return the applications that take part, by alias, without those closed to the actor.

    Neither what a conflict of interest closes to them nor what their own firms take part in enters
    their numbers, so that nothing can be learnt of it from the others. `now` is the machine's.
    """
    assert actor.person_id is not None
    found = select(Application).where(
        Application.challenge_id == challenge.id,
        Application.state.in_(sorted(rules.RANKED)),
        ~applications.own_to(actor),
    )
    if not rules.sits_on(actor, challenge):
        found = found.where(applications.with_names_to(actor))
    ordered = found.order_by(Application.alias, Application.id)
    every = list(session.scalars(ordered.options(joinedload(Application.firm))))
    closed = closed_among(session, every, [actor.person_id], now=now)
    return [one for one in every if (one.id, actor.person_id) not in closed]


def numbers_of(
    session: ReadSession, challenge: Challenge, among: Sequence[Application], *, size: int
) -> "Numbers | None":
    """Return what the points of these applications say; None before the first submitted review.

    One statement while nothing has changed; `size` is that of the shortlist.
    """
    from govmatch.reviews.numbers.told import tell  # noqa: PLC0415

    rubric = rubric_of(challenge)
    ids = [one.id for one in among]
    key = (
        challenge.public_id,
        size,
        canonical_json(challenge.criteria),
        tuple((one.id, one.current_version) for one in among),
        *_state_of_reviews(session, challenge),
    )

    def make() -> "Numbers | None":
        sheets = _sheets(session, challenge, among, rubric)
        if not len(sheets):
            return None
        places = {number: place for place, number in enumerate(sheets.applications)}
        order = [places[number] for number in ids if number in places]
        return tell(sheets, size=min(size, len(sheets.applications)), order=order)

    return _memory().get(key, make)


@dataclass(frozen=True)
class Partings:
    """How far reviewers lie apart: by application, most first, and in each criterion."""

    applications: "tuple[Contested, ...]"
    criteria: "tuple[Apart, ...]"


def partings(session: ReadSession, challenge: Challenge, among: Sequence[Application]) -> Partings:
    """Return the same disagreement as `numbers_of`, without everything else that costs more."""
    from govmatch.reviews.numbers.disagreement import (  # noqa: PLC0415
        contested,
        disagreement,
    )

    sheets = _sheets(session, challenge, among, rubric_of(challenge))
    if not len(sheets):
        return Partings((), ())
    return Partings(tuple(contested(sheets)), tuple(disagreement(sheets)))


def _sheets(
    session: ReadSession, challenge: Challenge, among: Sequence[Application], rubric: Rubric
) -> "Sheets":
    from govmatch.reviews.numbers.sheets import Sheets  # noqa: PLC0415

    given = _given(session, challenge, {one.id for one in among})
    return Sheets.of(given, rubric.scored, fixed=_computed(session, challenge, among, rubric))


def _computed(
    session: ReadSession, challenge: Challenge, among: Sequence[Application], rubric: Rubric
) -> dict[Weighed, dict[int, float]]:
    """Return the points of each application in what nobody scores.

    The lowest price is that of all that take part, as in the ranking, whoever reads this.
    """
    found: dict[Weighed, dict[int, float]] = {}
    for one in rubric.weighed:
        if one.id in rubric.computed:
            prices = prices_of(session, challenge, _taking_part(session, challenge), one.id)
            found[one] = {each.id: prices[each.id].points for each in among}
    return found


def _taking_part(session: ReadSession, challenge: Challenge) -> list[Application]:
    found = select(Application).where(
        Application.challenge_id == challenge.id, Application.state.in_(sorted(rules.RANKED))
    )
    return list(session.scalars(found))


def _state_of_reviews(session: ReadSession, challenge: Challenge) -> tuple[object, ...]:
    """Return what changes with every review that is submitted, taken up, changed or set aside."""
    found = (
        select(
            func.count(),
            func.sum(Review.id),
            func.sum(Review.revision),
            func.max(Review.submitted_at),
            func.sum(Review.mean),
        )
        .join(Application, Application.id == Review.application_id)
        .where(Application.challenge_id == challenge.id, Review.state == State.SUBMITTED)
    )
    return tuple(session.execute(found).one())


def _given(session: ReadSession, challenge: Challenge, among: set[int]) -> "list[Given]":
    from govmatch.reviews.numbers.sheets import Given  # noqa: PLC0415

    found = (
        select(Review.application_id, Review.person_id, Review.id, Score.criterion, Score.points)
        .join(Score, Score.review_id == Review.id)
        .join(Application, Application.id == Review.application_id)
        .where(Application.challenge_id == challenge.id, Review.state == State.SUBMITTED)
    )
    points: dict[tuple[int, int], dict[str, int | None]] = defaultdict(dict)
    for application_id, person_id, _, criterion, given in session.execute(found):
        if application_id in among:
            points[application_id, person_id][criterion] = given
    return [Given(*pair, given) for pair, given in points.items()]


def own_reviews(session: ReadSession, actor: Actor, challenge: Challenge) -> tuple[int, int]:
    """Return how many reviews the actor has submitted here, and how many are still to be done."""
    found = (
        select(Review.state, func.count())
        .join(Application, Application.id == Review.application_id)
        .where(
            Application.challenge_id == challenge.id,
            Application.state.in_(sorted(rules.ASSIGNABLE)),
            Review.person_id == actor.person_id,
        )
        .group_by(Review.state)
    )
    counts = dict(session.execute(found).all())
    return counts.get(State.SUBMITTED, 0), sum(counts.get(state, 0) for state in SCORING)

"""Reviews: one's own, those of one application, and what is still to do."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Access, Application, How
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.reviews import rules, scoring
from govmatch.reviews.models import ENDED, SCORING, Declaration, Review, State

_IN_SELECTION = select(Challenge.id).where(Challenge.state == ChallengeState.IN_SELECTION)

_WHOLE = (
    selectinload(Review.scores),
    joinedload(Review.application).joinedload(Application.firm),
    joinedload(Review.application)
    .joinedload(Application.challenge)
    .options(
        joinedload(Challenge.authority),
        joinedload(Challenge.programme),
        joinedload(Challenge.version),
        selectinload(Challenge.texts),
    ),
)


def own_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow reviews to what this person reads: of juries they sit on and declared for.

    What a conflict ended is not among them, nor what takes no part any more before it was scored.
    """
    declared = select(Declaration.challenge_id).where(Declaration.person_id == actor.person_id)
    here = select(Application.id).where(
        Application.challenge_id.in_(sorted(rules.jury_of(actor))),
        Application.challenge_id.in_(declared),
    )
    return and_(
        Review.person_id == actor.person_id,
        Review.state.not_in(sorted(ENDED)),
        Review.application_id.in_(here),
    )


def get_own(session: ReadSession, actor: Actor, public_id: str) -> Review:
    """Return a review of the actor's with its application and scores.

    Raises `NotFound` for every other, for what a conflict ended, and until they declared.
    """
    found = select(Review).where(Review.public_id == public_id, own_to(actor)).options(*_WHOLE)
    review = session.scalars(found).first()
    if review is None:
        raise NotFound
    return review


def get_own_to_change(session: Session, actor: Actor, public_id: str) -> Review:
    """Return a review of the actor's as nobody else can change it until the transaction ends."""
    held = select(Review.id).where(Review.public_id == public_id, own_to(actor))
    if session.execute(held.with_for_update()).first() is None:
        raise NotFound
    session.expire_all()
    return get_own(session, actor, public_id)


def get_undeclared(session: ReadSession, actor: Actor, public_id: str) -> Challenge | None:
    """Return the challenge of an own review that waits for the declaration, else None."""
    found = (
        select(Challenge)
        .join(Application, Application.challenge_id == Challenge.id)
        .join(Review, Review.application_id == Application.id)
        .where(
            Review.public_id == public_id,
            Review.person_id == actor.person_id,
            Review.state.in_(sorted(SCORING)),
            Challenge.id.in_(sorted(rules.jury_of(actor))),
            Challenge.id.not_in(
                select(Declaration.challenge_id).where(Declaration.person_id == actor.person_id)
            ),
        )
    )
    return session.scalars(found).first()


def review_of(session: ReadSession, application_id: int, person_id: int) -> Review | None:
    found = select(Review).where(
        Review.application_id == application_id, Review.person_id == person_id
    )
    return session.scalars(found).first()


def get_assigned(session: ReadSession, challenge: Challenge, public_id: str) -> Review:
    """Return a review of this challenge for those who oversee it; raises `NotFound`."""
    found = (
        select(Review)
        .join(Review.application)
        .where(Review.public_id == public_id, Application.challenge_id == challenge.id)
        .options(*_WHOLE)
    )
    review = session.scalars(found).first()
    if review is None:
        raise NotFound
    return review


def is_to_do() -> ColumnElement[bool]:
    """Narrow reviews joined with their applications as `rules.is_to_do` decides on each."""
    return and_(
        Review.state.in_(sorted(SCORING)),
        Review.frozen_at.is_(None),
        Application.state.in_(sorted(rules.SCORABLE)),
        Application.challenge_id.in_(_IN_SELECTION),
    )


@dataclass(frozen=True)
class Count:
    """How many reviews somebody has of a challenge, and when the next one is due."""

    to_do: int
    done: int
    next_due: datetime | None


def counts_of(session: ReadSession, actor: Actor) -> dict[int, Count]:
    """Return how far the actor is, by challenge; one statement."""
    to_do = cast(is_to_do(), Integer)
    done = cast(Review.state == State.SUBMITTED, Integer)
    found = (
        select(
            Application.challenge_id,
            func.sum(to_do),
            func.sum(done),
            func.min(case((is_to_do(), Review.due_at))),
        )
        .select_from(Review)
        .join(Review.application)
        .where(own_to(actor))
        .group_by(Application.challenge_id)
    )
    return {row[0]: Count(row[1], row[2], row[3]) for row in session.execute(found)}


def own(
    session: ReadSession, actor: Actor, *, is_done: bool, offset: int, size: int
) -> list[Review]:
    """Return own reviews: what is to do, soonest due first; or all others, latest first."""
    found = select(Review).join(Review.application).where(own_to(actor))
    found = found.where(~is_to_do() if is_done else is_to_do())
    order = (Review.due_at.desc(), Review.id.desc()) if is_done else (Review.due_at, Review.id)
    whole = found.options(
        contains_eager(Review.application).joinedload(Application.firm),
        contains_eager(Review.application)
        .joinedload(Application.challenge)
        .selectinload(Challenge.texts),
    )
    return list(session.scalars(whole.order_by(*order).offset(offset).limit(size)))


def count_own(session: ReadSession, actor: Actor, *, is_done: bool) -> int:
    found = select(func.count()).select_from(Review).join(Review.application).where(own_to(actor))
    return session.execute(found.where(~is_to_do() if is_done else is_to_do())).scalar_one()


@dataclass(frozen=True)
class Place:
    """Where a review stands among a person's reviews of a challenge: the n-th of so many."""

    number: int
    of: int
    previous: str | None
    next: str | None


def place_of(session: ReadSession, actor: Actor, review: Review) -> Place:
    """Return the neighbours in the order of assignment, which stays while reviews are done."""
    found = (
        select(Review.public_id)
        .join(Review.application)
        .where(own_to(actor), Application.challenge_id == review.application.challenge_id)
        .order_by(Review.id)
    )
    ids = list(session.scalars(found))
    at = ids.index(review.public_id)
    return Place(
        at + 1,
        len(ids),
        ids[at - 1] if at else None,
        ids[at + 1] if at + 1 < len(ids) else None,
    )


@dataclass(frozen=True)
class Named:
    """A review with the name of its person."""

    review: Review
    person: str
    person_key: str

    @property
    def points(self) -> scoring.Points:
        return {score.criterion: score.points for score in self.review.scores}


def reviews_of(session: ReadSession, application_ids: Collection[int]) -> dict[int, list[Named]]:
    """Return every review of these applications, ended ones too, by name; two statements."""
    found = (
        select(Review, Person.name, Person.public_id)
        .join(Person, Person.id == Review.person_id)
        .where(Review.application_id.in_(sorted(application_ids)))
        .options(selectinload(Review.scores))
        .order_by(Person.name, Review.id)
    )
    by_application: dict[int, list[Named]] = defaultdict(list)
    for review, name, key in session.execute(found):
        by_application[review.application_id].append(Named(review, name, key))
    return dict(by_application)


def submitted_by_others(session: ReadSession, review: Review) -> list[Named]:
    """Return what others submitted about the same application, where this one is in; else nothing.

    Reviews that were set aside are not among them.
    """
    if review.state != State.SUBMITTED:
        return []
    found = reviews_of(session, [review.application_id]).get(review.application_id, [])
    return [
        one for one in found if one.review.id != review.id and one.review.state == State.SUBMITTED
    ]


def reviewers_of(session: ReadSession, application_ids: Iterable[int]) -> set[int]:
    """Return the people who scored one of these applications: they do not confirm a decision."""
    found = select(Review.person_id).where(
        Review.application_id.in_(sorted(application_ids)),
        or_(Review.state.in_([State.SUBMITTED, State.DRAFT]), Review.saved_at.is_not(None)),
    )
    return set(session.scalars(found.distinct()))


def to_remind(
    session: ReadSession, *, now: datetime, within: timedelta, is_overdue: bool, most: int
) -> list[Review]:
    """Return what is to do and due within `within`, or overdue, and was not reminded of yet."""
    reminded = Review.overdue_reminded_at if is_overdue else Review.reminded_at
    due = Review.due_at <= now if is_overdue else Review.due_at <= now + within
    found = (
        select(Review)
        .join(Review.application)
        .options(contains_eager(Review.application))
        .where(is_to_do(), Review.submitted_at.is_(None), reminded.is_(None), due)
        .order_by(Review.id)
        .limit(most)
    )
    return list(session.scalars(found if is_overdue else found.where(Review.due_at > now)))


def left_behind(session: ReadSession, *, now: datetime, most: int) -> list[Review]:
    """Return reviews whose person left the jury and can still read; `now` is the machine's time."""
    on_jury = select(RoleRow.id).where(
        RoleRow.object_kind == "challenge",
        RoleRow.object_id == Application.challenge_id,
        RoleRow.person_id == Review.person_id,
        RoleRow.role.in_(rules.JURY),
        RoleRow.until.is_(None) | (RoleRow.until > now),
    )
    found = (
        select(Review)
        .join(Review.application)
        .join(
            Access,
            (Access.application_id == Review.application_id)
            & (Access.person_id == Review.person_id),
        )
        .options(contains_eager(Review.application))
        .where(Access.why == "review", Access.how != How.CLOSED, ~on_jury.exists())
        .limit(most)
    )
    return list(session.scalars(found))

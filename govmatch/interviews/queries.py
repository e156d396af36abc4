"""Every `select` about interviews, each narrowed to what its reader may see first."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from govmatch.accounts.models import Person
from govmatch.applications import queries as applications
from govmatch.applications.models import Access, Application, How
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import firms_in
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.interviews import rules
from govmatch.interviews.models import (
    LIVE,
    EarlierSheet,
    Interview,
    InterviewQuestion,
    Listener,
    Slot,
    State,
)
from govmatch.interviews.preparing import Given
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.reviews import rules as review_rules
from govmatch.reviews.models import SCORING, Review
from govmatch.reviews.models import State as Reviewed

_WHOLE = (
    contains_eager(Interview.application).joinedload(Application.firm),
    contains_eager(Interview.application)
    .joinedload(Application.challenge)
    .options(
        joinedload(Challenge.authority),
        joinedload(Challenge.programme),
        joinedload(Challenge.version),
        selectinload(Challenge.texts),
    ),
    joinedload(Interview.slot),
)


def get_case(session: ReadSession, actor: Actor, slug: str, *, now: datetime) -> Challenge:
    """Return a challenge with interviews that the actor may read about; raises `NotFound`."""
    challenge = challenges.get_visible(session, actor=actor, now=now, slug=slug)
    is_there = review_rules.has_interviews(challenge) and challenge.opened_at is not None
    if not is_there or not rules.may_read(actor, challenge):
        raise NotFound
    return challenge


def slots_of(session: ReadSession, challenge: Challenge) -> list[Slot]:
    """Return the slots of a challenge in their order."""
    found = select(Slot).where(Slot.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(Slot.starts, Slot.id)))


def get_slot(
    session: ReadSession, challenge: Challenge, public_id: str, *, held: bool = False
) -> Slot:
    """Return a slot; `held` keeps others from booking it meanwhile. Raises `NotFound`."""
    found = select(Slot).where(Slot.public_id == public_id, Slot.challenge_id == challenge.id)
    if held:
        found = found.with_for_update().execution_options(populate_existing=True)
    slot = session.scalars(found).first()
    if slot is None:
        raise NotFound
    return slot


def taken(session: ReadSession, challenge: Challenge) -> dict[int, Interview]:
    """Return by slot id the interview that it is booked for."""
    found = (
        select(Interview)
        .join(Interview.application)
        .where(Application.challenge_id == challenge.id, Interview.slot_id.is_not(None))
        .options(contains_eager(Interview.application))
    )
    return {one.slot_id: one for one in session.scalars(found) if one.slot_id is not None}


def free_slots(session: ReadSession, challenge: Challenge, now: datetime) -> list[Slot]:
    """Return what can be booked, in its order."""
    gone = taken(session, challenge).keys()
    return [one for one in slots_of(session, challenge) if rules.is_free(one, gone, now)]


def _found(condition: ColumnElement[bool]) -> Select[Interview]:
    return (
        select(Interview)
        .join(Interview.application)
        .where(condition)
        .options(*_WHOLE)
        .order_by(Interview.id)
    )


def interviews_of(session: ReadSession, challenge: Challenge) -> list[Interview]:
    """Return every interview of a challenge; which of them somebody sees, `open_to` says."""
    return list(session.scalars(_found(Application.challenge_id == challenge.id)))


def open_to(session: ReadSession, actor: Actor, found: Iterable[Application]) -> dict[int, How]:
    """Return by application id how the actor sees it; nothing of what is closed to them.

    Whoever belongs to a firm that applied sees nothing of it here either.
    """
    asked = list(found)
    own = actor.objects("firm")
    ways = applications.ways_of(session, actor, asked)
    return {
        one.id: ways[one.id] for one in asked if one.id in ways and own.isdisjoint(firms_in(one))
    }


def get_interview(
    session: ReadSession, actor: Actor, challenge: Challenge, public_id: str
) -> tuple[Interview, How]:
    """Return one interview that the actor may read, and how; raises `NotFound`."""
    here = and_(Application.challenge_id == challenge.id, Interview.public_id == public_id)
    interview = session.scalars(_found(here)).first()
    ways = open_to(session, actor, [interview.application]) if interview is not None else {}
    if interview is None or interview.application_id not in ways:
        raise NotFound
    return interview, ways[interview.application_id]


def interview_of(session: ReadSession, application_id: int) -> Interview | None:
    return session.scalars(_found(Interview.application_id == application_id)).first()


def by_id(session: ReadSession, interview_id: int) -> Interview | None:
    return session.scalars(_found(Interview.id == interview_id)).first()


def get_own(session: ReadSession, actor: Actor, public_id: str) -> Interview:
    """Return the interview of an application of a firm of the actor's; raises `NotFound`."""
    application = applications.get_own(session, actor, public_id)
    return _of_firm(session, application)


def get_own_to_change(session: Session, actor: Actor, public_id: str) -> Interview:
    """Return the same as nobody else can change it until the transaction ends."""
    application = applications.get_own_to_change(session, actor, public_id)
    return _of_firm(session, application)


def _of_firm(session: ReadSession, application: Application) -> Interview:
    interview = interview_of(session, application.id)
    if interview is None or not review_rules.has_interviews(application.challenge):
        raise NotFound
    return interview


def shortlisted(session: ReadSession, actor: Actor, challenge: Challenge) -> list[Application]:
    """Return what is on the shortlist and open to the actor, in the order of the aliases."""
    found = (
        select(Application)
        .where(Application.challenge_id == challenge.id, Application.state == Applied.SHORTLISTED)
        .options(joinedload(Application.firm), joinedload(Application.challenge))
        .order_by(Application.alias, Application.id)
    )
    shown = list(session.scalars(found))
    ways = open_to(session, actor, shown)
    return [one for one in shown if one.id in ways]


def invitable(
    session: ReadSession, actor: Actor, challenge: Challenge
) -> list[tuple[Application, Interview | None]]:
    """Return whom the actor may invite, each with its interview where it has one already."""
    known = {one.application_id: one for one in interviews_of(session, challenge)}
    return [
        (one, known.get(one.id))
        for one in shortlisted(session, actor, challenge)
        if rules.may_invite(one, known.get(one.id))
    ]


def questions_of(session: ReadSession, interview: Interview) -> list[InterviewQuestion]:
    found = select(InterviewQuestion).where(InterviewQuestion.interview_id == interview.id)
    return list(session.scalars(found.order_by(InterviewQuestion.id)))


def get_question(session: ReadSession, interview: Interview, public_id: str) -> InterviewQuestion:
    """Return a question of this interview; raises `NotFound`."""
    found = select(InterviewQuestion).where(
        InterviewQuestion.public_id == public_id, InterviewQuestion.interview_id == interview.id
    )
    question = session.scalars(found).first()
    if question is None:
        raise NotFound
    return question


def listeners(session: ReadSession, interview: Interview) -> list[Person]:
    """Return who of the jury took part, by name."""
    found = (
        select(Person)
        .join(Listener, Listener.person_id == Person.id)
        .where(Listener.interview_id == interview.id)
    )
    return list(session.scalars(found.order_by(Person.name, Person.id)))


def has_open_review(session: ReadSession, actor: Actor, application_id: int) -> bool:
    """True while the actor still gives points to this application."""
    found = select(Review.id).where(
        Review.application_id == application_id,
        Review.person_id == actor.person_id,
        Review.state.in_(sorted(SCORING)),
    )
    return session.execute(found.limit(1)).first() is not None


def given_to(session: ReadSession, application_id: int) -> list[Given]:
    """Return the submitted reviews of an application, as questions are suggested by them."""
    return [
        Given(
            points={one.criterion: one.points for one in review.scores},
            left=frozenset(one.criterion for one in review.scores if one.abstain_reason),
            confidence=review.confidence,
        )
        for review in submitted(session, application_id)
    ]


def submitted(session: ReadSession, application_id: int) -> list[Review]:
    """Return the submitted reviews of an application with their points."""
    found = (
        select(Review)
        .where(Review.application_id == application_id, Review.state == Reviewed.SUBMITTED)
        .options(selectinload(Review.scores))
    )
    return list(session.scalars(found.order_by(Review.id)))


def earlier_of(session: ReadSession, application_id: int) -> dict[int, EarlierSheet]:
    """Return by review id how each review of an application stood when its interview was over."""
    found = (
        select(EarlierSheet)
        .join(Interview, Interview.id == EarlierSheet.interview_id)
        .where(Interview.application_id == application_id)
    )
    return {one.review_id: one for one in session.scalars(found)}


def times_of(
    session: ReadSession, application_ids: Collection[int]
) -> dict[int, tuple[str, str, datetime | None]]:
    """Return by application id its interview's public id, its state, and when it is or was."""
    found = (
        select(Interview.application_id, Interview.public_id, Interview.state, Slot.starts)
        .outerjoin(Slot, Slot.id == Interview.slot_id)
        .where(Interview.application_id.in_(sorted(application_ids)))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(found)}


def readers_among_jury(session: ReadSession, application_id: int) -> list[int]:
    """Return who of the jury may read an application, by their ids."""
    found = select(Access.person_id).where(
        Access.application_id == application_id, Access.how != How.CLOSED
    )
    return sorted(session.scalars(found))


def to_remind(session: ReadSession, *, now: datetime) -> list[Interview]:
    """Return what somebody is to be reminded of now: a date to book by, or a slot that comes."""
    urged = and_(
        Interview.state == State.INVITED,
        Interview.urged_at.is_(None),
        Interview.until > now,
        Interview.until <= now + rules.URGE_BEFORE,
    )
    soon = and_(
        Interview.state == State.BOOKED,
        Interview.reminded_at.is_(None),
        Interview.slot_id.in_(
            select(Slot.id).where(Slot.starts > now, Slot.starts <= now + rules.REMIND_BEFORE)
        ),
    )
    return list(session.scalars(_found(or_(urged, soon))))


def left_behind(session: ReadSession) -> list[Interview]:
    """Return interviews that are still to come of what is not on the shortlist any more."""
    is_over = Application.challenge_id.not_in(
        select(Challenge.id).where(Challenge.state == Stage.IN_SELECTION)
    )
    gone = or_(Application.state != Applied.SHORTLISTED, is_over)
    return list(session.scalars(_found(and_(Interview.state.in_(sorted(LIVE)), gone))))

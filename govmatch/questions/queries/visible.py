"""Which questions somebody may see: the rule `may_see` once more, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from govmatch.accounts.models import Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.questions.models import Asking, Question, State


def shown_at(now: datetime) -> ColumnElement[bool]:
    """Return the condition for what everybody reads; the same as `rules.is_shown`."""
    is_told = or_(
        Question.state == State.PUBLISHED,
        and_(Question.state == State.DECLINED, Question.shows_reason),
    )
    return is_told & _of_challenges(challenges.public_at(now))


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition for what this actor may see at `now`; the same as `rules.may_see`."""
    conditions = [shown_at(now)]
    if actor.person_id is not None:
        own = select(Asking.question_id).where(Asking.person_id == actor.person_id)
        conditions.append(Question.id.in_(own))
    if authorities := actor.objects("authority", Role.STAFF, Role.APPROVER):
        conditions.append(_of_challenges(Challenge.authority_id.in_(authorities)))
    if programmes := actor.objects("programme", Role.MANAGER):
        conditions.append(_of_challenges(Challenge.programme_id.in_(programmes)))
    return or_(*conditions)


def _of_challenges(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Question.challenge_id.in_(select(Challenge.id).where(condition))


def visible_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    """Return which of these questions the actor may see."""
    wanted = select(Question.id).where(Question.id.in_(list(ids)), visible_to(actor, now))
    return set(session.scalars(wanted))

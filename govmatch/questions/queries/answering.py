"""What those who answer see: words and days, never who asked."""

from collections.abc import Collection, Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.organisations.models import Firm
from govmatch.organisations.queries.firms import firms_visible_to
from govmatch.questions.models import PublicAnswer, Question, State

CHUNK = 500
"""Names in one statement: SQLite takes some thousand values, PostgreSQL plans fewer better."""


def listed_for_answering(session: ReadSession, challenge: Challenge) -> list[Question]:
    """Return what waits and what was declined, by day; within a day in no order of asking."""
    found = (
        select(Question)
        .options(joinedload(Question.answer))
        .where(
            Question.challenge_id == challenge.id,
            Question.state.in_((State.ASKED, State.ANSWERED, State.DECLINED)),
        )
        .order_by(Question.asked_on, Question.public_id)
    )
    return list(session.scalars(found))


def get_for_answering(
    session: ReadSession, challenge: Challenge, public_ids: Collection[str]
) -> list[Question]:
    """Return these questions of a challenge, and those that share their draft of an answer.

    Raises `NotFound` where there is none of them, or one that cannot be answered any more.
    """
    states = (State.ASKED, State.ANSWERED, State.DECLINED)
    of_it = (Question.challenge_id == challenge.id, Question.state.in_(states))
    wanted = list(dict.fromkeys(public_ids))[:50]
    chosen = session.scalars(select(Question).where(*of_it, Question.public_id.in_(wanted))).all()
    if not chosen or len(chosen) < len(wanted):
        raise NotFound
    drafts = {one.answer_id for one in chosen if one.answer_id is not None}
    either = or_(Question.public_id.in_(wanted), Question.answer_id.in_(drafts))
    found = select(Question).options(joinedload(Question.answer)).where(*of_it, either)
    return list(session.scalars(found.order_by(Question.asked_on, Question.public_id)))


def draft_of(questions: Iterable[Question]) -> PublicAnswer | None:
    """Return the draft that has been begun for one of these questions."""
    return next((one.answer for one in questions if one.answer is not None), None)


def get_answer(session: ReadSession, challenge: Challenge, public_id: str) -> PublicAnswer:
    """Return a public answer of a challenge with its questions; raises `NotFound`."""
    found = (
        select(PublicAnswer)
        .options(selectinload(PublicAnswer.questions), joinedload(PublicAnswer.challenge))
        .where(
            PublicAnswer.challenge_id == challenge.id,
            PublicAnswer.public_id == public_id,
            PublicAnswer.published_at.is_not(None),
        )
    )
    one = session.scalars(found).first()
    if one is None:
        raise NotFound
    return one


def known_firms(session: ReadSession, actor: Actor, keys: Iterable[str]) -> list[str]:
    """Return the names of the firms that are called so, among those that the actor may see."""
    wanted = sorted(set(keys))
    found: list[str] = []
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = select(Firm.name).where(Firm.name_key.in_(some), firms_visible_to(actor))
        found += session.scalars(rows.order_by(Firm.name)).all()
    return list(dict.fromkeys(found))

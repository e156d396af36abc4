"""Doing what the pages of reviews would do, without the pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.accounts.models import Person, Role
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Session
from govmatch.reviews import actions
from govmatch.reviews.actions import Sheet
from govmatch.reviews.models import Review
from govmatch.reviews.queries import Plan
from tests.unit.applications.acting import NOW, acting
from tests.web.applications.world import give as give_role
from tests.web.reviews.world import Selection

IN_TWO_WEEKS = NOW + timedelta(days=14)


def give(session: Session, who: Person, challenge: Challenge) -> None:
    """Put somebody on the jury."""
    give_role(session, who, Role.REVIEWER, "challenge", challenge.id, NOW)


def declare(
    session: Session, made: Selection, who: str, *, firms: Sequence[str] = (), words: str = ""
) -> None:
    """Declare ties for the first time."""
    actions.declare(
        session, made.challenge,
        firm_ids=[made.world.firms[name].id for name in firms],
        other_ties=words, revision=0,
        actor=acting(session, made.world.people[who]), now=NOW, real_now=NOW,
    )  # fmt: skip


def assign(
    session: Session,
    made: Selection,
    *who: str,
    to: Sequence[str] = ("nordlys", "weser"),
    due_at: datetime = IN_TWO_WEEKS,
) -> Plan:
    return actions.assign(
        session,
        [made.applications[name] for name in to],
        [made.world.people[name] for name in who],
        due_at=due_at,
        actor=acting(session, made.world.eva),
        now=NOW,
        real_now=NOW,
    )


def review_of(session: Session, made: Selection, who: str, firm: str) -> Review:
    found = select(Review).where(
        Review.person_id == made.world.people[who].id,
        Review.application_id == made.applications[firm].id,
    )
    return session.scalars(found).one()


def score(
    session: Session, review: Review, who: Person, *, fit: int | None = 4, team: int | None = 3
) -> None:
    actions.save(
        session, review, Sheet({"fit": fit, "team": team}, {"fit": "because", "team": "because"}),
        revision=review.revision, actor=acting(session, who), now=NOW,
    )  # fmt: skip


def submitted(
    session: Session, made: Selection, who: str, firm: str, *, fit: int = 4, team: int = 3
) -> Review:
    """Return a review that was assigned, scored and submitted by somebody who has declared."""
    review = review_of(session, made, who, firm)
    score(session, review, made.world.people[who], fit=fit, team=team)
    actions.submit(session, review, actor=acting(session, made.world.people[who]), now=NOW)
    return review

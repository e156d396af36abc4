"""The pilots of one challenge, and whether it can be completed."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.pilots.models import Pilot, State


@dataclass(frozen=True)
class Standing:
    """How many pilots of a challenge were agreed, and how many of them have no outcome yet.

    `unfinished` counts those that are still planned too; one that was given up before it was agreed
    counts nowhere.
    """

    agreed: int
    unfinished: int


def of_challenge(session: ReadSession, challenge: Challenge) -> list[Pilot]:
    """Return all its pilots with their firms, oldest first; whoever asks has asked for rights."""
    found = select(Pilot).options(joinedload(Pilot.firm)).where(Pilot.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(Pilot.id)))


def count_made(session: ReadSession, challenge_id: int) -> int:
    """Return how many pilots count towards its `pilots_max`: all not given up before agreement."""
    given_up = (Pilot.state == State.STOPPED) & Pilot.agreed_at.is_(None)
    found = select(func.count()).select_from(Pilot).where(Pilot.challenge_id == challenge_id)
    return session.execute(found.where(~given_up)).scalar_one()


def standing(pilots: Collection[Pilot]) -> Standing:
    counting = [p for p in pilots if p.agreed_at is not None or p.state != State.STOPPED]
    return Standing(
        agreed=sum(p.agreed_at is not None for p in counting),
        unfinished=sum(p.outcome is None for p in counting),
    )


def ids_of_challenges(session: ReadSession, ids: Collection[int]) -> list[int]:
    """Return the ids of all pilots of these challenges, for the journal of a case."""
    found = select(Pilot.id).where(Pilot.challenge_id.in_(ids))
    return list(session.scalars(found.order_by(Pilot.id)))

"""How many places a challenge has, who holds them, and who would move up."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.decisions.models import Answer, Decision, Determination, Kind, Outcome, State
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Places:
    """`total` firms were selected, `taken` of these places are held; reserves in their order."""

    total: int
    taken: int
    reserves: list[Application]

    @property
    def free(self) -> int:
        return max(0, self.total - self.taken)


def places(session: ReadSession, challenge: Challenge) -> Places:
    """Return the places of a challenge whose selection is released; none before that."""
    selection = select(Decision.id).where(
        Decision.challenge_id == challenge.id,
        Decision.kind == Kind.SELECTION,
        Decision.state == State.RELEASED,
    )
    total = session.execute(
        select(func.count())
        .select_from(Determination)
        .where(Determination.decision_id.in_(selection), Determination.outcome == Outcome.SELECTED)
    ).scalar_one()
    taken = session.execute(
        select(func.count())
        .select_from(Application)
        .where(
            Application.challenge_id == challenge.id,
            Application.state.in_([Applied.SELECTED.value, Applied.CONFIRMED.value]),
        )
    ).scalar_one()
    reserves = (
        select(Application)
        .join(Determination, Determination.application_id == Application.id)
        .options(joinedload(Application.firm))
        .where(
            Determination.decision_id.in_(selection),
            Determination.outcome == Outcome.RESERVE,
            Application.state == Applied.RESERVE,
        )
        .order_by(Determination.reserve_place)
    )
    return Places(total, taken, list(session.scalars(reserves)))


def answers_of(session: ReadSession, challenge: Challenge) -> dict[int, Answer]:
    """Return what firms answered, by application id."""
    found = (
        select(Answer)
        .join(Application, Application.id == Answer.application_id)
        .where(Application.challenge_id == challenge.id)
    )
    return {one.application_id: one for one in session.scalars(found)}


def selected_ever(session: ReadSession, challenge: Challenge) -> list[Application]:
    """Return who was selected by a released decision, whatever became of it, in that order."""
    found = (
        select(Application, Decision.number, Determination.rank)
        .join(Determination, Determination.application_id == Application.id)
        .join(Decision, Decision.id == Determination.decision_id)
        .options(joinedload(Application.firm))
        .where(
            Decision.challenge_id == challenge.id,
            Decision.state == State.RELEASED,
            Determination.outcome == Outcome.SELECTED,
        )
        .order_by(Decision.number, Determination.rank, Application.alias)
    )
    return [row[0] for row in session.execute(found)]

"""What every act on a decision begins and ends with."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries
from govmatch.decisions.events import (
    AboutDecision,
    DecisionOvertaken,
)
from govmatch.decisions.models import NEXT_STATES, OPEN, Decision, Determination, Kind, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id


def hold(session: Session, decision: Decision, *, revision: int | None = None) -> None:
    """Read the decision and its challenge anew, and keep others from changing either until commit.

    Raises `Conflict` where `revision`, that of the page acted on, is no longer the present one.
    """
    hold_challenge(session, decision.challenge)
    session.execute(
        select(Decision)
        .where(Decision.id == decision.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()  # only a row that is fetched is read anew
    if revision is not None and revision != decision.revision:
        raise Conflict(
            msg("Somebody else has changed this decision in the meantime. Nothing was overwritten.")
        )


def new_decision(
    session: Session, challenge: Challenge, kind: Kind, *, actor: Actor, now: datetime
) -> Decision:
    """Return the next decision of a challenge, as a draft of this person."""
    before = queries.decisions_of(session, challenge)
    assert actor.person_id is not None
    decision = Decision(
        public_id=public_id(),
        challenge=challenge,
        number=max((one.number for one in before), default=0) + 1,
        kind=kind.value,
        state=State.DRAFT.value,
        revision=1,
        created_by=actor.person_id,
        created_at=now,
        updated_at=now,
        editors=[actor.person_id],
        weights=challenge.criteria,
        reasons={},
        deviation="",
        remarks="",
        confirm_days=14,
    )
    session.add(decision)
    session.flush()
    return decision


def add_determination(
    session: Session, decision: Decision, application_id: int, **values: object
) -> Determination:
    made = Determination(
        decision_id=decision.id,
        application_id=application_id,
        **{"criterion_means": {}, "reviews": 0, "reasons": {}, "revision": 1, **values},
    )
    made.decision = decision
    session.add(made)
    return made


def move(decision: Decision, to: State, *, now: datetime) -> State:
    """Put the decision into a state that may follow its own; return the one it was in."""
    was = State(decision.state)
    if to not in NEXT_STATES[was]:
        raise ValueError(f"{to} does not follow {was}")
    decision.state = to.value
    decision.revision += 1
    decision.updated_at = now
    return was


def note_editor(decision: Decision, actor: Actor) -> None:
    """Keep that this person wrote in it: they do not confirm it."""
    if actor.person_id is not None and actor.person_id not in decision.editors:
        decision.editors = [*decision.editors, actor.person_id]


def happened(
    session: Session,
    decision: Decision,
    event: type[AboutDecision],
    *,
    actor: Actor,
    now: datetime,
    more: Mapping[str, object] | None = None,
) -> None:
    made = event(
        subject_id=decision.challenge_id,
        decision=decision.number,
        kind=decision.kind,
        **(more or {}),
    )
    journal.record(session, made, actor=actor, now=now)


def overtake(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Close every decision that was never released, since the challenge is over."""
    for decision in queries.decisions_of(session, challenge):
        if decision.state in OPEN:
            move(decision, State.OVERTAKEN, now=now)
            happened(session, decision, DecisionOvertaken, actor=actor, now=now)

"""Stopping a pilot, stating its outcome, and completing its challenge."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.challenges import queries as challenges
from govmatch.challenges.actions import move_on
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.decisions import queries as decisions
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.pilots import queries, rules
from govmatch.pilots.actions.holding import hold, move
from govmatch.pilots.events import OutcomeStated, PilotStopped
from govmatch.pilots.models import SETTLED, ChangeState, Outcome, Pilot, Side, State
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule

MAX_REASONS = 4_000


def stop(session: Session, pilot: Pilot, *, reasons: str, actor: Actor, now: datetime) -> None:
    """End a pilot before its time, with reasons that both sides read.

    Milestones stay as they are. What is published is the outcome's reasons; a pilot that was never
    agreed has none, and its place counts no more.
    """
    hold(session, pilot)
    require(rules.may_stop(actor, pilot))
    said = reasons.strip()
    if not said:
        raise Invalid({"reasons": msg("Please say why.")})
    if len(said) > MAX_REASONS:
        raise Invalid({"reasons": msg("At most {limit} characters fit here.", limit=MAX_REASONS)})
    side = rules.side_of(actor, pilot) or Side.AUTHORITY
    was = move(pilot, State.STOPPED)
    pilot.stopped_at, pilot.stopped_by = now, actor.person_id
    pilot.stopped_side, pilot.stop_reasons = side.value, said
    _drop_change(session, pilot, now=now)
    event = PilotStopped(subject_id=pilot.id, side=side.value, from_state=was.value)
    journal.record(session, event, actor=actor, now=now)


def state_outcome(
    session: Session,
    pilot: Pilot,
    *,
    outcome: Outcome,
    reasons: Mapping[str, str],
    cost: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say what came of it, with reasons by language that everybody reads, and what it cost.

    A running pilot is completed by it; a stopped one stays stopped. Once: a second one is a
    `Conflict`.
    """
    hold(session, pilot)
    if pilot.outcome is not None and rules.side_of(actor, pilot) is Side.AUTHORITY:
        raise Conflict(msg("The outcome is stated already."))
    unsettled = sum(one.state not in SETTLED for one in queries.milestones(session, pilot))
    require(rules.may_state_outcome(actor, pilot, unsettled=unsettled))
    pilot.outcome_reasons = _clean(reasons)
    was = State(pilot.state)
    if was is State.RUNNING:
        move(pilot, State.COMPLETED)
        _drop_change(session, pilot, now=now)
    pilot.outcome, pilot.cost = outcome.value, cost
    pilot.outcome_by, pilot.outcome_at = actor.person_id, now
    event = OutcomeStated(subject_id=pilot.id, outcome=outcome.value, from_state=was.value)
    journal.record(session, event, actor=actor, now=now)


def _drop_change(session: Session, pilot: Pilot, *, now: datetime) -> None:
    """Let a change go that nobody can answer any more."""
    change = queries.open_change(session, pilot)
    if change is not None:
        change.state, change.answered_at = ChangeState.WITHDRAWN.value, now


def _clean(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons given, by language; raises `Invalid` for none and for one too long."""
    given: dict[str, str] = {
        lang: text.strip() for lang, text in reasons.items() if lang in LANGUAGES and text.strip()
    }
    if not given:
        raise Invalid({"reasons": msg("Please give the reason; it is published.")})
    for lang, text in given.items():
        if len(text) > MAX_REASONS:
            limit = msg("At most {limit} characters fit here.", limit=MAX_REASONS)
            raise Invalid({f"reasons-{lang}": limit})
    return given


def complete(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Close the case: every pilot has an outcome, and everybody who applied has their reasons."""
    hold_challenge(session, challenge)
    standing = queries.standing(queries.of_challenge(session, challenge))
    ruling = rules.may_complete(
        actor,
        challenge,
        agreed=standing.agreed,
        unfinished=standing.unfinished,
        without_letter=count_without_letter(session, challenge),
    )
    require(ruling)
    move_on(session, challenge, ChallengeState.COMPLETED, actor=actor, now=now)


def count_without_letter(session: ReadSession, challenge: Challenge) -> int:
    """Return how many applications still wait for reasons, where the programme's rule asks so."""
    if not rule_value(challenges.terms_of(challenge), Rule.FEEDBACK_REQUIRED):
        return 0
    return len(decisions.without_letter(session, challenge))

"""Both sides agree to one revision of the plan, or the firm returns it with remarks."""

from datetime import datetime

from govmatch.challenges.actions import move_on
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.actions.holding import hold, hold_application, move, require_revision
from govmatch.pilots.events import PilotAgreed, PlanOffered, PlanReturned
from govmatch.pilots.models import Pilot, Side, State

MAX_REMARKS = 4_000
OLD_PLAN = msg(
    "The plan has changed since you opened this page. Read it again before you agree to it."
)


def agree(session: Session, pilot: Pilot, *, revision: int, actor: Actor, now: datetime) -> None:
    """Agree to this revision for the actor's side; with the firm's agreement the pilot runs.

    The authority's agreement offers the plan to the firm. Raises `Conflict` for an older revision,
    so that nobody agrees to what they did not read, and `Invalid` with what the plan lacks.
    """
    hold(session, pilot)
    hold_application(session, pilot.application)
    require(rules.may_agree(actor, pilot))
    require_revision(pilot, revision, OLD_PLAN)
    milestones, kpis = queries.milestones(session, pilot), queries.kpis(session, pilot)
    if found := plan.missing(pilot, pilot.challenge, milestones, kpis):
        raise Invalid({f"plan-{n}": message for n, message in enumerate(found, 1)})
    if rules.side_of(actor, pilot) is Side.AUTHORITY:
        pilot.authority_agreed_by, pilot.authority_agreed_at = actor.person_id, now
        pilot.remarks = ""
        offered = PlanOffered(subject_id=pilot.id, revision=revision)
        journal.record(session, offered, actor=actor, now=now)
        return
    pilot.firm_agreed_by, pilot.firm_agreed_at = actor.person_id, now
    _begin(session, pilot, actor=actor, now=now)


def _begin(session: Session, pilot: Pilot, *, actor: Actor, now: datetime) -> None:
    """Let the pilot run: its application cannot be withdrawn any more."""
    move(pilot, State.RUNNING)
    pilot.agreed_at = now
    pilot.application.is_pilot_agreed = True
    agreed = PilotAgreed(subject_id=pilot.id, revision=pilot.revision)
    journal.record(session, agreed, actor=actor, now=now)
    if pilot.challenge.state == ChallengeState.DECIDED:
        move_on(session, pilot.challenge, ChallengeState.PILOTING, actor=actor, now=now)


def return_plan(
    session: Session, pilot: Pilot, *, remarks: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Give the plan back to the authority, with remarks that say what should be changed."""
    hold(session, pilot)
    require(rules.may_return_plan(actor, pilot))
    require_revision(pilot, revision, OLD_PLAN)
    said = remarks.strip()
    if not said:
        raise Invalid({"remarks": msg("Please say what should be changed.")})
    if len(said) > MAX_REMARKS:
        raise Invalid({"remarks": msg("At most {limit} characters fit here.", limit=MAX_REMARKS)})
    pilot.remarks = said
    pilot.authority_agreed_by = pilot.authority_agreed_at = None
    event = PlanReturned(subject_id=pilot.id, revision=revision)
    journal.record(session, event, actor=actor, now=now)

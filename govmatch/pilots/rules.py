"""Who may do what with a pilot: by role, state and time, with the reason for a no.

The authority writes the plan, the firm agrees or returns it; the firm delivers, the authority
accepts or returns. Auditors and approvers read everything, finance contacts read plan and amounts,
mentors read and write in the log. Nobody else learns that there is a pilot until it is agreed, and
then only what the results page shows.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import SITE, YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import (
    SETTLED,
    Change,
    ChangeState,
    Delivery,
    Milestone,
    MilestoneState,
    Pilot,
    Side,
    State,
)

DECISION_DAYS = 14
"""How many days the authority takes at most to decide on a delivery."""

MOST_MILESTONES = 20
MOST_KPIS = 10
MOST_DOCUMENTS = 50
MOST_FILES = 5
"""Files of one delivery."""

READERS_OF_AUTHORITY = (Role.STAFF, Role.APPROVER, Role.AUDITOR)
READERS_OF_PROGRAMME = (Role.MANAGER, Role.APPROVER, Role.AUDITOR)
APPLICANTS = (Role.LEAD, Role.MEMBER)


class Sight(StrEnum):
    """How much of a pilot somebody sees."""

    FULL = "full"
    MONEY = "money"
    """Plan, milestones and amounts; neither deliveries nor log, documents or key figures."""


def is_firm(actor: Actor, pilot: Pilot) -> bool:
    return pilot.firm_id in actor.objects("firm", *APPLICANTS)


def works_for(actor: Actor, challenge: Challenge) -> bool:
    """True for staff of the authority and managers of the programme."""
    return actor.holds(Role.STAFF, "authority", challenge.authority_id) or actor.holds(
        Role.MANAGER, "programme", challenge.programme_id
    )


def is_mentor(actor: Actor, pilot: Pilot) -> bool:
    return actor.holds(Role.MENTOR, "pilot", pilot.id)


def sight(actor: Actor, pilot: Pilot, *, is_closed: bool) -> Sight | None:
    """Return how the actor sees it, None for not at all; the same as `queries.visible_to`.

    `is_closed` is true where the application is closed to this person for a conflict of interest,
    which wins over every role but that in the firm.
    """
    challenge = pilot.challenge
    if is_firm(actor, pilot):
        return Sight.FULL
    if pilot.firm_id in actor.objects("firm", Role.FINANCE):
        return Sight.MONEY
    if is_closed:
        return None
    if (
        actor.holds(Role.AUDITOR, SITE)
        or challenge.authority_id in actor.objects("authority", *READERS_OF_AUTHORITY)
        or challenge.programme_id in actor.objects("programme", *READERS_OF_PROGRAMME)
        or is_mentor(actor, pilot)
    ):
        return Sight.FULL
    if challenge.authority_id in actor.objects("authority", Role.FINANCE):
        return Sight.MONEY
    return None


def side_of(actor: Actor, pilot: Pilot) -> Side | None:
    """Return for which side the actor acts; whoever is in the firm acts for the firm alone."""
    if is_firm(actor, pilot):
        return Side.FIRM
    return Side.AUTHORITY if works_for(actor, pilot.challenge) else None


def today(pilot: Pilot, now: datetime) -> date:
    """Return the day that it is in the zone of the challenge."""
    return now.astimezone(ZoneInfo(pilot.challenge.zone)).date()


def days_left(due: date, pilot: Pilot, now: datetime) -> int:
    return (due - today(pilot, now)).days


def decide_by(delivery: Delivery, pilot: Pilot) -> date:
    """Return the last day on which the authority decides on a delivery."""
    day = delivery.at.astimezone(ZoneInfo(pilot.challenge.zone)).date()
    return day + timedelta(days=DECISION_DAYS)


def is_overdue(milestone: Milestone, pilot: Pilot, now: datetime) -> bool:
    """True where the firm should have delivered before today."""
    waits = milestone.state in {MilestoneState.PLANNED, MilestoneState.RETURNED}
    return pilot.state == State.RUNNING and waits and days_left(milestone.due, pilot, now) < 0


def may_make(actor: Actor, application: Application, *, made: int) -> Ruling:
    """Staff of the authority or a manager of the programme, from a confirmed application.

    `made` is how many pilots of the challenge count: all but those given up before agreement.
    """
    challenge = application.challenge
    if not works_for(actor, challenge):
        return _NOT_AUTHORITY
    if application.state != ApplicationState.CONFIRMED:
        return No(msg("A pilot is made from an application that its firm has confirmed."))
    if challenge.state not in {ChallengeState.DECIDED, ChallengeState.PILOTING}:
        return No(msg("In this state the challenge takes no pilot."))
    if made >= challenge.pilots_max:
        return No(msg("This challenge may have {n} pilots, and they are made.", n=made))
    return YES


_NOT_AUTHORITY = No(msg("Only staff of the authority and the programme manager may do this."))
_NOT_FIRM = No(msg("Only the firm may do this."))
_NOT_PLANNED = No(msg("The plan is agreed. Propose a change instead."))
_NOT_RUNNING = No(msg("This is possible only while the pilot is running."))


def may_write_plan(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, until both sides have agreed."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return _NOT_AUTHORITY
    return YES if pilot.state == State.PLANNED else _NOT_PLANNED


def may_agree(actor: Actor, pilot: Pilot) -> Ruling:
    """First the authority, which offers the plan by it, then the firm; each once a revision."""
    side = side_of(actor, pilot)
    if side is None:
        return _NOT_AUTHORITY
    if pilot.state != State.PLANNED:
        return _NOT_PLANNED
    if pilot.application.state != ApplicationState.CONFIRMED:
        return No(msg("The application of this pilot was withdrawn."))
    is_offered = pilot.authority_agreed_at is not None
    if side is Side.AUTHORITY and is_offered:
        return No(msg("The plan was offered already. It is with the firm."))
    if side is Side.FIRM and not is_offered:
        return No(msg("The authority is still writing the plan."))
    return YES


def may_return_plan(actor: Actor, pilot: Pilot) -> Ruling:
    """The firm, while the plan lies before it."""
    if side_of(actor, pilot) is not Side.FIRM:
        return _NOT_FIRM
    return may_agree(actor, pilot)


def may_deliver(actor: Actor, pilot: Pilot, milestone: Milestone) -> Ruling:
    """The firm, what is planned or was returned, while the pilot runs."""
    if side_of(actor, pilot) is not Side.FIRM:
        return _NOT_FIRM
    if pilot.state != State.RUNNING:
        return _NOT_RUNNING
    if milestone.state == MilestoneState.DELIVERED:
        return No(msg("It was delivered already. The authority decides on it now."))
    if milestone.state in SETTLED:
        return No(msg("It was accepted already."))
    return YES


def may_decide(actor: Actor, pilot: Pilot, milestone: Milestone) -> Ruling:
    """The authority's side, on what was delivered, until an outcome is stated.

    What was handed in before a pilot was stopped is still decided on: the firm may have earned it.
    """
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return _NOT_AUTHORITY
    if pilot.outcome is not None:
        return No(msg("The pilot is over."))
    if milestone.state != MilestoneState.DELIVERED:
        return No(msg("There is no delivery to decide on."))
    return YES


def may_measure(actor: Actor, pilot: Pilot) -> Ruling:
    """The firm, while the pilot runs."""
    if side_of(actor, pilot) is not Side.FIRM:
        return _NOT_FIRM
    return YES if pilot.state == State.RUNNING else _NOT_RUNNING


def may_propose_change(actor: Actor, pilot: Pilot, *, is_one_open: bool) -> Ruling:
    """Either side, while the pilot runs and no other change waits for its answer."""
    if side_of(actor, pilot) is None:
        return _NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return _NOT_RUNNING
    if is_one_open:
        return No(msg("A change is waiting for its answer already."))
    return YES


def may_answer_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    """The side that did not propose it, while the pilot runs."""
    ruling = _may_touch_change(actor, pilot, change)
    if ruling and side_of(actor, pilot) == change.side:
        return No(msg("The other side answers a change."))
    return ruling


def may_withdraw_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    """The side that proposed it."""
    ruling = _may_touch_change(actor, pilot, change)
    if ruling and side_of(actor, pilot) != change.side:
        return No(msg("Only the side that proposed it may take it back."))
    return ruling


def _may_touch_change(actor: Actor, pilot: Pilot, change: Change) -> Ruling:
    if side_of(actor, pilot) is None:
        return _NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return _NOT_RUNNING
    if change.state != ChangeState.OPEN:
        return No(msg("This change was answered already."))
    return YES


def may_note(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides and the mentors, at any time: what is said after the end is said too."""
    if side_of(actor, pilot) is not None or is_mentor(actor, pilot):
        return YES
    return No(msg("Only the two sides and the mentors write here."))


def may_write(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides, as long as there is a pilot; mentors and auditors read along."""
    if side_of(actor, pilot) is not None:
        return YES
    return No(msg("Only the firm and the authority write here."))


def may_add_document(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides, until an outcome is stated."""
    if side_of(actor, pilot) is None:
        return No(msg("Only the two sides add documents."))
    if pilot.outcome is not None:
        return No(msg("The pilot is over."))
    return YES


def may_remove_document(actor: Actor, pilot: Pilot, uploaded_by: int | None) -> Ruling:
    """Whoever added it, until an outcome is stated."""
    ruling = may_add_document(actor, pilot)
    if ruling and uploaded_by != actor.person_id:
        return No(msg("Only who added it may remove it."))
    return ruling


def may_plan_presentation(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, while the pilot runs and it has not taken place."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return _NOT_AUTHORITY
    if pilot.state != State.RUNNING:
        return _NOT_RUNNING
    if pilot.presented_at is not None:
        return No(msg("The final presentation has taken place."))
    return YES


def may_note_presentation(actor: Actor, pilot: Pilot, now: datetime) -> Ruling:
    """Who plans it, once its time has come."""
    ruling = may_plan_presentation(actor, pilot)
    if ruling and (pilot.presentation_at is None or now < pilot.presentation_at):
        return No(msg("The final presentation has not begun yet."))
    return ruling


def may_choose_mentors(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, until the pilot is over."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return _NOT_AUTHORITY
    if pilot.state in {State.COMPLETED, State.STOPPED}:
        return No(msg("The pilot is over."))
    return YES


def may_end_mentor(actor: Actor, pilot: Pilot, person_id: int) -> Ruling:
    """The authority's side at any time, and mentors themselves."""
    if side_of(actor, pilot) is Side.AUTHORITY or (
        is_mentor(actor, pilot) and actor.person_id == person_id
    ):
        return YES
    return _NOT_AUTHORITY


def may_stop(actor: Actor, pilot: Pilot) -> Ruling:
    """Either side while it runs; while it is planned the authority, which made it."""
    side = side_of(actor, pilot)
    if side is None:
        return _NOT_AUTHORITY
    if pilot.state == State.RUNNING or (pilot.state == State.PLANNED and side is Side.AUTHORITY):
        return YES
    return _NOT_RUNNING


def may_state_outcome(actor: Actor, pilot: Pilot, *, unsettled: int) -> Ruling:
    """The authority's side, once, when all milestones are accepted or the pilot was stopped.

    `unsettled` is how many milestones are not accepted.
    """
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return _NOT_AUTHORITY
    if pilot.outcome is not None:
        return No(msg("The outcome is stated already."))
    if pilot.agreed_at is None:
        return No(msg("It was never agreed, so nothing came of it."))
    if pilot.state == State.RUNNING and unsettled:
        return No(msg("The outcome follows when every milestone is accepted."))
    return YES


def may_complete(
    actor: Actor, challenge: Challenge, *, agreed: int, unfinished: int, without_letter: int
) -> Ruling:
    """A manager of the programme, when every pilot has an outcome and everybody their reasons.

    `agreed` counts the pilots that were agreed, `unfinished` those without an outcome that were not
    given up before agreement, `without_letter` the applications that still wait for their reasons.
    """
    if not actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        return No(msg("Only a manager of the programme may do this."))
    if challenge.state not in {ChallengeState.DECIDED, ChallengeState.PILOTING}:
        return No(msg("In this state it cannot be completed."))
    if not agreed:
        return No(msg("There was no pilot. End it with the reason why it did not proceed."))
    if unfinished:
        return No(msg("Not every pilot has an outcome yet."))
    if without_letter:
        return No(msg("Somebody who applied has no letter with reasons yet."))
    return YES

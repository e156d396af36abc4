"""A decided challenge with a confirmed application, and what becomes of it, in few words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries import roles_of
from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.pilots import actions, queries
from govmatch.pilots.actions import KpiData, MilestoneData, PlanData
from govmatch.pilots.models import Delivery, Kpi, Milestone, Outcome, Pilot
from govmatch.settings import Settings
from tests.web.applications.world import World, fill, give, person

NOW = real_now()
TODAY = NOW.astimezone(ZoneInfo("Europe/Copenhagen")).date()  # where the challenge is
STARTS = TODAY - timedelta(days=10)
ENDS = TODAY + timedelta(days=90)
FIRM = ("bo", "carla")
AUTHORITY = ("astrid", "eva")
READERS = ("hanne", "jens", "mia")
MONEY = ("fie", "finja")
STRANGERS = ("dieter", "ida", "kim", "finn", "gro", "mona")
"""Mona is a mentor of another pilot; Finn reviewed for the challenge."""


@dataclass
class Case:
    """One pilot with its people; `world` names the rest."""

    world: World
    application: Application
    challenge: Challenge


def case(session: Session, *, firm: str = "nordlys") -> Case:
    """Make the world, with its long challenge decided and one firm's application confirmed."""
    world = fill(session)
    for name in ("hanne", "fie", "finja", "mia", "mona"):
        world.people[name] = person(session, name, NOW)
    assert world.authority is not None
    give(session, world.hanne, Role.APPROVER, "authority", world.authority.id, NOW)
    give(session, world.finja, Role.FINANCE, "authority", world.authority.id, NOW)
    give(session, world.fie, Role.FINANCE, "firm", world.firms["nordlys"].id, NOW)
    challenge = decided(world.challenges["long"])
    session.flush()
    return Case(world, confirmed(session, world, firm), challenge)


def decided(challenge: Challenge) -> Challenge:
    challenge.state = ChallengeState.DECIDED.value
    challenge.opens = NOW - timedelta(days=60)
    challenge.closes = NOW - timedelta(days=30)
    challenge.opened_at = NOW - timedelta(days=29)
    challenge.budget_max, challenge.currency = 600_000, "DKK"
    challenge.pilots_max = 2
    return challenge


def confirmed(
    session: Session, world: World, firm: str, *, challenge: str = "long", state: str = "confirmed"
) -> Application:
    """Make an application as it is once its firm has confirmed."""
    made = Application(
        public_id=public_id(),
        reference=public_id(),
        challenge=world.challenges[challenge],
        firm=world.firms[firm],
        state=ApplicationState(state).value,
        title=f"Labels by {firm}",
        created_by=world.bo.id,
        created_at=NOW,
        updated_at=NOW,
        submitted_at=NOW - timedelta(days=40),
        decision_released_at=NOW - timedelta(days=5),
    )
    session.add(made)
    session.flush()
    return made


def acting(session: Session, who: Person) -> Actor:
    """Return who acts, with every role and the second factor given."""
    return Actor(
        person_id=who.id, name=who.name, roles=frozenset(roles_of(session, who, now=real_now()))
    )


def plan_data(**changes: Any) -> PlanData:
    values: dict[str, Any] = {
        "title": "Scanning labels",
        "summary": {"en": "Inspectors scan labels.", "da": "Tilsynet scanner mærker."},
        "budget": 500_000,
        "starts": STARTS,
        "ends": ENDS,
    }
    return PlanData(**{**values, **changes})


def milestone_data(**changes: Any) -> MilestoneData:
    values: dict[str, Any] = {
        "title": "First version",
        "acceptance": "Ten labels are read.",
        "amount": 200_000,
        "due": TODAY + timedelta(days=20),
    }
    return MilestoneData(**{**values, **changes})


def kpi_data(**changes: Any) -> KpiData:
    values: dict[str, Any] = {
        "name": {"en": "Minutes for one inspection", "da": "Minutter for et tilsyn"},
        "unit": "minutes",
        "baseline": Decimal(30),
        "target": Decimal("12.5"),
    }
    return KpiData(**{**values, **changes})


def made(session: Session, case: Case, who: str = "astrid", **changes: Any) -> Pilot:
    actor = acting(session, case.world.people[who])
    return actions.make(
        session, case.application, plan_data(**changes), lang="en", actor=actor, now=NOW
    )


def planned(session: Session, case: Case) -> Pilot:
    """Make a pilot with two milestones and a key figure, offered to nobody yet."""
    pilot = made(session, case)
    actor = acting(session, case.world.astrid)
    for data in (
        milestone_data(),
        milestone_data(title="Trial", amount=300_000, due=TODAY + timedelta(days=60)),
    ):
        actions.add_milestone(
            session, pilot, data, revision=pilot.revision, lang="en", actor=actor, now=NOW
        )
    actions.add_kpi(
        session, pilot, kpi_data(), revision=pilot.revision, lang="en", actor=actor, now=NOW
    )
    return pilot


def agree(session: Session, case: Case, pilot: Pilot, *who: str) -> None:
    for name in who or ("astrid", "bo"):
        actions.agree(
            session, pilot, revision=pilot.revision,
            actor=acting(session, case.world.people[name]), now=NOW,
        )  # fmt: skip


def running(session: Session, case: Case) -> Pilot:
    """Make a pilot that both sides have agreed to, with Mia as its mentor."""
    pilot = planned(session, case)
    agree(session, case, pilot)
    give(session, case.world.mia, Role.MENTOR, "pilot", pilot.id, NOW)
    session.flush()
    return pilot


def first(session: Session, pilot: Pilot) -> Milestone:
    return queries.milestones(session, pilot)[0]


def only_kpi(session: Session, pilot: Pilot) -> Kpi:
    return queries.kpis(session, pilot)[0]


def deliver(
    session: Session, case: Case, pilot: Pilot, milestone: Milestone, **changes: Any
) -> Delivery:
    values: dict[str, Any] = {
        "text": "It reads **ten** labels.",
        "uploads": [],
        "reported": [],
        "number": 1,
        "lang": "en",
        "settings": Settings(data_dir=Path()),
        "actor": acting(session, case.world.bo),
        "now": NOW,
        "real_now": NOW,
    }
    return actions.deliver(session, pilot, milestone, **{**values, **changes})


def settle(session: Session, case: Case, pilot: Pilot, *, now: datetime = NOW) -> None:
    """Deliver and accept every milestone."""
    for milestone in queries.milestones(session, pilot):
        deliver(session, case, pilot, milestone, now=now)
        actions.accept(
            session, pilot, milestone, number=1, actor=acting(session, case.world.astrid), now=now
        )


def conclude(session: Session, case: Case, pilot: Pilot) -> None:
    actions.state_outcome(
        session,
        pilot,
        outcome=Outcome.SCALE,
        reasons={"en": "It saves time."},
        cost=480_000,
        actor=acting(session, case.world.astrid),
        now=NOW,
    )


def days(n: int) -> date:
    return TODAY + timedelta(days=n)

"""A challenge on its whole way: from its opening to the outcome of its pilot, step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import event, update

from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions import actions as decisions
from govmatch.decisions.models import Decision, Reply
from govmatch.kit.db import Session, commit
from govmatch.pilots import actions as pilots
from govmatch.pilots import queries
from govmatch.pilots.actions import KpiData, MilestoneData, PlanData
from govmatch.pilots.models import Outcome, Pilot
from govmatch.programmes.models import Programme
from tests.site import Browser, Site
from tests.unit.decisions.acting import NOW, acting, released
from tests.unit.pilots.making import STARTS, TODAY, days, deliver
from tests.unit.pilots.making import Case as PilotCase
from tests.web.decisions.world import World, make_world

PATH = "/results/labels"


@dataclass
class Told:
    """The site and its world; `do` changes something as an action would, outside any page."""

    site: Site
    world: World

    def as_(self, name: str, *, lang: str = "en") -> Browser:
        return self.site.as_(self.world.people[name], lang=lang)

    def do(self, act: Callable[[Session, World], object]) -> None:
        with self.site.database.writing() as session:
            session.expire_on_commit = False
            world = self.world
            kept_rows: list[dict[str, Any]] = [
                world.people, world.firms, world.programmes, world.challenges, world.applications
            ]  # fmt: skip
            world.authority = session.merge(world.authority) if world.authority else None
            for kept in kept_rows:
                for name, row in list(kept.items()):
                    kept[name] = session.merge(row)
            act(session, world)
            commit(session)

    def statements(self, browser: Browser, path: str) -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        engine = self.site.database.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert browser.get(path).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)


def told(site: Site) -> Told:
    """Return the site with a challenge that is opened and in selection."""
    return Told(site, make_world(site.database))


def sealed(session: Session, world: World) -> None:
    """Take the opening back: past the deadline, and nobody knows whether anybody applied."""
    session.execute(
        update(Challenge)
        .where(Challenge.id == world.case.id)
        .values(state=Stage.PUBLISHED.value, opened_at=None)
    )


def decide(session: Session, world: World) -> Decision:
    return released(session, world)


def answer(name: str, who: str, *, yes: bool = True) -> Callable[[Session, World], None]:
    """Return the act by which a selected firm takes its place, or declines it."""

    def act(session: Session, world: World) -> None:
        actor = acting(session, world.people[who])
        reply = Reply.CONFIRMED if yes else Reply.DECLINED
        decisions.answer(session, world.of(name), reply, reason="wachholder", actor=actor, now=NOW)

    return act


def pilot(session: Session, world: World) -> Pilot:
    """Make a running pilot of Nordlys with one accepted milestone and two values."""
    case = PilotCase(world, world.of("nordlys"), world.case)
    assert world.of("nordlys").state == Applied.CONFIRMED
    astrid, bo = acting(session, world.astrid), acting(session, world.bo)
    made = pilots.make(session, case.application, PLAN, lang="en", actor=astrid, now=NOW)
    for title in ("First version", "Trial"):
        data = MilestoneData(title=title, acceptance="Ten labels.", amount=1000, due=days(20))
        pilots.add_milestone(
            session, made, data, revision=made.revision, lang="en", actor=astrid, now=NOW
        )
    pilots.add_kpi(session, made, KPI, revision=made.revision, lang="en", actor=astrid, now=NOW)
    for actor in (astrid, bo):
        pilots.agree(session, made, revision=made.revision, actor=actor, now=NOW)
    first = queries.milestones(session, made)[0]
    deliver(session, case, made, first, text="zimtstern was delivered")
    pilots.accept(session, made, first, number=1, actor=astrid, now=NOW)
    kpi = queries.kpis(session, made)[0]
    for day, value in ((STARTS, 28), (TODAY, 14)):
        reported = pilots.Reported(kpi=kpi, unit="minutes", value=Decimal(value), measured=day)
        pilots.measure(session, made, reported, lang="en", actor=bo, now=NOW)
    return made


PLAN = PlanData(
    title="Scanning labels",
    summary={"en": "Inspectors scan labels.", "da": "Tilsynet scanner mærker."},
    budget=2000,
    starts=STARTS,
    ends=days(90),
)
KPI = KpiData(
    name={"en": "Minutes for one inspection", "da": "Minutter for et tilsyn"},
    unit="minutes",
    baseline=Decimal(30),
    target=Decimal("12.5"),
)


def outcome(session: Session, world: World) -> None:
    """Settle what is left of the pilot and state its outcome."""
    made = queries.of_challenge(session, world.case)[0]
    case = PilotCase(world, world.of("nordlys"), world.case)
    astrid = acting(session, world.astrid)
    second = queries.milestones(session, made)[1]
    deliver(session, case, made, second)
    pilots.accept(session, made, second, number=1, actor=astrid, now=NOW)
    pilots.state_outcome(
        session, made, outcome=Outcome.SCALE, reasons=WHY, cost=1900, actor=astrid, now=NOW
    )


WHY: Mapping[str, str] = {"en": "It saves half the time.", "de": "Es spart die Hälfte der Zeit."}


def keep_private(session: Session, world: World) -> None:
    """Switch the publication of results off, as the programme stands now."""
    run = session.get_one(Programme, world.programmes["labels"].id)
    run.rules = {**run.rules, "results_public": {"value": False}}

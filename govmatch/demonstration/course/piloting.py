"""Pilots: planned, agreed, delivered, measured, brought to an outcome."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from govmatch.accounts.actions import accept_invitation
from govmatch.demonstration.course.applying import FIRM, Applied, who
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries
from govmatch.pilots.actions.writing import write
from govmatch.pilots.models import Kpi, Milestone, Outcome, Pilot

MAKING, OFFERING, AGREEING, AFTERNOON = 10, 11, 12, 14


@dataclass(frozen=True)
class Ran:
    """One pilot as its file tells it, and the application that it came from."""

    applied: Applied
    told: Told

    @property
    def stage(self) -> Stage:
        return self.applied.stage

    @property
    def office(self) -> str:
        """Return who acts for the authority."""
        return str(self.told["by"])

    @property
    def pilot(self) -> Pilot:
        application = self.stage.application(self.applied.challenge, self.applied.firm)
        found = select(Pilot).where(Pilot.application_id == application.id)
        return self.stage.session.scalars(found).one()

    def lang(self, by: str) -> Lang:
        return as_lang(self.stage.person(by).lang)

    def milestone(self, number: int) -> Milestone:
        every = queries.milestones(self.stage.session, self.pilot)
        return next(one for one in every if one.number == number)

    def kpi(self, number: int) -> Kpi:
        every = queries.kpis(self.stage.session, self.pilot)
        return next(one for one in every if one.number == number)


Verb = Callable[[Ran, Told, str, datetime], None]
"""Does to a pilot what one entry of its course says."""


def course(applied: Applied, told: Told) -> Iterator[Step]:
    """Write the plan, agree to it, and do what happened since, entry by entry."""
    ran, stage = Ran(applied, told), applied.stage
    yield Step(stage.at(told["made"], MAKING), partial(_make, ran))
    yield Step(stage.at(told["offered"], OFFERING), partial(_agree, ran, ran.office))
    yield Step(stage.at(told["agreed"], AGREEING), partial(_agree, ran, applied.by))
    for place, entry in enumerate(told.get("course", ())):
        verb = next(name for name in VERBS if name in entry)
        by = who(applied, entry.get("by", FIRM if verb in OF_THE_FIRM else ran.office))
        at = stage.at(entry["on"], entry.get("hour", AFTERNOON), place)
        yield Step(at, partial(VERBS[verb], ran, entry, by))


def _make(ran: Ran, now: datetime) -> None:
    stage, told = ran.stage, ran.told
    session, actor, lang = stage.session, stage.actor(ran.office), ran.lang(ran.office)
    application = stage.application(ran.applied.challenge, ran.applied.firm)
    data = actions.PlanData(
        title=told["title"], summary=told["summary"], budget=told["budget"],
        starts=stage.day(told["starts"]), ends=stage.day(told["ends"]),
    )  # fmt: skip
    pilot = actions.make(session, application, data, lang=lang, actor=actor, now=now)
    for one in told["milestones"]:
        milestone = actions.MilestoneData(
            title=one["title"], acceptance=one["acceptance"],
            amount=one["amount"], due=stage.day(one["due"]),
        )  # fmt: skip
        actions.add_milestone(
            session, pilot, milestone, revision=pilot.revision, lang=lang, actor=actor, now=now
        )
    for one in told["kpis"]:
        kpi = actions.KpiData(
            name=one["name"], unit=one["unit"],
            baseline=Decimal(str(one["baseline"])), target=Decimal(str(one["target"])),
        )  # fmt: skip
        actions.add_kpi(
            session, pilot, kpi, revision=pilot.revision, lang=lang, actor=actor, now=now
        )


def _agree(ran: Ran, by: str, now: datetime) -> None:
    pilot, actor = ran.pilot, ran.stage.actor(by)
    actions.agree(ran.stage.session, pilot, revision=pilot.revision, actor=actor, now=now)


@dataclass(frozen=True)
class Paper:
    """A file that a content file holds as text."""

    name: str
    content: bytes


def _papers(entry: Told) -> list[Paper]:
    return [Paper(one["name"], one["text"].encode()) for one in entry.get("files", ())]


def _deliver(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage, milestone = ran.stage, ran.milestone(entry["deliver"])
    earlier = queries.deliveries(stage.session, [milestone])
    actions.deliver(
        stage.session, ran.pilot, milestone,
        text=entry["text"], uploads=_papers(entry), reported=[], number=len(earlier) + 1,
        lang=ran.lang(by), settings=stage.settings,
        actor=stage.actor(by), now=now, real_now=stage.now,
    )  # fmt: skip


def _accept(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage, milestone = ran.stage, ran.milestone(entry["accept"])
    number = len(queries.deliveries(stage.session, [milestone]))
    actions.accept(
        stage.session, ran.pilot, milestone,
        number=number, reasons=entry.get("reasons", ""), actor=stage.actor(by), now=now,
    )  # fmt: skip


def _return(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage, milestone = ran.stage, ran.milestone(entry["return"])
    number = len(queries.deliveries(stage.session, [milestone]))
    actions.return_delivery(
        stage.session, ran.pilot, milestone,
        number=number, reasons=entry["reasons"], actor=stage.actor(by), now=now,
    )  # fmt: skip


def _measure(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    """Report one value for each key figure of the entry, measured on its very day."""
    stage = ran.stage
    for number, value in entry["measure"].items():
        kpi = ran.kpi(int(number))
        reported = actions.Reported(
            kpi=kpi, unit=kpi.unit, value=Decimal(str(value)),
            measured=stage.day(entry["on"]), note=entry.get("note", ""),
        )  # fmt: skip
        actions.measure(
            stage.session, ran.pilot, reported, lang=ran.lang(by), actor=stage.actor(by), now=now
        )


def _log(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    actions.note(stage.session, ran.pilot, text=entry["log"], actor=stage.actor(by), now=now)


def _write(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    write(
        stage.session, ran.pilot, entry["message"],
        actor=stage.actor(by), now=now, real_now=stage.now,
    )  # fmt: skip


def _mentor(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    """Invite a mentor, who accepts at once."""
    stage = ran.stage
    person = stage.person(entry["mentor"])
    invitation = actions.invite_mentor(
        stage.session, ran.pilot, person.email, lang=as_lang(person.lang),
        actor=stage.actor(by), now=now, real_now=stage.now,
    )  # fmt: skip
    accept_invitation(
        stage.session, invitation, name=person.name, lang=as_lang(person.lang),
        actor=stage.actor(entry["mentor"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _presentation(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    actions.plan_presentation(
        stage.session, ran.pilot, at=stage.at(entry["presentation"], 13), place=entry["place"],
        actor=stage.actor(by), now=now,
    )  # fmt: skip


def _presented(ran: Ran, _entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    actions.hold_presentation(stage.session, ran.pilot, actor=stage.actor(by), now=now)


def _change(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    """Wish for another day of one milestone."""
    stage, pilot = ran.stage, ran.pilot
    milestone = ran.milestone(entry["change"])
    wish = actions.Wish(milestone=milestone, due=stage.day(entry["due"]), amount=milestone.amount)
    actions.propose_change(
        stage.session, pilot, [wish], ends=pilot.ends, reason=entry["reason"],
        revision=pilot.revision, lang=ran.lang(by), actor=stage.actor(by), now=now,
    )  # fmt: skip


def _stop(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    actions.stop(stage.session, ran.pilot, reasons=entry["stop"], actor=stage.actor(by), now=now)


def _outcome(ran: Ran, entry: Told, by: str, now: datetime) -> None:
    stage = ran.stage
    actions.state_outcome(
        stage.session, ran.pilot, outcome=Outcome(entry["outcome"]), reasons=entry["reasons"],
        cost=entry["cost"], actor=stage.actor(by), now=now,
    )  # fmt: skip


def completion(stage: Stage, challenge: str, manager: str, told: Told) -> Iterator[Step]:
    """Close the case, whose pilots all have an outcome."""
    by = told.get("by", manager)

    def complete(now: datetime) -> None:
        row = stage.challenge(challenge)
        actions.complete(stage.session, row, actor=stage.actor(by), now=now)

    yield Step(stage.at(told["on"], AFTERNOON), complete)


VERBS: Mapping[str, Verb] = {
    "deliver": _deliver,
    "accept": _accept,
    "return": _return,
    "measure": _measure,
    "log": _log,
    "message": _write,
    "mentor": _mentor,
    "presentation": _presentation,
    "presented": _presented,
    "change": _change,
    "stop": _stop,
    "outcome": _outcome,
}
OF_THE_FIRM = frozenset({"deliver", "measure", "change"})

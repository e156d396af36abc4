"""Making a pilot and writing its plan, until both sides have agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from govmatch.applications.models import Application
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.ids import public_id
from govmatch.pilots import plan, queries, rules, units
from govmatch.pilots.actions.holding import hold, hold_application, require_revision
from govmatch.pilots.events import PilotPlanned, PlanChanged
from govmatch.pilots.models import Kpi, Milestone, Pilot


@dataclass(frozen=True, kw_only=True)
class PlanData:
    """What a plan says beside its milestones and key figures."""

    title: str
    summary: Mapping[str, str]
    budget: int
    starts: date
    ends: date


@dataclass(frozen=True, kw_only=True)
class MilestoneData:
    title: str
    acceptance: str
    amount: int
    due: date


@dataclass(frozen=True, kw_only=True)
class KpiData:
    name: Mapping[str, str]
    unit: str
    baseline: Decimal
    target: Decimal


def make(
    session: Session,
    application: Application,
    data: PlanData,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Pilot:
    """Make a planned pilot from a confirmed application, in the currency of its challenge.

    Refused beyond the challenge's `pilots_max`. Raises `Conflict` where there is one already, and
    `Invalid` for a budget that the challenge does not offer or days that do not fit.
    """
    hold_challenge(session, application.challenge)
    hold_application(session, application)
    there = select(Pilot.id).where(Pilot.application_id == application.id)
    if session.execute(there).first() is not None:
        raise Conflict(msg("A pilot was made from this application already."))
    made = queries.count_made(session, application.challenge_id)
    require(rules.may_make(actor, application, made=made))
    pilot = Pilot(
        public_id=public_id(),
        application=application,
        challenge=application.challenge,
        firm=application.firm,
        currency=application.challenge.currency,
        revision=1,
        created_at=now,
    )
    _check_plan(pilot, data, [], lang=lang)
    _fill(pilot, data)
    session.add(pilot)
    session.flush()
    event = PilotPlanned(
        subject_id=pilot.id,
        application_id=application.id,
        challenge_id=application.challenge_id,
    )
    journal.record(session, event, actor=actor, now=now)
    return pilot


def change_plan(
    session: Session,
    pilot: Pilot,
    data: PlanData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> None:
    """Replace what the plan says beside its lists; raises `Conflict` for an older revision."""
    _begin(session, pilot, revision, actor=actor)
    milestones = queries.milestones(session, pilot)
    _check_plan(pilot, data, milestones, lang=lang)
    _fill(pilot, data)
    _changed(session, pilot, actor=actor, now=now)


def add_milestone(
    session: Session,
    pilot: Pilot,
    data: MilestoneData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Milestone:
    """Add a milestone within the budget and the time of the pilot."""
    _begin(session, pilot, revision, actor=actor)
    there = queries.milestones(session, pilot)
    if len(there) >= rules.MOST_MILESTONES:
        raise NotAllowed(msg("A pilot has at most {n} milestones.", n=rules.MOST_MILESTONES))
    _check_milestone(pilot, data, there, lang=lang)
    milestone = Milestone(
        public_id=public_id(),
        pilot=pilot,
        number=_next_number(session, Milestone.number, Milestone.pilot_id, pilot),
        title=data.title,
        acceptance=data.acceptance,
        amount=data.amount,
        due=data.due,
    )
    session.add(milestone)
    _changed(session, pilot, actor=actor, now=now)
    return milestone


def change_milestone(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    data: MilestoneData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> None:
    _begin(session, pilot, revision, actor=actor)
    others = [one for one in queries.milestones(session, pilot) if one.id != milestone.id]
    _check_milestone(pilot, data, others, lang=lang)
    milestone.title, milestone.acceptance = data.title, data.acceptance
    milestone.amount, milestone.due = data.amount, data.due
    _changed(session, pilot, actor=actor, now=now)


def remove_milestone(
    session: Session,
    pilot: Pilot,
    milestone: Milestone,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a milestone out of a plan that is not agreed; nothing can have been delivered for it."""
    _begin(session, pilot, revision, actor=actor)
    session.delete(milestone)
    _changed(session, pilot, actor=actor, now=now)


def add_kpi(
    session: Session,
    pilot: Pilot,
    data: KpiData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Kpi:
    """Add a key figure whose baseline and target fit its unit."""
    _begin(session, pilot, revision, actor=actor)
    if len(queries.kpis(session, pilot)) >= rules.MOST_KPIS:
        raise NotAllowed(msg("A pilot has at most {n} key figures.", n=rules.MOST_KPIS))
    _check_kpi(data, lang=lang)
    kpi = Kpi(
        public_id=public_id(),
        pilot_id=pilot.id,
        number=_next_number(session, Kpi.number, Kpi.pilot_id, pilot),
        name=dict(data.name),
        unit=data.unit,
        baseline=data.baseline,
        target=data.target,
    )
    session.add(kpi)
    _changed(session, pilot, actor=actor, now=now)
    return kpi


def change_kpi(
    session: Session,
    pilot: Pilot,
    kpi: Kpi,
    data: KpiData,
    *,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> None:
    _begin(session, pilot, revision, actor=actor)
    _check_kpi(data, lang=lang)
    kpi.name, kpi.unit = dict(data.name), data.unit
    kpi.baseline, kpi.target = data.baseline, data.target
    _changed(session, pilot, actor=actor, now=now)


def remove_kpi(
    session: Session, pilot: Pilot, kpi: Kpi, *, revision: int, actor: Actor, now: datetime
) -> None:
    _begin(session, pilot, revision, actor=actor)
    session.delete(kpi)
    _changed(session, pilot, actor=actor, now=now)


def _begin(session: Session, pilot: Pilot, revision: int, *, actor: Actor) -> None:
    hold(session, pilot)
    require(rules.may_write_plan(actor, pilot))
    require_revision(pilot, revision)


def _changed(session: Session, pilot: Pilot, *, actor: Actor, now: datetime) -> None:
    """Count a new revision, to which nobody has agreed."""
    pilot.revision += 1
    pilot.firm_agreed_at = pilot.firm_agreed_by = None
    pilot.authority_agreed_at = pilot.authority_agreed_by = None
    session.flush()
    event = PlanChanged(subject_id=pilot.id, revision=pilot.revision)
    journal.record(session, event, actor=actor, now=now)


def _fill(pilot: Pilot, data: PlanData) -> None:
    pilot.title, pilot.summary = data.title, dict(data.summary)
    pilot.budget, pilot.starts, pilot.ends = data.budget, data.starts, data.ends


def _check_plan(pilot: Pilot, data: PlanData, milestones: list[Milestone], *, lang: Lang) -> None:
    spent = plan.sum_of_amounts(milestones)
    shown = _shown(pilot, lang)
    found = {
        "budget": plan.budget_fault(data.budget, pilot.challenge, spent, shown),
        "ends": plan.days_fault(data.starts, data.ends, [one.due for one in milestones]),
    }
    _refuse(found)


def _check_milestone(
    pilot: Pilot, data: MilestoneData, others: list[Milestone], *, lang: Lang
) -> None:
    spent = plan.sum_of_amounts(others)
    found = {
        "amount": plan.amount_fault(data.amount, spent, pilot.budget, _shown(pilot, lang)),
        "due": plan.due_fault(data.due, pilot.starts, pilot.ends),
    }
    _refuse(found)


def _check_kpi(data: KpiData, *, lang: Lang) -> None:
    found = {
        "baseline": units.wrong_with(data.baseline, data.unit, lang),
        "target": units.wrong_with(data.target, data.unit, lang),
    }
    if data.baseline == data.target:
        found["target"] = found["target"] or msg("The target has to differ from the baseline.")
    _refuse(found)


def _refuse(found: Mapping[str, Message | None]) -> None:
    if errors := {name: message for name, message in found.items() if message is not None}:
        raise Invalid(errors)


def _shown(pilot: Pilot, lang: Lang) -> plan.Shown:
    return lambda amount: money_text(amount, pilot.currency, lang)


def _next_number(
    session: Session,
    column: InstrumentedAttribute[int],
    of: InstrumentedAttribute[int],
    pilot: Pilot,
) -> int:
    found = select(func.coalesce(func.max(column), 0)).where(of == pilot.id)
    return session.execute(found).scalar_one() + 1

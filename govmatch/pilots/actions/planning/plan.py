"""Making a pilot, and what its plan says beside milestones and key figures."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.actions.holding import hold_application
from govmatch.pilots.actions.planning.revision import new_revision, refuse, shown
from govmatch.pilots.events import PilotPlanned
from govmatch.pilots.models import Milestone, Pilot


@dataclass(frozen=True, kw_only=True)
class PlanData:
    """What a plan says beside its milestones and key figures."""

    title: str
    summary: Mapping[str, str]
    budget: int
    starts: date
    ends: date


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
    with new_revision(session, pilot, revision, actor=actor, now=now):
        milestones = queries.milestones(session, pilot)
        _check_plan(pilot, data, milestones, lang=lang)
        _fill(pilot, data)


def _fill(pilot: Pilot, data: PlanData) -> None:
    pilot.title, pilot.summary = data.title, dict(data.summary)
    pilot.budget, pilot.starts, pilot.ends = data.budget, data.starts, data.ends


def _check_plan(pilot: Pilot, data: PlanData, milestones: list[Milestone], *, lang: Lang) -> None:
    spent = plan.sum_of_amounts(milestones)
    found = {
        "budget": plan.budget_fault(data.budget, pilot.challenge, spent, shown(pilot, lang)),
        "ends": plan.days_fault(data.starts, data.ends, [one.due for one in milestones]),
    }
    refuse(found)

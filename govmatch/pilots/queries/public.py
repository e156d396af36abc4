"""What everybody may read of pilots, from their agreement on: the results page shows it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.pilots.models import Kpi, KpiValue, Milestone, Pilot


@dataclass(frozen=True)
class PublicMilestone:
    number: int
    title: str
    due: date
    state: str


@dataclass(frozen=True)
class PublicKpi:
    """`values` holds one value a day, oldest first; `unit` is a code of `pilots.units`."""

    name: Mapping[str, str]
    unit: str
    baseline: Decimal
    target: Decimal
    values: list[tuple[date, Decimal]]


@dataclass(frozen=True)
class PublicPilot:
    """The public part of one pilot. `public_id` tells them apart; its page is not public."""

    public_id: str
    challenge_id: int
    firm: str
    firm_id: int
    title: str
    summary: Mapping[str, str]
    state: str
    starts: date
    ends: date
    agreed_at: datetime
    milestones: list[PublicMilestone]
    kpis: list[PublicKpi]
    outcome: str | None
    outcome_at: datetime | None
    reasons: Mapping[str, str]
    cost: int | None
    currency: str


@dataclass(frozen=True)
class PublicEnd:
    """What a list says of one agreed pilot; both are None until it has an outcome."""

    outcome: str | None
    cost: int | None


def public_ends(session: ReadSession, challenge_ids: Collection[int]) -> dict[int, list[PublicEnd]]:
    """Return the agreed pilots of many challenges in short, by challenge; one statement.

    The order is that of agreement. The caller asks as for `public_story`.
    """
    found = (
        select(Pilot.challenge_id, Pilot.outcome, Pilot.cost)
        .where(Pilot.challenge_id.in_(challenge_ids), Pilot.agreed_at.is_not(None))
        .order_by(Pilot.agreed_at, Pilot.id)
    )
    ends: dict[int, list[PublicEnd]] = {}
    for number, outcome, cost in session.execute(found):
        end = PublicEnd(outcome, cost if outcome is not None else None)
        ends.setdefault(number, []).append(end)
    return ends


def public_story(session: ReadSession, challenge: Challenge) -> list[PublicPilot]:
    """Return the public part of each agreed pilot of a challenge, in the order of agreement.

    Whether the challenge itself is public, and whether its programme publishes results, the caller
    has asked.
    """
    return public_stories(session, [challenge.id]).get(challenge.id, [])


def public_stories(
    session: ReadSession, challenge_ids: Collection[int]
) -> dict[int, list[PublicPilot]]:
    """Return the same for many challenges, by challenge; four statements however many."""
    found = (
        select(Pilot)
        .options(joinedload(Pilot.firm).load_only(Firm.name))
        .where(Pilot.challenge_id.in_(challenge_ids), Pilot.agreed_at.is_not(None))
        .order_by(Pilot.agreed_at, Pilot.id)
    )
    pilots = list(session.scalars(found))
    ids = [pilot.id for pilot in pilots]
    milestones, kpis = _milestones(session, ids), _kpis(session, ids)
    stories: dict[int, list[PublicPilot]] = {}
    for pilot in pilots:
        shown = _public(pilot, milestones.get(pilot.id, []), kpis.get(pilot.id, []))
        stories.setdefault(pilot.challenge_id, []).append(shown)
    return stories


def _public(pilot: Pilot, milestones: list[PublicMilestone], kpis: list[PublicKpi]) -> PublicPilot:
    assert pilot.agreed_at is not None
    return PublicPilot(
        public_id=pilot.public_id,
        challenge_id=pilot.challenge_id,
        firm=pilot.firm.name,
        firm_id=pilot.firm_id,
        title=pilot.title,
        summary=pilot.summary,
        state=pilot.state,
        starts=pilot.starts,
        ends=pilot.ends,
        agreed_at=pilot.agreed_at,
        milestones=milestones,
        kpis=kpis,
        outcome=pilot.outcome,
        outcome_at=pilot.outcome_at,
        reasons=pilot.outcome_reasons,
        cost=pilot.cost if pilot.outcome is not None else None,
        currency=pilot.currency,
    )


def _milestones(session: ReadSession, ids: Collection[int]) -> dict[int, list[PublicMilestone]]:
    found = select(
        Milestone.pilot_id, Milestone.number, Milestone.title, Milestone.due, Milestone.state
    ).where(Milestone.pilot_id.in_(ids))
    by_pilot: dict[int, list[PublicMilestone]] = {}
    for row in session.execute(found.order_by(Milestone.due, Milestone.number)):
        shown = PublicMilestone(row.number, row.title, row.due, row.state)
        by_pilot.setdefault(row.pilot_id, []).append(shown)
    return by_pilot


def _kpis(session: ReadSession, ids: Collection[int]) -> dict[int, list[PublicKpi]]:
    rows = session.scalars(select(Kpi).where(Kpi.pilot_id.in_(ids)).order_by(Kpi.number)).all()
    values: dict[int, dict[date, Decimal]] = {}
    measured = select(KpiValue.kpi_id, KpiValue.measured, KpiValue.value).where(
        KpiValue.kpi_id.in_([row.id for row in rows])
    )
    for kpi_id, day, value in session.execute(measured.order_by(KpiValue.measured, KpiValue.id)):
        values.setdefault(kpi_id, {})[day] = value
    by_pilot: dict[int, list[PublicKpi]] = {}
    for row in rows:
        each = list(values.get(row.id, {}).items())
        kpi = PublicKpi(row.name, row.unit, row.baseline, row.target, each)
        by_pilot.setdefault(row.pilot_id, []).append(kpi)
    return by_pilot

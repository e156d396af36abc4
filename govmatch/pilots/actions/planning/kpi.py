"""The key figures of a plan."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass
from govmatch.pilots import queries, rules, units
from govmatch.pilots.actions.planning.revision import new_revision, next_number, refuse
from govmatch.pilots.models import Kpi, Pilot


@dataclass(frozen=True, kw_only=True)
class KpiData:
    name: Mapping[str, str]
    unit: str
    baseline: Decimal
    target: Decimal


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
    with new_revision(session, pilot, revision, actor=actor, now=now):
        if len(queries.kpis(session, pilot)) >= rules.MOST_KPIS:
            raise NotAllowed(msg("A pilot has at most {n} key figures.", n=rules.MOST_KPIS))
        _check_kpi(data, lang=lang)
        kpi = Kpi(
            public_id=public_id(),
            pilot_id=pilot.id,
            number=next_number(session, Kpi.number, Kpi.pilot_id, pilot),
            name=dict(data.name),
            unit=data.unit,
            baseline=data.baseline,
            target=data.target,
        )
        session.add(kpi)
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
    with new_revision(session, pilot, revision, actor=actor, now=now):
        _check_kpi(data, lang=lang)
        kpi.name, kpi.unit = dict(data.name), data.unit
        kpi.baseline, kpi.target = data.baseline, data.target


def _check_kpi(data: KpiData, *, lang: Lang) -> None:
    found = {
        "baseline": units.wrong_with(data.baseline, data.unit, lang),
        "target": units.wrong_with(data.target, data.unit, lang),
    }
    if data.baseline == data.target:
        found["target"] = found["target"] or msg("The target has to differ from the baseline.")
    refuse(found)

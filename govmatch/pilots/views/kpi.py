"""/pilots/{id}/kpis/{kpi}: a key figure as a drawing and a table, and reporting a value."""

from datetime import date, datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.errors import Invalid
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, plan, queries, rules, units
from govmatch.pilots.forms import read_reported
from govmatch.pilots.models import Kpi, KpiValue, Pilot
from govmatch.pilots.showing import path_of, value_text
from govmatch.pilots.views.frame import (
    Head,
    Trouble,
    head_of,
    pilot_of,
    texts_by_lang,
    trouble_with,
)
from govmatch.pilots.views.milestone import KpiField, kpi_field
from govmatch.web.answers import Answer, redirect
from govmatch.web.charts import Level, LineChart, line_chart
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/kpis/{kpi}"


@dataclass(frozen=True)
class ValueLine:
    """One value; `is_replaced` where a later one counts for its day."""

    measured: date
    value: str
    note: str
    at: datetime
    by: str
    is_replaced: bool


@dataclass(frozen=True)
class KpiPage:
    head: Head
    name: str
    name_lang: str | None
    unit: Message
    baseline: str
    target: str
    latest: str
    is_reached: bool
    chart: LineChart | None
    values: list[ValueLine]
    can_measure: bool
    field: KpiField
    action: str
    form: Form
    alert: Message | None


def show(visit: Visit) -> Answer:
    pilot = pilot_of(visit)
    kpi = queries.get_kpi(visit.db, pilot, visit.params["kpi"])
    return _page(visit, pilot, kpi, Trouble(filled({}), 200))


def measure(visit: WritingVisit) -> Answer:
    """Keep a reported value."""
    pilot = pilot_of(visit)
    kpi = queries.get_kpi(visit.session, pilot, visit.params["kpi"])
    form = typed(visit.form)
    if visit.switching:
        return _page(visit, pilot, kpi, Trouble(form, 200))
    today = rules.today(pilot, visit.now)
    found, errors = read_reported(visit.form, [kpi], today, visit.lang, required=True)
    if (errors or not found) and rules.may_measure(visit.actor, pilot):
        return _page(visit, pilot, kpi, Trouble(Form(form.values, errors), 422))
    reported = found[0] if found else _nothing(kpi, today)
    try:
        actions.measure(
            visit.session, pilot, reported, lang=visit.lang, actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        return _page(visit, pilot, kpi, trouble_with(form, error))
    visit.flash("success", msg("The value is reported."))
    return redirect(f"{path_of(pilot)}/kpis/{kpi.public_id}")


def _nothing(kpi: Kpi, today: date) -> actions.Reported:
    """Stand for what could not be read: the action refuses whoever may not report at all."""
    return actions.Reported(kpi=kpi, unit="", value=kpi.baseline, measured=today)


def _page(visit: Visit, pilot: Pilot, kpi: Kpi, trouble: Trouble) -> Answer:
    rows = queries.values(visit.db, kpi)
    counting = {row.measured: row for row in rows}
    latest = rows[-1] if rows else None
    name_lang, name = texts_by_lang(kpi.name, visit.lang)[0]
    can_measure = bool(rules.may_measure(visit.actor, pilot))
    key = f"measured-{kpi.public_id}"
    today = rules.today(pilot, visit.now).isoformat()
    values = KpiPage(
        head=head_of(visit, pilot),
        name=name,
        name_lang=name_lang if name_lang != visit.lang else None,
        unit=units.UNITS[kpi.unit].label,
        baseline=value_text(kpi, kpi.baseline, visit.lang),
        target=value_text(kpi, kpi.target, visit.lang),
        latest=value_text(kpi, latest.value, visit.lang) if latest else "",
        is_reached=latest is not None and plan.reaches_target(kpi, latest.value),
        chart=_chart(visit, pilot, kpi, name, list(counting.values())) if rows else None,
        values=_lines(visit, kpi, rows, counting),
        can_measure=can_measure,
        field=kpi_field(visit, kpi),
        action=visit.url(f"{path_of(pilot)}/kpis/{kpi.public_id}"),
        form=Form({key: today, **trouble.form.values}, trouble.form.errors),
        alert=trouble.alert,
    )
    template = "pilots/kpi.html"
    return page(visit, template, values, status=trouble.status, main_form=can_measure)


def _lines(
    visit: Visit, kpi: Kpi, rows: list[KpiValue], counting: dict[date, KpiValue]
) -> list[ValueLine]:
    names = names_by_id(visit.db, (row.by for row in rows))
    return [
        ValueLine(
            measured=row.measured,
            value=value_text(kpi, row.value, visit.lang),
            note=row.note,
            at=row.at,
            by=names.get(row.by, ""),
            is_replaced=counting[row.measured] is not row,
        )
        for row in reversed(rows)
    ]


def _chart(visit: Visit, pilot: Pilot, kpi: Kpi, name: str, values: list[KpiValue]) -> LineChart:
    baseline, target, latest = (
        value_text(kpi, value, visit.lang) for value in (kpi.baseline, kpi.target, values[-1].value)
    )
    said = msg(
        "Baseline {baseline}, target {target}, last value {latest} on {day}.",
        baseline=baseline,
        target=target,
        latest=latest,
        day=date_text(values[-1].measured, visit.lang, visit.zone),
    )
    levels = [
        Level("baseline", kpi.baseline, visit.say(msg("Baseline: {value}", value=baseline))),
        Level("target", kpi.target, visit.say(msg("Target: {value}", value=target))),
    ]
    return line_chart(
        [(one.measured, one.value) for one in values],
        levels,
        begins=pilot.starts,
        ends=pilot.ends,
        begins_label=date_text(pilot.starts, visit.lang, visit.zone),
        ends_label=date_text(pilot.ends, visit.lang, visit.zone),
        last_label=latest,
        title=name,
        description=visit.say(said),
    )


routes = [get(PATH, show, signed_in), post(PATH, measure, signed_in, once=True)]

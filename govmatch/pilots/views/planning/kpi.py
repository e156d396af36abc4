"""/pilots/{id}/plan/kpis: what is measured, in which unit, from which baseline to which target."""

from govmatch.kit.i18n import msg
from govmatch.pilots import actions, queries
from govmatch.pilots.actions import KpiData
from govmatch.pilots.forms import kpi_form, read_kpi, read_revision
from govmatch.pilots.models import Kpi, Pilot
from govmatch.pilots.showing import value_text
from govmatch.pilots.views.frame import texts_by_lang
from govmatch.pilots.views.planning.part import Kept, Kind, routes_of
from govmatch.web.visit import Visit, WritingVisit


def _keep(visit: WritingVisit, pilot: Pilot, kpi: Kpi | None, data: KpiData) -> None:
    session, revision = visit.session, read_revision(visit.form)
    lang, actor, now = visit.lang, visit.actor, visit.now
    if kpi is None:
        actions.add_kpi(session, pilot, data, revision=revision, lang=lang, actor=actor, now=now)
    else:
        actions.change_kpi(
            session, pilot, kpi, data, revision=revision, lang=lang, actor=actor, now=now
        )


def _kept(visit: Visit, kpi: Kpi) -> Kept:
    return [
        *((msg("Name"), text) for _, text in texts_by_lang(kpi.name, visit.lang)),
        (msg("Baseline"), value_text(kpi, kpi.baseline, visit.lang)),
        (msg("Target"), value_text(kpi, kpi.target, visit.lang)),
    ]


routes = routes_of(
    Kind(
        folder="kpis",
        word="kpi",
        template="pilots/plan_kpi.html",
        get=queries.get_kpi,
        form=lambda visit, kpi: kpi_form(kpi, visit.lang),
        read=lambda visit, _pilot: read_kpi(visit.form, visit.lang),
        keep=_keep,
        kept=_kept,
        rest=lambda _visit, _pilot, _kpi: 0,
    )
)

"""/reports and /reports/{name}.csv: four figures, then each part as drawing, table and file."""

from collections.abc import Mapping
from dataclasses import dataclass

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.actor import SITE
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.sheets import CSV, as_csv
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Choices, Scope, Stage
from govmatch.overview.views.reports import tables
from govmatch.overview.views.reports.tables import Table
from govmatch.web.answers import Answer, attachment
from govmatch.web.bars import BarChart
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

PATH = "/reports"
reading = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)


@dataclass(frozen=True)
class Part:
    """One part of the page; `more` is how many rows stand in the file alone."""

    name: str
    title: Message
    lead: Message
    chart: BarChart | None
    table: Table
    more: int
    file_url: str
    empty: Message


@dataclass(frozen=True)
class ReportsPage:
    figures: list[tuple[Message, str]]
    parts: list[Part]
    form: Form
    programmes: list[tuple[str, str]]
    authorities: list[tuple[str, str]]
    years: list[tuple[str, str]]
    action: str


def dashboard(visit: Visit) -> Answer:
    """Show the reports on what the reader runs, owns or audits."""
    scope, known = _scope(visit)
    counts = reports.funnel(visit.db, scope)
    decided = reports.decided(visit.db, scope)
    waiting = reports.waits(visit.db, scope, now=visit.now, most=tables.MOST_WAITING)
    parts = [
        _funnel(visit, counts),
        _time(visit, decided),
        _waiting(visit, waiting),
        *([_reviews(visit, scope)] if _knows_reviewers(visit) else []),
    ]
    middle = reports.median(decided)
    wanted = _query(scope)
    values = ReportsPage(
        figures=[
            (msg("Opened applications"), number_text(counts[Stage.SUBMITTED], visit.lang)),
            (
                msg("Median days to the decision"),
                number_text(middle, visit.lang) if middle is not None else "–",
            ),
            (msg("Pilots agreed"), number_text(counts[Stage.PILOT], visit.lang)),
            (msg("What waits"), visit.say(_with_late(visit, waiting.total, waiting.late))),
        ],
        parts=parts,
        form=filled({name: str(value or "") for name, value in wanted.items()}),
        programmes=_options(visit, known.programmes),
        authorities=_options(visit, known.authorities),
        years=[(str(year), str(year)) for year in known.years],
        action=visit.url(PATH),
    )
    return page(visit, "overview/reports.html", values, block="results")


def _with_late(visit: Visit, n: int, late: int) -> Message | str:
    shown = number_text(n, visit.lang)
    if not late:
        return shown
    return msg("{n}, {late} overdue", n=shown, late=number_text(late, visit.lang))


def file(visit: Visit) -> Answer:
    """Give the table of one part, with all its rows."""
    name = visit.params["name"]
    scope, _ = _scope(visit)
    head, table = _file(visit, name, scope)
    body = as_csv([visit.say(label) for label in head], table.records)
    return attachment(body, f"{name}-{visit.now.date().isoformat()}.csv", CSV)


def _file(visit: Visit, name: str, scope: Scope) -> tuple[list[Message], Table]:
    match name:
        case "funnel":
            table = tables.funnel_table(visit, reports.funnel(visit.db, scope))
        case "time-to-decision":
            decided = reports.with_titles(visit.db, reports.decided(visit.db, scope))
            return list(tables.TIME_COLUMNS), tables.time_table(visit, decided)
        case "waiting":
            waiting = reports.waits(visit.db, scope, now=visit.now)
            found = reports.with_challenges(visit.db, waiting.rows)
            return list(tables.WAITING_COLUMNS), tables.waiting_table(visit, found)
        case "reviews" if _knows_reviewers(visit):
            loads = reports.loads(visit.db, scope, now=visit.now)
            names = names_by_id(visit.db, {one.person_id for one in loads})
            table = tables.review_table(visit, loads, names)
        case _:
            raise NotFound
    return [label for label, _ in table.head], table


def _knows_reviewers(visit: Visit) -> bool:
    """True for managers and auditors: nobody else reads who reviews and who is late."""
    actor = visit.actor
    return bool(
        actor.holds(Role.AUDITOR, SITE)
        or actor.objects("programme", Role.MANAGER, Role.AUDITOR)
        or actor.objects("authority", Role.AUDITOR)
    )


def _scope(visit: Visit) -> tuple[Scope, Choices]:
    """Return what is asked for, without what there is not, and what there is to choose from."""
    every = Scope(visit.actor, visit.settings.zone)
    known = reports.choices(visit.db, every)
    programme, authority = visit.query.one("programme"), visit.query.one("authority")
    year = visit.query.one("year")
    scope = Scope(
        visit.actor,
        visit.settings.zone,
        programme if programme in known.programmes else "",
        authority if authority in known.authorities else "",
        next((one for one in known.years if str(one) == year), None),
    )
    return reports.with_opened(visit.db, scope), known


def _query(scope: Scope) -> dict[str, str | int | None]:
    return {
        "programme": scope.programme or None,
        "authority": scope.authority or None,
        "year": scope.year,
    }


def _options(visit: Visit, known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(slug, pick(names, visit.lang)[0] or slug) for slug, names in known.items()]


def _file_url(visit: Visit, name: str) -> str:
    """Return the address of a file with the same filters as the page."""
    wanted = {key: visit.query.one(key)[:80] or None for key in ("programme", "authority", "year")}
    return visit.url(f"{PATH}/{name}.csv", **wanted)


def _funnel(visit: Visit, counts: Mapping[Stage, int]) -> Part:
    table = tables.funnel_table(visit, counts)
    has_any = bool(counts[Stage.SUBMITTED])
    return Part(
        name="funnel",
        title=msg("From the application to the outcome"),
        lead=msg(
            "Applications to opened challenges; each stage counts what came this far or further."
        ),
        chart=tables.funnel_chart(visit, counts) if has_any else None,
        table=table if has_any else Table(table.head, [], []),
        more=0,
        file_url=_file_url(visit, "funnel"),
        empty=msg("Figures stand here once applications have been opened."),
    )


def _time(visit: Visit, decided: list[reports.Decided]) -> Part:
    shown = reports.with_titles(visit.db, decided[: tables.SHOWN])
    return Part(
        name="time-to-decision",
        title=msg("Days to the decision"),
        lead=msg("From the deadline to the release of the decision, the latest first."),
        chart=tables.time_chart(visit, shown, reports.median(decided)),
        table=tables.time_table(visit, shown),
        more=len(decided) - len(shown),
        file_url=_file_url(visit, "time-to-decision"),
        empty=msg("No decision has been released yet."),
    )


def _waiting(visit: Visit, waiting: reports.Waiting) -> Part:
    shown = reports.with_challenges(visit.db, waiting.rows)
    return Part(
        name="waiting",
        title=msg("What waits for whom"),
        lead=msg("What is overdue stands first."),
        chart=None,
        table=tables.waiting_table(visit, shown),
        more=waiting.total - len(shown),
        file_url=_file_url(visit, "waiting"),
        empty=msg("Nothing waits."),
    )


def _reviews(visit: Visit, scope: Scope) -> Part:
    found = reports.loads(visit.db, scope, now=visit.now)
    shown = found[: tables.SHOWN]
    names = names_by_id(visit.db, {one.person_id for one in shown})
    return Part(
        name="reviews",
        title=msg("Open reviews by reviewer"),
        lead=msg("Only managers and auditors read this part."),
        chart=tables.review_chart(visit, shown, names),
        table=tables.review_table(visit, shown, names),
        more=len(found) - len(shown),
        file_url=_file_url(visit, "reviews"),
        empty=msg("No review is open."),
    )


routes = [
    get(f"{PATH}/{{name}}.csv", file, reading),
    get(PATH, dashboard, reading),
]

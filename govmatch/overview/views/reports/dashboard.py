"""/reports and what stands below it: parts as drawings and tables, and each of them as files."""

from collections.abc import Callable, Mapping, Sequence

from govmatch.accounts.models import Role
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.kit.sheets import CSV, as_csv
from govmatch.kit.workbooks import XLSX, as_xlsx
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Stage
from govmatch.overview.views.reports import (
    conflicts,
    firms,
    needs,
    scores,
    selection,
    trends,
    waiting,
    workload,
)
from govmatch.overview.views.reports.asking import Filters, ask, filters, query
from govmatch.overview.views.reports.cells import (
    SHOWN,
    Asked,
    Part,
    day,
    number,
    percent_text,
)
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

PATH = "/reports"
READERS = (Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)
"""Who reads what stands in challenges of theirs; administrators read the figures of all."""
reading = holder_of(*READERS, Role.ADMINISTRATOR)

Make = Callable[[Visit, Asked], Part]


def _reads_figures(actor: Actor) -> bool:
    return actor.has_any((*READERS, Role.ADMINISTRATOR))


def _reads_contents(actor: Actor) -> bool:
    """True for who reads applications of some challenge, and not figures alone."""
    return actor.has_any(READERS)


def _knows_reviewers(actor: Actor) -> bool:
    """True for managers and auditors: nobody else reads who reviews and who is late."""
    return bool(
        actor.holds(Role.AUDITOR, SITE)
        or actor.objects("programme", Role.MANAGER, Role.AUDITOR)
        or actor.objects("authority", Role.AUDITOR)
    )


Rule = Callable[[Actor], bool]

PARTS: Mapping[str, tuple[Make, Rule]] = {
    "funnel": (selection.funnel, _reads_figures),
    "time-to-decision": (selection.time, _reads_figures),
    "waiting": (waiting.waiting, _reads_contents),
    "workload": (workload.workload, _reads_figures),
    "reviews": (workload.reviewers, _knows_reviewers),
    "managers": (workload.managers, _knows_reviewers),
    "approvers": (workload.approvers, _knows_reviewers),
    "conflicts": (conflicts.conflicts, _reads_figures),
    "criteria": (scores.criteria, _reads_contents),
    "scores": (scores.challenges, _reads_contents),
    "sizes": (firms.sizes, _reads_figures),
    "regions": (firms.regions, _reads_figures),
    "needs": (needs.steps, _reads_figures),
    "trace": (needs.trace, _reads_contents),
    "trends": (trends.trends, _reads_figures),
}
"""Each part by the name of its file, with who reads it."""

VIEWS: Mapping[str, tuple[Message, Sequence[str]]] = {
    "": (msg("Selection"), ("funnel", "time-to-decision")),
    "tasks": (
        msg("Work"),
        ("waiting", "workload", "reviews", "managers", "approvers", "conflicts"),
    ),
    "scores": (msg("Scores"), ("criteria", "scores")),
    "firms": (msg("Firms"), ("sizes", "regions")),
    "needs": (msg("Needs"), ("needs", "trace")),
    "trends": (msg("Trends"), ("trends",)),
}
"""The pages by the end of their address: what each is called, and which parts it has."""


@dataclass(frozen=True)
class Shown:
    part: Part
    csv_url: str
    xlsx_url: str


@dataclass(frozen=True)
class ReportsPage:
    title: Message
    tabs: list[tuple[str, str, bool, None]]
    figures: list[tuple[Message, str]]
    parts: list[Shown]
    filters: Filters
    count: int
    action: str
    made: str
    only_figures: bool


def dashboard(visit: Visit) -> Answer:
    """Show one page of the reports on what the reader runs, owns, audits or counts."""
    view = visit.params.get("view", "")
    found = _names_of(visit.actor, view)
    if not found:
        raise NotFound
    asked, known = ask(visit, most=SHOWN)
    looked_at, challenges = "", list[tuple[str, str]]()
    if view == "scores":
        challenges = scores.options(visit, asked)
        one = scores.chosen(visit, asked)
        looked_at = one.slug if one else ""
    parts = [PARTS[name][0](visit, asked) for name in found]
    wanted = query(asked)
    chosen = filters(visit, asked, known, challenges, looked_at)
    values = ReportsPage(
        title=VIEWS[view][0],
        tabs=_tabs(visit, view, asked),
        figures=_figures(visit, asked) if not view else [],
        parts=[
            Shown(
                part,
                visit.url(f"{PATH}/{part.name}.csv", **wanted),
                visit.url(f"{PATH}/{part.name}.xlsx", **wanted),
            )
            for part in parts
        ],
        filters=chosen,
        count=sum(value is not None for value in wanted.values()),
        action=visit.url(_path(view)),
        made=day(visit, visit.now, visit.zone),
        only_figures=not _reads_contents(visit.actor),
    )
    return page(visit, "overview/reports.html", values, block="results")


def _path(view: str) -> str:
    return f"{PATH}/{view}" if view else PATH


def _names_of(actor: Actor, view: str) -> list[str]:
    """Return the parts of a page that the reader reads; none for a page that there is not."""
    names = VIEWS[view][1] if view in VIEWS else ()
    return [name for name in names if PARTS[name][1](actor)]


def _tabs(visit: Visit, view: str, asked: Asked) -> list[tuple[str, str, bool, None]]:
    """Return the pages that the reader has, each with the same filters."""
    wanted = {**query(asked), "challenge": None}
    return [
        (visit.say(label), visit.url(_path(name), **wanted), name == view, None)
        for name, (label, _) in VIEWS.items()
        if _names_of(visit.actor, name)
    ]


def _figures(visit: Visit, asked: Asked) -> list[tuple[Message, str]]:
    """Return the four figures that everything else hangs on."""
    counts = reports.funnel(visit.db, asked.counts)
    pace = reports.pace(reports.decided(visit.db, asked.counts, now=visit.now))
    middle = "–" if pace.median is None else number(visit, pace.median, digits=1)
    return [
        (msg("Opened applications"), number(visit, counts[Stage.SUBMITTED])),
        (msg("Median days to the decision"), middle),
        (msg("Promises kept"), percent_text(visit, pace.kept, pace.judged)),
        (msg("Pilots agreed"), number(visit, counts[Stage.PILOT])),
    ]


def csv_file(visit: Visit) -> Answer:
    """Give the table of one part, with all its rows."""
    part = _part(visit)
    head = [visit.say(label) for label in part.table.file_head]
    return attachment(as_csv(head, part.table.records), f"{_name(visit)}.csv", CSV)


def xlsx_file(visit: Visit) -> Answer:
    """Give the same as a workbook."""
    part = _part(visit)
    head = [visit.say(label) for label in part.table.file_head]
    body = as_xlsx(visit.say(part.title), head, part.table.records)
    return attachment(body, f"{_name(visit)}.xlsx", XLSX)


def _part(visit: Visit) -> Part:
    make, may_read = PARTS.get(visit.params["name"], (None, None))
    if make is None or may_read is None or not may_read(visit.actor):
        raise NotFound
    asked, _ = ask(visit, most=None)
    return make(visit, asked)


def _name(visit: Visit) -> str:
    return f"{visit.params['name']}-{visit.now.date().isoformat()}"


routes = [
    get(f"{PATH}/{{name}}.csv", csv_file, reading),
    get(f"{PATH}/{{name}}.xlsx", xlsx_file, reading),
    get(f"{PATH}/{{view}}", dashboard, reading, prints=True),
    get(PATH, dashboard, reading, prints=True),
]

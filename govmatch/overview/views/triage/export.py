"""/triage.csv: what the table shows, all pages of it, for a spreadsheet."""

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.i18n import msg
from govmatch.kit.sheets import CSV, as_csv
from govmatch.overview.views.triage.asked import read_asked, reading
from govmatch.overview.views.triage.lines import Line, lines_of
from govmatch.triage import queries
from govmatch.triage.queries import Row
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import get
from govmatch.web.visit import Visit

AT_ONCE = 1_000
HEAD = (
    msg("Reference"),
    msg("Firm"),
    msg("Title"),
    msg("Challenge"),
    msg("State"),
    msg("Days in this state"),
    msg("Submitted"),
    msg("Country"),
    msg("Looked after by"),
    msg("Marks"),
    msg("Tags"),
    msg("Reviews submitted"),
    msg("Reviews assigned"),
    msg("Mean"),
)


def export(visit: Visit) -> Answer:
    """Give every application that fits the filters, in the order of the table."""
    asked = read_asked(visit, visit.query)
    ids = queries.found_ids(visit.db, visit.actor, asked.filters, sort=asked.sort, now=visit.now)
    lines: list[Line] = []
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = queries.rows_of(visit.db, visit.actor, part, now=visit.now)
        lines += lines_of(visit, rows, _handlers(visit, rows))
    head = [visit.say(one) for one in HEAD]
    body = as_csv(head, (_cells(visit, one) for one in lines))
    name = f"{visit.say(msg('applications'))}-{visit.now.date().isoformat()}.csv"
    return attachment(body, name, CSV)


def _handlers(visit: Visit, rows: list[Row]) -> dict[int, str]:
    ids = {row.handler_id for row in rows if row.handler_id}
    return names_by_id(visit.db, ids) if ids else {}


def _cells(visit: Visit, one: Line) -> list[object]:
    return [
        one.reference,
        one.firm,
        one.title,
        one.challenge,
        visit.say(one.label),
        one.days,
        one.submitted_at.isoformat(timespec="seconds"),
        one.country,
        one.handler,
        ", ".join(visit.say(label) for label, _ in one.marks),
        ", ".join(one.tags),
        one.done,
        one.assigned,
        one.mean if one.mean != "–" else None,
    ]


routes = [get("/triage.csv", export, reading, limit="search")]

"""/triage.csv and /triage.xlsx: what the table shows, all pages of it, for a spreadsheet."""

from collections.abc import Callable, Mapping

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.kit.sheets import CSV, as_csv
from govmatch.kit.workbooks import XLSX, as_xlsx
from govmatch.overview.views.triage.asked import Asked, read_asked, reading
from govmatch.overview.views.triage.lines import Line, lines_of
from govmatch.overview.views.triage.ordering import agreed_for
from govmatch.overview.views.triage.table import columns_of
from govmatch.triage import queries
from govmatch.triage.queries import Row
from govmatch.web.answers import Answer, attachment
from govmatch.web.routes import get
from govmatch.web.visit import Visit

AT_ONCE = 1_000

Cell = tuple[Message, Callable[[Visit, Line], object]]
"""What a cell is called, and what it says of an application."""


def _number(text: str) -> float | str:
    """Return a mean as a number where it is written as one."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


FIRST: tuple[Cell, ...] = (
    (msg("Reference"), lambda _, one: one.reference),
    (msg("Firm"), lambda _, one: one.firm),
    (msg("Title"), lambda _, one: one.title),
    (msg("Marks"), lambda visit, one: ", ".join(visit.say(label) for label, _ in one.marks)),
    (msg("Tags"), lambda _, one: ", ".join(one.tags)),
)
"""What the first cell of a row shows; the reference is how people speak of an application."""
CELLS: Mapping[str, tuple[Cell, ...]] = {
    "challenge": ((msg("Challenge"), lambda _, one: one.challenge),),
    "state": ((msg("State"), lambda visit, one: visit.say(one.label)),),
    "waiting": ((msg("Days in this state"), lambda _, one: one.days),),
    "handler": ((msg("Looked after by"), lambda _, one: one.handler),),
    "reviews": (
        (msg("Reviews submitted"), lambda _, one: one.done),
        (msg("Reviews assigned"), lambda _, one: one.assigned),
        (msg("Mean"), lambda _, one: _number(one.mean) if one.mean != "–" else None),
        (msg("Consensus"), lambda _, one: _number(one.consensus) if one.consensus else None),
    ),
    "country": ((msg("Country"), lambda _, one: one.country),),
    "submitted": ((msg("Submitted"), lambda _, one: one.submitted_at),),
}
"""By column of the table, the cells that it has here."""


@dataclass(frozen=True)
class _Table:
    head: list[str]
    rows: list[list[object]]


def csv(visit: Visit) -> Answer:
    """Give every application that fits, in the order and with the columns of the table."""
    made = _table(visit, read_asked(visit, visit.query))
    return attachment(as_csv(made.head, made.rows), f"{_name(visit)}.csv", CSV)


def xlsx(visit: Visit) -> Answer:
    """Give the same as a workbook."""
    made = _table(visit, read_asked(visit, visit.query))
    body = as_xlsx(visit.say(msg("applications")), made.head, made.rows)
    return attachment(body, f"{_name(visit)}.xlsx", XLSX)


def _name(visit: Visit) -> str:
    return f"{visit.say(msg('applications'))}-{visit.now.date().isoformat()}"


def _table(visit: Visit, asked: Asked) -> _Table:
    ids = queries.found_ids(
        visit.db, visit.actor, asked.filters,
        sort=asked.sort, agreed=agreed_for(visit, asked), now=visit.now,
    )  # fmt: skip
    cells = [*FIRST]
    for column in columns_of(asked, queries.preference_of(visit.db, visit.actor)):
        cells += CELLS.get(column, ())
    rows: list[list[object]] = []
    for start in range(0, len(ids), AT_ONCE):
        found = queries.rows_of(visit.db, visit.actor, ids[start : start + AT_ONCE], now=visit.now)
        lines = lines_of(visit, found, _handlers(visit, found))
        rows += [[cell(visit, one) for _, cell in cells] for one in lines]
    return _Table([visit.say(label) for label, _ in cells], rows)


def _handlers(visit: Visit, rows: list[Row]) -> dict[int, str]:
    ids = {row.handler_id for row in rows if row.handler_id}
    return names_by_id(visit.db, ids) if ids else {}


routes = [
    get("/triage.csv", csv, reading, limit="search"),
    get("/triage.xlsx", xlsx, reading, limit="search"),
]

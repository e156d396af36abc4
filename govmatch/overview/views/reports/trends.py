"""How selections change from quarter to quarter, as a part of the reports."""

from collections.abc import Sequence

from govmatch.kit.i18n import msg
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Quarterly
from govmatch.overview.views.reports.cells import (
    Asked,
    Cell,
    Part,
    Table,
    number,
    percent,
    percent_text,
)
from govmatch.web.columns import ColumnChart, Rod, column_chart
from govmatch.web.visit import Visit

DRAWN = 8
"""Quarters that a drawing has; the table has all."""


def trends(visit: Visit, asked: Asked) -> Part:
    """Return what became of the challenges whose deadline was in each quarter."""
    scope = asked.counts
    decided = reports.decided(visit.db, scope, now=visit.now)
    found = reports.trends(visit.db, scope, decided)
    shown = found[: asked.most]
    rows, records = [], []
    for one in shown:
        name = _name(visit, one)
        pace = one.pace
        amounts = (one.challenges, one.applications, one.selected, one.pilots)
        days = pace.median
        rows.append(
            [
                Cell(name),
                *(Cell(number(visit, n)) for n in amounts),
                Cell("–" if days is None else number(visit, days, digits=1)),
                Cell(percent_text(visit, pace.kept, pace.judged)),
            ]
        )
        kept = percent(pace.kept, pace.judged) if pace.judged else None
        records.append([name, *amounts, days, kept])
    head = [
        (msg("Quarter of the deadline"), None),
        (msg("Opened challenges"), "numeric"),
        (msg("Applications"), "numeric"),
        (msg("Selected"), "numeric"),
        (msg("Pilots"), "numeric"),
        (msg("Median days to the decision"), "numeric"),
        (msg("Promises kept in %"), "numeric"),
    ]
    return Part(
        name="trends",
        title=msg("From quarter to quarter"),
        lead=msg(
            "What became of the challenges whose deadline was in each quarter, whenever it "
            "happened; the latest stands first."
        ),
        columns=_charts(visit, list(reversed(found[:DRAWN]))),
        table=Table(head, rows, records),
        total=len(found),
        empty=msg("No deadline has passed yet."),
    )


def _name(visit: Visit, one: Quarterly) -> str:
    year, n = one.quarter
    return visit.say(msg("{year}, quarter {n}", year=str(year), n=n))


def _charts(visit: Visit, found: Sequence[Quarterly]) -> list[ColumnChart]:
    if not found:
        return []
    between = msg(
        "By quarter of the deadline, from {first} to {last}.",
        first=_name(visit, found[0]),
        last=_name(visit, found[-1]),
    )
    drawn = (
        (msg("Applications"), [float(one.applications) for one in found], None),
        (msg("Median days to the decision"), [one.pace.median for one in found], 1),
        (msg("Pilots agreed"), [float(one.pilots) for one in found], None),
    )
    labels = [f"{one.quarter[1]}/{one.quarter[0] % 100:02d}" for one in found]
    return [
        column_chart(
            [
                Rod(label, n or 0, "–" if n is None else number(visit, n, digits=digits))
                for label, n in zip(labels, amounts, strict=True)
            ],
            title=visit.say(title),
            description=visit.say(between),
        )
        for title, amounts, digits in drawn
    ]

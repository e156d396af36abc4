"""From needs to what came of them, as parts of the reports."""

from collections.abc import Mapping

from govmatch.kit.i18n import Message, msg
from govmatch.needs.wording import title_of as title_of_need
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Step, Traced
from govmatch.overview.views.reports.cells import (
    Asked,
    Cell,
    Part,
    Table,
    number,
    percent,
    percent_text,
    title_of,
)
from govmatch.pilots.showing import OUTCOMES
from govmatch.web.bars import Amount, bar_chart
from govmatch.web.visit import Visit

MOST = 50
FUNNEL = msg("From needs to solutions")

STEPS: Mapping[Step, tuple[Message, Message]] = {
    Step.NAMED: (msg("Needs"), msg("All that are listed in these programmes")),
    Step.TAKEN_UP: (msg("Taken up"), msg("A challenge was made of it")),
    Step.PUBLISHED: (msg("Published"), msg("Its challenge is or was open to firms")),
    Step.OPENED: (msg("Applications opened"), msg("Past the deadline, and read")),
    Step.PILOT: (msg("Pilot"), msg("Agreed by both sides")),
    Step.OUTCOME: (msg("Outcome"), msg("A pilot has a published outcome")),
    Step.SOLVED: (msg("Solved"), msg("The programme says that it is solved")),
}
"""Each step of a need: what it is called, and what counts for it."""


def steps(visit: Visit, asked: Asked) -> Part:
    """Return how many needs came how far."""
    counts = reports.steps(visit.db, asked.counts)
    first = counts[Step.NAMED]
    has_any = any(counts.values())
    rows, records, amounts = [], [], []
    for step in Step if has_any else ():
        label, meaning = STEPS[step]
        n = counts[step]
        words = number(visit, n)
        rows.append([Cell(label, note=meaning), Cell(words), Cell(percent_text(visit, n, first))])
        records.append([visit.say(label), n, percent(n, first) if first else None])
        amounts.append(Amount(visit.say(label), n, words))
    head = [(msg("Step"), None), (msg("Needs"), "numeric"), (msg("Share in %"), "numeric")]
    said = msg("How many needs came this far or further.")
    return Part(
        name="needs",
        title=FUNNEL,
        lead=said,
        bars=bar_chart(amounts, title=visit.say(FUNNEL), description=visit.say(said))
        if amounts
        else None,
        table=Table(head, rows, records),
        total=len(rows),
        empty=msg("No need has been named in these programmes."),
    )


def trace(visit: Visit, asked: Asked) -> Part:
    """Return each published challenge made of a need with its pilots and outcomes, with links."""
    found = reports.trace(visit.db, asked.content, now=visit.now, most=MOST if asked.most else None)
    head = [
        (msg("Need"), None),
        (msg("Challenge"), None),
        (msg("Applications"), "numeric"),
        (msg("Selected"), "numeric"),
        (msg("Pilots and outcomes"), None),
    ]
    columns = [
        *(msg("Need"), msg("Address of the need"), msg("Short name"), msg("Challenge")),
        *(msg("Applications"), msg("Selected"), msg("Pilot"), msg("Firm"), msg("Outcome")),
    ]
    return Part(
        name="trace",
        title=msg("What became of each need"),
        lead=msg("Needs of which a challenge was made, the latest first."),
        table=Table(
            head,
            [_row(visit, one) for one in found.rows],
            [record for one in found.rows for record in _records(visit, one)],
            columns,
        ),
        total=found.total,
        empty=msg("No published challenge was made of a need."),
    )


def _row(visit: Visit, one: Traced) -> list[Cell]:
    applied = one.applications
    return [
        Cell(title_of_need(one.need, visit.lang), visit.url(f"/needs/{one.need.public_id}")),
        Cell(title_of(visit, one.challenge), visit.url(f"/challenges/{one.challenge.slug}")),
        Cell("–" if applied is None else number(visit, applied)),
        Cell(number(visit, one.selected)),
        Cell(
            "–",
            links=[
                (
                    f"{tried.title} ({tried.firm})",
                    visit.url(f"/pilots/{tried.public_id}"),
                    _outcome(tried.outcome),
                )
                for tried in one.pilots
            ],
        ),
    ]


def _outcome(outcome: str | None) -> Message:
    return OUTCOMES[outcome][0] if outcome is not None else msg("no outcome yet")


def _records(visit: Visit, one: Traced) -> list[list[object]]:
    """Return a row for each pilot, and one where there is none."""
    begins = [
        title_of_need(one.need, visit.lang),
        visit.absolute(f"/needs/{one.need.public_id}"),
        one.challenge.slug,
        title_of(visit, one.challenge),
        one.applications,
        one.selected,
    ]
    if not one.pilots:
        return [[*begins, None, None, None]]
    return [
        [
            *begins,
            tried.title,
            tried.firm,
            visit.say(OUTCOMES[tried.outcome][0]) if tried.outcome is not None else None,
        ]
        for tried in one.pilots
    ]

"""How many conflicts of interest there are, as a part of the reports: numbers and no names."""

from collections.abc import Sequence

from govmatch.kit.i18n import msg
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Conflicts
from govmatch.overview.views.reports.cells import Asked, Cell, Part, Table, number, title_of
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.visit import Visit

TITLE = msg("Conflicts of interest")
KINDS = (
    (msg("Declared"), "declared"),
    (msg("Belongs to the firm"), "members"),
    (msg("Found by the programme"), "found"),
    (msg("Inferred"), "inferred"),
    (msg("Inferred, still open"), "inferred_open"),
    (msg("Inferred and confirmed"), "inferred_confirmed"),
    (msg("Inferred and cleared"), "inferred_cleared"),
    (msg("Noted and cleared"), "cleared"),
)
"""What is counted in each challenge, and its name there."""


def conflicts(visit: Visit, asked: Asked) -> Part:
    """Return the numbers of conflicts by challenge, the latest opening first."""
    found = reports.conflicts(visit.db, asked.counts)
    shown = found[: asked.most]
    titles = reports.challenges_by_id(visit.db, {one.challenge_id for one in shown})
    rows, records = [], []
    for one in shown:
        title = title_of(visit, titles[one.challenge_id])
        amounts = [one.declarations, *(getattr(one, name) for _, name in KINDS)]
        rows.append([Cell(title), *(Cell(number(visit, n)) for n in amounts)])
        records.append([title, *amounts])
    head = [
        (msg("Challenge"), None),
        (msg("People who declared"), "numeric"),
        *((label, "numeric") for label, _ in KINDS),
    ]
    return Part(
        name="conflicts",
        title=TITLE,
        lead=msg(
            "Each is between a person and an application. Who they are stands on the page of each "
            "challenge, for those who may read it."
        ),
        bars=_chart(visit, found),
        table=Table(head, rows, records),
        total=len(found),
        empty=msg("Nothing has been declared, inferred or found."),
    )


def _chart(visit: Visit, found: Sequence[Conflicts]) -> BarChart | None:
    if not found:
        return None
    sums = [(label, sum(getattr(one, name) for one in found)) for label, name in KINDS]
    said = msg("Of all challenges that were chosen together.")
    return bar_chart(
        [Amount(visit.say(label), n, number(visit, n)) for label, n in sums],
        title=visit.say(TITLE),
        description=visit.say(said),
    )

"""What waits for whom, as a part of the reports."""

from collections.abc import Sequence

from govmatch.kit.i18n import Message, msg
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Wait
from govmatch.overview.views.reports.cells import Asked, Cell, Part, Table, day, title_of
from govmatch.overview.views.reports.words import FOR_WHOM, what
from govmatch.web.visit import Visit

MOST = 50

COLUMNS = (
    msg("Kind"),
    msg("What waits"),
    msg("How many"),
    msg("Short name"),
    msg("Challenge"),
    msg("For whom"),
    msg("Since"),
    msg("Due"),
    msg("Overdue"),
)


def waiting(visit: Visit, asked: Asked) -> Part:
    """Return what waits in the reader's own challenges, what is overdue first."""
    found = reports.waits(visit.db, asked.content, now=visit.now, most=MOST if asked.most else None)
    return Part(
        name="waiting",
        title=msg("What waits for whom"),
        lead=msg("What is overdue stands first."),
        table=_table(visit, reports.with_challenges(visit.db, found.rows)),
        total=found.total,
        empty=msg("Nothing waits."),
    )


def _table(visit: Visit, found: Sequence[Wait]) -> Table:
    rows, records = [], []
    for one in found:
        assert one.challenge is not None
        challenge = one.challenge
        title = title_of(visit, challenge)
        whom = f"{visit.say(FOR_WHOM[one.kind])}: {one.firm}" if one.firm else FOR_WHOM[one.kind]
        rows.append(
            [
                Cell(what(one), visit.url(one.path)),
                Cell(title),
                Cell(whom),
                Cell(_moment(visit, one), badge=msg("Overdue") if one.is_overdue else None),
            ]
        )
        records.append(
            [
                one.kind.value, visit.say(what(one)), one.count, challenge.slug, title,
                visit.say(whom), one.since, one.due, "yes" if one.is_overdue else "no",
            ]
        )  # fmt: skip
    head = [
        (msg("What waits"), None),
        (msg("Challenge"), None),
        (msg("For whom"), None),
        (msg("When"), None),
    ]
    return Table(head, rows, records, COLUMNS)


def _moment(visit: Visit, one: Wait) -> Message | str:
    assert one.challenge is not None
    zone = one.challenge.zone
    if one.due is not None:
        return msg("due {day}", day=day(visit, one.due, zone))
    return msg("since {day}", day=day(visit, one.since, zone)) if one.since else ""

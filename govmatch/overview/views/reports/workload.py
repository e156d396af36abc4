"""Who has how much to do, as parts of the reports: in sums for all readers, by name for some."""

from collections.abc import Mapping, Sequence

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Load
from govmatch.overview.views.reports.cells import Asked, Cell, Part, Table, day, number
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.visit import Visit

BY_NAME = msg("Only managers and auditors read this part.")
REVIEWERS = msg("Reviews by reviewer")
MANAGERS = msg("Applications by who looks after them")


def workload(visit: Visit, asked: Asked) -> Part:
    """Return the work of all reviewers, managers and approvers in sums, without a name."""
    db, scope = visit.db, asked.counts
    reviewers = reports.loads(db, scope, now=visit.now)
    managers = reports.handled(db, scope, now=visit.now)
    approvers = reports.approved(db, scope)
    waiting = reports.to_confirm(db, scope)
    confirmed = sum(one.confirmed for one in approvers)
    lines: list[tuple[Message, Message, int, int, int, int, int | None]] = [
        (msg("Reviewers"), msg("Reviews"), *_sums(reviewers)),
        (msg("Managers"), msg("Applications"), *_sums(managers)[:4], None),
        (
            msg("Approvers"), msg("Decisions"), len(approvers), confirmed + waiting, confirmed,
            waiting, None,
        ),
    ]  # fmt: skip
    has_any = any(line[3] for line in lines)
    rows = [
        [
            Cell(who, note=unit),
            *(Cell("–" if n is None else number(visit, n)) for n in numbers),
        ]
        for who, unit, *numbers in lines
    ]
    records = [[visit.say(who), visit.say(unit), *numbers] for who, unit, *numbers in lines]
    head = [
        (msg("Who"), None),
        (msg("People"), "numeric"),
        (msg("Given"), "numeric"),
        (msg("Done"), "numeric"),
        (msg("Open"), "numeric"),
        (msg("Overdue"), "numeric"),
    ]
    columns = (msg("Who"), msg("What"), *(label for label, _ in head[1:]))
    return Part(
        name="workload",
        title=msg("Workload"),
        lead=msg(
            "Reviews and applications of challenges in selection; decisions of all challenges "
            "that were chosen."
        ),
        table=Table(head, rows if has_any else [], records if has_any else [], columns),
        total=len(rows) if has_any else 0,
        empty=msg("Nobody has anything to do yet."),
    )


def _sums(found: Sequence[Load]) -> tuple[int, int, int, int, int]:
    return (
        len(found),
        sum(one.given for one in found),
        sum(one.done for one in found),
        sum(one.open for one in found),
        sum(one.overdue for one in found),
    )


def reviewers(visit: Visit, asked: Asked) -> Part:
    """Return who reviews how much: what was given, what is in, what is late."""
    found = reports.loads(visit.db, asked.content, now=visit.now)
    shown = found[: asked.most]
    names = names_by_id(visit.db, {one.person_id for one in shown})
    rows, records = [], []
    for one in shown:
        name = _name(visit, names, one.person_id)
        first = day(visit, one.first_due, visit.zone) if one.first_due else "–"
        amounts = (one.given, one.done, one.open, one.overdue)
        rows.append([Cell(name), *(Cell(number(visit, n)) for n in amounts), Cell(first)])
        records.append([name, *amounts, one.first_due])
    head = [
        (msg("Reviewer"), None),
        (msg("Assigned"), "numeric"),
        (msg("Handed in"), "numeric"),
        (msg("Open"), "numeric"),
        (msg("Overdue"), "numeric"),
        (msg("First one due"), None),
    ]
    return Part(
        name="reviews",
        title=REVIEWERS,
        lead=BY_NAME,
        bars=_reviews_chart(visit, shown, names),
        table=Table(head, rows, records),
        total=len(found),
        empty=msg("No review has been assigned."),
    )


def _name(visit: Visit, names: Mapping[int, str], person: int) -> str:
    return names.get(person) or visit.say(msg("Somebody who was erased"))


def _reviews_chart(
    visit: Visit, found: Sequence[Load], names: Mapping[int, str]
) -> BarChart | None:  # fmt: skip
    if not found:
        return None
    amounts = [
        Amount(
            _name(visit, names, one.person_id),
            one.open,
            _load_words(visit, one),
            is_late=one.overdue > 0,
        )
        for one in found
    ]
    said = msgn(
        "{n} review is still open, {late} of all are overdue.",
        "{n} reviews are still open, {late} of them are overdue.",
        n=sum(one.open for one in found),
        late=number(visit, sum(one.overdue for one in found)),
    )
    return bar_chart(amounts, title=visit.say(msg("Open reviews")), description=visit.say(said))


def _load_words(visit: Visit, one: Load) -> str:
    shown = number(visit, one.open)
    if not one.overdue:
        return shown
    return visit.say(msg("{n}, {late} overdue", n=shown, late=number(visit, one.overdue)))


def managers(visit: Visit, asked: Asked) -> Part:
    """Return who looks after how many applications, and how many of them are still assessed."""
    found = reports.handled(visit.db, asked.content, now=visit.now)
    shown = found[: asked.most]
    names = names_by_id(visit.db, {one.person_id for one in shown})
    rows, records = [], []
    for one in shown:
        name = _name(visit, names, one.person_id)
        amounts = (one.given, one.done, one.open)
        rows.append([Cell(name), *(Cell(number(visit, n)) for n in amounts)])
        records.append([name, *amounts])
    head = [
        (msg("Programme manager"), None),
        (msg("Looks after"), "numeric"),
        (msg("Decided"), "numeric"),
        (msg("Being assessed"), "numeric"),
    ]
    return Part(
        name="managers",
        title=MANAGERS,
        lead=BY_NAME,
        table=Table(head, rows, records),
        total=len(found),
        empty=msg("Nobody looks after an application yet."),
    )


def approvers(visit: Visit, asked: Asked) -> Part:
    """Return who confirmed how many decisions, and how long they took."""
    found = reports.approved(visit.db, asked.content)
    shown = found[: asked.most]
    names = names_by_id(visit.db, {one.person_id for one in shown})
    rows, records = [], []
    for one in shown:
        name = _name(visit, names, one.person_id)
        days = number(visit, one.days, digits=1)
        rows.append([Cell(name), Cell(number(visit, one.confirmed)), Cell(days)])
        records.append([name, one.confirmed, round(one.days, 1)])
    head = [
        (msg("Approver"), None),
        (msg("Decisions confirmed"), "numeric"),
        (msg("Median days from the proposal"), "numeric"),
    ]
    return Part(
        name="approvers",
        title=msg("Decisions by approver"),
        lead=BY_NAME,
        table=Table(head, rows, records),
        total=len(found),
        empty=msg("No decision has been confirmed yet."),
    )

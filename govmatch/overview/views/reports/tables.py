"""The tables of reports, the same on the page and in the files, and the drawings beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govmatch.challenges.showing import text_of
from govmatch.kit.formats import date_text, number_text
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.overview.queries.reports import Decided, Load, Stage, Wait
from govmatch.overview.views.reports.words import FOR_WHOM, STAGES, what
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.visit import Visit

SHOWN = 15
"""How many challenges the page shows; the file has all."""
MOST_WAITING = 50


@dataclass(frozen=True)
class Cell:
    """What a table shows; a link where there is something to do."""

    text: str | Message
    url: str = ""
    note: str | Message = ""
    badge: Message | None = None


@dataclass(frozen=True)
class Table:
    """Columns are (label, "numeric" or None); `records` are the same rows for a file."""

    head: Sequence[tuple[Message, str | None]]
    rows: Sequence[Sequence[Cell]]
    records: Sequence[Sequence[object]]


def funnel_table(visit: Visit, counts: Mapping[Stage, int]) -> Table:
    lang, first = visit.lang, counts[Stage.SUBMITTED]
    rows, records = [], []
    for stage in Stage:
        label, meaning = STAGES[stage]
        n = counts[stage]
        share = _share(n, first)
        rows.append(
            [
                Cell(label, note=meaning),
                Cell(number_text(n, lang)),
                Cell(f"{number_text(share, lang)} %" if first else "–"),
            ]
        )
        records.append([visit.say(label), n, share if first else None])
    head = [(msg("Stage"), None), (msg("Applications"), "numeric"), (msg("Share"), "numeric")]
    return Table(head, rows, records)


def _share(n: int, of: int) -> int:
    """Return whole percent."""
    return round(100 * n / of) if of else 0


def funnel_chart(visit: Visit, counts: Mapping[Stage, int]) -> BarChart:
    first = counts[Stage.SUBMITTED]
    amounts = [
        Amount(
            visit.say(STAGES[stage][0]),
            counts[stage],
            f"{number_text(counts[stage], visit.lang)} ({_share(counts[stage], first)} %)",
        )
        for stage in Stage
    ]
    said = msg(
        "{n} opened applications: {selected} selected, {pilots} with an agreed pilot.",
        n=number_text(first, visit.lang),
        selected=number_text(counts[Stage.SELECTED], visit.lang),
        pilots=number_text(counts[Stage.PILOT], visit.lang),
    )
    title = visit.say(msg("From the application to the outcome"))
    return bar_chart(amounts, title=title, description=visit.say(said))


def time_table(visit: Visit, found: Sequence[Decided]) -> Table:
    rows, records = [], []
    for one in found:
        assert one.challenge is not None
        title = text_of(one.challenge, visit.lang).title or one.challenge.slug
        dates = [_day(visit, at, one.zone) for at in (one.closes, one.released_at)]
        rows.append(
            [
                Cell(title, visit.url(f"/challenges/{one.challenge.slug}")),
                *map(Cell, dates),
                Cell(number_text(one.days, visit.lang)),
            ]
        )
        records.append([one.challenge.slug, title, one.closes, one.released_at, one.days])
    head = [
        (msg("Challenge"), None),
        (msg("Deadline"), None),
        (msg("Decision released"), None),
        (msg("Days"), "numeric"),
    ]
    return Table(head, rows, records)


TIME_COLUMNS = (
    msg("Short name"),
    msg("Challenge"),
    msg("Deadline"),
    msg("Decision released"),
    msg("Days"),
)


def time_chart(visit: Visit, found: Sequence[Decided], middle: float | None) -> BarChart | None:
    if not found or middle is None:
        return None
    amounts = [
        Amount(
            text_of(one.challenge, visit.lang).title or one.challenge.slug,
            one.days,
            visit.say(msgn("{n} day", "{n} days", n=one.days)),
        )
        for one in found
        if one.challenge is not None
    ]
    shown = number_text(middle, visit.lang)
    said = msg(
        "Days from the deadline to the release of the decision. Half of the challenges took {n} or "
        "fewer.",
        n=shown,
    )
    return bar_chart(
        amounts,
        title=visit.say(msg("Days to the decision")),
        description=visit.say(said),
        mark=(middle, visit.say(msg("Median: {n}", n=shown))),
    )


def waiting_table(visit: Visit, found: Sequence[Wait]) -> Table:
    rows, records = [], []
    for one in found:
        assert one.challenge is not None
        challenge = one.challenge
        title = text_of(challenge, visit.lang).title or challenge.slug
        whom = f"{visit.say(FOR_WHOM[one.kind])}: {one.firm}" if one.firm else FOR_WHOM[one.kind]
        rows.append(
            [
                Cell(what(one), visit.url(one.path)),
                Cell(title),
                Cell(whom),
                Cell(
                    _moment(visit, one),
                    badge=msg("Overdue") if one.is_overdue else None,
                ),
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
    return Table(head, rows, records)


WAITING_COLUMNS = (
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


def _moment(visit: Visit, one: Wait) -> Message | str:
    assert one.challenge is not None
    zone = one.challenge.zone
    if one.due is not None:
        return msg("due {day}", day=_day(visit, one.due, zone))
    return msg("since {day}", day=_day(visit, one.since, zone)) if one.since else ""


def _day(visit: Visit, at: datetime | date, zone: str) -> str:
    return date_text(at, visit.lang, zone)


def review_table(visit: Visit, found: Sequence[Load], names: Mapping[int, str]) -> Table:
    rows, records = [], []
    for one in found:
        name = names.get(one.person_id, "")
        rows.append(
            [
                Cell(name),
                Cell(number_text(one.open, visit.lang)),
                Cell(number_text(one.overdue, visit.lang)),
                Cell(_day(visit, one.first_due, visit.zone)),
            ]
        )
        records.append([name, one.open, one.overdue, one.first_due])
    head = [
        (msg("Reviewer"), None),
        (msg("Open"), "numeric"),
        (msg("Overdue"), "numeric"),
        (msg("First one due"), None),
    ]
    return Table(head, rows, records)


def review_chart(
    visit: Visit, found: Sequence[Load], names: Mapping[int, str]
) -> BarChart | None:  # fmt: skip
    if not found:
        return None
    amounts = [
        Amount(
            names.get(one.person_id, ""),
            one.open,
            _load_words(visit, one),
            is_late=one.overdue > 0,
        )
        for one in found
    ]
    total = sum(one.open for one in found)
    said = msgn(
        "{n} review is still open, {late} of all are overdue.",
        "{n} reviews are still open, {late} of them are overdue.",
        n=total,
        late=number_text(sum(one.overdue for one in found), visit.lang),
    )
    title = visit.say(msg("Open reviews by reviewer"))
    return bar_chart(amounts, title=title, description=visit.say(said))


def _load_words(visit: Visit, one: Load) -> str:
    shown = number_text(one.open, visit.lang)
    if not one.overdue:
        return shown
    late = msg("{n}, {late} overdue", n=shown, late=number_text(one.overdue, visit.lang))
    return visit.say(late)

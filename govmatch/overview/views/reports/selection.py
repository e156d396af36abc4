"""How far applications come, and how long the decision takes against what was promised."""

from collections.abc import Mapping, Sequence

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Decided, Pace, Stage
from govmatch.overview.views.reports.cells import (
    Asked,
    Cell,
    Part,
    Table,
    day,
    number,
    percent,
    percent_text,
    title_of,
)
from govmatch.overview.views.reports.words import STAGES
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.visit import Visit

FUNNEL = msg("From the application to the outcome")
TIME = msg("Days to the decision")


def funnel(visit: Visit, asked: Asked) -> Part:
    """Return each stage with how many came so far, and how many were lost since the last one."""
    counts = reports.funnel(visit.db, asked.counts)
    has_any = bool(counts[Stage.SUBMITTED])
    table = _funnel_table(visit, counts)
    return Part(
        name="funnel",
        title=FUNNEL,
        lead=msg(
            "Applications to opened challenges; each stage counts what came this far or further."
        ),
        bars=_funnel_chart(visit, counts) if has_any else None,
        table=table if has_any or asked.most is None else Table(table.head, [], []),
        total=len(table.rows) if has_any else 0,
        empty=msg("Figures stand here once applications have been opened."),
    )


def _funnel_table(visit: Visit, counts: Mapping[Stage, int]) -> Table:
    first = counts[Stage.SUBMITTED]
    rows, records = [], []
    before: int | None = None
    for stage in Stage:
        label, meaning = STAGES[stage]
        n = counts[stage]
        lost = None if before is None else before - n
        rows.append(
            [
                Cell(label, note=meaning),
                Cell(number(visit, n)),
                Cell(percent_text(visit, n, first)),
                Cell("–" if lost is None else number(visit, lost)),
                Cell("–" if before is None else percent_text(visit, before - n, before)),
            ]
        )
        records.append(
            [
                visit.say(label),
                n,
                percent(n, first) if first else None,
                lost,
                percent(before - n, before) if before else None,
            ]
        )
        before = n
    head = [
        (msg("Stage"), None),
        (msg("Applications"), "numeric"),
        (msg("Share in %"), "numeric"),
        (msg("Lost since the stage before"), "numeric"),
        (msg("Lost in %"), "numeric"),
    ]
    return Table(head, rows, records)


def _funnel_chart(visit: Visit, counts: Mapping[Stage, int]) -> BarChart:
    first = counts[Stage.SUBMITTED]
    amounts = [
        Amount(
            visit.say(STAGES[stage][0]),
            counts[stage],
            f"{number(visit, counts[stage])} ({percent(counts[stage], first)} %)",
        )
        for stage in Stage
    ]
    said = msg(
        "{n} opened applications: {selected} selected, {pilots} with an agreed pilot.",
        n=number(visit, first),
        selected=number(visit, counts[Stage.SELECTED]),
        pilots=number(visit, counts[Stage.PILOT]),
    )
    return bar_chart(amounts, title=visit.say(FUNNEL), description=visit.say(said))


def time(visit: Visit, asked: Asked) -> Part:
    """Return each challenge past its deadline with its days, and whether the promise is kept."""
    every = reports.decided(visit.db, asked.counts, now=visit.now)
    shown = reports.with_titles(visit.db, every[: asked.most])
    pace = reports.pace(every)
    return Part(
        name="time-to-decision",
        title=TIME,
        lead=msg(
            "From the deadline to the release of the decision. What is still waited for stands "
            "first, then the latest decision."
        ),
        bars=_time_chart(visit, shown, pace),
        table=_time_table(visit, shown),
        total=len(every),
        empty=msg("No deadline has passed yet."),
        notes=pace_notes(visit, pace),
    )


def pace_notes(visit: Visit, pace: Pace) -> list[Message]:
    """Return what all decisions say together, one sentence each."""
    notes = []
    if pace.median is not None and pace.ninetieth is not None:
        notes.append(
            msg(
                "Half of the decisions took {median} days or fewer, nine of ten took {most} days "
                "or fewer.",
                median=number(visit, pace.median, digits=1),
                most=number(visit, pace.ninetieth),
            )
        )
    if pace.judged:
        notes.append(
            msg(
                "The promise of the programme was kept in {kept} of {n} cases ({share}).",
                kept=number(visit, pace.kept),
                n=number(visit, pace.judged),
                share=percent_text(visit, pace.kept, pace.judged),
            )
        )
    else:
        notes.append(msg("No case can be held against a promised number of days yet."))
    if pace.of_today:
        notes.append(
            msgn(
                "For {n} case nothing was recorded at its publication: it is held against what is "
                "promised today.",
                "For {n} cases nothing was recorded at their publication: they are held against "
                "what is promised today.",
                n=pace.of_today,
            )
        )
    return notes


def _time_table(visit: Visit, found: Sequence[Decided]) -> Table:
    rows, records = [], []
    for one in found:
        assert one.challenge is not None
        title = title_of(visit, one.challenge)
        mark, kind = _mark(one)
        until = one.released_at
        rows.append(
            [
                Cell(title, visit.url(f"/challenges/{one.challenge.slug}")),
                Cell(day(visit, one.closes, one.zone)),
                Cell(day(visit, until, one.zone) if until else msg("not decided yet")),
                Cell(number(visit, one.days)),
                _promised(visit, one),
                Cell("", badge=mark, badge_kind=kind),
            ]
        )
        records.append(
            [
                one.challenge.slug, title, one.closes, until, one.days, one.promised,
                visit.say(mark), None if one.promised is None else visit.say(_as_of(one)),
            ]
        )  # fmt: skip
    head = [
        (msg("Challenge"), None),
        (msg("Deadline"), None),
        (msg("Decision released"), None),
        (msg("Days"), "numeric"),
        (msg("Days promised"), "numeric"),
        (msg("Promise"), None),
    ]
    columns = (msg("Short name"), *(label for label, _ in head), msg("Promise as of"))
    return Table(head, rows, records, columns)


def _promised(visit: Visit, one: Decided) -> Cell:
    if one.promised is None:
        return Cell("–")
    note = msg("today's promise") if one.is_of_today else ""
    return Cell(number(visit, one.promised), note=note)


def _as_of(one: Decided) -> Message:
    return msg("today") if one.is_of_today else msg("publication")


def _mark(one: Decided) -> tuple[Message, str]:
    """Return in words whether the promise is kept, and the kind of badge for it."""
    if one.promised is None:
        return msg("Nothing promised"), "info"
    if one.is_kept is None:
        return msg("Can still be kept"), "info"
    return (msg("Kept"), "success") if one.is_kept else (msg("Not kept"), "danger")


def _time_chart(visit: Visit, found: Sequence[Decided], pace: Pace) -> BarChart | None:
    if not found:
        return None
    amounts = [
        Amount(
            title_of(visit, one.challenge),
            one.days,
            _days_in_words(visit, one),
            is_late=one.is_kept is False,
        )
        for one in found
    ]
    promised = {one.promised for one in found}
    level = promised.pop() if len(promised) == 1 else None
    mark = None
    if level is not None:
        mark = float(level), visit.say(msg("Promised: {n}", n=number(visit, level)))
    elif pace.median is not None:
        mark = pace.median, visit.say(msg("Median: {n}", n=number(visit, pace.median, digits=1)))
    said = " ".join(visit.say(note) for note in pace_notes(visit, pace))
    return bar_chart(amounts, title=visit.say(TIME), description=said, mark=mark)


def _days_in_words(visit: Visit, one: Decided) -> str:
    words = visit.say(msgn("{n} day", "{n} days", n=one.days))
    if one.is_kept is False:
        return visit.say(msg("{days}, not kept", days=words))
    return words if one.released_at else visit.say(msg("{days} so far", days=words))

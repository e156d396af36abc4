"""How points are spread, as parts of the reports; only for those who may see scores."""

from collections.abc import Mapping

from govmatch.kit.i18n import msg, msgn
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Judged, Spread
from govmatch.overview.views.reports.cells import Asked, Cell, Part, Table, number, title_of
from govmatch.reviews.showing import Criterion, criteria_of
from govmatch.web.columns import ColumnChart, Rod, column_chart
from govmatch.web.visit import Visit

POINTS = range(6)
BINS = ("0–1", "1–2", "2–3", "3–4", "4–5")


def chosen(visit: Visit, asked: Asked) -> Judged | None:
    """Return the challenge that is asked for, else the latest one with submitted reviews."""
    found = reports.judged(visit.db, asked.content)
    return next((one for one in found if one.slug == asked.challenge), found[0] if found else None)


def options(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """Return the challenges whose scores can be looked at, by slug, with their titles."""
    found = reports.judged(visit.db, asked.content)
    titles = reports.challenges_by_id(visit.db, {one.challenge_id for one in found})
    return [(one.slug, title_of(visit, titles[one.challenge_id])) for one in found]


def criteria(visit: Visit, asked: Asked) -> Part:
    """Return how often each number of points was given for each criterion of one challenge."""
    one = chosen(visit, asked)
    spreads = reports.spreads(visit.db, asked.content, one.challenge_id) if one else []
    known: dict[str, Criterion] = {}
    title = ""
    if one is not None:
        challenge = reports.with_challenge(visit.db, [one.challenge_id])[one.challenge_id]
        known = {each.id: each for each in criteria_of(challenge, visit.lang)}
        title = title_of(visit, challenge)
    order = {name: place for place, name in enumerate(known)}
    spreads = sorted(spreads, key=lambda each: order.get(each.criterion, len(order)))
    return Part(
        name="criteria",
        title=msg("Points by criterion"),
        lead=msg("Submitted reviews of: {title}", title=title) if title else msg("No scores yet."),
        columns=[_criterion_chart(visit, each, _label(known, each)) for each in spreads],
        table=_criteria_table(visit, spreads, known),
        total=len(spreads),
        empty=msg("No review has been submitted yet."),
    )


def _label(known: Mapping[str, Criterion], one: Spread) -> str:
    found = known.get(one.criterion)
    return found.label if found else one.criterion


def _criterion_chart(visit: Visit, one: Spread, label: str) -> ColumnChart:
    said = msgn("{n} review", "{n} reviews", n=one.given)
    words = visit.say(said)
    if one.mean is not None:
        mean = number(visit, one.mean, digits=2)
        words = visit.say(msg("{reviews}, mean {mean}", reviews=words, mean=mean))
    rods = [
        Rod(str(points), one.points.get(points, 0), number(visit, one.points.get(points, 0)))
        for points in POINTS
    ]
    return column_chart(rods, title=label, description=words)


def _criteria_table(visit: Visit, found: list[Spread], known: Mapping[str, Criterion]) -> Table:
    rows, records = [], []
    for one in found:
        label = _label(known, one)
        amounts = [one.points.get(points, 0) for points in POINTS]
        abstained = one.points.get(None, 0)
        mean = None if one.mean is None else round(one.mean, 2)
        shown = "–" if mean is None else number(visit, mean, digits=2)
        rows.append(
            [
                Cell(label),
                *(Cell(number(visit, n)) for n in amounts),
                Cell(number(visit, abstained)),
                Cell(shown),
            ]
        )
        records.append([label, *amounts, abstained, mean])
    head = [
        (msg("Criterion"), None),
        *((msgn("{n} point", "{n} points", n=points), "numeric") for points in POINTS),
        (msg("Abstained"), "numeric"),
        (msg("Mean"), "numeric"),
    ]
    return Table(head, rows, records)


def challenges(visit: Visit, asked: Asked) -> Part:
    """Return how the weighted means of reviews are spread in each of the latest challenges."""
    found = reports.judged(visit.db, asked.content)
    titles = reports.challenges_by_id(visit.db, {one.challenge_id for one in found})
    rows, records = [], []
    for one in found:
        title = title_of(visit, titles[one.challenge_id])
        amounts = [one.bins.get(place, 0) for place in range(len(BINS))]
        rows.append(
            [
                Cell(title, visit.url(f"/desk/challenges/{one.slug}/reviewing/numbers")),
                Cell(number(visit, one.reviews)),
                *(Cell(number(visit, n)) for n in amounts),
                Cell(number(visit, one.mean, digits=2)),
            ]
        )
        records.append([one.slug, title, one.reviews, *amounts, round(one.mean, 2)])
    head = [
        (msg("Challenge"), None),
        (msg("Reviews"), "numeric"),
        *((msg("Mean {range}", range=one), "numeric") for one in BINS),
        (msg("Mean of all"), "numeric"),
    ]
    shown = chosen(visit, asked)
    return Part(
        name="scores",
        title=msg("Means by challenge"),
        lead=msg(
            "How many submitted reviews have a weighted mean in each range, the latest opening "
            "first. At most {n} challenges are compared.",
            n=number(visit, reports.MOST_CHALLENGES),
        ),
        columns=[_means_chart(visit, shown, title_of(visit, titles[shown.challenge_id]))]
        if shown
        else [],
        table=Table(head, rows, records, (msg("Short name"), *(label for label, _ in head))),
        total=len(found),
        empty=msg("No review has been submitted yet."),
    )


def _means_chart(visit: Visit, one: Judged, title: str) -> ColumnChart:
    rods = [
        Rod(label, one.bins.get(place, 0), number(visit, one.bins.get(place, 0)))
        for place, label in enumerate(BINS)
    ]
    said = visit.say(msgn("{n} review", "{n} reviews", n=one.reviews))
    return column_chart(rods, title=title, description=said)

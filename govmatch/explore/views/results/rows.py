"""The rows of /results.csv and /results/{slug}.csv: columns that stay, as /pages/open-data says.

Words of states are codes and never translated; titles and reasons are in the reader's language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import phase_of, text_of
from govmatch.decisions import queries as decisions
from govmatch.explore.queries import results
from govmatch.explore.views.results.timeline import Happening
from govmatch.kit.i18n import pick
from govmatch.kit.sheets import CSV, as_csv
from govmatch.pilots import queries as pilots
from govmatch.pilots.queries import PublicEnd, PublicPilot
from govmatch.web.answers import Answer, attachment
from govmatch.web.visit import Visit

RESULTS = (
    "id", "slug", "url", "title", "authority", "country", "programme", "themes", "phase",
    "published", "opens", "closes", "opened", "applications", "decided", "firms", "pilots",
    "outcomes", "cost", "currency", "ended", "reasons",
)  # fmt: skip
STORY = (
    "challenge", "date", "kind", "pilot", "firm", "title", "state", "value", "unit", "baseline",
    "target", "reasons",
)  # fmt: skip
BETWEEN = "; "
"""What stands between several values in one cell."""

Row = list[object]


def as_file(
    name: str, head: Sequence[str], rows: Iterable[Row], *, expires: datetime
) -> Answer:  # fmt: skip
    """Return a table that the browser saves, and that is made anew at `expires` at the latest."""
    return replace(attachment(as_csv(head, rows), name, CSV), expires=expires)


def result_rows(visit: Visit, found: list[Challenge]) -> tuple[tuple[str, ...], list[Row]]:
    """Return the names of the columns, and one row per challenge."""
    ids = [one.id for one in found]
    summaries = decisions.public_summaries(visit.db, ids)
    stories = pilots.public_ends(visit.db, ids)
    themes, ends = results.themes_of(visit.db, ids), results.ends_of(visit.db, ids)
    rows: list[Row] = []
    for one in found:
        summary, tried = summaries[one.id], stories.get(one.id, [])
        ended = ends.get(one.id)
        rows.append(
            [
                one.public_id,
                one.slug,
                visit.absolute(f"/results/{one.slug}"),
                text_of(one, visit.lang).title,
                one.authority.slug,
                one.authority.country,
                one.programme.slug,
                BETWEEN.join(themes.get(one.id, [])),
                phase_of(one, visit.now),
                one.published_at,
                one.opens,
                one.closes,
                one.opened_at,
                summary.applications if one.opened_at is not None else None,
                summary.decided_at,
                BETWEEN.join(summary.firms),
                len(tried),
                BETWEEN.join(pilot.outcome for pilot in tried if pilot.outcome is not None),
                cost_of(tried),
                one.currency,
                ended[1] if ended else None,
                pick(one.end_reasons, visit.lang)[0],
            ]
        )
    return RESULTS, rows


def cost_of(tried: Iterable[PublicPilot | PublicEnd]) -> int | None:
    """Return what its finished pilots have cost together, None where that is not known yet."""
    known = [pilot.cost for pilot in tried if pilot.cost is not None]
    return sum(known) if known else None


def story_rows(
    visit: Visit, challenge: Challenge, happenings: list[Happening], tried: list[PublicPilot]
) -> tuple[tuple[str, ...], list[Row]]:
    """Return the timeline of one challenge, then the milestones and key figures of its pilots."""
    rows = [_row(challenge, one.at, one.kind, **_said(one)) for one in happenings]
    for pilot in tried:
        rows += _milestones(challenge, pilot)
        rows += _values(visit, challenge, pilot)
    return STORY, rows


def _said(one: Happening) -> dict[str, object]:
    return {
        "pilot": one.pilot,
        "firm": one.firm,
        "title": one.subject,
        "state": one.state,
        "value": one.value,
        "unit": one.unit,
        "reasons": one.text,
    }


def _row(challenge: Challenge, at: datetime | date, kind: str, **cells: object) -> Row:
    given = {"challenge": challenge.public_id, "date": at, "kind": kind, **cells}
    return [given.get(name) for name in STORY]


def _milestones(challenge: Challenge, pilot: PublicPilot) -> list[Row]:
    return [
        _row(
            challenge, one.due, "milestone", pilot=pilot.public_id, firm=pilot.firm,
            title=one.title, state=one.state,
        )
        for one in pilot.milestones
    ]  # fmt: skip


def _values(visit: Visit, challenge: Challenge, pilot: PublicPilot) -> list[Row]:
    """Return each value of each key figure; one without values stands there by its target."""
    rows = []
    for kpi in pilot.kpis:
        measured: list[tuple[date, Decimal | None]] = [*kpi.values] or [(pilot.starts, None)]
        rows += [
            _row(
                challenge, day, "kpi", pilot=pilot.public_id, firm=pilot.firm,
                title=pick(kpi.name, visit.lang)[0], value=value, unit=kpi.unit,
                baseline=kpi.baseline, target=kpi.target,
            )
            for day, value in measured
        ]  # fmt: skip
    return rows

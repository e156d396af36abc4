"""/results: every challenge with a story, narrowed by authority, theme and year, and as CSV."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import next_midnight
from govmatch.challenges.showing import PHASES, Card, phase_of, text_of
from govmatch.decisions import queries as decisions
from govmatch.decisions.queries import Summary
from govmatch.explore.queries import results
from govmatch.explore.queries.results import Choices, Filters
from govmatch.explore.queries.told_list import told_list
from govmatch.explore.views.results.rows import as_file, result_rows
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Message, msg, pick, say
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.pilots import queries as pilots
from govmatch.pilots.queries import PublicEnd
from govmatch.pilots.showing import OUTCOMES
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

PATH = "/results"

Option = tuple[str, str]


@dataclass(frozen=True)
class ResultsPage:
    cards: list[Card]
    total: int
    paging: Paging
    form: Form
    authorities: list[Option]
    themes: list[Option]
    years: list[Option]
    is_narrowed: bool
    action: str
    file_url: str


def result_list(visit: Visit) -> Answer:
    """Show the challenges whose results are public, the latest first."""
    zone = visit.settings.zone
    told = told_list(visit.db, public_id=visit.public_id, now=visit.now)
    known = results.choices(visit.db, told, zone=zone)
    filters = _filters(visit, known)
    wanted = _query(filters)
    rows = results.told_rows(told, filters, zone=zone)
    paging = Paging(
        page_number(visit.query.one("page")), results.SIZE, len(rows),
        lambda n: visit.url(PATH, **wanted, page=n),
    )  # fmt: skip
    shown = results.challenges_of(visit.db, rows[paging.offset : paging.offset + paging.size])
    values = ResultsPage(
        cards=_cards(visit, shown),
        total=len(rows),
        paging=paging,
        form=filled({name: str(value or "") for name, value in wanted.items()}),
        authorities=_options(visit, known.authorities),
        themes=_options(visit, known.themes),
        years=[(str(year), str(year)) for year in known.years],
        is_narrowed=bool(filters.count),
        action=visit.url(PATH),
        file_url=visit.url(f"{PATH}.csv", **wanted),
    )
    return page(visit, "explore/results.html", values, block="results", expires=_expires(visit))


def result_file(visit: Visit) -> Answer:
    """The same list as CSV, one row per challenge; without pages."""
    zone = visit.settings.zone
    told = told_list(visit.db, public_id=visit.public_id, now=visit.now)
    filters = _filters(visit, results.choices(visit.db, told, zone=zone))
    found = results.told_rows(told, filters, zone=zone)[: results.MOST_IN_FILE]
    head, rows = result_rows(visit, results.challenges_of(visit.db, found))
    return as_file("results.csv", head, rows, expires=_expires(visit))


def _expires(visit: Visit) -> datetime:
    return next_midnight(visit.now, visit.settings.zone)


def _filters(visit: Visit, known: Choices) -> Filters:
    """Return what was chosen, without what there is not."""
    authority, theme = visit.query.one("authority"), visit.query.one("theme")
    year = visit.query.one("year")
    return Filters(
        authority=authority if authority in known.authorities else "",
        theme=theme if theme in known.themes else "",
        year=next((one for one in known.years if str(one) == year), None),
    )


def _query(filters: Filters) -> dict[str, str | int | None]:
    return {
        "authority": filters.authority or None,
        "theme": filters.theme or None,
        "year": filters.year,
    }


def _options(visit: Visit, known: Mapping[str, Mapping[str, str]]) -> list[Option]:
    named = [(slug, pick(names, visit.lang)[0] or slug) for slug, names in known.items()]
    return sorted(named, key=lambda option: option[1].casefold())


def _cards(visit: Visit, found: list[Challenge]) -> list[Card]:
    ids = [one.id for one in found]
    ends = pilots.public_ends(visit.db, ids)
    summaries = decisions.public_summaries(visit.db, ids)
    return [_card(visit, one, summaries[one.id], ends.get(one.id, [])) for one in found]


def _card(visit: Visit, one: Challenge, summary: Summary, tried: list[PublicEnd]) -> Card:
    text = text_of(one, visit.lang)
    outcomes = [pilot.outcome for pilot in tried if pilot.outcome is not None]
    facts: list[tuple[Message, str]] = []
    if one.opened_at is not None:
        facts.append((msg("Applications"), number_text(summary.applications, visit.lang)))
    if summary.firms:
        facts.append((msg("Selected firms"), ", ".join(summary.firms)))
    if tried:
        facts.append((msg("Pilots"), number_text(len(tried), visit.lang)))
    if outcomes:
        said = dict.fromkeys(say(OUTCOMES[outcome][0], visit.lang) for outcome in outcomes)
        facts.append((msg("Outcome"), ", ".join(said)))
    return Card(
        title=text.title or one.slug,
        url=visit.url(f"{PATH}/{one.slug}"),
        authority=pick(one.authority.names, visit.lang)[0],
        summary=text.summary,
        badges=[PHASES[phase_of(one, visit.now)]],
        facts=facts,
        lang=text.lang if text.title and text.lang != visit.lang else None,
    )


routes = [
    get(PATH, result_list, anyone, cached=True),
    get(f"{PATH}.csv", result_file, anyone, cached=True),
]

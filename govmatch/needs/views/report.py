"""/needs/report: the ten most pressing needs of a programme, to be printed or taken as a table."""

from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Message, pick, say
from govmatch.kit.records import dataclass
from govmatch.kit.sheets import CSV, as_csv
from govmatch.needs import queries
from govmatch.needs.models import RANKED, Need, Outcome, Place, Ranking, Sitting
from govmatch.needs.queries import Standing
from govmatch.needs.showing import (
    Badge,
    Line,
    lines,
    score_text,
    stability_text,
    state_badges,
    support_text,
)
from govmatch.needs.survey import TOP
from govmatch.needs.views.frame import PATH, Round, path_of, round_of, theme_names
from govmatch.needs.wording import Shown, shown
from govmatch.organisations.queries.authorities import name_of
from govmatch.web.answers import Answer, attachment
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

REPORT_PATH = f"{PATH}/report"


@dataclass(frozen=True)
class Entry:
    """One need of the report."""

    number: int
    need: Need
    url: str
    words: Shown
    lang: str | None
    authority: str
    theme: str
    badges: list[Badge]
    support: Message
    standing: Standing
    place: Place | None
    score: str
    stability: Message | None
    lines: list[Line]
    result: tuple[str, str]


@dataclass(frozen=True)
class ReportPage:
    round: Round
    entries: list[Entry]
    ranking: Ranking | None
    decided: Sitting | None
    is_changed: bool
    """True where the steering group put the list into another order than the voices."""
    seconds: str
    file_url: str
    steering_url: str
    survey_url: str


def report(visit: Visit) -> Answer:
    """Show the list that the steering group decided on, else the first ten by the voices."""
    around = round_of(visit, REPORT_PATH)
    ranking, decided, entries = _entries(visit, around)
    milliseconds = ranking.milliseconds if ranking is not None else 0
    values = ReportPage(
        round=around,
        entries=entries,
        ranking=ranking,
        decided=decided,
        is_changed=decided is not None and decided.outcome == Outcome.CHANGED,
        seconds=number_text(milliseconds / 1000, visit.lang),
        file_url=visit.url(f"{REPORT_PATH}.csv", programme=around.slug),
        steering_url=visit.url(f"{PATH}/steering", programme=around.slug),
        survey_url=visit.url(f"{PATH}/survey", programme=around.slug),
    )
    return page(visit, "needs/report.html", values)


def _entries(visit: Visit, around: Round) -> tuple[Ranking | None, Sitting | None, list[Entry]]:
    decided = queries.decided(visit.db, around.programme.id)
    newest = queries.latest(visit.db, around.programme.id)
    ranking = decided.ranking if decided is not None else newest
    places = queries.places(visit.db, ranking)
    ids = decided.decided if decided is not None else _first(places)
    needs = queries.by_ids(visit.db, ids, actor=visit.actor)
    standing = queries.standing(visit.db, ids)
    themes = theme_names(visit)
    entries = [
        _entry(
            visit,
            number,
            needs[one],
            standing=standing[one],
            place=places.get(one),
            ranking=ranking,
            themes=themes,
        )
        for number, one in enumerate(ids, start=1)
        if one in needs
    ]
    return ranking, decided, entries


def _first(places: dict[int, Place]) -> list[int]:
    """Return the first ten that any voice was given to."""
    return [one.need_id for one in places.values() if one.score > 0][:TOP]


def _entry(
    visit: Visit,
    number: int,
    need: Need,
    *,
    standing: Standing,
    place: Place | None,
    ranking: Ranking | None,
    themes: dict[str, str],
) -> Entry:
    said = shown(need, visit.lang)
    return Entry(
        number=number,
        need=need,
        url=visit.url(path_of(need)),
        words=said,
        lang=said.lang if said.lang != visit.lang else None,
        authority=name_of(need.authority, visit.lang) if need.authority else "",
        theme=themes.get(need.theme, need.theme),
        badges=state_badges(need),
        support=support_text(standing),
        standing=standing,
        place=place,
        score=score_text(place.score, visit.lang) if place is not None else "",
        stability=stability_text(place, ranking) if place is not None and ranking else None,
        lines=lines(place.parts, visit.lang) if place is not None else [],
        result=pick(need.analysis or need.reasons, visit.lang)
        if need.analysis or need.state not in RANKED
        else ("", visit.lang),
    )


HEAD = (
    "number", "id", "title", "language", "theme", "authority", "country", "region", "state",
    "firms", "citizens", "in_top_tens", "place", "points", "draws", "draws_in_top_ten",
    "best_place", "worst_place", "ranked_at", "seed", "result", "address",
)  # fmt: skip


def report_file(visit: Visit) -> Answer:
    """The same list as CSV, with what is needed to work it out again."""
    around = round_of(visit, REPORT_PATH)
    ranking, _, entries = _entries(visit, around)
    rows = [_row(visit, one, ranking) for one in entries]
    return attachment(as_csv(HEAD, rows), f"needs-{around.programme.slug}.csv", CSV)


def _row(visit: Visit, one: Entry, ranking: Ranking | None) -> list[object]:
    need, place = one.need, one.place
    state = say(one.badges[0][0], visit.lang)
    return [
        one.number, need.public_id, one.words.words.title, one.words.lang, one.theme,
        one.authority, need.country, need.region, state,
        one.standing.firms, one.standing.people, one.standing.ranked,
        place.place if place else None, place.score / 100 if place else None,
        ranking.draws if ranking else None, place.in_top if place else None,
        place.best if place else None, place.worst if place else None,
        ranking.at if ranking else None, ranking.seed if ranking else None,
        one.result[0], visit.absolute(path_of(need)),
    ]  # fmt: skip


routes = [
    get(REPORT_PATH, report, anyone, prints=True),
    get(f"{REPORT_PATH}.csv", report_file, anyone),
]

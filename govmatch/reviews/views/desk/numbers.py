"""What the points of a challenge say beside the ranking, and who reads it when."""

from govmatch.accounts.models import Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.kit.sheets import CSV, as_csv
from govmatch.kit.workbooks import XLSX, as_xlsx
from govmatch.reviews import queries, rules
from govmatch.reviews.numbers.limits import DRAWS, STRETCHES
from govmatch.reviews.telling_numbers import FORMULAS, SOURCES, doubt_text, plain
from govmatch.reviews.views.access import title_of, whole_number
from govmatch.reviews.views.desk.numbers_charts import Charts, charts_of
from govmatch.reviews.views.desk.numbers_rows import (
    Change,
    ContestedRow,
    Criterion,
    Habit,
    Row,
    contested_of,
    count_weights_without_effect,
    count_without_effect,
    criteria_of,
    facts_of,
    habits_of,
    rows_of,
    weights_of,
    without_of,
)
from govmatch.reviews.views.desk.numbers_sheets import SHEETS, Sheet
from govmatch.reviews.views.desk.numbers_told import Told, told_of
from govmatch.web.answers import Answer, attachment
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

PATH = "/desk/challenges/{slug}/reviewing/numbers"
readers = holder_of(
    Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.REVIEWER, Role.CHAIR
)
MOST_TOP = 50
MOST_ROWS = 500


@dataclass(frozen=True)
class NumbersPage:
    title: str
    title_lang: str | None
    path: str
    desk_path: str
    oversees: bool
    form: Form
    top: int
    has_numbers: bool
    open_count: int
    is_grave: bool
    has_shifts: bool
    doubts: list[Message]
    rows: list[Row]
    more: int
    draws: int
    charts: Charts | None
    criteria: list[Criterion]
    contested: list[ContestedRow]
    habits: list[Habit]
    firm_without: int
    without: list[Change]
    firm_weights: int
    weights: list[Change]
    facts: list[tuple[str, str]]
    stretches: tuple[str, str]
    formulas: tuple[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked for, by who may ask; `told` is None before the first submitted review."""

    challenge: Challenge
    top: int
    oversees: bool
    told: Told | None


def show(visit: Visit) -> Answer:
    """Show the numbers to who oversees, and to the jury once their own reviews are in."""
    asked = _asked(visit)
    values = _page(visit, asked.challenge, asked.told, asked.top, oversees=asked.oversees)
    return page(visit, "reviews/desk/numbers.html", values)


def csv_file(visit: Visit) -> Answer:
    """Give one table of the page."""
    sheet = _sheet(visit)
    head = [visit.say(one) for one in sheet.head]
    return attachment(as_csv(head, sheet.rows), f"{_file_name(visit)}.csv", CSV)


def xlsx_file(visit: Visit) -> Answer:
    """Give the same as a workbook."""
    sheet = _sheet(visit)
    body = as_xlsx(visit.say(sheet.title), [visit.say(one) for one in sheet.head], sheet.rows)
    return attachment(body, f"{_file_name(visit)}.xlsx", XLSX)


def _sheet(visit: Visit) -> Sheet:
    make = SHEETS.get(visit.params["name"])
    told = _asked(visit).told
    if make is None or told is None:
        raise NotFound
    return make(told)


def _file_name(visit: Visit) -> str:
    return f"{visit.params['slug']}-{visit.params['name']}-{visit.now.date().isoformat()}"


def _asked(visit: Visit) -> Asked:
    """Return the numbers with what they are called; raises for who may not see them (yet)."""
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    oversees = not rules.sits_on(visit.actor, challenge)
    if oversees and not rules.may_oversee(visit.actor, challenge):
        raise NotFound
    given, to_give = queries.own_reviews(visit.db, visit.actor, challenge)
    require(rules.may_see_numbers(visit.actor, challenge, given=given, to_give=to_give))
    top = whole_number(visit.query.one("top")) or 2 * challenge.pilots_max
    top = min(max(top, 1), MOST_TOP)
    among = queries.counted_to(visit.db, visit.actor, challenge, now=visit.real_now)
    numbers = queries.numbers_of(visit.db, challenge, among, size=top)
    told = told_of(visit, challenge, among, numbers, top, oversees=oversees) if numbers else None
    return Asked(challenge, top, oversees, told)


def _page(
    visit: Visit, challenge: Challenge, told: Told | None, top: int, *, oversees: bool
) -> NumbersPage:
    title, title_lang = title_of(challenge, visit)
    desk = f"/desk/challenges/{challenge.slug}/reviewing"
    trust = told.numbers.trust if told else None
    rows = rows_of(told) if told else []
    return NumbersPage(
        title=title,
        title_lang=title_lang,
        path=f"{desk}/numbers",
        desk_path=desk,
        oversees=oversees,
        form=filled({"top": str(top)}),
        top=top,
        has_numbers=told is not None,
        open_count=queries.count_open(visit.db, challenge) if oversees else 0,
        is_grave=bool(trust and trust.is_grave),
        has_shifts=bool(trust and trust.has_shifts),
        doubts=[doubt_text(*one, visit.lang) for one in trust.doubts] if trust else [],
        rows=rows[:MOST_ROWS],
        more=max(len(rows) - MOST_ROWS, 0),
        draws=DRAWS,
        charts=charts_of(told) if told else None,
        criteria=criteria_of(told) if told else [],
        contested=contested_of(told) if told else [],
        habits=habits_of(told) if told else [],
        firm_without=count_without_effect(told) if told else 0,
        without=without_of(told) if told else [],
        firm_weights=count_weights_without_effect(told) if told else 0,
        weights=weights_of(told) if told else [],
        facts=facts_of(told) if told else [],
        stretches=(plain(STRETCHES[0], visit.lang), plain(STRETCHES[1], visit.lang)),
        formulas=FORMULAS,
        sources=SOURCES,
    )


routes = [
    get(f"{PATH}/{{name}}.csv", csv_file, readers),
    get(f"{PATH}/{{name}}.xlsx", xlsx_file, readers),
    get(PATH, show, readers),
]

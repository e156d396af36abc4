"""/triage: every application that the reader reads in full, as a table with filters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from govmatch.accounts.models import Role
from govmatch.applications.models import State
from govmatch.applications.showing import STAFF_STATES
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging
from govmatch.kit.records import dataclass
from govmatch.overview.queries.triage import waiting_for_opening
from govmatch.overview.views.triage.asked import (
    BOARD,
    COLUMNS,
    TABLE,
    USUAL,
    Asked,
    address,
    read_asked,
    reading,
)
from govmatch.overview.views.triage.doing import Notice, notice
from govmatch.overview.views.triage.facets import Shown, shown_filters
from govmatch.overview.views.triage.finding import Finding, finding
from govmatch.overview.views.triage.lines import Line, lines_of
from govmatch.overview.views.triage.ordering import agreed_for
from govmatch.triage import queries
from govmatch.triage.models import Preference
from govmatch.triage.queries import CONSENSUS, SORTS
from govmatch.triage.rules import STEPS, may_follow_opening
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

SIZE = 50

Options = list[tuple[str, Message]]


CHOICE: Mapping[str, Message] = {
    "challenge": msg("Challenge"),
    "state": msg("State"),
    "waiting": msg("In this state"),
    "handler": msg("Looked after by"),
    "reviews": msg("Reviews"),
    "reference": msg("Reference"),
    "country": msg("Country"),
    "submitted": msg("Submitted"),
}
"""The columns that a reader can choose beside the firm."""
_SORTED = frozenset({"challenge", "state", "waiting", "submitted"})
_NUMERIC = frozenset({"waiting", "reviews"})


@dataclass(frozen=True)
class Head:
    """A column: what it is called, the address that sorts by it, and how it is sorted now.

    `by` is what of its cells is sorted by, where that is not all that they say.
    """

    name: str
    label: Message
    url: str = ""
    sorted: str = ""
    kind: str = ""
    by: Message | None = None


@dataclass(frozen=True)
class Waiting:
    """A challenge past its deadline; `url` is empty for those who do not open it."""

    title: str
    lang: str | None
    url: str


@dataclass(frozen=True)
class TablePage:
    """`query` is this list for a form to carry along; `move_to` and `others` are bulk acts."""

    lines: list[Line]
    total: int
    filters: Shown
    finding: Finding
    query: str
    is_narrowed: bool
    heads: list[Head]
    labels: Mapping[str, str]
    """By its name what each shown column is called, empty for those that are not shown."""
    columns: list[tuple[str, Message, bool]]
    """What can be shown beside the firm: (name, label, chosen)."""
    is_wide: bool
    next_url: str
    """The list by what comes next; empty where it is that."""
    paging: Paging
    action: str
    table_url: str
    board_url: str
    csv_url: str
    xlsx_url: str
    bulk_url: str
    move_to: Options
    others: Options
    waiting: list[Waiting]
    notice: Notice | None
    form: Form


def table(visit: Visit) -> Answer:
    """Show the applications that fit the filters in the address."""
    return shown(visit, read_asked(visit, visit.query), Form())


def shown(visit: Visit, asked: Asked, form: Form, *, status: int = 200) -> Answer:
    """Return the table; `form` is that of the acts on many, with what was wrong."""
    found = _found(visit, asked)
    last = max(1, -(-found.total // SIZE))
    if asked.page > last:
        return shown(visit, replace(asked, page=last), form, status=status)
    runs = bool(visit.actor.objects("programme", Role.MANAGER))
    kept = queries.preference_of(visit.db, visit.actor)
    shown_here = columns_of(asked, kept)
    lines = lines_of(visit, found.rows, found.people)
    has_agreed = any(line.consensus for line in lines)
    heads = _heads(visit, asked, shown_here, has_agreed=has_agreed)
    sheet = replace(asked, columns=shown_here)
    values = TablePage(
        lines=lines,
        total=found.total,
        filters=shown_filters(visit, TABLE, asked, found.facets, found.people),
        finding=finding(visit, TABLE, asked, found.facets, kept=kept),
        query=asked.query,
        is_narrowed=asked.is_narrowed,
        heads=heads,
        labels=dict.fromkeys(COLUMNS, "") | {head.name: visit.say(head.label) for head in heads},
        columns=[(one, label, one in shown_here) for one, label in CHOICE.items()],
        is_wide=len(shown_here) > len(USUAL),
        next_url=address(visit, TABLE, asked.sorted_by(SORTS[0])) if asked.sort != SORTS[0] else "",
        paging=Paging(
            asked.page,
            SIZE,
            found.total,
            lambda n: address(visit, TABLE, asked, page=n if n > 1 else None),
        ),
        action=visit.url(TABLE),
        table_url=address(visit, TABLE, asked),
        board_url=address(visit, BOARD, asked),
        csv_url=address(visit, "/triage.csv", sheet),
        xlsx_url=address(visit, "/triage.xlsx", sheet),
        bulk_url=visit.url("/triage/bulk"),
        move_to=_moves() if runs else [],
        others=_others(visit.actor),
        waiting=waiting(visit),
        notice=notice(visit),
        form=form,
    )
    return page(visit, "overview/triage/table.html", values, block="results", status=status)


def _found(visit: Visit, asked: Asked) -> queries.Page:
    return queries.find(
        visit.db,
        visit.actor,
        asked.filters,
        sort=asked.sort,
        agreed=agreed_for(visit, asked),
        offset=(asked.page - 1) * SIZE,
        size=SIZE,
        now=visit.now,
    )


def columns_of(asked: Asked, kept: Preference | None) -> tuple[str, ...]:
    """Return what stands beside the firm: as the address says, else as the reader chose (`kept`).

    What all rows have in common is left out: the challenge, where the list is that of one.
    """
    wanted: Collection[str] = asked.columns
    if not wanted:
        wanted = USUAL if kept is None or kept.columns is None else kept.columns
    is_one_case = len(asked.wanted.get("challenge", ())) == 1
    return tuple(
        one for one in COLUMNS if one in wanted and not (is_one_case and one == "challenge")
    )


def _heads(visit: Visit, asked: Asked, columns: Sequence[str], *, has_agreed: bool) -> list[Head]:
    """Return the columns after the checkbox; pressing a sorted one turns its order round.

    By what juries agreed on is offered where they did (`has_agreed`), or where it is the order.
    """
    has_agreed = has_agreed or asked.sort.removeprefix("-") == CONSENSUS
    heads = [_head(visit, asked, "firm", msg("Firm"))]
    for one in columns:
        kind = "numeric" if one in _NUMERIC else ""
        if one == "reviews" and has_agreed:
            heads.append(_reviews(visit, asked))
        elif one in _SORTED:
            heads.append(_head(visit, asked, one, CHOICE[one], kind=kind))
        else:
            heads.append(Head(one, CHOICE[one], kind=kind))
    return heads


def _head(visit: Visit, asked: Asked, name: str, label: Message, *, kind: str = "") -> Head:
    """Return a column that sorts; by how long begins with the largest."""
    is_here = asked.sort.removeprefix("-") == name
    is_turned = asked.sort.startswith("-")
    url = address(visit, TABLE, asked.sorted_by(f"-{name}" if is_here and not is_turned else name))
    order = "descending" if is_turned != (name == "waiting") else "ascending"
    return Head(name, label, url, order if is_here else "", kind)


def _reviews(visit: Visit, asked: Asked) -> Head:
    """Return the column of the reviews, which sorts by what juries agreed on: the best first."""
    is_down = asked.sort == f"-{CONSENSUS}"
    url = address(visit, TABLE, asked.sorted_by(CONSENSUS if is_down else f"-{CONSENSUS}"))
    is_here = asked.sort.removeprefix("-") == CONSENSUS
    order = ("descending" if is_down else "ascending") if is_here else ""
    return Head("reviews", CHOICE["reviews"], url, order, "numeric", by=msg("Consensus"))


def _moves() -> Options:
    reachable = {to for steps in STEPS.values() for to in steps}
    return [(f"state:{one.value}", STAFF_STATES[one][0]) for one in State if one in reachable]


def _others(actor: Actor) -> Options:
    """Return what else this reader may do to many; nothing for auditors."""
    runs = bool(actor.objects("programme", Role.MANAGER))
    if not (runs or actor.objects("authority", Role.STAFF, Role.APPROVER)):
        return []
    tags = [("tag", msg("Add a tag …")), ("untag", msg("Remove a tag …"))]
    if not runs:
        return tags
    return [
        ("handler:me", msg("I look after them")),
        ("handler:none", msg("Nobody looks after them")),
        ("handler", msg("Give them to somebody …")),
        *tags,
        ("reviewers", msg("Assign reviewers …")),
    ]


def waiting(visit: Visit) -> list[Waiting]:
    """Return the challenges that wait for their opening, with the way to it."""
    found = waiting_for_opening(visit.db, visit.actor, now=visit.now)
    return [_waiting(visit, one) for one in found]


def _waiting(visit: Visit, challenge: Challenge) -> Waiting:
    words = text_of(challenge, visit.lang)
    may_open = may_follow_opening(visit.actor, challenge)
    path = f"/desk/challenges/{challenge.slug}/opening"
    return Waiting(
        title=words.title or challenge.slug,
        lang=words.lang if words.lang != visit.lang else None,
        url=visit.url(path) if may_open else "",
    )


routes = [get(TABLE, table, reading)]

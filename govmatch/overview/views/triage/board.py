"""/triage/board: the same applications as cards in the columns of their states."""

from govmatch.accounts.models import Role
from govmatch.applications.models import State
from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.overview.views.triage.asked import BOARD, TABLE, Asked, address, read_asked, reading
from govmatch.overview.views.triage.doing import Notice, notice
from govmatch.overview.views.triage.facets import Shown, shown_filters
from govmatch.overview.views.triage.finding import Finding, finding
from govmatch.overview.views.triage.lines import Line, lines_of
from govmatch.overview.views.triage.ordering import agreed_for
from govmatch.overview.views.triage.table import Waiting, waiting
from govmatch.triage import queries
from govmatch.triage.queries import Column
from govmatch.triage.rules import STEPS
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

CARDS = 20
_ALWAYS = frozenset(STEPS) | {State.INCOMPLETE}
"""The columns that are there also while they are empty; later ones come with their first card."""


@dataclass(frozen=True)
class Pile:
    """One column: its first cards, how many there are, and where the rest is."""

    state: str
    label: Message
    total: int
    lines: list[Line]
    rest: int
    rest_url: str


@dataclass(frozen=True)
class BoardPage:
    """`may_move` is true for managers: each card has its form."""

    piles: list[Pile]
    total: int
    filters: Shown
    finding: Finding
    query: str
    is_narrowed: bool
    may_move: bool
    action: str
    table_url: str
    board_url: str
    waiting: list[Waiting]
    notice: Notice | None
    form: Form


def board(visit: Visit) -> Answer:
    """Show the applications that fit the filters in the address, by state."""
    asked = read_asked(visit, visit.query)
    found = queries.board(
        visit.db, visit.actor, asked.filters,
        sort=asked.sort, agreed=agreed_for(visit, asked), size=CARDS, now=visit.now,
    )  # fmt: skip
    rows = [row for column in found.columns for row in column.rows]
    lines = {line.key: line for line in lines_of(visit, rows, found.people)}
    columns = [one for one in found.columns if one.total or one.state in _ALWAYS]
    values = BoardPage(
        piles=[_pile(visit, asked, one, lines) for one in columns] if found.total else [],
        total=found.total,
        filters=shown_filters(visit, BOARD, asked, found.facets, found.people),
        finding=finding(
            visit, BOARD, asked, found.facets, kept=queries.preference_of(visit.db, visit.actor)
        ),
        query=asked.query,
        is_narrowed=asked.is_narrowed,
        may_move=bool(visit.actor.objects("programme", Role.MANAGER)),
        action=visit.url(BOARD),
        table_url=address(visit, TABLE, asked),
        board_url=address(visit, BOARD, asked),
        waiting=waiting(visit),
        notice=notice(visit),
        form=Form(),
    )
    return page(visit, "overview/triage/board.html", values, block="results")


def _pile(visit: Visit, asked: Asked, column: Column, lines: dict[str, Line]) -> Pile:
    cards = [lines[row.public_id] for row in column.rows]
    only = {**asked.wanted, "state": (column.state.value,)}
    return Pile(
        state=column.state.value,
        label=STAFF_STATES[column.state][0],
        total=column.total,
        lines=cards,
        rest=column.total - len(cards),
        rest_url=visit.url(TABLE, **{**asked.pairs(), **only}),
    )


routes = [get(BOARD, board, reading)]

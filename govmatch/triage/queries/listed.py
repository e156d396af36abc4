"""What the triage table is asked for and gives: filters, rows, pages, columns."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications.models import State
from govmatch.kit.actor import Actor
from govmatch.kit.records import dataclass
from govmatch.search.query import Query

FACETS = ("state", "challenge", "theme", "country", "handler", "tag", "flag")
FLAGS = (
    "asked",
    "answered",
    "overdue",
    "gate_open",
    "gate_failed",
    "late",
    "form_changed",
    "unconfirmed",
    "conflict",
    "note",
)
"""asked: the firm was asked and has not answered; answered: it has, and somebody has to look;
overdue: its time is over; gate_open, gate_failed: requirements that nobody looked at, or that are
not met; late: came by a late code; form_changed: amended since, and not submitted again;
unconfirmed: the challenge has changed, and the firm has not said that its application holds;
conflict: closed to somebody by a conflict of interest; note: somebody has written one on it.
"""
BOARD = (
    State.SUBMITTED,
    State.INCOMPLETE,
    State.IN_REVIEW,
    State.SHORTLISTED,
    State.INELIGIBLE,
    State.SELECTED,
    State.RESERVE,
    State.NOT_SELECTED,
    State.CONFIRMED,
    State.DECLINED,
    State.WITHDRAWN,
)
"""The columns of the board, in the order of the way."""


ANYTHING = Query()


@dataclass(frozen=True)
class Filters:
    """What is looked for; an empty field looks for anything. `query` is what was typed."""

    state: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    handler: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    query: Query = ANYTHING

    def wanted(self, actor: Actor) -> dict[str, tuple[str, ...]]:
        """Return the facets that are narrowed, with "me" as the actor's id."""
        found: dict[str, tuple[str, ...]] = {facet: getattr(self, facet) for facet in FACETS}
        me = str(actor.person_id)
        found["handler"] = tuple(me if one == "me" else one for one in self.handler)
        return {facet: values for facet, values in found.items() if values}


@dataclass(frozen=True, slots=True)
class Row:
    """One application of the table or board, as those see it who read it in full."""

    id: int
    public_id: str
    reference: str
    title: str
    lang: str
    """The language it is written in, its title too."""
    state: str
    firm: str
    firm_slug: str
    country: str
    challenge: str
    challenge_id: int
    submitted_at: datetime
    state_since: datetime
    revision: int
    handler_id: int | None
    tags: tuple[str, ...]
    flags: frozenset[str]
    due_at: datetime | None
    """Until when the firm may answer a request that is not settled."""


@dataclass(frozen=True)
class Page:
    """Some rows, how many there are in all, and by facet how many each value would give.

    `people` names everybody who is a handler in rows or facets, by id.
    """

    rows: list[Row]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    people: Mapping[int, str]


@dataclass(frozen=True)
class Column:
    state: State
    total: int
    rows: list[Row]


@dataclass(frozen=True)
class Board:
    columns: list[Column]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    people: Mapping[int, str]

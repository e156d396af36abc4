"""What parts of reports are made of: tables, the same on page and in file, and drawings."""

from collections.abc import Sequence
from datetime import date, datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.kit.formats import date_text, number_text
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports import Scope
from govmatch.web.bars import BarChart
from govmatch.web.columns import ColumnChart
from govmatch.web.visit import Visit

SHOWN = 15
"""How many rows of a long table the page shows; the file has all."""


@dataclass(frozen=True)
class Cell:
    """What a table shows; a link where there is something to do, or several of them."""

    text: str | Message
    url: str = ""
    note: str | Message = ""
    badge: Message | None = None
    badge_kind: str = "danger"
    links: Sequence[tuple[str, str, str | Message]] = ()
    """(words, address, what stands behind it); the text is then left out."""


@dataclass(frozen=True)
class Table:
    """Columns are (label, "numeric" or None).

    `records` are the same rows for a file, under `columns`; these are the labels of `head` where
    nothing else is said.
    """

    head: Sequence[tuple[Message, str | None]]
    rows: Sequence[Sequence[Cell]]
    records: Sequence[Sequence[object]]
    columns: Sequence[Message] = ()

    @property
    def file_head(self) -> list[Message]:
        return list(self.columns) or [label for label, _ in self.head]


@dataclass(frozen=True)
class Part:
    """One part of a page; the file of the same name has all of the `total` rows."""

    name: str
    title: Message
    lead: Message
    table: Table
    total: int
    empty: Message
    bars: BarChart | None = None
    columns: Sequence[ColumnChart] = ()
    notes: Sequence[Message] = ()

    @property
    def more(self) -> int:
        """How many rows stand in the file alone."""
        return max(self.total - len(self.table.rows), 0)


@dataclass(frozen=True)
class Asked:
    """What the report is about: once as contents that the reader may read, once as figures."""

    content: Scope
    counts: Scope
    most: int | None = None
    """How many rows of a long table are wanted; None for all."""
    challenge: str = ""
    """The slug of the one whose scores are looked at; empty for the latest."""


def number(visit: Visit, value: float, *, digits: int | None = None) -> str:
    """Return a number; means and medians say their `digits`: 4.00 stands below 3.25."""
    return number_text(value, visit.lang, digits=digits)


def percent(n: int, of: int) -> int:
    """Return whole percent."""
    return round(100 * n / of) if of else 0


def percent_text(visit: Visit, n: int, of: int) -> str:
    return f"{number_text(percent(n, of), visit.lang)} %" if of else "–"


def day(visit: Visit, at: datetime | date, zone: str) -> str:
    return date_text(at, visit.lang, zone)


def title_of(visit: Visit, challenge: Challenge | None) -> str:
    """Return what a challenge is called for this reader; its short name where it has no title."""
    assert challenge is not None
    return text_of(challenge, visit.lang).title or challenge.slug

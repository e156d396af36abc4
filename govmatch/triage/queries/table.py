"""The triage table's read model: every opened application with its facets, as bitmaps.

Made from the database once per process; after that it follows the journal by a cursor and reads
anew only the applications that some event was about. It knows what staff know, so nothing is given
out of it but through `listing`, which narrows it by the reader's rights.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.kit.bitmaps import Facets
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import GENESIS, Head, JournalRow
from govmatch.kit.records import dataclass
from govmatch.triage.queries.table_rows import Line, lines

ORDERS = ("next", "waiting", "submitted", "firm", "challenge", "state")
"""The orders that are kept, each by one of a line's keys."""
CONSENSUS = "consensus"
"""By what juries agreed on, which the reader brings along: not everybody who reads a line may."""
SORTS = (*ORDERS, CONSENSUS)
FIRM = ORDERS.index("firm")
"""Where a line's keys hold the firm's folded name."""
MOST_STRETCHES = 32
MOST_FOLLOWED = 2_000
"""More changed applications than these are not read one by one: all are."""


@dataclass
class Table:
    """All opened applications at one journal row; `numbers` maps an application's id to its row."""

    last_id: int = 0
    last_hash: str = GENESIS
    trail: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=50))
    facets: Facets = field(default_factory=Facets)
    lines: list[Line | None] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    orders: dict[str, list[tuple[Any, int]]] = field(default_factory=dict)
    waiting: dict[int, datetime] = field(default_factory=dict)
    """By row, until when a request that nobody has answered may be answered."""
    stretches: dict[tuple[str, int, int], int] = field(default_factory=dict)
    """Bitmaps of stretches of the orders, as they were asked for since the last change."""

    def fill(self, found: Iterable[Line]) -> None:
        """Take in everything, into an empty table."""
        marked: dict[tuple[str, str], list[int]] = {}
        for number, line in enumerate(found):
            self.lines.append(line)
            self.numbers[line.id] = number
            self._note_due(number, line)
            for pair in line.facets:
                marked.setdefault(pair, []).append(number)
        size = len(self.lines)
        self.facets.every = (1 << size) - 1
        for (facet, value), numbers in marked.items():
            self.facets.values.setdefault(facet, {})[value] = bitmap_of(numbers, size)
        for place, sort in enumerate(ORDERS):
            keys = ((line.keys[place], n) for n, line in enumerate(self.lines) if line)
            self.orders[sort] = sorted(keys)

    def put(self, line: Line) -> None:
        """Take in one application, new or changed."""
        self.stretches.clear()
        number = self.numbers.get(line.id)
        if number is None:
            number = self.numbers[line.id] = len(self.lines)
            self.lines.append(None)
        else:
            self._clear(number)
        self.lines[number] = line
        self.facets.every |= 1 << number
        self._note_due(number, line)
        for facet, value in line.facets:
            self.facets.add(number, facet, value)
        for place, sort in enumerate(ORDERS):
            insort(self.orders[sort], (line.keys[place], number))

    def drop(self, application_id: int) -> None:
        """Take out an application that is not to be seen any more."""
        self.stretches.clear()
        if (number := self.numbers.get(application_id)) is not None:
            self._clear(number)
            self.lines[number] = None

    def _clear(self, number: int) -> None:
        line, bit = self.lines[number], 1 << number
        if line is None:
            return
        self.facets.every &= ~bit
        self.waiting.pop(number, None)
        for facet, value in line.facets:
            self.facets.values[facet][value] &= ~bit
        for place, sort in enumerate(ORDERS):
            order, key = self.orders[sort], (line.keys[place], number)
            del order[bisect_left(order, key)]

    def _note_due(self, number: int, line: Line) -> None:
        if line.due_at is not None:
            self.waiting[number] = line.due_at

    def mark_overdue(self, now: datetime) -> None:
        """Bring up to the clock which requests were not answered in time."""
        late = [number for number, due in self.waiting.items() if due <= now]
        flags = self.facets.values.setdefault("flag", {})
        flags["overdue"] = bitmap_of(late, len(self.lines))

    def stretch(self, order: str, first: int, end: int) -> int:
        """Return the rows between two places of an order, as a bitmap."""
        known = self.stretches.get((order, first, end))
        if known is None:
            if len(self.stretches) >= MOST_STRETCHES:
                self.stretches.clear()
            found = (number for _, number in self.orders.get(order, [])[first:end])
            known = self.stretches[order, first, end] = bitmap_of(found, len(self.lines))
        return known

    def of_applications(self, ids: Iterable[int]) -> int:
        """Return the rows of applications, as a bitmap."""
        numbers = (self.numbers[one] for one in ids if one in self.numbers)
        return bitmap_of(numbers, len(self.lines))


def bitmap_of(numbers: Iterable[int], size: int) -> int:
    """Return the bitmap of some rows; built in place, where each `|` would copy all of it."""
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


_kept: WeakKeyDictionary[Any, Table] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""
_ALONE = RLock()
"""The table is changed in place, so whoever reads it keeps others from doing so meanwhile."""


@contextmanager
def table(session: ReadSession) -> Iterator[Table]:
    """Yield the table as of the last journal row that this session sees."""
    with _ALONE:
        yield _current(session)


def _current(session: ReadSession) -> Table:
    place = session.get_bind().engine
    head = session.execute(select(Head.last_id, Head.last_hash)).one()
    there = _kept.get(place)
    if there is not None and _is_known(there, head.last_id, head.last_hash):
        return there
    changed = _changed(session, there, head.last_id) if there is not None else None
    if there is None or changed is None:
        # The old one goes first: two at a time would take twice the memory, for good.
        del there
        _kept.pop(place, None)
        there = Table()
        there.fill(lines(session))
    else:
        _renew(session, there, changed)
    there.last_id, there.last_hash = head.last_id, head.last_hash
    there.trail.append((head.last_id, head.last_hash))
    _kept[place] = there
    return there


def _is_known(there: Table, last_id: int, last_hash: str) -> bool:
    """True where the table is as new as this session, or newer by what followed on it."""
    return (last_id, last_hash) in there.trail


def _leads_here(session: ReadSession, there: Table, last_id: int) -> bool:
    """True where this journal goes on from the table's row; not so after a backup came back."""
    if last_id < there.last_id:
        return False
    if there.last_id == 0:
        return True
    found = select(JournalRow.hash).where(JournalRow.id == there.last_id)
    return session.execute(found).scalar() == there.last_hash


def _changed(session: ReadSession, there: Table, last_id: int) -> set[int] | None:
    """Return the applications that events were about since the table's row.

    None where everything has to be read: the journal does not go on from there, or too many are.
    """
    if not _leads_here(session, there, last_id):
        return None
    about = select(JournalRow.subject_kind, JournalRow.subject_id).where(
        JournalRow.id > there.last_id,
        JournalRow.subject_kind.in_(("application", "challenge", "firm")),
    )
    subjects: dict[str, set[int]] = {}
    for kind, number in session.execute(about.distinct()):
        subjects.setdefault(kind, set()).add(number)
    ids = _applications(session, subjects)
    return ids if len(ids) <= MOST_FOLLOWED else None


def _renew(session: ReadSession, there: Table, ids: set[int]) -> None:
    """Read anew what these applications are by now."""
    found = {line.id: line for line in lines(session, ids)} if ids else {}
    for application_id in ids:
        if application_id in found:
            there.put(found[application_id])
        else:
            there.drop(application_id)


def _applications(session: ReadSession, subjects: dict[str, set[int]]) -> set[int]:
    ids = set(subjects.get("application", ()))
    ids |= _where(session, Application.challenge_id, subjects.get("challenge", ()))
    return ids | _where(session, Application.firm_id, subjects.get("firm", ()))


def _where(session: ReadSession, column: Any, wanted: Collection[int]) -> set[int]:
    if not wanted:
        return set()
    return set(session.scalars(select(Application.id).where(column.in_(sorted(wanted)))))


def picked(order: Sequence[tuple[Any, int]], shown: int, *, backwards: bool) -> Iterator[int]:
    """Yield the rows of a bitmap in an order."""
    flags = shown.to_bytes(shown.bit_length() // 8 + 1, "little")
    size = len(flags)
    for _, number in reversed(order) if backwards else order:
        place = number >> 3
        if place < size and flags[place] >> (number & 7) & 1:
            yield number

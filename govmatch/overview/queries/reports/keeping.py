"""Figures of reports, kept in the process until anything is written into the journal.

They are few numbers made of many rows. Whatever changes one of them is an act, and every act
stands in the journal: its last hash says whether the figures still hold. Only what does not depend
on the clock is kept. Each reader has figures of their own, since a conflict takes applications out.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import select

from govmatch.kit.db import ReadSession
from govmatch.kit.journal import GENESIS, Head

MOST = 64
"""Sets of figures of one site that are kept at the same time."""

Made = TypeVar("Made")


class _Figures:
    """The figures of one site, as of one row of the journal."""

    def __init__(self) -> None:
        self.as_of = ""
        self.rows: OrderedDict[Hashable, Any] = OrderedDict()


_sites: WeakKeyDictionary[Any, _Figures] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""
_lock = Lock()


def kept(session: ReadSession, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what was made for this key since the last act, or make it now; one statement."""
    as_of = session.execute(select(Head.last_hash)).scalar_one_or_none()
    if as_of is None or as_of == GENESIS:
        return make()
    place = session.get_bind().engine
    with _lock:
        figures = _sites.setdefault(place, _Figures())
        if figures.as_of != as_of:
            figures.as_of, figures.rows = as_of, OrderedDict()
        if key in figures.rows:
            figures.rows.move_to_end(key)
            found: Made = figures.rows[key]
            return found
    made = make()
    with _lock:
        if figures.as_of == as_of:
            figures.rows[key] = made
            while len(figures.rows) > MOST:
                figures.rows.popitem(last=False)
    return made

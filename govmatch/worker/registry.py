"""Which handler runs for which event, and what goes into the index: collected from the packages.

A package says so in its closed rooms: `notices.NOTICES` (event name -> maker), `handlers.DUE` (work
looked for each minute) and `index_entries.INDEXED` (subject kind -> `Indexed`).
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.search.indexed import Indexed

NoticeMaker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]
DueWork = Callable[[Background, Session], None]

PACKAGES = (
    "files",
    "accounts",
    "notifications",
    "organisations",
    "programmes",
    "challenges",
    "applications",
    "triage",
    "reviews",
    "decisions",
    "pilots",
    "explore",
)


def _rooms(room: str) -> list[ModuleType]:
    names = [f"govmatch.{package}.{room}" for package in PACKAGES]
    return [import_module(name) for name in names if find_spec(name)]


@cache
def notice_makers() -> dict[str, NoticeMaker]:
    """Return what makes the notices for an event, by the event's name."""
    return {name: maker for room in _rooms("notices") for name, maker in room.NOTICES.items()}


@cache
def due_work() -> tuple[DueWork, ...]:
    """Return what is looked for each minute."""
    return tuple(work for room in _rooms("handlers") for work in room.DUE)


@cache
def indexed() -> dict[str, Indexed]:
    """Return how things are indexed, by the subject kind of their journal rows."""
    return {kind: one for room in _rooms("index_entries") for kind, one in room.INDEXED.items()}

"""Which handler runs for which event, and what goes into the index: collected from the packages.

A package says so in its closed rooms: `notices.NOTICES` (event name -> maker), `handlers.DUE` (work
looked for each minute) and `index_entries.INDEXED` (subject kind -> `Indexed`).
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.matching.profiled import Profiled
from govmatch.search.indexed import Indexed

CASE_FILE = "dossier"
"""The handler of jobs that make the file of a case."""
PRINT = "print"
"""The handler of jobs that make a PDF of a page."""

NoticeMaker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]
DueWork = Callable[[Background, Session], None]

PACKAGES = (
    "files",
    "printing",
    "accounts",
    "notifications",
    "following",
    "organisations",
    "programmes",
    "needs",
    "challenges",
    "questions",
    "applications",
    "triage",
    "reviews",
    "interviews",
    "panels",
    "decisions",
    "pilots",
    "gatherings",
    "explore",
    "privacy",
    "dossiers",
)


PERSONAL = (
    "accounts",
    "files",
    "printing",
    "matching",
    "notifications",
    "following",
    "correspondence",
    "glossary",
    *PACKAGES[PACKAGES.index("organisations") :],
)
"""Those whose rows may name people, in the order in which a copy shows them and erasure goes back:
accounts first, so that it is erased last."""


def _rooms(room: str) -> list[ModuleType]:
    return list(_rooms_of(room, PACKAGES).values())


def _rooms_of(room: str, packages: Iterable[str]) -> dict[str, ModuleType]:
    names = {package: f"govmatch.{package}.{room}" for package in packages}
    return {key: import_module(name) for key, name in names.items() if find_spec(name)}


@cache
def personal_rooms() -> dict[str, ModuleType]:
    """Return what exports and erases each package's share of a person's data, by package."""
    return _rooms_of("personal", PERSONAL)


@cache
def notice_makers() -> dict[str, NoticeMaker]:
    """Return what makes the notices for an event, by its name; several packages may tell of one."""
    makers: dict[str, list[NoticeMaker]] = {}
    for room in _rooms("notices"):
        for name, maker in room.NOTICES.items():
            makers.setdefault(name, []).append(maker)
    return {name: partial(_all_notices, found) for name, found in makers.items()}


@cache
def listeners() -> dict[str, tuple[str, ...]]:
    """Return which handlers run for an event, by its name."""
    made = {
        "ExportAsked": ("export",),
        "DossierAsked": (CASE_FILE,),
        "PrintAsked": (PRINT,),
        "AssignmentAsked": ("assign",),
    }
    return {**dict.fromkeys(notice_makers(), ("notices",)), **made}


def _all_notices(
    makers: list[NoticeMaker], background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    for maker in makers:
        yield from maker(background, session, row)


@cache
def due_work() -> tuple[DueWork, ...]:
    """Return what is looked for each minute."""
    return tuple(work for room in _rooms("handlers") for work in room.DUE)


@cache
def indexed() -> dict[str, Indexed]:
    """Return how things are indexed, by the subject kind of their journal rows."""
    return {kind: one for room in _rooms("index_entries") for kind, one in room.INDEXED.items()}


@cache
def profiled() -> dict[str, Profiled]:
    """Return how things are matched, by the subject kind of their journal rows."""
    rooms = _rooms("index_entries")
    return {kind: one for room in rooms for kind, one in getattr(room, "PROFILED", {}).items()}

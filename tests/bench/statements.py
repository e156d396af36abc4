"""How many SQL statements a list takes, for one row and for fifty."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event, update
from starlette.testclient import TestClient

from govmatch.app import create_app
from govmatch.challenges.models import Challenge, State
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from tests.bench.cases import Size
from tests.bench.selection import Selection, add_selection
from tests.bench.texts import Texts
from tests.bench.world import build, index
from tests.site import settings_for

LISTS = ("/challenges", "/firms", "/applications")
FEW, MANY = 1, 50
FIRST = 30
"""Drafts before the first submitted application, which then has one of everything."""
SCREENS: Mapping[str, tuple[Callable[[Selection], str], Callable[[Selection], str]]] = {
    "/triage": (lambda _: "/triage", lambda world: world.manager),
    "/triage/board": (lambda _: "/triage/board", lambda world: world.manager),
    "/reviews": (lambda _: "/reviews", lambda world: world.reviewer),
    "/reviews/{id}": (lambda world: f"/reviews/{world.to_do[0]}", lambda world: world.reviewer),
    "/audit/challenges/{slug}": (
        lambda world: f"/audit/challenges/{world.judged}",
        lambda world: world.auditor,
    ),
    "…/reviewing": (
        lambda world: f"/desk/challenges/{world.judged}/reviewing",
        lambda world: world.manager,
    ),
    "…/decision": (
        lambda world: f"/desk/challenges/{world.judged}/decision",
        lambda world: world.manager,
    ),
    "/decisions": (lambda _: "/decisions", lambda world: world.manager),
    "/pilots": (lambda _: "/pilots", lambda world: world.manager),
    "/results": (lambda _: "/results", lambda world: world.manager),
    "/reports": (lambda _: "/reports", lambda world: world.manager),
    "/reports/tasks": (lambda _: "/reports/tasks", lambda world: world.manager),
    "/reports/scores": (lambda _: "/reports/scores", lambda world: world.manager),
    "/reports/firms": (lambda _: "/reports/firms", lambda world: world.manager),
    "/reports/needs": (lambda _: "/reports/needs", lambda world: world.manager),
    "/reports/trends": (lambda _: "/reports/trends", lambda world: world.manager),
}


def counted(texts: Texts) -> dict[str, tuple[int, int]]:
    """Return for each list the statements of its page in a world with one row, and with fifty."""
    few, many = (_statements(texts, rows) for rows in (FEW, MANY))
    return {path: (few[path], many[path]) for path in LISTS}


def _statements(texts: Texts, rows: int) -> dict[str, int]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/govmatch.db")
        settings = settings_for(database, Path(folder))
        # A fourth of the challenges is open; each of them may have a draft of the firm.
        world = build(settings, database, texts, challenges=rows, firms=rows, drafts=rows)
        with TestClient(create_app(settings, database), base_url=settings.base_url) as client:
            client.cookies.set("govmatch", world.applicant.token, domain="127.0.0.1")
            found = {path: _count(database, client, path) for path in LISTS[:-1]}
            _close(database)
            found[LISTS[-1]] = _count(database, client, LISTS[-1])
        database.close()
    return found


def _close(database: Database) -> None:
    """Let every deadline pass, since late codes are asked about only after it."""
    with database.writing() as session:
        passed = real_now() - timedelta(days=1)
        began = passed - timedelta(days=40)
        dates = {"published_at": began, "opens": began, "closes": passed}
        session.execute(update(Challenge).values(**dates, state=State.PUBLISHED))
        commit(session)


def in_selection(texts: Texts) -> dict[str, tuple[int, int]]:
    """Return the same for the screens of selection: one case, application, review; and fifty."""
    few, many = (_in_selection(texts, rows) for rows in (FEW, MANY))
    return {name: (few[name], many[name]) for name in SCREENS}


def _in_selection(texts: Texts, rows: int) -> dict[str, int]:
    size = Size(applications=2 * rows, cases=1 + rows, pilots=rows, pilots_each=1, big=rows)
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/govmatch.db")
        settings = settings_for(database, Path(folder))
        many = size.cases + FIRST
        build(settings, database, texts, challenges=many, firms=many, drafts=FIRST)
        index(settings, database)
        world = add_selection(settings, database, texts, size)
        with TestClient(create_app(settings, database), base_url=settings.base_url) as client:
            found = {}
            for name, (path, who) in SCREENS.items():
                client.cookies.set("govmatch", who(world), domain="127.0.0.1")
                client.get(path(world))  # what is read but once per process
                found[name] = _count(database, client, path(world))
        database.close()
    return found


def _count(database: Database, client: TestClient, path: str) -> int:
    number = 0

    def count(*_: Any) -> None:
        nonlocal number
        number += 1

    event.listen(database.engine, "before_cursor_execute", count)
    try:
        answer = client.get(path)
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return number

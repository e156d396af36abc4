"""How many SQL statements a list takes, for one row and for fifty."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from starlette.testclient import TestClient

from govmatch.app import create_app
from govmatch.kit.db import Database
from tests.bench.texts import Texts
from tests.bench.world import build
from tests.site import settings_for

LISTS = ("/challenges", "/firms", "/applications")
FEW, MANY = 1, 50


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
            found = {path: _count(database, client, path) for path in LISTS}
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

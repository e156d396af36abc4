"""Bringing a database to the current version, from the shell, the demonstration and the tests."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from govmatch.kit.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent
_REVISION = re.compile(r'^(down_)?revision = "([^"]+)"$', re.MULTILINE)


def config(database: Database) -> "Config":
    # Alembic takes 10 MB and a fifth of a second, which a site that only serves need not spend.
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["database"] = database
    return made


def migrate(database: Database) -> None:
    """Bring the database to the current version; a second run changes nothing."""
    from alembic import command  # noqa: PLC0415 - see `config`

    command.upgrade(config(database), "head")


def is_current(database: Database) -> bool:
    """True when the database is at the version of this code; asked at every start."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        return {row[0] for row in found} == {newest()}


def newest() -> str:
    """Return the version that no other one follows, as the files themselves say it."""
    texts = [path.read_text("utf-8") for path in sorted((FOLDER / "versions").glob("*.py"))]
    named = [match for text in texts for match in _REVISION.findall(text)]
    (head,) = {name for down, name in named if not down} - {name for down, name in named if down}
    return str(head)

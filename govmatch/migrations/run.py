"""Bringing a database to the current version, from the shell, the demonstration and the tests."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from govmatch.kit.db import Database


def config(database: Database) -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["database"] = database
    return made


def migrate(database: Database) -> None:
    """Bring the database to the current version; a second run changes nothing."""
    command.upgrade(config(database), "head")


def is_current(database: Database) -> bool:
    """True when the database is at the version of this code."""
    head = ScriptDirectory.from_config(config(database)).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head

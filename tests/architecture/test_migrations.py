"""The migrations make what the models say, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from govmatch.kit.db import Database
from govmatch.kit.journal import verify
from govmatch.migrations.models import metadata
from govmatch.migrations.run import is_current, migrate


def test_a_migrated_database_has_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_second_migration_changes_nothing(database: Database) -> None:
    assert is_current(database)
    migrate(database)
    assert is_current(database)
    with database.reading() as session:
        assert verify(session).bad_id is None

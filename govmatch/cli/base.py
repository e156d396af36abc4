"""What the commands share: the settings, the database, the way to speak."""

import os
import secrets
from pathlib import Path

import typer
from rich.console import Console

from govmatch import settings as settings_module
from govmatch.kit.db import Database
from govmatch.kit.durable import write_whole
from govmatch.migrations.run import is_current
from govmatch.settings import Mode, Settings, SettingsError, with_secret

app = typer.Typer(no_args_is_help=True, add_completion=False, help="govmatch: the site's commands.")
out = Console(highlight=False)


@app.callback()
def commands() -> None:
    """Keep the name of a command in the line, even where only one is loaded."""


def fail(sentence: str, code: int = 1) -> typer.Exit:
    """Say what is wrong on the error stream; the caller raises what is returned."""
    typer.echo(f"govmatch: {sentence}", err=True)
    return typer.Exit(code)


def read_settings(*, usual_mode: Mode = Mode.PRODUCTION, **overrides: object) -> Settings:
    """Return the settings; a wrong one ends the command with a sentence, not a traceback.

    `usual_mode` holds where the environment names none.
    """
    try:
        environ = {"GOVMATCH_MODE": usual_mode.value, **os.environ}
        found = settings_module.load(environ, **overrides)
    except SettingsError as error:
        raise fail(str(error), 2) from error
    if found.is_demo and not found.secret_key:
        return with_secret(found, _own_secret(found.data_dir))
    return found


def _own_secret(folder: Path) -> str:
    """Return the secret of a demonstration, made on its first start and kept beside its data."""
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_urlsafe(48).encode(), mode=0o600)
    return path.read_text()


def environment_for(settings: Settings) -> dict[str, str]:
    """Return what a process beside this one needs to come to the same settings."""
    return {
        **os.environ,
        "GOVMATCH_MODE": settings.mode.value,
        "GOVMATCH_HOST": settings.host,
        "GOVMATCH_PORT": str(settings.port),
        "GOVMATCH_DATA_DIR": str(settings.data_dir),
    }


def open_database(settings: Settings, *, current: bool = True) -> Database:
    """Return the database; with `current`, one at another version ends the command."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    if current and not is_current(database):
        raise fail("the database is not at this version; run: govmatch migrate")
    return database

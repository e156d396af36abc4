"""What the commands share: the settings, the database, the way to speak."""

import os
import secrets
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from govmatch import settings as settings_module
from govmatch.kit.durable import write_whole
from govmatch.settings import Mode, Settings, SettingsError, with_secret

if TYPE_CHECKING:
    from govmatch.kit.db import Database

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


def become_site(settings: Settings, *, ready: str = "") -> NoReturn:
    """Leave this program for the site; the process stays the same, and where it writes to.

    `ready` is printed once it answers, instead of a plain line.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    words = [sys.executable, *_lightly(), "-m", "govmatch.serving", *filter(None, [ready])]
    # The program is this very interpreter.
    os.execve(sys.executable, words, _environment_for(settings))  # noqa: S606


def _lightly() -> tuple[str, ...]:
    """Return how Python loads the site in 11 MB less: without docstrings, asserts and columns.

    It keeps what it compiled so beside the code. Where it may not, each start would take twice as
    long, and the site is loaded as usual.
    """
    kept = Path(cache_from_source(settings_module.__file__, optimization="2"))
    may_write = not sys.dont_write_bytecode and os.access(settings_module.__file__, os.W_OK)
    return ("-OO", "-X", "no_debug_ranges") if kept.exists() or may_write else ()


_GIVEN_BACK = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "262144",
    "MALLOC_TRIM_THRESHOLD_": "1048576",
}
"""How glibc gives memory back that a large answer took; otherwise its limits grow for good, and
each thread has a heap of its own. Python's threads take turns, so they need one only."""


def _environment_for(settings: Settings) -> dict[str, str]:
    """Return from what another program comes to the same settings."""
    found = {
        **_GIVEN_BACK,
        **os.environ,
        "GOVMATCH_MODE": settings.mode.value,
        "GOVMATCH_HOST": settings.host,
        "GOVMATCH_PORT": str(settings.port),
        "GOVMATCH_DATA_DIR": str(settings.data_dir),
    }
    return found | ({"GOVMATCH_SECRET_KEY": settings.secret_key} if settings.is_demo else {})


def open_database(settings: Settings, *, current: bool = True) -> "Database":
    """Return the database; with `current`, one at another version ends the command."""
    # A command that does not ask the database does not wait for it to load.
    from govmatch.kit.db import Database  # noqa: PLC0415
    from govmatch.migrations.run import is_current  # noqa: PLC0415

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    if current and not is_current(database):
        raise fail("the database is not at this version; run: govmatch migrate")
    return database

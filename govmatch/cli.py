"""The commands. Each reads the settings once and passes them down."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from govmatch import settings as settings_module
from govmatch.kit.db import Database
from govmatch.settings import Settings, SettingsError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="govmatch: the site's commands.")
out = Console()


def read_settings(**overrides: object) -> Settings:
    """Return the settings; a wrong one ends the command with a sentence, not a traceback."""
    try:
        return settings_module.load(os.environ, **overrides)
    except SettingsError as error:
        typer.echo(f"govmatch: {error}", err=True)
        raise typer.Exit(2) from error


def open_database(settings: Settings) -> Database:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings.database)

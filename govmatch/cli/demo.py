"""`demo`: a whole site with a made-up world, by one command."""

import shutil
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from govmatch.cli.base import app, become_site, fail, open_database, out, read_settings
from govmatch.cli.site import Port
from govmatch.demonstration.personas import PERSONAS
from govmatch.demonstration.queries import seeded_at
from govmatch.demonstration.world import is_seeded, seed
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.kit.i18n import say
from govmatch.migrations.run import migrate
from govmatch.settings import Mode, Settings
from govmatch.worker.follow import Follower

KEPT = ("packed", "secret")


@app.command()
def demo(
    port: Port = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make a new world, dated today.")] = False,
) -> None:
    """Migrate, load content/ and the demonstration world, and serve on this machine alone."""
    settings = read_settings(usual_mode=Mode.DEMO, port=port)
    if not settings.is_demo:
        raise fail("GOVMATCH_MODE is production; a demonstration needs GOVMATCH_MODE=demo", 2)
    if fresh:
        _clear(settings)
    database = open_database(settings, current=False)
    migrate(database)
    if is_seeded(database):
        _tell_age(database)
    else:
        _seed(database, settings)
    _introduce()
    ready = f"govmatch: ready on {settings.base_url} - sign in as anybody on /demo"
    database.close()
    become_site(settings, ready=ready)


def _clear(settings: Settings) -> None:
    """Empty the data folder of a demonstration, but for what is the same in every world."""
    if not settings.database.startswith("sqlite:///" + str(settings.data_dir)):
        raise fail("--fresh empties the data folder; this database lies elsewhere", 2)
    for path in settings.data_dir.glob("*"):
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _seed(database: Database, settings: Settings) -> None:
    steps = {
        "content": "reading content/",
        "firms": "making firms",
        "people": "making people",
        "cases": "making cases",
        "index": "making the search index",
    }
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out) as bar:
        task = bar.add_task("", total=None)

        def tell(step: str) -> None:
            bar.update(task, description=steps[step])

        report = seed(database, settings, now=real_now(), tell=tell)
        tell("index")
        follower = Follower(settings, database)
        follower.rebuild()
        follower.close()
    for problem in report.problems:
        out.print(f"{problem.path}:{problem.line}: {say(problem.message, 'en')}", markup=False)


def _tell_age(database: Database) -> None:
    with database.reading() as session:
        made = seeded_at(session)
    days = (real_now() - made).days if made else 0
    out.print(f"govmatch: this world is {days} days old; `govmatch demo --fresh` makes a new one")


def _introduce() -> None:
    table = Table("who", "does what", show_header=True, box=None)
    for one in PERSONAS:
        table.add_row(one.name, say(one.about, "en"))
    out.print(table)

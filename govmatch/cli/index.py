"""`index` and `search`: the search index from the shell."""

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.kit.clock import real_now
from govmatch.search.check import check as compare
from govmatch.search.index import Index
from govmatch.worker.follow import Follower, everything

index = typer.Typer(no_args_is_help=True, help="Rebuild, check and count the search index.")
app.add_typer(index, name="index")


@index.command()
def rebuild() -> None:
    """Make the index anew from the database, with progress; the site keeps serving."""
    settings = read_settings()
    follower = Follower(settings, open_database(settings))
    columns = (TextColumn("index"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out) as bar:
        task = bar.add_task("index", total=None)
        done = follower.rebuild(lambda count, total: bar.update(task, completed=count, total=total))
    if not done:
        raise fail(
            "another process writes the index; it follows the journal by itself. "
            "To have it made anew, stop the worker, or delete the folder and let it start over"
        )
    follower.close()
    out.print("govmatch: the index is new")


@index.command()
def check() -> None:
    """Compare the index with the database and say what differs."""
    settings = read_settings()
    with open_database(settings).reading() as session:
        _, entries = everything(settings, session)
        difference = compare(Index(settings.index_dir), entries)
    for what in ("missing", "extra", "different"):
        for key in getattr(difference, what):
            out.print(f"{what}: {key}", markup=False)
    if difference.missing or difference.extra or difference.different:
        raise fail("the index differs; it follows within seconds, or rebuild it")
    out.print("govmatch: the index is what the database says")


@index.command()
def stats() -> None:
    """Say how large the index is and how far it has followed the journal."""
    settings = read_settings()
    for name, value in Index(settings.index_dir).stats().items():
        out.print(f"{name}: {value}")


@app.command()
def search(
    query: str,
    lang: Annotated[str, typer.Option(help="de, da or en")] = "en",
    size: Annotated[int, typer.Option(help="How many hits to show.")] = 10,
) -> None:
    """Search what everybody may read; the same search as the site's."""
    settings = read_settings()
    results = Index(settings.index_dir).search(
        query, audience=frozenset({"public"}), now=real_now(), lang=lang, page=1, size=size
    )
    for hit in results.hits:
        out.print(f"{hit.score:8.2f}  {hit.title}  {hit.url}")
    out.print(f"govmatch: {results.total} found")

"""`index` and `search`: the search index from the shell."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.search.check import Difference
from govmatch.search.check import check as compare
from govmatch.search.engine import Damaged
from govmatch.search.folder import WriterBusy
from govmatch.search.index import Index
from govmatch.search.rebuilding import read_state
from govmatch.settings import Settings
from govmatch.worker.follow import Follower
from govmatch.worker.reading import everything
from govmatch.worker.remaking import USUAL, Pace, Remaking

index = typer.Typer(no_args_is_help=True, help="Rebuild, check and count the search index.")
app.add_typer(index, name="index")

EXAMPLES = 10
_LINE_EVERY = 5.0  # seconds between lines where there is no terminal
_PATIENCE = 60.0  # seconds until the worker takes over what was finished
_HELP = {
    "missing": "in the database, not in the index",
    "different": "in the index as it was before",
    "extra": "in the index, not in the database any more",
}

Tell = Callable[[Remaking], None]


@index.command()
def rebuild(
    fresh: Annotated[bool, typer.Option(help="Begin anew, whatever is there.")] = False,  # noqa: FBT002
    processes: Annotated[int, typer.Option(min=1, max=16, help="Processes at work.")] = 2,
    part: Annotated[int, typer.Option(min=1, help="Entries that are kept at a time.")] = USUAL.part,
) -> None:
    """Make the index anew from the database beside the running site, and swap it in at once.

    Stopped at any time, the same command goes on where it stood.
    """
    settings = read_settings()
    database = open_database(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        pace = Pace(part=part, processes=processes)
        making = Remaking(settings, database, is_fresh=fresh, pace=pace)
    except WriterBusy:
        state = read_state(settings.index_dir)
        far = f": {state.done:,} of {state.total:,} are in" if state else ""
        raise fail(f"another process is making the index anew{far}") from None
    try:
        _make(making, stop)
    finally:
        making.close()
    if not making.rebuild.state or not making.is_finished:
        raise fail("stopped; the same command goes on from here", 130)
    _hand_over(settings, database, stop)


def _make(making: Remaking, stop: threading.Event) -> None:
    if making.resumed_at:
        out.print(f"govmatch: {making.resumed_at:,} of {making.total:,} were in already")
    began, documents = time.monotonic(), making.documents
    with _telling(began, documents) as tell:
        while not stop.is_set() and not making.is_finished:
            tell(making)
            making.step(0.2)
        tell(making)
    took = time.monotonic() - began
    made = making.documents - documents
    if making.is_finished:
        out.print(
            f"govmatch: {made:,} documents in {took:.0f} s, {made / max(took, 0.1):.0f} a second"
        )


@contextmanager
def _telling(began: float, before: int) -> Iterator[Tell]:
    """Yield what shows how far it is: a bar on a terminal, now and then a line elsewhere."""

    def rate(making: Remaking) -> float:
        return (making.documents - before) / max(time.monotonic() - began, 0.1)

    if not out.is_terminal:
        yield _in_lines(rate)
        return
    columns = (
        TextColumn("index"),
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[documents]:,} documents, {task.fields[rate]:.0f} a second,"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=out, speed_estimate_period=120) as bar:
        task = bar.add_task("index", total=None, documents=0, rate=0.0)
        yield lambda making: bar.update(
            task,
            completed=making.done,
            total=making.total,
            documents=making.documents,
            rate=rate(making),
        )


def _in_lines(rate: Callable[[Remaking], float]) -> Tell:
    told_at = time.monotonic()
    first: int | None = None

    def tell(making: Remaking) -> None:
        nonlocal told_at, first
        first = making.done if first is None else first
        passed = time.monotonic() - told_at
        if passed < _LINE_EVERY and not making.is_finished:
            return
        told_at = time.monotonic()
        out.print(
            f"govmatch: index: {making.done:,} of {making.total:,},"
            f" {making.documents:,} documents, {rate(making):.0f} a second{_left(making, rate)}",
            soft_wrap=True,
        )

    return tell


def _left(making: Remaking, rate: Callable[[Remaking], float]) -> str:
    if making.is_finished or not making.done or not rate(making):
        return ""
    documents = making.documents / making.done * (making.total - making.done)
    return f", {documents / rate(making):.0f} s left"


def _hand_over(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Have what was finished in use: by this process, or by the worker that writes the index."""
    follower = Follower(settings, database)
    until = time.monotonic() + _PATIENCE
    try:
        while read_state(settings.index_dir) is not None and not follower.take_over():
            if stop.is_set() or time.monotonic() > until:
                out.print(
                    "govmatch: the index is made; the worker takes it into use when it is free"
                )
                return
            stop.wait(0.2)
    finally:
        follower.close()
    out.print("govmatch: the index is new")


@index.command()
def check() -> None:
    """Compare the index with the database and say what differs."""
    settings = read_settings()
    try:
        with open_database(settings).reading() as session:
            _, entries = everything(settings, session)
            difference = compare(Index(settings.index_dir), entries)
    except Damaged as damage:
        raise fail(f"the index cannot be read: {damage}; run: govmatch index rebuild") from None
    if difference:
        _tell_difference(difference)
        raise fail(
            "the index differs. The worker follows within seconds;"
            " what differs for longer is mended by: govmatch index rebuild"
        )
    out.print("govmatch: the index is what the database says")


def _tell_difference(difference: Difference) -> None:
    for what, meaning in _HELP.items():
        keys = getattr(difference, what)
        if keys:
            out.print(f"{what}: {len(keys):,} {meaning}", markup=False)
        for key in keys[:EXAMPLES]:
            out.print(f"  {key}", markup=False)
        if len(keys) > EXAMPLES:
            out.print(f"  and {len(keys) - EXAMPLES:,} more")


@index.command()
def stats() -> None:
    """Say how large the index is, how far it has followed the journal, and what is being made."""
    settings = read_settings()
    try:
        for name, value in Index(settings.index_dir).stats().items():
            out.print(f"{name}: {value}")
    except Damaged as damage:
        out.print(f"govmatch: the index cannot be read: {damage}", markup=False)
    state = read_state(settings.index_dir)
    if state:
        out.print(f"in the making: {state.done:,} of {state.total:,}")


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

"""`migrate`, `worker`: what is done beside the site."""

import logging
import signal
import threading
from typing import Annotated

import typer

from govmatch.cli.base import app, open_database, out, read_settings
from govmatch.migrations.run import migrate as bring_up_to_date
from govmatch.worker import create_worker
from govmatch.worker.examining import Examiner
from govmatch.worker.follow import Follower
from govmatch.worker.lock import wait_for_turn
from govmatch.worker.matching import Matcher


@app.command()
def migrate() -> None:
    """Bring the database to the current version."""
    settings = read_settings()
    bring_up_to_date(open_database(settings, current=False))
    out.print("govmatch: the database is at the current version")


@app.command()
def worker(
    beside: Annotated[int, typer.Option(help="End with this process.", hidden=True)] = 0,
) -> None:
    """Do the background work: mails, due work, the index, the matches."""
    _log_to_stderr()
    settings = read_settings()
    database = open_database(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with wait_for_turn(settings.data_dir / "worker.lock", stop, parent=beside):
        follower = Follower(settings, database)
        matcher = Matcher(settings, database)
        examiner = Examiner(settings, database)
        steps = (follower.step, matcher.step, examiner.step)
        create_worker(settings, database, *steps).run(stop)
        follower.close()


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)

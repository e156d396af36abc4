"""`serve`, `worker`, `migrate`: the processes that run the site."""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Annotated

import typer
import uvicorn

from govmatch.app import create_app
from govmatch.cli.base import app, environment_for, fail, open_database, out, read_settings
from govmatch.kit.db import Database
from govmatch.migrations.run import migrate as bring_up_to_date
from govmatch.settings import Settings
from govmatch.worker import create_worker
from govmatch.worker.follow import Follower
from govmatch.worker.lock import wait_for_turn

Port = Annotated[int | None, typer.Option(help="Port to listen on.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on.")]


@app.command()
def migrate() -> None:
    """Bring the database to the current version."""
    settings = read_settings()
    bring_up_to_date(open_database(settings, current=False))
    out.print("govmatch: the database is at the current version")


@app.command()
def serve(host: Host = None, port: Port = None) -> None:
    """Serve the site; runs a worker beside it unless the settings say otherwise."""
    settings = read_settings(host=host, port=port)
    run_site(settings, open_database(settings))


class _Server(uvicorn.Server):
    """Says that it is ready once it answers, and not before."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            out.print(self._ready, markup=False, soft_wrap=True)


def run_site(settings: Settings, database: Database, *, ready: str = "") -> None:
    """Serve until a signal comes; the worker beside it ends with it."""
    ready = ready or f"govmatch: ready on {settings.base_url}"
    _log_to_stderr()
    if not _is_free(settings):
        raise fail(f"port {settings.port} is taken by another program; name one with --port", 2)
    beside = _start_worker(settings) if settings.worker_in_serve else None
    try:
        gc.disable()
        server = _Server(_configuration(settings, database), ready)
        # The code stays for good: no later search for garbage is to go through it again.
        gc.freeze()
        gc.enable()
        server.run()
    finally:
        if beside is not None:
            beside.terminate()
            beside.wait(timeout=15)
        database.close()


def _configuration(settings: Settings, database: Database) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings, database),
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        server_header=False,
        access_log=False,
        log_level="warning",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        limit_concurrency=1000,
        backlog=512,
    )


def _is_free(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    # The program is this very interpreter and the only argument our own process number.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "govmatch", "worker", "--beside", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        env=environment_for(settings),
    )


@app.command()
def worker(
    beside: Annotated[int, typer.Option(help="End with this process.", hidden=True)] = 0,
) -> None:
    """Do the background work: mails, due work, the index."""
    _log_to_stderr()
    settings = read_settings()
    database = open_database(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with wait_for_turn(settings.data_dir / "worker.lock", stop, parent=beside):
        follower = Follower(settings, database)
        create_worker(settings, database, follower.step).run(stop)
        follower.close()

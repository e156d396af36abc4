"""The process that answers: `govmatch serve` becomes `python -m govmatch.serving`.

What reads a command line takes 10 MB and more, which a site never needs again. So the settings
come from the environment alone.
"""

import gc

if __name__ == "__main__":
    # What is loaded stays; looking for garbage in it would take a fifth of the start.
    gc.disable()

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import uvicorn

from govmatch import settings as settings_module
from govmatch.app import create_app
from govmatch.kit import aside
from govmatch.kit.beside import Beside
from govmatch.kit.db import Database
from govmatch.migrations.run import is_current
from govmatch.settings import Settings, SettingsError

log = logging.getLogger("govmatch.serving")

_PAUSE = 0.5  # seconds before a worker that died is replaced, twice as long each time,
_LONG = 30.0  # up to this; who lived longer died for another reason


def main(words: Sequence[str]) -> int:
    """Serve until a signal comes; a wrong setting or an old database ends it with a sentence.

    The first word, if there is one, is the line that is printed once the site answers.
    """
    try:
        settings = settings_module.load(os.environ)
    except SettingsError as error:
        return _fail(str(error), 2)
    if not _is_free(settings):
        return _fail(f"port {settings.port} is taken by another program; name one with --port", 2)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    # It is told no setting of the site, so it knows no secret.
    told = {name: value for name, value in os.environ.items() if "GOVMATCH" not in name}
    searching = Beside("govmatch.searching", flags=_flags(), environment=told)
    aside.use(searching)
    try:
        if not is_current(database):
            return _fail("the database is not at this version; run: govmatch migrate", 1)
        _run(settings, database, next(iter(words), f"govmatch: ready on {settings.base_url}"))
    finally:
        aside.use(None)
        searching.close()
        database.close()
    return 0


def _flags() -> list[str]:
    """Return how this interpreter was started, before what it was to run."""
    words = sys.orig_argv
    return words[1 : words.index("-m")] if "-m" in words else []


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"govmatch: {sentence}\n")
    return code


class _Server(uvicorn.Server):
    """Says that it is ready once it answers, and not before."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"{self._ready}\n")
            sys.stdout.flush()


def _run(settings: Settings, database: Database, ready: str) -> None:
    """Serve until a signal comes; the worker beside it ends with it."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    beside = _Beside() if settings.worker_in_serve else None
    try:
        server = _Server(configuration(settings, database), ready)
        # The code stays for good: no later search for garbage is to go through it again. What was
        # thrown away while it was loaded goes before, or it would stay too.
        gc.collect()
        gc.freeze()
        gc.enable()
        server.run()
    finally:
        if beside is not None:
            beside.end()


def configuration(settings: Settings, database: Database) -> uvicorn.Config:
    """Return how the site is served."""
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


class _Beside:
    """The worker of a site on its own: when it dies, another takes its place."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._worker = _start_worker()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def _keep(self) -> None:
        pause = _PAUSE
        while not self._ending.is_set():
            began = time.monotonic()
            code = self._worker.wait()
            pause = _PAUSE if time.monotonic() - began > _LONG else min(2 * pause, _LONG)
            self._ending.wait(pause)
            with self._lock:
                if not self._ending.is_set():
                    log.warning("the worker ended with %s, another is started", code)
                    self._worker = _start_worker()

    def end(self) -> None:
        with self._lock:
            self._ending.set()
            self._worker.terminate()
        self._watch.join(timeout=15)
        self._worker.wait(timeout=15)


def _start_worker() -> subprocess.Popen[bytes]:
    # The program is this very interpreter and the only argument our own process number.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "govmatch", "worker", "--beside", str(os.getpid())],
        stdin=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

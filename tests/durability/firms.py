"""A site's own data folder with many firms in its database, and its commands as processes."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from govmatch import settings as settings_module
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.migrations.run import migrate
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import FirmData, read_firms
from govmatch.organisations.profile import Basics
from govmatch.search.index import Index
from govmatch.settings import Settings, shipped
from tests.unit.worker.firms import ADMINISTRATOR, public


@cache
def _firms() -> Sequence[FirmData]:
    found = read_firms(Folder(shipped("content")), [], today=real_now().date())
    return [one for one in found if public(one)]


@dataclass
class Place:
    """Where a site keeps its data, and what its processes are told of it."""

    environ: dict[str, str]
    settings: Settings
    database: Database

    def load(self, first: int, most: int) -> list[str]:
        """Load firms, each another's double under a name of its own; return the names."""
        names = []
        with self.database.writing() as session:
            for number in range(first, first + most):
                one = _firms()[number % len(_firms())]
                name = f"{one.new.name} {_word(number)}"
                load_firm(session, _double(one, number, name), actor=ADMINISTRATOR, now=real_now())
                names.append(name)
            commit(session)
        return names

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command of govmatch, with what it says on a pipe."""
        return subprocess.Popen(
            [sys.executable, "-m", "govmatch", *words],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *words: str) -> str:
        """Run a command to its end and return what it said; a failed one fails the test."""
        started = self.start(*words)
        said = started.communicate(timeout=120)[0].decode()
        assert started.returncode == 0, said
        return said

    def finds(self, name: str) -> bool:
        """Return whether a visitor finds the firm of a name by the last word of it."""
        hits = Index(self.settings.index_dir).search(
            name.rsplit(maxsplit=1)[-1], audience=frozenset({"public"}), now=real_now(), lang="en"
        )
        return name in [hit.title for hit in hits.hits]


def _double(one: FirmData, number: int, name: str) -> FirmData:
    sections = tuple(
        replace(section, name=name) if isinstance(section, Basics) else section
        for section in one.sections
    )
    new = replace(one.new, name=name)
    return replace(one, slug=f"firm-{number}", new=new, sections=sections)


def _word(number: int) -> str:
    """Return a word that no other number has and that no language knows."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_place(folder: Path) -> Place:
    """Return a new place with an empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}} | {
        "GOVMATCH_MODE": "test",
        "GOVMATCH_SECRET_KEY": "only-for-tests-" + "x" * 32,
        "GOVMATCH_CONFIG": "-",
        "GOVMATCH_DATA_DIR": str(folder),
        "GOVMATCH_PORT": str(port),
    }
    settings = settings_module.load(environ)
    database = Database(settings.database)
    migrate(database)
    return Place(environ, settings, database)

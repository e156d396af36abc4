"""What every test may ask for: a database of each kind, a session on it, a browser.

- `session`: writes on the real schema inside a transaction that is rolled back; `kit.db.commit` on
  it ends a savepoint only. For actions, queries and rules.
- `database`: a database of the test's own, with nothing in it but the schema; what is committed is
  seen by other sessions, threads and processes. For pages, the worker, and races.
- `database_url`: the same, for who opens it themselves.
- `browser`: a running Chromium, one for the whole run.

Each but the last runs the test once on SQLite and once on PostgreSQL.
"""

import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import Session as ReadSession

from govmatch.kit.db import Database, Session
from tests import beginning, chromium, legs, postgresql
from tests.databases import Databases, Kind
from tests.network import close_network

# Time says nothing here: the same examples run beside a browser and a database server. Where a
# change is decided, the same change gets the same examples.
hypothesis.settings.register_profile("govmatch", deadline=None, derandomize=legs.must_have_all())
hypothesis.settings.load_profile("govmatch")

close_network()

_servers: list[postgresql.Server] = []
_clock = beginning.install()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(legs.ClosingLine(), "govmatch-closing-line")


def pytest_sessionstart(session: pytest.Session) -> None:
    if legs.must_have_all() and not hasattr(session.config, "workerinput"):
        missing = legs.missing()
        if missing:
            packages = " ".join(legs.PACKAGES[leg] for leg in missing)
            pytest.exit(f"CI stands on every leg; install: {packages}", returncode=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that nobody has to remember it."""
    for item in items:
        if "browser_path" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish() -> None:
    """Let the collector pass over what every test needs until the end: modules and the tests."""
    _clock.keep()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let each test begin at the same moment, but those whose site others share.

    A site that is a process of its own has the machine's clock, and one that serves many tests
    remembers when a code was used: it must not come again.
    """
    if {"browser_path", "machine_clock", "templates"} & set(getattr(item, "fixturenames", ())):
        _clock.follow()
    else:
        _clock.begin()
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Give every process of a divided run the address of the one server, started here."""
    if postgresql.is_available():
        node.workerinput["postgresql_url"] = _server_url()  # type: ignore[attr-defined]


def pytest_unconfigure() -> None:
    while _servers:
        _servers.pop().stop()


def _server_url() -> str:
    if not _servers:
        _servers.append(postgresql.start())
    return _servers[0].url


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """The makers of databases: the schema is made once for each kind."""
    given: str | None = getattr(request.config, "workerinput", {}).get("postgresql_url")
    made = Databases(
        tmp_path_factory.mktemp("databases"), server_url=lambda: given or _server_url()
    )
    yield made
    made.close()


@pytest.fixture(params=[pytest.param(k.value, marks=getattr(pytest.mark, k.value)) for k in Kind])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Which database this run of the test is on."""
    chosen = Kind(request.param)
    if chosen is Kind.POSTGRESQL and not postgresql.is_available():
        pytest.skip("there is no PostgreSQL on this machine")
    return chosen


@pytest.fixture
def database_url(databases: Databases, kind: Kind) -> Iterator[str]:
    """The address of a database of the test's own."""
    url = databases.copy(kind)
    yield url
    databases.drop(url)


@pytest.fixture
def database(databases: Databases, database_url: str) -> Iterator[Database]:
    """A database of the test's own, where what is committed stays until the test ends."""
    with databases.opened(database_url) as opened:
        yield opened


@pytest.fixture
def session(databases: Databases, kind: Kind) -> Iterator[Session]:
    """A writing session on the real schema; whatever the test does is rolled back."""
    engine = databases.shared(kind).engine.execution_options(govmatch_begin="IMMEDIATE")
    with engine.connect() as connection:
        outer = connection.begin()
        with ReadSession(connection, join_transaction_mode="create_savepoint") as opened:
            yield Session(opened)
        outer.rollback()


@pytest.fixture(scope="session")
def machine_clock() -> None:
    """For who has a site that is a process of its own: `real_now` is what that process says too."""


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The browser's program; the test is skipped where there is none."""
    found = chromium.path()
    if found is None:
        pytest.skip("there is no browser on this machine")
    return found


@pytest.fixture(scope="session")
def browser(browser_path: Path) -> Iterator[Browser]:
    """One running browser; every test opens a context of its own in it."""
    with sync_playwright() as playwright:
        running = chromium.launch(playwright, browser_path)
        yield running
        running.close()

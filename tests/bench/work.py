"""What follows a deadline, measured: screens in a large and a small world, letters released."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from statistics import median
from urllib.parse import urlencode

from govmatch.kit.db import Database
from govmatch.kit.mail import transport
from govmatch.settings import Settings
from govmatch.worker import Worker
from govmatch.worker.follow import Follower
from tests.bench import costs
from tests.bench.browser import Browser
from tests.bench.figures import Figure
from tests.bench.selection import Selection, released
from tests.bench.server import Server

LETTERS = 200
ROWS = 50
GROWTH = 2
LEAST = 40
"""Pages that a cost is the mean of, at least."""
RELEASE = 3.0  # seconds


@dataclass(frozen=True)
class Screen:
    """One kind of page: which addresses are asked, by whom, and what it may cost (ms)."""

    name: str
    paths: Callable[[Selection], list[str]]
    who: Callable[[Selection], str]
    limit: float | None = None
    how: str = ""
    rows: tuple[str, int] | None = None
    """What each page has to hold, and how often at least."""
    growth: float | None = GROWTH


def filtered(path: str, sorts: tuple[str, ...]) -> list[str]:
    """Return addresses with three filters that leave fifty rows in the small world too."""
    states = ("submitted", "incomplete", "shortlisted", "ineligible", "confirmed")
    return [
        f"{path}?state=in_review&state={state}&handler={handler}&flag=gate_open{sort}"
        for state, handler, sort in product(states, ("me", "none"), sorts)
    ]


def asked(path: str) -> list[str]:
    """Return addresses with a query of three terms that leave fifty rows in the small world too."""
    states = ("submitted", "in_review", "shortlisted", "inelig*")
    others = ("-assigned:me", "-state:withdrawn")
    orders = ("", "sort:-age", "sort:firm", "sort:-waiting", "sort:state")
    return [
        f"{path}?{urlencode({'q': f'-state:{state} age:>1d {other} {order}'.strip()})}"
        for state, other, order in product(states, others, orders)
    ]


def _report(view: str, _world: Selection) -> list[str]:
    return [f"/reports/{view}"]


SORTS = ("", "&sort=firm", "&sort=-submitted", "&sort=challenge", "&sort=-waiting")

SCREENS = (
    Screen(
        "triage table, 50 rows, three filters, facets",
        lambda world: filtered("/triage", SORTS),
        lambda world: world.manager,
        25,
        "50 addresses",
        ('name="ids[]"', ROWS),
    ),
    Screen(
        "triage table, 50 rows, query of three terms, facets",
        lambda world: asked("/triage"),
        lambda world: world.manager,
        30,
        "40 addresses",
        ('name="ids[]"', ROWS),
    ),
    Screen(
        "triage table: has anything changed",
        lambda world: [f"/triage/news?q=age:>1d&since={world.rows - n}" for n in range(20)],
        lambda world: world.manager,
        None,
        "20 addresses",
    ),
    Screen(
        "triage table, 50 rows, no filter",
        lambda world: [f"/triage?page={n}" for n in range(1, 13)],
        lambda world: world.manager,
        None,
        "12 pages",
        ('name="ids[]"', ROWS),
    ),
    Screen(
        "triage board",
        lambda world: ["/triage/board", *filtered("/triage/board", ("",)), *asked("/triage/board")],
        lambda world: world.manager,
        60,
        "whole, 10 filtered, 40 with a query",
    ),
    Screen(
        "one application in triage",
        lambda world: [f"/triage/{one}" for one in world.applications[:40]],
        lambda world: world.manager,
        None,
        "40 applications",
    ),
    Screen(
        "review page, to be scored",
        lambda world: [f"/reviews/{one}" for one in world.to_do],
        lambda world: world.reviewer,
        30,
        "reviews of one jury member",
    ),
    Screen(
        "review page, submitted, beside the others'",
        lambda world: [f"/reviews/{one}" for one in world.done[:40]],
        lambda world: world.reviewer,
        30,
        "40 reviews",
    ),
    Screen(
        "reviews of a person",
        lambda world: ["/reviews", "/reviews?view=done"],
        lambda world: world.reviewer,
    ),
    Screen(
        "case page",
        lambda world: [f"/audit/challenges/{world.judged}?page={n}" for n in range(1, 21)],
        lambda world: world.auditor,
        40,
        f"20 pages of the case of {LETTERS} applications",
    ),
    Screen(
        "reviewing: who reviews what",
        lambda world: [f"/desk/challenges/{world.judged}/reviewing?page={n}" for n in range(1, 5)],
        lambda world: world.manager,
        None,
        "4 pages of 50 applications, jury of 7",
    ),
    Screen(
        "ranking of a decision",
        lambda world: [f"/desk/challenges/{world.judged}/decision"],
        lambda world: world.manager,
        None,
        f"{LETTERS} applications",
    ),
    Screen("decisions", lambda world: ["/decisions"], lambda world: world.manager),
    Screen("pilots", lambda world: ["/pilots", "/pilots?view=ended"], lambda world: world.manager),
    Screen(
        "one pilot",
        lambda world: [f"/pilots/{one}" for one in world.pilots[:20]],
        lambda world: world.manager,
        None,
        "20 pilots",
    ),
    Screen(
        "results, not from the cache",
        lambda world: ["/results?page=1", "/results?page=2"],
        lambda world: world.manager,
    ),
    Screen(
        "result of one challenge, not from the cache",
        lambda world: [f"/results/{one}" for one in world.cases[4:20]],
        lambda world: world.manager,
        None,
        "16 challenges",
    ),
    Screen("reports", lambda world: ["/reports"], lambda world: world.manager),
    Screen(
        "reports, counted anew",
        lambda world: [
            f"/reports?until=2099-{month:02}-{day:02}"
            for month in (3, 5, 7)
            for day in range(1, 28)
        ],
        lambda world: world.manager,
        None,
        "81 spans, more than are kept",
        growth=None,  # counting applications grows with them; the pages do not count each time
    ),
    *(
        Screen(f"reports: {view}", partial(_report, view), lambda world: world.manager)
        for view in ("tasks", "scores", "firms", "needs", "trends")
    ),
)


def screens(
    large: Server, small: Server, of_large: Selection, of_small: Selection
) -> Iterator[Figure]:
    """Measure every screen in both worlds: what it costs, and how it grows."""
    for one in SCREENS:
        cost, before = _cost(large, of_large, one), _cost(small, of_small, one)
        yield Figure(name=one.name, value=cost, unit="ms", limit=one.limit, how=one.how)
        how = f"{before:.1f} ms with {len(of_small.applications):,} applications"
        yield Figure(
            name=f"{one.name}: growth", value=cost / before, unit="x", limit=one.growth, how=how
        )


def _cost(server: Server, world: Selection, screen: Screen) -> float:
    """Return ms per page, each address asked equally often, after a first time that is checked."""
    paths = screen.paths(world)
    with costs.browser(server, token=screen.who(world)) as one:
        for path in paths:
            _check(one, path, screen)
        times = -(-LEAST // len(paths))
        return costs.per_request(server, [partial(one.get, path) for path in paths] * times, 200)


def _check(one: Browser, path: str, screen: Screen) -> None:
    html = one.read(path)
    if screen.rows is not None and html.count(screen.rows[0]) < screen.rows[1]:
        raise costs.Failed(f"{path} has fewer than {screen.rows[1]} rows")


def first_readings(server: Server, world: Selection) -> Iterator[Figure]:
    """Measure what a review costs whose page is opened for the first time, which is recorded."""
    paths = [f"/reviews/{one}" for one in world.to_do]
    with costs.browser(server, token=world.reviewer) as one:
        one.get("/reviews")
        cost = costs.per_request(server, [partial(one.get, path) for path in paths], 200)
    how = f"{len(paths)} reviews; the reading is written into the journal"
    yield Figure(name="review page, for the first time", value=cost, unit="ms", limit=30, how=how)


def releases(
    server: Server, settings: Settings, database: Database, world: Selection
) -> Iterator[Figure]:
    """Measure the release of letters: its one transaction, and what the worker does after it."""
    follower = Follower(settings, database)
    _worker(settings, database).drain()
    _follow(follower)
    asked, worked, waited, indexed = [], [], [], []
    for one in world.told:
        with costs.browser(server, token=world.manager) as manager:
            press = partial(manager.post, f"/decisions/{one}/release", {})
            asked.append(costs.per_request(server, [press], 303) / 1000)
        if not released(database, one):
            raise costs.Failed("the decision was not released")
        began, used = time.monotonic(), time.process_time()
        _worker(settings, database).drain()
        worked.append(time.process_time() - used)
        waited.append(time.monotonic() - began)
        used = time.process_time()
        _follow(follower)
        indexed.append(time.process_time() - used)
    follower.close()
    times = f"median of {len(asked)}, at most"
    how = f"{times} {max(asked):.2f} s; one transaction, CPU of the server"
    name = f"release of {LETTERS} letters: the request"
    yield Figure(name=name, value=median(asked), unit="s", limit=RELEASE, how=how)
    how = f"{times} {max(worked):.2f} s CPU, {median(waited):.1f} s by the clock"
    name = f"release of {LETTERS} letters: the worker"
    yield Figure(name=name, value=median(worked), unit="s", limit=RELEASE, how=how)
    how = f"{times} {max(indexed):.2f} s CPU; the search index, after the mails"
    name = f"release of {LETTERS} letters: the index"
    yield Figure(name=name, value=median(indexed), unit="s", how=how)


def _follow(follower: Follower) -> None:
    """Index what happened; of a world just built, all its applications."""
    while follower.step():
        pass


def _worker(settings: Settings, database: Database) -> Worker:
    """Return a worker that just began, so that it looks for due work too, and indexes nothing."""
    return Worker(settings, database, transport(settings), lambda: 0)

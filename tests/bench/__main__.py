"""`make bench`: a large world, the real site on it, and each figure beside what it may be at most.

python -m tests.bench [--challenges 10000 --firms 5000 --applications 20000]
"""

import argparse
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from statistics import median

from govmatch import settings as settings_module
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.settings import Settings
from govmatch.web.coding import encode
from tests.bench import costs, moving, saving, statements, work
from tests.bench.cases import Size
from tests.bench.figures import Figure, table, write
from tests.bench.judging import judging
from tests.bench.likenesses import near_duplicates
from tests.bench.ranking import ranking
from tests.bench.selection import Selection, add_selection
from tests.bench.server import ROOT, Server, environment
from tests.bench.texts import Texts, gathered
from tests.bench.world import World, build, change_something_public, dice, index

BUILD = ROOT / "build"
SHARED = ROOT.parent / "shared" / "bench" / "challenges.jsonl"
CONSTANT = "/robots.txt"
DRAFTS = 126
STARTS = 5
TIMES_CONSTANT = 3
CASES, TOLD = 200, 3
FEW_APPLICATIONS = 1_000
KB = 1000
WORDS = ("energy", "water", "health", "city", "data", "robot", "fire", "food", "school", "soil")


def main() -> int:
    """Print the table; the status is 1 when a figure is over its limit."""
    asked = _arguments()
    data = BUILD / "bench-data"
    settings, database, texts, source = _prepare(data)
    world = _built(settings, database, texts, asked)
    copies = [shutil.copytree(data, BUILD / f"bench-{name}") for name in ("large", "small")]
    figures = [*_starts(data), *_measured(data, database, world)]
    figures += [*_selected(copies[0], copies[1], texts, asked), *_counted(texts), *ranking()]
    figures += judging()
    print(f"\nTexts from {source}; {asked.challenges:,} challenges, {asked.firms:,} firms;")
    print(
        f"beside them {asked.applications:,} applications with {5 * asked.applications:,} reviews;"
    )
    print(f"constant page: {CONSTANT}; ms are server CPU per request (utime + stime).\n")
    print(table(figures))
    write(figures, _about(source, asked), BUILD / "bench.json")
    database.close()
    for folder in (data, *copies):
        shutil.rmtree(folder)
    over = [one.name for one in figures if one.is_over]
    print(f"\ngovmatch: {len(figures)} figures, over their limit: {', '.join(over) or 'none'}")
    return 1 if over else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--challenges", type=int, default=10_000)
    parser.add_argument("--firms", type=int, default=5_000)
    parser.add_argument("--applications", type=int, default=20_000)
    return parser.parse_args()


def _prepare(data: Path) -> tuple[Settings, Database, Texts, str]:
    for folder in (data, BUILD / "bench-large", BUILD / "bench-small"):
        shutil.rmtree(folder, ignore_errors=True)
    data.mkdir(parents=True)
    settings = settings_module.load(environment(data))
    texts, source = gathered(SHARED, settings.content_dir, dice())
    return settings, Database(settings.database), texts, source


def _built(
    settings: Settings, database: Database, texts: Texts, asked: argparse.Namespace
) -> World:
    began = time.monotonic()
    _say(f"building {asked.challenges:,} challenges and {asked.firms:,} firms")
    world = build(
        settings,
        database,
        texts,
        challenges=asked.challenges,
        firms=asked.firms,
        drafts=DRAFTS,
    )
    _say(f"making the search index ({time.monotonic() - began:.0f} s so far)")
    index(settings, database)
    _say(f"the world stands after {time.monotonic() - began:.0f} s")
    return world


def _starts(data: Path) -> Iterator[Figure]:
    seconds, used = [], []
    for _ in range(STARTS):
        with Server(data) as server:
            seconds.append(server.started_in)
            used.append(server.cpu())
    how = (
        f"median of {STARTS}, at least {min(seconds):.2f} s, CPU {median(used):.2f} s; "
        "first answer: /challenges"
    )
    yield Figure(name="start to first answer", value=median(seconds), unit="s", limit=3, how=how)


def _measured(data: Path, database: Database, world: World) -> Iterator[Figure]:
    with Server(data) as server:
        _say("measuring pages")
        yield from _pages(server, database, world)
        _say("measuring writes")
        yield from _writes(server, world)
        how = f"VmRSS after all of the above; at its most {server.most_resident():.0f} MB"
        yield Figure(name="resident memory", value=server.resident(), unit="MB", limit=150, how=how)
        both = server.resident_with_search()
        how = "Pss of both processes: what they share is counted once"
        yield Figure(name="memory with the process that searches", value=both, unit="MB", how=how)
        yield from _sizes(server)


def _pages(server: Server, database: Database, world: World) -> Iterator[Figure]:
    page, detail = "/challenges", f"/challenges/{world.slug}"
    constant = costs.unchanged(server, CONSTANT, 2500)
    yield _ms("constant page", constant, how=f"{CONSTANT}, 2,500 times")
    feeds = (("feed", "/challenges.atom"), ("calendar", "/challenges.ics"))
    for name, path in (("list", page), ("detail", detail), *feeds):
        for what, cost in (
            ("from the cache", costs.unchanged(server, path, 1500)),
            ("304", costs.not_modified(server, path, 1500)),
        ):
            how = f"{cost / constant:.2f} x the constant page, 1,500 times"
            yield _ms(f"public {name}, {what}", cost, TIMES_CONSTANT * constant, how)
    with costs.browser(server) as visitor:
        filtered = costs.filters(visitor.read(page), 300, dice())
    paths = [page + query for query in filtered]
    cost = costs.never_asked(server, paths)
    yield _ms("list with facet counts, not cached", cost, 15, "300 addresses never asked before")
    cost = costs.never_asked(server, paths, token=world.applicant.token)
    yield _ms("the same, signed in", cost, 15, "the same 300 addresses")
    for name, path in feeds:
        cost = costs.never_asked(server, [path + query for query in filtered[:60]])
        yield _ms(f"{name}, not cached", cost, how="60 filters never asked before")
    yield from _compared(server)
    change_something_public(database)
    with costs.browser(server) as visitor:
        cost = costs.per_request(server, [lambda: visitor.get(page)], 200)
    yield _ms("first list after a public event", cost, how="once; an authority got a name")


def _compared(server: Server) -> Iterator[Figure]:
    """Measure pages that have no limit of their own, but fill the memory that has one."""
    with costs.browser(server) as visitor:
        filtered = costs.filters(visitor.read("/firms"), 100, dice())
    cost = costs.never_asked(server, [f"/firms{query}" for query in filtered])
    yield _ms("firms with facet counts, not cached", cost, how="100 addresses never asked before")
    pairs = [f"/search?q={one}+{other}" for one in WORDS for other in WORDS if one != other]
    cost = costs.never_asked(server, pairs)
    yield _ms(
        "search over everything public",
        cost,
        how=f"{len(pairs)} pairs of words, never asked before",
    )


def _writes(server: Server, world: World) -> Iterator[Figure]:
    cost = costs.saving(server, world, 200)
    yield _ms("saving a section", cost, 15, "200 saves of 4 changed answers, multipart")
    path = f"/applications/{world.applicant.drafts[0]}/sections/{world.section}"
    cost = costs.saving_by_itself(server, world.applicant.token, path, 200)
    yield _ms("saving a section by itself", cost, 15, "200 saves as typed, 4 changed answers")
    cost = costs.submitting(server, world)
    yield _ms("submitting an application", cost, 25, f"{DRAFTS - 6} applications, 303 to receipt")
    yield saving.section(server, world.author)


def _sizes(server: Server) -> Iterator[Figure]:
    with costs.browser(server) as visitor:
        html = visitor.read("/challenges")
        sent = visitor.get("/challenges").body
    how = f"{len(sent) / KB:.1f} KB as brotli on its way"
    yield Figure(
        name="list page: HTML", value=len(html.encode()) / KB, unit="KB", limit=30, how=how
    )
    static = sorted(costs.static_of(html))
    packed = sum(len(encode((ROOT / name).read_bytes(), "br", best=True)) for name in static)
    how = f"brotli, {len(static)} files of that page"
    yield Figure(name="list page: css and js", value=packed / KB, unit="KB", limit=45, how=how)


def _selected(
    large: Path, small: Path, texts: Texts, asked: argparse.Namespace
) -> Iterator[Figure]:
    """Measure what follows the deadline, in two copies of the world with more and less of it."""
    _say(f"adding {asked.applications:,} and {FEW_APPLICATIONS:,} applications")
    pilots = max(60, asked.applications * 3 // 200)
    size = Size(applications=asked.applications, cases=CASES, pilots=pilots, told=TOLD)
    few = Size(applications=FEW_APPLICATIONS, cases=CASES, pilots=60)
    settings, database, of_large = _with_selection(large, texts, size)
    _, other, of_small = _with_selection(small, texts, few)
    other.close()
    with Server(large) as server, Server(small) as second:
        _say("measuring screens of selection")
        yield from work.first_readings(server, of_large)
        yield from work.screens(server, second, of_large, of_small)
        how = f"VmRSS with {of_large.rows:,} journal rows; at most {server.most_resident():.0f} MB"
        value = server.resident()
        yield Figure(name="resident memory, all of selection", value=value, unit="MB", how=how)
        _say("indexing the applications, which takes minutes, and releasing letters")
        yield from work.releases(server, settings, database, of_large)
        # Last: it moves what the others measure, and no decision about it could be released.
        _say("moving many at once")
        yield from moving.moves(server, database, of_large)
    _say("looking for near-duplicates")
    yield from near_duplicates(settings, database, texts)
    database.close()


def _with_selection(data: Path, texts: Texts, size: Size) -> tuple[Settings, Database, Selection]:
    settings = settings_module.load(environment(data))
    database = Database(settings.database)
    return settings, database, add_selection(settings, database, texts, size)


def _counted(texts: Texts) -> Iterator[Figure]:
    _say("counting statements")
    for path, (few, many) in {
        **statements.counted(texts),
        **statements.in_selection(texts),
    }.items():
        how = f"{few} for {statements.FEW} row; the page shows at most 20 or 25"
        name = f"SQL statements of {path}, {statements.MANY} rows"
        yield Figure(name=name, value=many, unit="", limit=few, how=how)


def _ms(name: str, value: float, limit: float | None = None, how: str = "") -> Figure:
    return Figure(name=name, value=value, unit="ms", limit=limit, how=how)


def _about(source: str, asked: argparse.Namespace) -> dict[str, str]:
    return {
        "at": real_now().astimezone(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "texts": source,
        "challenges": str(asked.challenges),
        "firms": str(asked.firms),
    }


def _say(what: str) -> None:
    print(f"govmatch: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

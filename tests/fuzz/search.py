"""Queries of chance against an index that is written meanwhile: no error, no leak, never slow.

    python -m tests.fuzz.search [--minutes 10] [--seed 1] [--things 3000] [--threads 2]

After every answer is checked: that it took at most 250 ms of processor time; that nothing in it
belongs to somebody else (see `world`); that hits, total, pages and facets agree; that the same
question has the same answer while nothing was written. Prints the slowest and the numbers; the
status is 1 when something was wrong.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from pathlib import Path
from typing import Any, TypeVar

from govmatch.explore.search_fields import TABLE
from govmatch.search import folder as folders
from govmatch.search.fields import Fields
from govmatch.search.index import Index
from govmatch.search.query import MAX_LENGTH, QueryTooLong, parse
from govmatch.search.results import Results
from govmatch.searching import settle
from tests.fuzz.queries import query
from tests.fuzz.world import CANARY, CLASSES, KINDS, LANGUAGES, NOW, READERS, THEMES, canary

SLOW = 0.25
"""Seconds of processor time."""
_SLOWEST = 10
_MOST_WRONG = 20
_SORTS = ("", "", "closes", "-opens", "~closes", "budget_from", "nothing")

_T = TypeVar("_T")


@dataclass
class Told:
    """What all threads found together."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    counts: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def took(self, seconds: float, what: str) -> None:
        with self.lock:
            self.counts["asked"] += 1
            push = heappush if len(self.slowest) < _SLOWEST else heappushpop
            push(self.slowest, (seconds, what))
        if seconds > SLOW:
            self.fails(f"{seconds * 1000:.0f} ms: {what}")

    def fails(self, what: str) -> None:
        with self.lock:
            self.counts["wrong"] += 1
            self.wrong.append(what)


class Asking:
    """One thread that asks and checks."""

    def __init__(self, index: Index, folder: Path, told: Told, seed: int) -> None:
        self._index = index
        self._folder = folder
        self._told = told
        self._dice = random.Random(seed)
        self._fields = Fields(TABLE)

    def run(self, until: float) -> None:
        while time.monotonic() < until and len(self._told.wrong) < _MOST_WRONG:
            asked: dict[str, Any] = {}
            try:
                self._turn(asked)
            except Exception as problem:  # noqa: BLE001 - whatever is raised is what is looked for
                self._told.fails(f"{type(problem).__name__}: {problem}: {asked!r}")

    def _turn(self, asked: dict[str, Any]) -> None:
        reader = self._dice.choice(list(READERS))
        asked |= {"typed": query(self._dice), "audience": reader, "now": NOW}
        asked["lang"] = self._dice.choice((*LANGUAGES, "fr"))
        chance = self._dice.random()
        if chance < 0.1:
            self._suggest(asked)
        elif chance < 0.15:
            self._near(asked)
        else:
            asked |= self._wishes()
            self._search(asked)

    def _wishes(self) -> dict[str, Any]:
        dice = self._dice
        filters: dict[str, tuple[str, ...]] = {}
        if dice.random() < 0.3:
            filters["theme"] = tuple(dice.sample(THEMES, k=dice.randint(1, 2)))
        if dice.random() < 0.2:
            filters["lang"] = (dice.choice(LANGUAGES),)
        if dice.random() < 0.1:
            filters[dice.choice(("kind", "country", "nofacet"))] = (dice.choice(KINDS), "de")
        return {
            "kinds": dice.choice((None, None, ("challenge",), ("firm", "page"), ())),
            "filters": filters,
            "facets": dice.choice((None, None, ("theme", "kind"), ())),
            "page": dice.choice((1, 1, 1, 2, 3, 50, 10**9, 0, -1)),
            "size": dice.choice((20, 20, 5, 100, 0, 10**6)),
            "sort": dice.choice(_SORTS),
            "snippets": dice.random() < 0.8,
        }

    def _timed(self, what: str, work: Callable[[], _T]) -> _T:
        began = time.thread_time()
        found = work()
        self._told.took(time.thread_time() - began, what)
        return found

    def _suggest(self, asked: dict[str, Any]) -> None:
        typed, rest = _typed(asked)
        found = self._timed(f"suggest {asked!r}", lambda: self._index.suggest(typed, **rest))
        self._is_allowed(asked, repr(found), [])

    def _near(self, asked: dict[str, Any]) -> None:
        if self._dice.random() < 0.5:  # a slip beside a word of somebody's own
            asked["typed"] = canary(self._dice, self._dice.choice(list(CLASSES)))[:-1]
        typed, rest = _typed(asked)
        found = self._timed(f"near {asked!r}", lambda: self._index.near_words(typed, **rest))
        self._is_allowed(asked, repr(found), [])

    def _search(self, asked: dict[str, Any]) -> None:
        stamp = folders.stamp(self._folder)
        try:
            found = self._timed(f"search {asked!r}", lambda: self._ask(asked))
        except QueryTooLong:
            assert len(asked["typed"]) > MAX_LENGTH, "refused, and not too long"
            self._told.counts["too long"] += 1
            return
        assert not found.unavailable, "unavailable"
        said = repr([found.hits, found.facets])
        self._is_allowed(asked, said, [hit.id for hit in found.hits])
        self._agrees(found)
        if self._dice.random() < 0.2:
            self._is_stable(asked, found, stamp)

    def _ask(self, asked: Mapping[str, Any]) -> Results:
        typed, rest = _typed(asked)
        return self._index.search(parse(typed, fields=self._fields, now=NOW), **rest)

    def _is_allowed(self, asked: Mapping[str, Any], said: str, ids: list[str]) -> None:
        may = READERS[asked["audience"]]
        met = {match[1].lower() for match in CANARY.finditer(said)} | {id_[0] for id_ in ids}
        if met - set(may):
            self._told.fails(f"a reader of {may!r} met {sorted(met)}: {asked!r}")

    def _agrees(self, found: Results) -> None:
        here = max(0, min(found.size, found.total - (found.page - 1) * found.size))
        assert len(found.hits) == here, f"{len(found.hits)} hits, {here} expected"
        things = [(hit.kind, hit.id) for hit in found.hits]
        assert len(set(things)) == len(things), "a thing twice on a page"

    def _is_stable(self, asked: Mapping[str, Any], found: Results, stamp: object) -> None:
        """Ask the same again, and all pages, and one value of a facet; unless it was written."""
        again = self._ask(asked)
        pages = self._pages(asked, found)
        narrowed = self._narrowed(asked, found)
        if folders.stamp(self._folder) != stamp:
            return
        self._told.counts["asked twice"] += 1
        assert [hit.id for hit in again.hits] == [hit.id for hit in found.hits], "another order"
        assert (again.total, again.facets) == (found.total, found.facets), "other numbers"
        if pages is not None:
            assert len(pages) == len(set(pages)) == found.total, "pages do not add up"
        if narrowed:
            expected, total = narrowed
            assert expected == total, f"a facet said {expected}, {total} were there"

    def _pages(self, asked: Mapping[str, Any], found: Results) -> list[tuple[str, str]] | None:
        if not 0 < found.total <= 200:
            return None
        pages = (self._ask({**asked, "page": n, "size": 50, "facets": ()}) for n in range(1, 6))
        return [(hit.kind, hit.id) for page in pages for hit in page.hits]

    def _narrowed(self, asked: Mapping[str, Any], found: Results) -> tuple[int, int] | None:
        """Return what a facet promises for one of its values, and how many are then found."""
        free = [name for name, counts in found.facets.items() if counts]
        free = [name for name in free if name not in asked["filters"] and name != "lang"]
        if not free:
            return None
        name = self._dice.choice(free)
        value, count = self._dice.choice(list(found.facets[name].items()))
        filters = {**asked["filters"], name: (value,)}
        return count, self._ask({**asked, "filters": filters}).total


def _typed(asked: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    rest = dict(asked)
    return rest.pop("typed"), rest


@contextmanager
def _written(folder: Path, seed: int, things: int) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "tests.fuzz.writing", str(folder), str(seed), str(things)]
    writer = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout and writer.stdin
    try:
        assert writer.stdout.readline() == "filled\n"
        yield writer
    finally:
        if writer.poll() is None:
            print("the writer:", writer.communicate("\n", timeout=300)[0].strip())
        else:
            print(f"the writer ended with {writer.returncode}")


def main() -> int:
    """Ask until the time is over, and print what came out."""
    asked = _arguments()
    told = Told()
    settle()
    with tempfile.TemporaryDirectory(prefix="govmatch-fuzz-") as name:
        folder = Path(name)
        with _written(folder, asked.seed, asked.things) as writer:
            print(f"govmatch: fuzzing for {asked.minutes} minutes, seed {asked.seed}", flush=True)
            _ask_together(folder, told, asked)
            if writer.poll() is not None:
                told.fails(f"the writer ended with {writer.returncode}")
    for seconds, what in sorted(told.slowest, reverse=True):
        print(f"{seconds * 1000:7.1f} ms  {what[:400]}")
    for what in told.wrong:
        print(f"WRONG  {what[:1500]}")
    print(f"govmatch: {dict(told.counts)}")
    return 1 if told.wrong else 0


def _ask_together(folder: Path, told: Told, asked: argparse.Namespace) -> None:
    index = Index(folder)
    until = time.monotonic() + asked.minutes * 60
    askers = [
        threading.Thread(
            target=Asking(index, folder, told, asked.seed * 100 + n).run, args=(until,)
        )
        for n in range(asked.threads)
    ]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    index.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.fuzz.search", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--things", type=int, default=3_000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

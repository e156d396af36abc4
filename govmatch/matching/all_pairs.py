"""Everything of one kind against a whole pool: the best for each, in both directions, in one pass.

Works in processes of their own, which open the pool's file, so that all cores are used and nothing
is copied. The scores are those of `Pool.rank`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.best import best
from govmatch.matching.columns import Ints
from govmatch.matching.kept_best import KeptBest, Row
from govmatch.matching.layout import Asking, Layout
from govmatch.matching.names import Thing
from govmatch.matching.pool import Pool
from govmatch.matching.postings import Floats
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms
from govmatch.matching.score import WEIGHTS, Match, Parts
from govmatch.search.arrays import Flags

Read = tuple[Profile, Terms]
Told = Callable[[int, int], None]
"""Is called with how many of those that ask are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of every process."""

    on: date
    most: int
    """The best of the pool for each that asks."""
    most_back: int
    """The best of those that ask for each of the pool."""


@dataclass(frozen=True, slots=True, eq=False)
class AllPairs:
    """What fits what; lists of matches without findings, the best first."""

    asking: Sequence[Thing]
    pool: Layout
    found: Sequence[Row]
    back: KeptBest

    def for_asking(self) -> Iterator[tuple[Thing, list[Match]]]:
        """Yield each that asked with the best of the pool."""
        for thing, row in zip(self.asking, self.found, strict=True):
            yield thing, _matches(row, self.pool.names.thing)

    def for_pool(self) -> Iterator[tuple[Thing, list[Match]]]:
        """Yield each of the pool with the best of those that asked."""
        for number in range(len(self.pool)):
            row = self.back.row(number)
            yield self.pool.names.thing(number), _matches(row, self.asking.__getitem__)


def rank_all(
    asking: Sequence[Read], file: Path, task: Task, *, processes: int = 2, told: Told | None = None
) -> AllPairs:
    """Rank the pool of a file for all that ask, and all that ask for each of the pool.

    Raises `RuntimeError` when one of the processes ended before it was done.
    """
    done, found, kept = 0, [_NOTHING] * len(asking), list[KeptBest]()
    for answer in _answers(asking, file, task, processes):
        if isinstance(answer, KeptBest):
            kept.append(answer)
        else:
            number, found[number] = answer
            done += 1
            if told:
                told(done, len(asking))
    layout = Pool.open(file).first
    things = [(profile.kind, profile.id) for profile, _ in asking]
    back = KeptBest.joined(kept) if kept else KeptBest.empty(len(layout), task.most_back)
    return AllPairs(things, layout, found, back)


Answer = tuple[int, Row] | KeptBest


def _answers(asking: Sequence[Read], file: Path, task: Task, processes: int) -> Iterator[Answer]:
    numbered = list(enumerate(asking))
    shares = [share for part in range(processes) if (share := numbered[part::processes])]
    if len(shares) < 2:
        for share in shares:
            yield from _worked(file, share, task)
        return
    context = get_context("spawn")
    readers: list[Connection] = []
    workers = []
    for share in shares:
        reader, writer = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(writer, file, share, task), daemon=True)
        worker.start()
        writer.close()
        readers.append(reader)
        workers.append(worker)
    try:
        yield from _received(readers)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _received(readers: Sequence[Connection]) -> Iterator[Answer]:
    """Yield what the processes send, until each has sent what it kept."""
    waiting = list(readers)
    while waiting:
        ready = wait(waiting)
        for reader in (one for one in readers if one in ready):
            try:
                answer: Answer = reader.recv()
            except EOFError as error:
                raise RuntimeError("a process that ranked has ended") from error
            if isinstance(answer, KeptBest):
                waiting.remove(reader)
            yield answer


def _work(writer: Connection, file: Path, share: Sequence[tuple[int, Read]], task: Task) -> None:
    for answer in _worked(file, share, task):
        writer.send(answer)


def _worked(file: Path, share: Sequence[tuple[int, Read]], task: Task) -> Iterator[Answer]:
    """Yield the best of the pool for each of a share, and at last what is best for the pool."""
    pool = Pool.open(file)
    back = KeptBest.empty(len(pool.first), task.most_back)
    for number, (profile, terms) in share:
        yield number, _ranked(pool.first, pool.rarity, (number, profile, terms), task, back)
    yield back


def _ranked(
    layout: Layout, rarity: Rarity, one: tuple[int, Profile, Terms], task: Task, back: KeptBest
) -> Row:
    """Return the best for one that asks, and keep it where it is among the best for others."""
    number, profile, terms = one
    scored = layout.scored(Asking.of(profile, terms, rarity=rarity))
    worth = np.float32(WEIGHTS.facts)

    def judge(numbers: Ints) -> tuple[Floats, Flags]:
        return layout.columns.judge(profile, numbers, on=task.on)

    def row(numbers: Ints, balances: Floats) -> Row:
        text, codes, base = (part[numbers] for part in (scored.text, scored.codes, scored.base))
        return Row(numbers, base + worth * balances, text, codes, balances)

    hopeful = (scored.base > 0) & (scored.base + worth > back.bars)
    others = np.flatnonzero(hopeful).astype(np.int32)
    balances, is_out = judge(others)
    back.take(number, row(others[~is_out], balances[~is_out]))
    if task.most == 0:
        return _NOTHING
    return row(*best(scored.base, judge, most=task.most, worth=WEIGHTS.facts)).first(task.most)


def _matches(row: Row, thing: Callable[[int], Thing]) -> list[Match]:
    found = []
    columns: tuple[NDArray[Any], ...] = (row.numbers, row.text, row.codes, row.balances)
    for number, text, codes, facts in zip(*(one.tolist() for one in columns), strict=True):
        parts = Parts(text, codes, facts)
        found.append(Match(*thing(number), parts, score=parts.total()))
    return sorted(found, key=lambda match: (-match.score, match.id))


_NO_FLOATS: Floats = np.empty(0, np.float32)
_NOTHING = Row(np.empty(0, np.int32), *[_NO_FLOATS] * 4)

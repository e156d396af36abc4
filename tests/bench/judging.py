"""What the points of a large challenge say, and who reviews what there."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import fmean, median

import numpy as np

from govmatch.matching.assignment import Pair, Problem, Task, Worker
from govmatch.reviews.numbers.normalising import normalise
from govmatch.reviews.numbers.sheets import Sheets
from tests.bench.figures import Figure
from tests.bench.server import ROOT
from tests.unit.reviews.simulating import CRITERIA, simulate, tau

TIMES = 5
APPLICATIONS, REVIEWERS, EACH = 200, 40, 3
SEEDS = 20

ONCE = f"""
import time
from govmatch.reviews.numbers.sheets import Sheets
from govmatch.reviews.numbers.told import tell
from tests.unit.reviews.simulating import CRITERIA, simulate

given = simulate(1, applications={APPLICATIONS}, reviewers={REVIEWERS}, each={EACH}).given
used = time.process_time()
tell(Sheets.of(given, CRITERIA), size=6, order=list(range({APPLICATIONS})))
print(time.process_time() - used)
"""

SOLVED = """
import resource, time
from govmatch.matching.assignment import solve
from tests.bench.judging import problem

asked, wall = problem(), time.perf_counter()
found = solve(asked)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
assert found.is_complete and len(found.chosen) == 600
print(used.ru_utime + used.ru_stime, time.perf_counter() - wall)
"""


def judging() -> Iterator[Figure]:
    """Measure both in processes of their own, so that nothing is warm."""
    how = f"CPU, median of {TIMES} processes; 2,000 draws"
    told = median(_run(ONCE)[0] * 1000 for _ in range(TIMES))
    name = f"numbers of {APPLICATIONS} applications x {EACH} reviews"
    yield Figure(name=name, value=told, unit="ms", limit=300, how=how)
    used, taken = (median(one) for one in zip(*(_run(SOLVED) for _ in range(TIMES)), strict=True))
    how = f"CPU of the process that solves, started for it; {taken:.2f} s by the clock"
    name = f"{APPLICATIONS} applications x {REVIEWERS} reviewers x {EACH} each"
    yield Figure(name=name, value=used, unit="s", limit=2.0, how=how)


def _run(code: str) -> tuple[float, ...]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return tuple(map(float, done.stdout.split()))


def problem() -> Problem:
    """Return a large challenge: some conflicts, a third in a language that half of them read."""
    chance = np.random.default_rng(1)
    german, reads = chance.random(APPLICATIONS) < 0.3, chance.random(REVIEWERS) < 0.5
    pairs = tuple(
        Pair(task, worker, round(float(chance.random() ** 3), 6))
        for task in range(APPLICATIONS)
        for worker in range(REVIEWERS)
        if chance.random() > 0.03 and (reads[worker] or not german[task])
    )
    tasks = tuple(Task(EACH, "de" if one else "da") for one in german)
    return Problem(tasks, (Worker(1, 18),) * REVIEWERS, pairs, EACH, seed=1)


def recovered() -> Iterator[tuple[str, float, float, int]]:
    """Yield for each size Kendall's tau against the truth, raw and normalised, and who wins."""
    for applications, reviewers in ((200, 40), (60, 10), (24, 6)):
        yield _recovered(
            f"{applications} applications, {reviewers} reviewers", applications, reviewers
        )
    yield _recovered("200 and 40, reviewers without habits", 200, 40, shift=0.0, stretch=0.0)


def _recovered(
    name: str, applications: int, reviewers: int, *, shift: float = 0.7, stretch: float = 0.25
) -> tuple[str, float, float, int]:
    raw, normalised = [], []
    for seed in range(SEEDS):
        world = simulate(
            seed, applications=applications, reviewers=reviewers, shift=shift, stretch=stretch
        )
        sheets = Sheets.of(world.given, CRITERIA)
        raw.append(tau(world.quality, sheets.means()))
        normalised.append(tau(world.quality, normalise(sheets).means))
    wins = sum(ours > plain for ours, plain in zip(normalised, raw, strict=True))
    return name, fmean(raw), fmean(normalised), wins


if __name__ == "__main__":
    for figure in judging():
        print(f"{figure.name}: {figure.value:.3f} {figure.unit}; {figure.how} {figure.verdict}")
    for what, plain, ours, better in recovered():
        print(f"{what}: raw {plain:.3f}, normalised {ours:.3f}, better {better} of {SEEDS}")

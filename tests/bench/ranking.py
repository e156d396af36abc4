"""The ranking of needs as the worker counts it, alone in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from tests.bench.figures import Figure
from tests.bench.server import ROOT

NEEDS, BALLOTS, TIMES = 500, 20_000, 5
LIMIT = 1.0  # seconds

ONCE = f"""
import time
from govmatch.needs.stability import DRAWS, made_up, stand

ballots = made_up(needs={NEEDS}, voters={BALLOTS})
wall, used = time.perf_counter(), time.process_time()
found = stand(ballots, seed=1)
assert (len(found.places), found.draws) == ({NEEDS}, DRAWS)
print(time.process_time() - used, time.perf_counter() - wall)
"""


def ranking() -> Iterator[Figure]:
    """Measure the places of all needs with every draw of the bootstrap.

    The first run of each process counts, since the worker does it rarely and finds nothing warm.
    """
    runs = [_once() for _ in range(TIMES)]
    used, taken = (median(values) for values in zip(*runs, strict=True))
    how = f"CPU, median of {TIMES} processes; {taken:.2f} s by the clock; 200 draws"
    name = f"ranking {NEEDS} needs by {BALLOTS:,} ballots"
    yield Figure(name=name, value=used, unit="s", limit=LIMIT, how=how)


def _once() -> tuple[float, float]:
    """Return the seconds of CPU and of the clock that one ranking took."""
    done = subprocess.run(
        [sys.executable, "-c", ONCE], cwd=ROOT, check=True, capture_output=True, text=True
    )
    used, taken = map(float, done.stdout.split())
    return used, taken


if __name__ == "__main__":
    for figure in ranking():
        print(f"{figure.name}: {figure.value:.3f} {figure.unit}; {figure.how} {figure.verdict}")

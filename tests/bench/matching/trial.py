"""One step of the measurement in a process of its own; prints JSON.

python -m tests.bench.matching.trial fill|ask FILE FIRMS CHALLENGES DATA
"""

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from govmatch.matching.pool import Pool
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms
from tests.bench.matching.corpus import DAY, Read, World
from tests.bench.matching.product import products

QUESTIONS = 100
TERMS = 30
LAID_OUT = 5_000
_MS = 1e6


def main(step: str, file: str, firms: str, challenges: str, data: str) -> None:
    world = World(int(firms), int(challenges), Path(data))
    done = {"fill": fill, "ask": ask}[step](world, Path(file))
    print(json.dumps(done))


def fill(world: World, file: Path) -> dict[str, Any]:
    """Write the pool of all firms; the terms are counted as they come."""
    text, codes = Counter[str](), Counter[str]()

    def counted(profiles: Iterable[Read]) -> Iterator[Read]:
        for profile, terms in profiles:
            text.update(terms.text.keys())
            codes.update(terms.codes.keys())
            yield profile, terms

    challenges = list(counted(world.challenges()))
    rarity = Rarity(world.firms_number + len(challenges), text, codes)
    pool = Pool(counted(world.firms()), rarity=rarity)
    saved = _spent(lambda: pool.save(file))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    some = [(one, terms.dumps()) for one, terms in World(LAID_OUT, 0, world.data).firms()]

    def lay_out() -> None:
        Pool(((one, Terms.loads(kept, written=False)) for one, kept in some), rarity=rarity)

    return {
        "laid_out": _spent(lay_out) / len(some),
        "saved": saved,
        "peak": peak,
        "file": file.stat().st_size / 1e6,
        "kept": sum(len(kept) for _, kept in some) / len(some),
    }


def ask(world: World, file: Path) -> dict[str, Any]:
    """Ask the pool of a file, which nobody has opened in this process before."""
    asked = [(one, terms.dumps()) for one, terms in world.challenges()][:QUESTIONS]
    before = _resident()
    started = time.process_time_ns()
    pool = Pool.open(file)
    told: dict[str, Any] = {"opened": (time.process_time_ns() - started) / _MS}
    short = [(one, _telling(Terms.loads(kept), pool.rarity)) for one, kept in asked]

    def ranked(one: Read, *, findings: bool = False) -> Callable[[], object]:
        return partial(pool.rank, *one, on=DAY, findings=findings)

    told["cold"] = [_spent(ranked(one)) for one in short]
    told["warm"] = [_spent(ranked(one)) for one in short]
    told["findings"] = [_spent(ranked(one, findings=True)) for one in short]
    whole = [(one, Terms.loads(kept)) for one, kept in asked]
    told["whole"] = [_spent(ranked(one)) for one in whole]
    told["terms"] = sum(len(terms.text) for _, terms in whole) / len(whole)
    told["scipy"], told["product"] = products(pool, short, _spent)
    told["changed"] = [_spent(partial(_change, pool, one)) for one in _changing(world)]
    told["resident"] = _resident() - before
    return told


def _changing(world: World) -> list[Read]:
    """Return firms that change: the first few, with the texts of others."""
    return list(World(QUESTIONS // 5, 0, world.data).firms())


def _change(pool: Pool, one: Read) -> None:
    """Take in what changed in a profile and find its matches."""
    pool.change(*one)
    pool.rank(*one, on=DAY)


def _telling(terms: Terms, rarity: Rarity) -> Terms:
    """Return the terms that weigh most, with all codes."""
    vector = rarity.text_vector(terms)
    best = sorted(vector, key=lambda term: -vector[term])[:TERMS]
    return Terms({term: terms.text[term] for term in best}, terms.codes)


def _spent(do: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that something takes."""
    before = time.process_time_ns()
    do()
    return (time.process_time_ns() - before) / _MS


def _resident() -> float:
    """Return the memory of this process in MB, with what it has mapped and read of files."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    raise LookupError("the system does not say how much memory a process has")


if __name__ == "__main__":
    main(*sys.argv[1:])

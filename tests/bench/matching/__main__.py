"""`make bench-search` runs it too: matching at scale, beside a sparse product of scipy's.

python -m tests.bench.matching [--sizes 10000 100000] [--challenges 1000] [--data DIR] [--out DIR]
"""

import argparse
import json
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from statistics import median
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from govmatch.kit.clock import real_now
from govmatch.matching.all_pairs import Task, rank_all
from tests.bench.figures import Figure, table, write
from tests.bench.matching.corpus import DAY, World

ROOT = Path(__file__).parents[3]
WARM_MS, COLD_MS, TIMES_SCIPY, ALL_S = 2, 60, 3, 60
LARGE, MANY = 100_000, 1_000
"""Firms and challenges from which on the limits hold."""
MOST, MOST_BACK = 50, 20

Told = Mapping[str, Any]


def main() -> int:
    """Print the tables; the status is 1 when a figure is over its limit."""
    asked = _arguments()
    work = ROOT / "build" / "bench-matching"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    figures: list[Figure] = []
    for size in asked.sizes:
        file = work / f"{size}.pool"
        told = {step: _tried(step, file, size, asked) for step in ("fill", "ask")}
        part = [*_figures(told["fill"], told["ask"], size), *_all_pairs(file, size, asked)]
        print(f"\n{size:,} firms, {asked.challenges:,} challenges in three languages\n")
        print(table(part))
        if told["ask"]["scipy"] is None:
            print("\ngovmatch: scipy is not installed, so nothing stands beside the product")
        figures += part
    shutil.rmtree(work)
    asked.out.mkdir(parents=True, exist_ok=True)
    _keep(figures, asked.out / "bench.json")
    over = [one.name for one in figures if one.is_over]
    print(f"\ngovmatch: {len(figures)} figures, over their limit: {', '.join(over) or 'none'}")
    return 1 if over else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.matching", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, LARGE])
    parser.add_argument("--challenges", type=int, default=MANY)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "search")
    return parser.parse_args()


def _tried(step: str, file: Path, size: int, asked: argparse.Namespace) -> dict[str, Any]:
    print(f"govmatch: {step} {size:,} firms", flush=True)
    words = [step, file, size, asked.challenges, asked.data]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.matching.trial", *map(str, words)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def _figures(fill: Told, ask: Told, size: int) -> Iterator[Figure]:
    is_large = size >= LARGE
    scipy = median(ask["scipy"]) if ask["scipy"] else None
    limit = min(WARM_MS, TIMES_SCIPY * scipy) if scipy else WARM_MS
    beside = f"; scipy's product alone {scipy:.2f}" if scipy else ""
    cold = [ask["opened"] + one for one in ask["cold"]]
    rows: list[tuple[str, list[float], float | None, str]] = [
        ("30-term match, warm", ask["warm"], limit, f"the best {MOST}, in order{beside}"),
        ("30-term match, its product alone", ask["product"], None, beside.strip("; ")),
        ("30-term match, cold", cold, COLD_MS, f"the first {cold[0]:.1f}; each opens the file"),
        ("30-term match with findings, warm", ask["findings"], None, "what was asked and met"),
        ("whole match, warm", ask["whole"], None, f"{ask['terms']:.0f} terms on average"),
        ("a profile changed, and its matches", ask["changed"], None, "in a pool that stays"),
    ]
    of = f", {size:,} firms"
    for name, values, most, how in rows:
        kept = most if is_large else None
        told = f"p99 {_p99(values):.2f}; {how}"
        yield Figure(name=name + of, value=median(values), unit="ms", limit=kept, how=told)
    for name, value, unit, how in (
        ("the pool's file", fill["file"], "MB", "mapped, so shared by processes"),
        ("memory after all questions", ask["resident"], "MB", "most of it the file"),
        ("memory while laying out", fill["peak"], "MB", "at most, with the texts of the bench"),
        ("laying out a profile", fill["laid_out"], "ms", f"kept in {fill['kept']:,.0f} bytes"),
    ):
        yield Figure(name=name + of, value=value, unit=unit, how=how)


def _all_pairs(file: Path, size: int, asked: argparse.Namespace) -> Iterator[Figure]:
    """Yield what all matches in both directions take, with the progress shown."""
    challenges = list(World(0, asked.challenges, asked.data).challenges())
    before, started = _spent_by_others(), time.perf_counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn()) as progress:
        shown = progress.add_task("all matches", total=len(challenges))
        rank_all(
            challenges,
            file,
            Task(on=DAY, most=MOST, most_back=MOST_BACK),
            told=lambda done, _: progress.update(shown, completed=done),
        )
    took = time.perf_counter() - started
    is_large = size >= LARGE and asked.challenges >= MANY
    yield Figure(
        name=f"all matches of {asked.challenges:,} x {size:,}",
        value=took,
        unit="s",
        limit=ALL_S if is_large else None,
        how=f"two processes, {_spent_by_others() - before:.0f} s of CPU;"
        f" best {MOST} there, {MOST_BACK} back",
    )


def _spent_by_others() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _keep(figures: list[Figure], path: Path) -> None:
    """Write the figures beside those that another command has written into the same file."""
    other: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    names = {one.name for one in figures}
    kept = [one for one in other.get("figures", ()) if one["name"] not in names]
    about = {
        "measured": real_now().astimezone(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
    }
    write(figures, {**about, **{k: v for k, v in other.items() if k != "figures"}}, path)
    ours = json.loads(path.read_text("utf-8"))
    ours["figures"] = [*kept, *ours["figures"]]
    path.write_text(json.dumps(ours, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


if __name__ == "__main__":
    sys.exit(main())

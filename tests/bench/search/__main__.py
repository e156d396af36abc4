"""`make bench-search`: our index beside two engines that others trust, in one run.

python -m tests.bench.search [--sizes 10000 100000] [--questions 100] [--data DIR] [--out DIR]
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from statistics import median
from typing import Any

from govmatch.kit.clock import real_now
from tests.bench.figures import Figure, table, write
from tests.bench.search.trial import MODULES

ROOT = Path(__file__).parents[3]
KINDS = {
    "one": "1 word",
    "two": "2 words, both",
    "five": "5 words, any; a filter; 2 facets; best 20",
    "phrase": "phrase of 3 words",
    "prefix": "beginning of a word",
}
OURS, FTS5, TANTIVY = MODULES
WEB_MB, OPEN_MS, OPEN_MB, CHANGE_MS, FILL_MS, PHRASE_MS = 350, 5, 5, 15, 4, 15
LARGE = 100_000
"""Documents from which on the limits hold."""

Told = dict[str, dict[str, Any]]


def main() -> int:
    """Print the tables; the status is 1 when a figure is over its limit."""
    asked = _arguments()
    work = ROOT / "build" / "bench-search"
    if not asked.keep:
        shutil.rmtree(work, ignore_errors=True)
    figures: list[Figure] = []
    for size in asked.sizes:
        told = {name: _tried(name, work / f"{size}", size, asked) for name in MODULES}
        part = [*_figures(told, size)]
        print(f"\n{size:,} documents of about 200 words in three languages\n")
        print(table(part))
        figures += part
    about = {
        "measured": real_now().astimezone(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "questions": str(asked.questions),
    }
    asked.out.mkdir(parents=True, exist_ok=True)
    write(figures, about, asked.out / "bench.json")
    if not asked.keep:
        shutil.rmtree(work)
    over = [one.name for one in figures if one.is_over]
    print(f"\ngovmatch: {len(figures)} figures, over their limit: {', '.join(over) or 'none'}")
    return 1 if over else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.search", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, LARGE])
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "search")
    parser.add_argument("--keep", action="store_true", help="keep the filled engines for next time")
    return parser.parse_args()


def _tried(name: str, folder: Path, size: int, asked: argparse.Namespace) -> dict[str, Any]:
    print(f"govmatch: {name} with {size:,} documents", flush=True)
    words = [name, folder / name.replace(" ", "-"), size, asked.questions, asked.data]
    folder.mkdir(parents=True, exist_ok=True)
    # Each step in a process of its own: the memory of filling is not that of a site's process.
    _trial("fill", *words)
    found: dict[str, Any] = json.loads(_trial("ask", *words).splitlines()[-1])
    return found


def _trial(step: str, *words: object) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.search.trial", step, *map(str, words)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return ended.stdout


def _figures(told: Told, size: int) -> Iterator[Figure]:
    ours, large = told[OURS], size >= LARGE
    for kind, words in KINDS.items():
        limits = _limits(kind, told)
        for how in ("warm", "cold"):
            limit = limits if large and how == "warm" else None
            yield Figure(
                name=f"{words}, {how}",
                value=median(ours[kind][how]),
                unit="ms",
                limit=limit,
                how=f"p99 {_p99(ours[kind][how]):.2f}; {_beside(told, kind, how)}",
            )
    limits_of = {"open": OPEN_MS, "opened": OPEN_MB, "fill": FILL_MS, "resident": WEB_MB}
    names = {
        "open": ("opening the index", "ms"),
        "opened": ("memory that opening takes", "MB"),
        "fill": ("indexing a document", "ms"),
        "resident": ("memory after all questions", "MB"),
    }
    for key, (name, unit) in names.items():
        limit = limits_of[key] if large else None
        how = "; ".join(f"{other} {told[other][key]:.2f}" for other in (FTS5, TANTIVY))
        yield Figure(name=name, value=ours[key], unit=unit, limit=limit, how=how)
    yield Figure(
        name="then the first question, for everything",
        value=ours["everything"],
        unit="ms",
        how="once, in a process that has asked nothing",
    )
    yield Figure(
        name="a change added and committed",
        value=median(ours["change"]),
        unit="ms",
        limit=CHANGE_MS if large else None,
        how=f"at most {max(ours['change']):.1f}",
    )


def _limits(kind: str, told: Told) -> float:
    """Return what the issue asks of a kind of question, from the others' figures of this run."""
    fts5 = float(median(told[FTS5][kind]["warm"]))
    if kind == "phrase":
        return PHRASE_MS
    if kind == "prefix":
        return 3 * fts5
    tantivy = 5 * float(median(told[TANTIVY][kind]["warm"]))
    return min(fts5, tantivy) if kind == "five" else tantivy


def _beside(told: Told, kind: str, how: str) -> str:
    return "; ".join(
        f"{name} {median(told[name][kind][how]):.3f} (p99 {_p99(told[name][kind][how]):.2f})"
        for name in (FTS5, TANTIVY)
        if kind in told[name]
    )


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


if __name__ == "__main__":
    sys.exit(main())

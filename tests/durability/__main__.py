"""`make chaos`: the shared harness kills, cuts and doubles on our site, and counts what is lost.

    python -m tests.durability [TEST ...]

Prints one figure for each test; the status is 1 when one of them is dirty. Where the harness or a
compiler is absent, nothing is run and that is said.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "chaos"
SCRATCH = ROOT / "build" / "chaos"
SHIMS = ("powerloss", "wallshift")
PATIENCE = 300  # seconds for one test

TESTS: Mapping[str, Sequence[str]] = {
    "kill9": ("--kills", "12", "--clients", "6", "--total", "300"),
    "powerloss": ("--kills", "10", "--clients", "6", "--total", "200"),
    "lostack": ("--clients", "6", "--total", "250"),
    "doublesubmit": ("--total", "60"),
    "deadline": ("--total", "60"),
    "indexlost": ("--clients", "6", "--total", "250"),
    "twoproc": ("--kills", "10", "--clients", "6", "--total", "300"),
    "sigterm": ("--kills", "8", "--clients", "6", "--total", "250"),
    "clockjump": ("--total", "60"),
    "smtpdown": ("--clients", "4", "--total", "100"),
    "dblock": ("--clients", "4", "--total", "100"),
}


@dataclass(frozen=True)
class Result:
    """How one test ended: clean or not, its figure, and the seconds it took."""

    test: str
    is_clean: bool
    figure: str
    seconds: float


def main(wanted: Sequence[str]) -> int:
    """Run the wanted tests, all by default, and print what came out."""
    if missing := _missing():
        typer.echo(f"govmatch: chaos is skipped: {missing}")
        return 0
    _prepare()
    results = [_run(test) for test in wanted or TESTS]
    dirty = [result.test for result in results if not result.is_clean]
    took = sum(result.seconds for result in results)
    said = f"dirty: {', '.join(dirty)}" if dirty else "nothing lost, nothing doubled"
    typer.echo(f"\ngovmatch: chaos: {len(results)} tests in {took:.0f} s, {said}")
    return 1 if dirty else 0


def _missing() -> str:
    if not (SHARED / "chaos.py").is_file():
        return "the harness ../shared/chaos is absent"
    if shutil.which("gcc") is None:
        return "gcc is absent"
    return ""


def _prepare() -> None:
    """Copy the harness to where it may write, and build the two libraries that it loads."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    for name in ("chaos.py", *(f"{shim}.c" for shim in SHIMS)):
        (SCRATCH / name).write_bytes((SHARED / name).read_bytes())
    for shim in SHIMS:
        command = ["gcc", "-shared", "-fPIC", "-O2", "-o", f"{shim}.so", f"{shim}.c", "-ldl"]
        subprocess.run(command, cwd=SCRATCH, check=True)


def _run(test: str) -> Result:
    """Run one test; what the site said stays in build/chaos/TEST.log."""
    began = time.monotonic()
    config = str(Path(__file__).with_name("chaos.toml"))
    command = [sys.executable, "chaos.py", config, test, *TESTS[test]]
    given = ["--env", f"TRIAL_PYTHON={sys.executable}"]
    with (SCRATCH / f"{test}.out").open("w+") as out:
        # The program is this very interpreter with the harness and arguments of our own.
        running = subprocess.Popen([*command, *given], cwd=SCRATCH, stdout=out, stderr=out)
        ended = _wait(running)
        out.seek(0)
        said = out.read().strip().splitlines()
    (SCRATCH / "server.log").replace(SCRATCH / f"{test}.log")
    figure = next((line for line in said if line.startswith("FIGURE")), "")
    shown = figure or f"FIGURE DIRTY {json.dumps({'test': test, 'said': [ended, *said[-3:]]})}"
    typer.echo(shown)
    is_clean = ended == "ended" and running.returncode == 0 and bool(figure)
    return Result(test, is_clean, shown, time.monotonic() - began)


def _wait(running: subprocess.Popen[bytes]) -> str:
    """Wait for a test; one that hangs is asked to end, so that it ends its servers too."""
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.terminate()
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        return f"did not end in {PATIENCE} s"
    return "ended"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

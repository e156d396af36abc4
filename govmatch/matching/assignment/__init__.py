"""Who does what: people are given to tasks as one optimisation, with what to give up if it fails.

Knows no domain: `Problem` says how many each task still wants, how many each person can still take
and which pairs are allowed with how good a fit. `solve` finds the choice of pairs with the greatest
sum of fits, less what an uneven load costs, such that no person takes too many and as few as
possible are missing. The same problem with the same seed gives the same answer.

It is solved in a process of its own that ends with it: scipy takes more memory than all the rest.
"""

import json
import os
import subprocess
import sys
from typing import Any

from govmatch.kit.records import dataclass
from govmatch.settings import PACKAGE

SECONDS = 60
"""After which a problem counts as not solved; 200 tasks and 40 people take about one."""


class NotSolved(Exception):
    """The process that solves did not end in time, or not well."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that `wants` so many people more; `group` says what all of one kind have."""

    wants: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who has `has` already and can take up to `most` in all."""

    has: int
    most: int

    @property
    def room(self) -> int:
        return max(self.most - self.has, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """A task and a worker by their places, and how well they fit, from 0 to 1."""

    task: int
    worker: int
    fit: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Pairs that are not named are not allowed. `wanted` is how many each task should have in all.

    Fewer than `wanted` may be wanted of a task, where it has some already.
    """

    tasks: tuple[Task, ...]
    workers: tuple[Worker, ...]
    pairs: tuple[Pair, ...]
    wanted: int
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """In a group `missing` are missing; `people` more who may do all of it would be enough."""

    group: str
    tasks: int
    missing: int
    people: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The chosen pairs by their places in the problem, and how many each task misses.

    Where something is missing: `lacks` by group; `extra` how many more some workers would have to
    take (by place), where that would be enough; `fewer` the number for each task that could be met,
    0 where not even one could.
    """

    chosen: tuple[int, ...]
    missing: tuple[int, ...]
    lacks: tuple[Lack, ...] = ()
    extra: tuple[tuple[int, int], ...] = ()
    fewer: int = 0

    @property
    def is_complete(self) -> bool:
        return not any(self.missing)


def solve(problem: Problem) -> Answer:
    """Return the best choice; raises `NotSolved`."""
    asked = json.dumps(
        {
            "tasks": [[one.wants, one.group] for one in problem.tasks],
            "workers": [[one.has, one.most] for one in problem.workers],
            "pairs": [[one.task, one.worker, one.fit] for one in problem.pairs],
            "wanted": problem.wanted,
            "seed": problem.seed,
        }
    )
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "govmatch.matching.assignment"],
            input=asked.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotSolved("the assignment took too long") from late
    if done.returncode != 0:
        raise NotSolved(f"the assignment ended with {done.returncode}")
    return answer_of(json.loads(done.stdout))


def _environment() -> dict[str, str]:
    """Return what the process knows: where its code lies, and that it is not alone."""
    return {
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.defpath,
    }


def problem_of(asked: dict[str, Any]) -> Problem:
    """Return the problem that `solve` wrote."""
    return Problem(
        tuple(Task(*one) for one in asked["tasks"]),
        tuple(Worker(*one) for one in asked["workers"]),
        tuple(Pair(*one) for one in asked["pairs"]),
        asked["wanted"],
        asked["seed"],
    )


def answer_of(said: dict[str, Any]) -> Answer:
    """Return the answer that the process wrote."""
    return Answer(
        tuple(said["chosen"]),
        tuple(said["missing"]),
        tuple(Lack(*one) for one in said["lacks"]),
        tuple((worker, number) for worker, number in said["extra"]),
        said["fewer"],
    )

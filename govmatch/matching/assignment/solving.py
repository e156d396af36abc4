"""The optimisation itself: a flow from tasks to workers, as a linear programme for HiGHS.

Only `__main__` imports this, in a process of its own.

    greatest   sum of fit * x  -  EVEN * sum of load steps  -  MISSING * sum of s
    such that  for each task    sum of x + s = wants
               for each worker  sum of x = sum of its load steps, each step at most 1
               0 <= x <= 1

x says whether a pair is chosen, s how many a task misses. The n-th thing that a worker takes costs
EVEN * n / most, so that loads are even in proportion to what each can take. All coefficients stand
for edges of a flow, so the best corner is whole numbers by itself (Hoffman and Kruskal, "Integral
Boundary Points of Convex Polyhedra", 1956), and nothing has to be branched on.

Equal answers are told apart by chance: each fit is moved by less than a millionth, by the seed.
"""

from collections import defaultdict
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack, identity, vstack

from govmatch.matching.assignment import Answer, Lack, Problem, Task

EVEN = 0.4
"""What the last thing that somebody can take costs, beside a fit of at most 1."""
MISSING = 100.0
CHANCE = 1e-6
OVER = 10.0
"""What each thing costs that somebody takes over their most, where that is asked."""

Floats = NDArray[np.float64]


def answer(problem: Problem) -> Answer:
    """Return the best choice, and where it misses something, what could be given up."""
    flows, short, _ = _flow(problem)
    missing = tuple(round(float(one)) for one in short)
    chosen = tuple(int(place) for place in np.flatnonzero(flows > 0.5))
    if not any(missing):
        return Answer(chosen, missing)
    return Answer(
        chosen,
        missing,
        lacks=tuple(_lacks(problem, missing)),
        extra=_extra(problem),
        fewer=_fewer(problem),
    )


def _flow(problem: Problem, *, over: bool = False) -> tuple[Floats, Floats, Floats]:
    """Return of each pair whether it is chosen, of each task what is missing, of each worker what
    they take over their most; the last only where they may go `over` it.
    """
    tasks, workers, pairs = problem.tasks, problem.workers, problem.pairs
    steps = [
        (place, (worker.has + number + 1) / max(worker.most, 1))
        for place, worker in enumerate(workers)
        for number in range(worker.room)
    ]
    fits = np.array([one.fit for one in pairs])
    moved = fits + CHANCE * np.random.Generator(np.random.PCG64(problem.seed)).random(len(pairs))
    most = float(max((task.wants for task in tasks), default=0)) * len(tasks)
    cost = np.concatenate(
        [
            -moved,
            np.full(len(tasks), MISSING),
            EVEN * np.array([level for _, level in steps]),
            np.full(len(workers), OVER),
        ]
    )
    highest = np.concatenate(
        [
            np.ones(len(pairs)),
            np.array([task.wants for task in tasks], np.float64),
            np.ones(len(steps)),
            np.full(len(workers), most if over else 0.0),
        ]
    )
    found = linprog(
        cost,
        A_eq=_edges(problem, [place for place, _ in steps]),
        b_eq=np.concatenate([[task.wants for task in tasks], np.zeros(len(workers))]),
        bounds=np.column_stack([np.zeros(len(highest)), highest]),
        method="highs-ds",
    )
    if not found.success:
        raise RuntimeError(found.message)
    ends = np.cumsum([len(pairs), len(tasks), len(steps)])
    flows, short, _, extra = np.split(np.asarray(found.x, np.float64), ends)
    return flows, short, extra


def _edges(problem: Problem, steps: list[int]) -> csr_matrix:
    """Return who takes part in which sum: first the tasks' rows, then the workers'."""
    tasks, workers, pairs = problem.tasks, problem.workers, problem.pairs
    columns = np.arange(len(pairs))
    ones = np.ones(len(pairs))
    by_task = csr_matrix((ones, ([one.task for one in pairs], columns)), (len(tasks), len(pairs)))
    by_worker = csr_matrix(
        (ones, ([one.worker for one in pairs], columns)), (len(workers), len(pairs))
    )
    shape = len(workers), len(steps)
    taken = csr_matrix((-np.ones(len(steps)), (steps, range(len(steps)))), shape)
    rest = csr_matrix((len(tasks), len(steps) + len(workers)))
    above = hstack([by_task, identity(len(tasks)), rest])
    none = csr_matrix((len(workers), len(tasks)))
    below = hstack([by_worker, none, taken, -identity(len(workers))])
    return vstack([above, below]).tocsr()


def _lacks(problem: Problem, missing: tuple[int, ...]) -> list[Lack]:
    """Return what each group misses, and how many people more would be enough for it.

    Each of them could do each task once, and take as many as is usual.
    """
    usual = int(np.median([one.most for one in problem.workers])) if problem.workers else 0
    groups: dict[str, list[int]] = defaultdict(list)
    for task, number in zip(problem.tasks, missing, strict=True):
        if number:
            groups[task.group].append(number)
    return [
        Lack(group, len(some), sum(some), max(*some, -(-sum(some) // max(usual, 1))))
        for group, some in sorted(groups.items())
    ]


def _extra(problem: Problem) -> tuple[tuple[int, int], ...]:
    """Return how many more some would have to take; nothing where even that is not enough."""
    _, short, extra = _flow(problem, over=True)
    if short.sum() > 0.5:
        return ()
    return tuple((place, round(float(one))) for place, one in enumerate(extra) if one > 0.5)


def _fewer(problem: Problem) -> int:
    """Return the greatest number for each task that can be met, below the one that is wanted."""
    for number in range(problem.wanted - 1, 0, -1):
        less = problem.wanted - number
        tasks = tuple(Task(max(one.wants - less, 0), one.group) for one in problem.tasks)
        _, short, _ = _flow(replace(problem, tasks=tasks))
        if short.sum() < 0.5:
            return number
    return 0

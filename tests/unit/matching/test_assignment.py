"""Who does what as one optimisation, and what could be given up where it cannot be."""

import subprocess
import sys
from collections import Counter
from itertools import product

import numpy as np

from govmatch.matching.assignment import Lack, Pair, Problem, Task, Worker, solve
from govmatch.matching.assignment.solving import EVEN, answer
from tests.timing import soonest


def problem(
    fits: list[list[float | None]],
    *,
    wants: int = 1,
    most: int = 10,
    groups: list[str] | None = None,
    seed: int = 0,
) -> Problem:
    """Return a problem of a table of fits, a row for each task; None where no pair is allowed."""
    named = groups or [""] * len(fits)
    return Problem(
        tuple(Task(wants, group) for group in named),
        tuple(Worker(0, most) for _ in fits[0]),
        tuple(
            Pair(task, worker, fit)
            for task, row in enumerate(fits)
            for worker, fit in enumerate(row)
            if fit is not None
        ),
        wants,
        seed,
    )


def chosen(posed: Problem) -> set[tuple[int, int]]:
    found = answer(posed)
    return {(posed.pairs[place].task, posed.pairs[place].worker) for place in found.chosen}


def test_the_sum_of_fits_decides_and_not_whoever_comes_first() -> None:
    posed = problem([[0.9, 0.8], [0.9, 0.1]], most=1)
    assert chosen(posed) == {(0, 1), (1, 0)}


def test_a_pair_that_is_not_allowed_is_never_chosen() -> None:
    posed = problem([[None, 0.1], [0.2, None]], wants=2, most=9)
    assert chosen(posed) == {(0, 1), (1, 0)}
    assert answer(posed).missing == (1, 1)


def test_loads_are_even_in_proportion_to_what_each_can_take() -> None:
    fits: list[list[float | None]] = [[0.5, 0.5]] * 9
    posed = problem(fits)
    posed = Problem(posed.tasks, (Worker(0, 4), Worker(0, 8)), posed.pairs, 1)
    loads = Counter(worker for _, worker in chosen(posed))
    assert loads == {0: 3, 1: 6}


def test_what_somebody_has_already_counts() -> None:
    posed = problem([[0.5, 0.5]] * 4)
    posed = Problem(posed.tasks, (Worker(4, 6), Worker(0, 6)), posed.pairs, 1)
    assert Counter(worker for _, worker in chosen(posed)) == {1: 4}


def test_the_choice_is_the_best_of_all() -> None:
    chance = np.random.default_rng(3)
    table = chance.random((5, 3)).round(3)
    posed = problem([[float(one) for one in row] for row in table], most=2)
    found = chosen(posed)

    def worth(choice: tuple[int, ...]) -> float:
        loads = Counter(choice)
        if max(loads.values()) > 2:
            return -1e9
        cost = sum(EVEN * sum(range(1, load + 1)) / 2 for load in loads.values())
        return float(sum(table[task, worker] for task, worker in enumerate(choice))) - cost

    best = max(product(range(3), repeat=5), key=worth)
    assert found == set(enumerate(best))


def test_the_same_seed_gives_the_same_choice_and_another_one_another() -> None:
    fits: list[list[float | None]] = [[0.5] * 6 for _ in range(12)]
    first = chosen(problem(fits, wants=2, seed=1))
    assert first == chosen(problem(fits, wants=2, seed=1))
    assert any(first != chosen(problem(fits, wants=2, seed=other)) for other in (2, 3, 4))


def test_too_few_people_for_a_group_are_counted() -> None:
    fits: list[list[float | None]] = [[0.5, 0.5, 0.5], [None, None, 0.5], [None, None, 0.5]]
    found = answer(problem(fits, wants=3, groups=["da", "de", "de"]))
    assert found.missing == (0, 2, 2)
    assert found.lacks == (Lack("de", 2, 4, 2),)
    assert found.extra == ()
    assert found.fewer == 1


def test_what_some_would_have_to_take_more_is_told_where_that_is_enough() -> None:
    found = answer(problem([[0.5, 0.5]] * 3, wants=2, most=2))
    assert sum(found.missing) == 2
    assert sum(number for _, number in found.extra) == 2
    assert found.fewer == 1


def test_where_something_is_there_already_fewer_says_how_many_in_all() -> None:
    pairs = (Pair(0, 0, 0.5), Pair(1, 1, 0.5))
    posed = Problem((Task(2), Task(2)), (Worker(0, 5), Worker(0, 5)), pairs, 3)
    assert answer(posed).fewer == 2


def test_nobody_at_all_leaves_everything_missing() -> None:
    found = answer(Problem((Task(2, "de"),), (), (), 2))
    assert (found.chosen, found.missing, found.fewer) == ((), (2,), 0)


def test_the_process_of_its_own_says_the_same() -> None:
    posed = problem([[0.9, 0.8, None], [0.9, None, 0.1], [None, 0.2, 0.2]], wants=2, most=2)
    assert solve(posed) == answer(posed)


def test_scipy_stays_out_of_site_and_worker() -> None:
    code = (
        "import sys, govmatch.app, govmatch.worker\n"
        "sys.exit(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_hundred_applications_and_forty_people_take_no_two_seconds() -> None:
    chance = np.random.default_rng(1)
    fits = [[float(one) if one > 0.03 else None for one in row] for row in chance.random((200, 40))]
    found, seconds = soonest(lambda: answer(problem(fits, wants=3, most=18)), under=2.0)
    assert found.is_complete and len(found.chosen) == 600
    assert seconds < 2.0

"""How long something takes the processor, on a machine that others use as well."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

TRIES = 3
Result = TypeVar("Result")


def soonest(
    act: Callable[[], Result],
    *,
    under: float,
    afresh: Callable[[], object] = lambda: None,
) -> tuple[Result, float]:
    """Return the first result, and the least seconds of processor time of up to three tries.

    A neighbour makes a try slower and none faster; what was soon enough once is not tried again.
    Before each further try `afresh` is called, to forget what the first one left to be used again.
    Memory is not collected meanwhile: after thousands of tests that alone takes most of a second.
    """
    first, took = _timed(act)
    for _ in range(TRIES - 1):
        if took < under:
            break
        afresh()
        took = min(took, _timed(act)[1])
    return first, took


def _timed(act: Callable[[], Result]) -> tuple[Result, float]:
    gc.disable()
    try:
        began = time.process_time()
        result = act()
        return result, time.process_time() - began
    finally:
        gc.enable()

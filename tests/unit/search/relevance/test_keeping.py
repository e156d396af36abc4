"""Impacts that are remembered."""

import numpy as np

from govmatch.search.kept import Kept
from govmatch.search.relevance.postings import Impact


def impact(size: int) -> Impact:
    return np.arange(size, dtype=np.int32), np.ones(size, np.float32)


def test_what_was_worked_out_is_not_worked_out_again_until_there_is_too_much() -> None:
    worked_out: list[str] = []

    def of(name: str, size: int) -> Impact:
        worked_out.append(name)
        return impact(size)

    kept = Kept[str, Impact](most=10, size=lambda impact: 1 + len(impact[0]))
    first = kept.get("a", lambda: of("a", 4))
    assert kept.get("a", lambda: of("a", 4)) is first
    kept.get("b", lambda: of("b", 3))
    kept.get("a", lambda: of("a", 4))
    kept.get("c", lambda: of("c", 3))
    kept.get("a", lambda: of("a", 4))
    kept.get("b", lambda: of("b", 3))
    assert worked_out == ["a", "b", "c", "b"]

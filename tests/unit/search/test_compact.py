"""What is kept of searches is what was found."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.arrays import Found, flags_of
from govmatch.search.compact import CompactDocs, CompactFound


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1)))))
def test_documents_come_back(drawn: tuple[int, set[int]]) -> None:
    size, chosen = drawn
    docs = np.array(sorted(chosen), np.int32)
    kept = CompactDocs.of(docs, size)
    assert kept.docs().tolist() == docs.tolist()
    assert kept.flags().tolist() == flags_of(docs, size).tolist()
    assert bool(kept) == bool(chosen)


def test_many_documents_take_a_bit_each_and_few_their_numbers() -> None:
    size = 100_000
    assert CompactDocs.of(np.arange(50_000, dtype=np.int32), size).nbytes == size // 8
    assert CompactDocs.of(np.arange(100, dtype=np.int32), size).nbytes == 400


def test_scores_stay_with_their_documents() -> None:
    found = Found(np.array([2, 3, 7], np.int32), np.array([0.5, 2.0, 1.0], np.float32))
    again = CompactFound.of(found, 8).found()
    assert again.docs.tolist() == [2, 3, 7]
    assert again.scores.tolist() == [0.5, 2.0, 1.0]

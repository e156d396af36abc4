"""What is packed is read back as it was, in few bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search import blocks


@given(st.sets(st.integers(0, 2**31 - 1), min_size=1, max_size=300))
def test_documents_come_back_in_order(documents: set[int]) -> None:
    ascending = sorted(documents)
    assert blocks.unpack_docs(blocks.pack_docs(ascending)).tolist() == ascending


@given(st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=50))
def test_weights_come_back_as_they_were(weights: list[float]) -> None:
    packed = blocks.pack_weights(weights)
    assert blocks.unpack_weights(packed, len(weights)).tolist() == weights


@pytest.mark.parametrize(
    ("numbers", "size"), [([1, 2, 255], 1 + 3), ([1, 256], 1 + 4), ([1, 65_536], 1 + 8)]
)
def test_numbers_take_no_more_room_than_the_largest_needs(numbers: list[int], size: int) -> None:
    assert len(blocks.pack(numbers)) == size
    assert blocks.unpack(blocks.pack(numbers)).tolist() == numbers


def test_one_weight_for_all_is_kept_once() -> None:
    assert blocks.pack_weights([1.0] * 4000) == 1.0
    assert np.array_equal(blocks.unpack_weights(1.0, 3), np.ones(3, np.float32))

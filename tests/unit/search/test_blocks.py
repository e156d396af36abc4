"""What is packed is read back as it was, in few bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search import blocks
from govmatch.search.arrays import Floats
from govmatch.search.blocks import Held


def held(documents: set[int], weights: list[float], places: list[list[int]]) -> Held:
    docs = np.array(sorted(documents), np.int32)
    number = len(docs)
    cut = [(places * number)[n] for n in range(number)]
    return Held(
        docs,
        np.array((weights * number)[:number], np.float32),
        np.array([len(one) for one in cut], np.uint16),
        np.array([place for one in cut for place in one], np.uint16),
    )


@given(
    st.sets(st.integers(0, 2**31 - 1), min_size=1, max_size=300),
    st.lists(st.floats(0, 1e6, width=32), min_size=1, max_size=9),
    st.lists(st.lists(st.integers(0, 65_535), min_size=1, max_size=5), min_size=1, max_size=9),
)
def test_all_about_a_term_comes_back_as_it_was(
    documents: set[int], weights: list[float], places: list[list[int]]
) -> None:
    written = held(documents, weights, places)
    read = blocks.load(blocks.dump(written))
    assert read.docs.tolist() == written.docs.tolist()
    assert read.weights.tolist() == written.weights.tolist()
    assert read.sizes is not None
    assert read.places is not None
    assert written.sizes is not None
    assert written.places is not None
    assert read.sizes.tolist() == written.sizes.tolist()
    assert read.places.tolist() == written.places.tolist()


@pytest.mark.parametrize(
    ("numbers", "size"), [([1, 2, 255], 1 + 3), ([1, 256], 1 + 4), ([1, 65_536], 1 + 8)]
)
def test_numbers_take_no_more_room_than_the_largest_needs(numbers: list[int], size: int) -> None:
    packed = blocks.pack(np.array(numbers, np.int64))
    assert len(packed) == size
    assert blocks.unpack(packed).tolist() == numbers


@pytest.mark.parametrize(
    ("weights", "size"),
    [
        ([1.0] * 4000, 5),
        ([1.0, 2.0, 3.0], 2 + 3),
        ([0.5, 1.0, 1.5], 2 + 3),
        ([0.0625, 1.0], 2 + 2),
        ([0.1, 1.0], 1 + 8),
    ],
)
def test_whole_weights_halves_and_sixteenths_take_little_room(
    weights: list[float], size: int
) -> None:
    exact: Floats = np.array(weights, np.float32)
    packed = blocks.pack_weights(exact)
    assert len(packed) == size
    assert np.array_equal(blocks.unpack_weights(packed, len(weights)), exact)


def test_documents_that_are_gone_take_their_weights_and_places_with_them() -> None:
    before = held({0, 1, 2}, [1.0, 2.0, 3.0], [[5], [6, 7], [8]])
    after = before.kept(np.array([4, -1, 9], np.int32))
    assert after.docs.tolist() == [4, 9]
    assert after.weights.tolist() == [1.0, 3.0]
    assert after.sizes is not None
    assert after.places is not None
    assert after.sizes.tolist() == [1, 1]
    assert after.places.tolist() == [5, 8]

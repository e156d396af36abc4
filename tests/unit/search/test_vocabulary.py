"""The words kept beside a segment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.vocabulary import Words


@given(st.lists(st.text("abcæß", min_size=1, max_size=9), max_size=30))
def test_a_line_of_words_is_read_as_its_words(words: list[str]) -> None:
    known = Words(" ".join(words))
    assert list(known) == words
    assert len(known) == len(words)
    assert known[1:3] == words[1:3]


def test_there_is_no_word_after_the_last() -> None:
    with pytest.raises(IndexError):
        Words("one two")[2]

"""What tells which terms a segment lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.form import ROOTS, WORDS
from govmatch.search.sieve import Sieve, dumps, trace


@given(st.sets(st.text(max_size=12), max_size=60))
def test_whatever_was_taken_in_may_be_held(terms: set[str]) -> None:
    sieve = Sieve(dumps([trace(WORDS, term.encode()) for term in sorted(terms)]))
    assert all(sieve.may_hold(WORDS, term) for term in terms)


def test_nearly_all_of_what_was_not_is_known_to_be_lacking() -> None:
    sieve = Sieve(dumps([trace(ROOTS, b"root%d" % number) for number in range(5_000)]))
    others = [sieve.may_hold(field, f"other{n}") for n in range(5_000) for field in (ROOTS, WORDS)]
    assert sum(others) < 300  # about 140 of 10,000
    assert sum(sieve.may_hold(WORDS, f"root{number}") for number in range(5_000)) < 150


def test_an_empty_segment_lacks_everything() -> None:
    assert not Sieve(dumps([])).may_hold(WORDS, "rechnung")


def test_a_sieve_without_bits_is_none() -> None:
    with pytest.raises(ValueError, match="some bits"):
        Sieve(b"")

"""Two texts as one, word by word: nothing is lost, and what stays is not marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.challenges.marking import (
    COMES,
    GOES,
    LEFT_OUT,
    MOST_COMPARED,
    STAYS,
    Piece,
    mark_lines,
    mark_whole,
    mark_words,
    plain,
    unwrapped,
)

LINE = st.text(alphabet="ab cd.,é-", max_size=30)
VOCABULARY = ["the", "deadline", "is", "moved", "by", "seven", "days", ",", "."]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=20)


def told(pieces: tuple[Piece, ...], *signs: str) -> str:
    return "".join(piece.text for piece in pieces if piece.sign in signs)


@given(LINE, LINE)
def test_both_texts_can_be_read_out_of_a_marked_line(before: str, after: str) -> None:
    marked = mark_words(before, after)
    assert told(marked, STAYS, GOES) == before
    assert told(marked, STAYS, COMES) == after


@given(st.lists(LINE, max_size=8), st.lists(LINE, max_size=8))
def test_both_texts_can_be_read_out_of_marked_lines(before: list[str], after: list[str]) -> None:
    lines = mark_lines(before, after, whole=True)
    if before == after:
        assert lines == []
        return
    olds = [told(line, STAYS, GOES) for line in lines if not all(p.sign == COMES for p in line)]
    news = [told(line, STAYS, COMES) for line in lines if not all(p.sign == GOES for p in line)]
    # An empty line has no letters to be marked; it is counted apart.
    assert [one for one in olds if one] == [one for one in before if one]
    assert [one for one in news if one] == [one for one in after if one]


@given(WORDS, WORDS)
def test_what_stays_is_said_once(before: list[str], after: list[str]) -> None:
    marked = mark_words(" ".join(before), " ".join(after))
    for one, other in pairwise(marked):
        assert (one.sign, other.sign) in {
            (STAYS, GOES), (STAYS, COMES), (GOES, COMES), (GOES, STAYS), (COMES, STAYS),
        }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Apply by 12 January.", "Apply by 19 January.", "Apply by [-12-]{+19+} January."),
        ("Read the label", "Read every label", "Read [-the-]{+every+} label"),
        ("One two", "One two three", "One two{+ three+}"),
        ("One, two", "One two", "One[-,-] two"),
        # What stays between and is next to nothing is not left alone.
        ("a big - old house", "a new - red house", "a [-big - old-]{+new - red+} house"),
    ],
)
def test_only_the_words_that_differ_are_marked(before: str, after: str, shown: str) -> None:
    assert plain(mark_words(before, after)) == shown


def test_lines_far_from_a_change_are_left_out_and_it_is_said_where() -> None:
    before = [f"Line {n}" for n in range(20)]
    after = [*before[:10], "Line 10 is another one", *before[11:]]
    lines = [plain(line) for line in mark_lines(before, after)]
    assert lines == ["…", "Line 9", "Line 10{+ is another one+}", "Line 11", "…"]
    assert mark_lines(before, after)[0][0].sign == LEFT_OUT


def test_a_line_is_marked_beside_the_one_it_was_made_of() -> None:
    lines = mark_lines(["We read labels by hand.", "It takes days."], ["New.", "It takes hours."])
    assert [plain(line) for line in lines] == [
        "{+New.+}",
        "[-We read labels by hand.-]",
        "It takes [-days-]{+hours+}.",
    ]


def test_two_dates_are_marked_as_a_whole() -> None:
    assert plain(mark_whole("12 January", "19 January")) == "[-12 January-]{+19 January+}"
    assert plain(mark_whole("12 January", "12 January")) == "12 January"


def test_very_long_lines_are_marked_as_a_whole_and_not_for_minutes() -> None:
    long = "word " * MOST_COMPARED
    marked = mark_words(long, f"{long}more")
    assert [piece.sign for piece in marked] == [GOES, COMES]


def test_paragraphs_and_items_are_read_as_one_line_each() -> None:
    text = ["## Why", "", "Safety comes", "first.", "- one", "  goes on", "- two", "| a | b |", "c"]
    assert unwrapped(text) == [
        "## Why", "", "Safety comes first.", "- one goes on", "- two", "| a | b |", "c",
    ]  # fmt: skip

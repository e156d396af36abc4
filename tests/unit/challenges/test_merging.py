"""What two people wrote, in one: nothing of either is lost unseen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.challenges.merging import (
    MOST_LINES,
    Both,
    MergedText,
    merged_items,
    merged_list,
    merged_text,
)
from govmatch.challenges.pieces import (
    Clash,
    changed_names,
    merged,
    pieces_of,
    with_pieces,
)
from govmatch.challenges.statement import Statement, Weight
from tests.unit.challenges.world import QUESTIONS, statement

TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=7).map("\n".join)


@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_taken_from_that_one(base: str, other: str) -> None:
    assert merged_text(base, other, base) == MergedText(other)
    assert merged_text(base, base, other) == MergedText(other)
    assert merged_text(base, other, other) == MergedText(other)


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_line_of_either_is_lost(base: str, theirs: str, mine: str) -> None:
    came = merged_text(base, theirs, mine)
    lost = "\n".join(line for place in came.both for line in place.theirs)
    for line in {*theirs.split("\n"), *mine.split("\n")} - set(base.split("\n")):
        assert line in came.text.split("\n") or line in lost.split("\n")


@given(TEXTS, TEXTS, TEXTS)
def test_both_sides_clash_at_the_same_places_whoever_saves_last(
    base: str, theirs: str, mine: str
) -> None:
    one, other = merged_text(base, theirs, mine), merged_text(base, mine, theirs)
    assert [(place.theirs, place.mine) for place in one.both] == [
        (place.mine, place.theirs) for place in other.both
    ]
    if not one.both:
        assert one == other


@given(st.data())
def test_changes_of_different_lines_are_put_together(data: st.DataObject) -> None:
    """Lines that touch each other are one place; one line between them keeps them apart."""
    count = data.draw(st.integers(3, 12))
    lines = [f"line {n}" for n in range(count)]
    first = data.draw(st.integers(0, count - 3))
    second = data.draw(st.integers(first + 2, count - 1))
    theirs, mine, wanted = (list(lines) for _ in range(3))
    theirs[first], mine[second] = "theirs", "mine"
    wanted[first], wanted[second] = "theirs", "mine"
    base, one, other = ("\n".join(text) for text in (lines, theirs, mine))
    assert merged_text(base, one, other) == MergedText("\n".join(wanted))


def test_the_same_line_changed_by_both_keeps_mine_and_tells_theirs() -> None:
    came = merged_text("one\n\ntwo\n\nthree", "ONE\n\ntwo\n\n3", "eins\n\ntwo\n\nthree")
    assert came == MergedText("eins\n\ntwo\n\n3", (Both(("ONE",), ("eins",)),))


def test_what_one_took_out_and_the_other_changed_is_told() -> None:
    came = merged_text("one\ntwo\nthree", "one\nthree", "one\nTWO\nthree")
    assert came.both == (Both((), ("TWO",)),)


def test_texts_that_are_too_long_to_compare_are_shown_as_a_whole() -> None:
    base = "\n".join("x" for _ in range(MOST_LINES + 1))
    came = merged_text(base, base + "a", base + "b")
    assert came.text == base + "b"
    assert len(came.both) == 1


def test_lists_take_what_either_put_in_and_leave_out_what_either_took_out() -> None:
    assert merged_list(["a", "b", "c"], ["a", "c", "d"], ["b", "c", "e"]) == ("c", "e", "d")


@pytest.mark.parametrize(
    ("theirs", "mine", "came"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 1, "b": 3}),
        ({"a": 5, "b": 2}, {"a": 1, "b": 3}, {"a": 5, "b": 3}),
        ({"a": 1}, {"a": 1, "b": 2, "c": 4}, {"a": 1, "c": 4}),
        ({"a": 1}, {"a": 1, "b": 9}, None),
        ({"a": 1, "b": 2, "c": 1}, {"a": 1, "b": 2, "c": 2}, None),
    ],
)
def test_things_with_names_are_told_apart_by_them(
    theirs: dict[str, int], mine: dict[str, int], came: dict[str, int] | None
) -> None:
    base = {"a": 1, "b": 2}
    was, at, here = ([*one.items()] for one in (base, theirs, mine))
    found = merged_items(was, at, here, lambda one: one[0])
    assert (None if found is None else dict(found)) == came


def test_a_statement_is_made_of_its_pieces() -> None:
    whole = statement()
    assert with_pieces(whole, pieces_of(whole)) == whole
    empty = Statement(authority=whole.authority, programme=whole.programme, zone=whole.zone)
    again = with_pieces(empty, pieces_of(whole))
    assert pieces_of(again) == pieces_of(whole)


def test_pieces_of_different_sections_never_clash() -> None:
    base = statement()
    theirs = with_pieces(base, {"problem.en": "Theirs", "closes": None, "title.de": "Ihr Titel"})
    came = merged(pieces_of(base), pieces_of(theirs), {"users.en": "Mine", "budget_max": 7})
    assert came.clashes == ()
    whole = with_pieces(theirs, came.pieces)
    assert set(changed_names(theirs, whole)) == {"users.en", "budget_max"}


CRITERIA = (Weight(id="fit", weight=60), Weight(id="team", weight=40))


@pytest.mark.parametrize(
    ("name", "base", "theirs", "mine", "came"),
    [
        ("themes", ("a",), ("a", "b"), ("a", "c"), ("a", "c", "b")),
        ("closes", None, 1, 2, None),
        ("title.en", "A", "B", "C", None),
        ("criteria", CRITERIA, CRITERIA[:1], (Weight(id="fit", weight=70), CRITERIA[1]),
         (Weight(id="fit", weight=70),)),
        ("criteria", CRITERIA, (Weight(id="fit", weight=1), CRITERIA[1]),
         (Weight(id="fit", weight=2), CRITERIA[1]), None),
        ("questions", (), tuple({**QUESTIONS[0], "id": f"t{n}"} for n in range(12)),
         tuple({**QUESTIONS[0], "id": f"m{n}"} for n in range(12)), None),
    ],
)  # fmt: skip
def test_a_piece_that_both_changed_is_put_together_or_shown(
    name: str, base: Any, theirs: Any, mine: Any, came: Any
) -> None:
    found = merged({name: base}, {name: theirs}, {name: mine})
    if came is None:
        assert [(one.name, one.theirs, one.mine) for one in found.clashes] == [(name, theirs, mine)]
        assert found.pieces[name] == mine
    else:
        assert (found.pieces, found.clashes, found.took_over) == ({name: came}, (), True)


def test_where_nobody_knows_what_was_on_the_page_everything_that_differs_is_shown() -> None:
    found = merged(None, {"zone": "A", "round": "r"}, {"zone": "B", "round": "r"})
    assert found.clashes == (Clash("zone", "A", "B"),)

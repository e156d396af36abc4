"""Two texts of one section become one where they can, and nothing of either is ever dropped."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.applications.merging import MOST_LINES, base_of, merge, read, write
from govmatch.questionnaires import Section, load

FORM = {
    "sections": [
        {
            "id": "all",
            "title": {"en": "All"},
            "questions": [
                {"id": "plan", "type": "long_text", "label": {"en": "Plan"}},
                {"id": "title", "type": "text", "label": {"en": "Title"}},
                {"id": "price", "type": "money", "currency": "DKK", "label": {"en": "Price"}},
                {"id": "one", "type": "file", "label": {"en": "One file"}},
                {"id": "some", "type": "file", "label": {"en": "Files"}, "maximum": 3},
            ],
        }
    ]
}
SECTION: Section = load(FORM).sections[0]


def together(before: Any, mine: Any, theirs: Any, question: str = "plan") -> Any:
    """Return the answer that comes of two, or the set of clashes."""
    base = read(write(base_of(SECTION, _answers(question, before))))
    found = merge(SECTION, base, mine=_answers(question, mine), theirs=_answers(question, theirs))
    return set(found.clashes) or found.answers.get(question)


def _answers(question: str, answer: Any) -> dict[str, Any]:
    return {} if answer is None else {question: answer}


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("A2\n\nB\n\nC", "A\n\nB\n\nC2", "A2\n\nB\n\nC2"),
        ("A\n\nB\n\nC", "A\n\nB2\n\nC", "A\n\nB2\n\nC"),
        ("A\n\nB2\n\nC", "A\n\nB\n\nC", "A\n\nB2\n\nC"),
        ("New\n\nA\n\nB\n\nC", "A\n\nB\n\nC\n\nLast", "New\n\nA\n\nB\n\nC\n\nLast"),
        ("A\n\nC", "A\n\nB\n\nC\n\nD", "A\n\nC\n\nD"),
        ("A2\n\nB\n\nC", "A2\n\nB\n\nC", "A2\n\nB\n\nC"),
        ("A2\n\nB\n\nC2", "A2\n\nB\n\nC", "A2\n\nB\n\nC2"),
        ("", "A\n\nB\n\nC", ""),
    ],
)
def test_paragraphs_that_one_of_the_two_changed_come_together(
    mine: str, theirs: str, both: str
) -> None:
    assert together("A\n\nB\n\nC", mine, theirs) == both


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("A2\n\nB\n\nC", "A3\n\nB\n\nC"),
        ("A\n\nB\n\nC\n\nMine", "A\n\nB\n\nC\n\nTheirs"),
        ("A\n\nC", "A\n\nB2\n\nC"),
        ("Mine", "Theirs"),
    ],
)
def test_a_paragraph_that_both_changed_is_left_to_people(mine: str, theirs: str) -> None:
    assert together("A\n\nB\n\nC", mine, theirs) == {"plan"}


def test_two_first_texts_are_left_to_people() -> None:
    assert together(None, "Mine", "Theirs") == {"plan"}


def test_an_answer_that_only_one_of_the_two_gave_or_took_back_is_followed() -> None:
    assert together(None, "Mine", None, "title") == "Mine"
    assert together("Old", None, "Old", "title") is None
    assert together("Old", "Old", None, "title") is None
    assert together("Old", "Old", "Theirs", "title") == "Theirs"
    assert together("Old", "Mine", "Theirs", "title") == {"title"}


def test_amounts_are_compared_as_a_whole() -> None:
    old, new = ({"amount": amount, "currency": "DKK"} for amount in ("1.00", "2.00"))
    assert together(old, old, new, "price") == new
    assert together(old, {"raw": "three"}, new, "price") == {"price"}


def test_files_are_added_by_both_and_a_single_one_is_not_replaced_unseen() -> None:
    """A list of files is made from what is kept at that moment, so it holds the other's already."""
    assert together(["a"], ["a", "b", "mine"], ["a", "b"], "some") == ["a", "b", "mine"]
    assert together(["a"], ["mine"], ["theirs"], "one") == {"one"}


def test_a_page_that_does_not_say_what_it_was_opened_on_never_wins_unseen() -> None:
    found = merge(SECTION, read("nonsense;=;a=b=c"), mine={"plan": "Mine"}, theirs={"plan": "T"})
    assert found.clashes == {"plan"}


def test_a_text_of_very_many_lines_is_compared_as_a_whole() -> None:
    long = "\n".join(str(n) for n in range(MOST_LINES + 1))
    assert together(long, f"{long}\nmine", long) == f"{long}\nmine"
    assert together(long, f"{long}\nmine", f"theirs\n{long}") == {"plan"}


LINES = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=6).filter(lambda it: it != [""])
"""One empty line is no line: joined, it is the text of none."""


@given(LINES, LINES, LINES)
def test_what_comes_together_has_every_line_that_either_added(
    before: list[str], mine: list[str], theirs: list[str]
) -> None:
    found = together("\n".join(before), "\n".join(mine), "\n".join(theirs))
    if isinstance(found, set):
        return
    lines = found.split("\n")
    for one in (mine, theirs):
        added = {line for line in one if line not in before}
        assert added <= set(lines)


@given(LINES, LINES)
def test_whoever_is_alone_is_followed_to_the_letter(before: list[str], mine: list[str]) -> None:
    old, new = "\n".join(before), "\n".join(mine)
    assert together(old, new, old) == together(old, old, new) == new

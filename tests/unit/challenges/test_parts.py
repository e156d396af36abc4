"""A description divided into its parts, and put together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.challenges.parts import HEADINGS, Part, joined, split, texts, with_texts
from tests.unit.challenges.world import CONTENT, LANGS

KNOWN = [f"{marks} {name}" for names in HEADINGS.values() for name in names.values()
         for marks in ("##", "#")]  # fmt: skip
LINES = st.one_of(
    st.sampled_from([*KNOWN, "", "", "## Something else", "### The problem", " ## The problem"]),
    st.text(alphabet="#ab \t\r:", max_size=8),
)
BODIES = st.lists(LINES, max_size=25).map("\n".join)
WORDS = st.sampled_from(["One line", "Two\n\nparagraphs", "- a\n- b", "## A heading\n\nof ours"])


@given(BODIES)
def test_the_parts_of_any_text_make_the_same_text(body: str) -> None:
    assert joined(split(body)) == body


@given(st.text())
def test_of_any_characters_too(body: str) -> None:
    assert joined(split(body)) == body


@given(BODIES)
def test_no_part_comes_twice(body: str) -> None:
    found = [piece.part for piece in split(body)]
    assert len(found) == len(set(found))


@given(BODIES, st.sampled_from(Part), WORDS, st.sampled_from(LANGS))
def test_writing_a_part_leaves_all_others_as_they_were(
    body: str, part: Part, text: str, lang: str
) -> None:
    before = {piece.part: piece.text for piece in split(body) if piece.part is not part}
    after = with_texts(body, lang, {part: text})
    assert texts(after)[part] == text
    kept = {piece.part: piece.text for piece in split(after) if piece.part is not part}
    assert kept == before


@given(BODIES, st.sampled_from(Part))
def test_taking_the_words_of_a_part_out_leaves_all_others_as_they_were(
    body: str, part: Part
) -> None:
    before = {piece.part: piece.text for piece in split(body) if piece.part is not part}
    after = with_texts(body, "en", {part: ""})
    assert texts(after).get(part, "") == ""
    assert {piece.part: piece.text for piece in split(after) if piece.part is not part} == before


def test_a_part_without_words_goes_with_its_heading() -> None:
    body = "## The problem\n\nFire\n\n## Constraints\n\nNone"
    assert with_texts(body, "en", {Part.PROBLEM: ""}) == "## Constraints\n\nNone"


@given(BODIES)
def test_writing_what_stands_there_changes_no_byte(body: str) -> None:
    there = {part: text for part, text in texts(body).items() if text}
    assert with_texts(body, "en", there) == body


def test_every_shipped_challenge_has_all_parts_in_every_language() -> None:
    files = sorted((CONTENT / "challenges").glob("*.md"))
    assert files
    for path in files:
        body = path.read_text("utf-8").split("---\n", 2)[2]
        found = {piece.part for piece in split(body) if piece.text}
        assert found == set(Part) - {Part.INTRODUCTION}, path.name
        assert joined(split(body)) == body


def test_a_new_part_gets_its_heading_where_it_belongs() -> None:
    body = "## Das Problem\n\nEs brennt.\n\n## Rahmenbedingungen\n\nKeine.\n"
    after = with_texts(body, "de", {Part.USERS: "Die Feuerwehr", Part.OFFER: "Ein Haus"})
    assert after == (
        "## Das Problem\n\nEs brennt.\n\n## Wer sie nutzen würde\n\nDie Feuerwehr\n\n"
        "## Rahmenbedingungen\n\nKeine.\n\n## Was wir im Pilotprojekt bieten\n\nEin Haus"
    )


def test_headings_of_the_authors_own_stay_in_the_part_in_which_they_stand() -> None:
    body = "Hello\n\n## The problem\n\nFire\n\n## Why now\n\nWinter\n\n## Constraints\n\nNone"
    assert texts(body) == {
        Part.INTRODUCTION: "Hello",
        Part.PROBLEM: "Fire\n\n## Why now\n\nWinter",
        Part.CONSTRAINTS: "None",
    }


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("## The problem", True),
        ("# The problem", True),
        ("##The  problem ##", True),
        ("## the PROBLEM:", True),
        ("### The problem", False),
        (" ## The problem", False),
        ("## The problem with fire", False),
    ],
)
def test_what_counts_as_the_heading_of_a_part(line: str, *, is_heading: bool) -> None:
    assert (Part.PROBLEM in texts(f"{line}\n\nFire")) is is_heading


def test_dividing_takes_linear_time() -> None:
    for line in ("#" * 39_000, "## " + " #" * 19_000, "\n" * 39_000, "## \t" * 9_000):
        assert joined(split(line)) == line

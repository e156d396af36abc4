"""Finding what tells who wrote a text, and what stays readable beside it."""

import pytest

from govmatch.questionnaires import redacted
from govmatch.questionnaires.identifying import EXACT, Why, find, visible
from govmatch.questionnaires.redaction import MASK, Marks, masked, passages, written
from tests.unit.questionnaires.samples import form

NAMES = frozenset({
    "Nordlys Vision ApS", "Nordlys Vision", f"{EXACT}Nordlys", f"{EXACT}NVI", "Weserbeleg",
    "Møller & Søn", "DK 12 34 56 78", f"{EXACT}Mark", "Bo Hansen",
})  # fmt: skip


def seen(text: str) -> str:
    return masked(text, names=NAMES)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The NordlysVision app", f"The {MASK} app"),
        ("nordlys-vision and nordlys_vision", f"{MASK} and {MASK}"),
        ("Weserbelegs Regeln, Weserbelegsystem", f"{MASK} Regeln, {MASK}"),
        ("Moeller & Soen", MASK),
        ("Our number is 12345678 or DK-12345678.", f"Our number is 12345678 or {MASK}."),
        ("Mark leads; mark the date.", f"{MASK} leads; mark the date."),
        ("Nordlys over the sea, not nordlys", f"{MASK} over the sea, not nordlys"),
        ("NVI is us, nvi is not", f"{MASK} is us, nvi is not"),
        ("Nord\u00adlys Vision", MASK),
    ],
)
def test_names_are_found_however_they_are_written(text: str, shown: str) -> None:
    assert seen(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "www.weser.example", "weser.de", "see github.com/weser/rules", "ask @weserteam",
        "Tel. 0421 123456", "tlf: 12 34 56 78", "0421/123456-0", "CVR-nr. 12 34 56 78",
        "HRB 12345", "USt-IdNr. DE123456789", "Frau Dr. Petersen", "CEO Anna Schmidt",
    ],
)  # fmt: skip
def test_addresses_numbers_and_titles_are_found_without_any_name(text: str) -> None:
    assert MASK in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Half of all cases, against a tenth today.", "18,000 a year; 54000.00 EUR in 2026-2027",
        "Due on 01/02/2026 or 2026-02-01.", "Version 10.2.0 runs in 0.35 s on 4 cores",
        "It works.Then it stops.", "From 08:00 to 16:00, up to 20 000 files a day.",
        "See section 3.2.1; ISO 27001, WCAG 2.2, EN 16931.",
    ],
)  # fmt: skip
def test_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert masked(text) == text


def test_what_overlaps_is_one_passage_and_what_is_by_hand_stays_so() -> None:
    found = find("Bo Hansen of Hansen Lab", ["Bo Hansen"], ["hansen of hansen"])
    assert [(one.start, one.end, one.why) for one in found] == [(0, 19, Why.HAND)]


def test_invisible_characters_are_taken_out_before_anything_is_looked_for() -> None:
    assert visible("We\u200bser\u2060beleg") == "Weserbeleg"


def test_a_place_that_is_shown_by_hand_is_shown_there_and_nowhere_else() -> None:
    """The same word with other words around it stays hidden."""
    text = "Mark leads the work. Later on we hand it to Mark again."
    first = passages("idea", text, Marks(names=NAMES))[0]
    marks = Marks(names=NAMES, shown=frozenset({first.key}))
    blind = redacted(form(), {"idea": text}, marks=marks)["idea"]
    assert blind == f"Mark leads the work. Later on we hand it to {MASK} again."
    assert masked("Mark leads the firm.", marks=marks, field="idea") == f"{MASK} leads the firm."
    assert masked(text, marks=marks, field="plan").startswith(MASK)


def test_what_is_hidden_by_hand_is_hidden_wherever_it_stands() -> None:
    """Also where a new version of the text says it elsewhere, in other letters and line breaks."""
    marks = Marks(hidden=("the blue house",))
    assert masked("We are The  Blue\nHouse.", marks=marks) == f"We are {MASK}."


def test_a_whole_answer_is_hidden_by_hand() -> None:
    blind = redacted(form(), {"idea": "Ours"}, marks=Marks(whole=frozenset({"idea"})))
    assert blind == {"idea": {"hidden": True}}


def test_every_written_answer_is_shown_to_be_corrected() -> None:
    texts = list(written(form(), {"idea": "By Weserbeleg"}, Marks(names=NAMES)))
    assert [(one.field, one.text) for one in texts] == [("idea", "By Weserbeleg")]
    assert [one.why for one in texts[0].passages] == [Why.NAME]

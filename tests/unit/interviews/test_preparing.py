"""What reviews suggest to ask, and in which words."""

from govmatch.interviews.models import Because
from govmatch.interviews.preparing import Given, Suggestion, suggestions, words_of
from govmatch.kit.i18n import LANGUAGES


def given(fit: int | None, team: int | None, *left: str, sure: str = "high") -> Given:
    return Given({"fit": fit, "team": team}, frozenset(left), sure)


def test_what_reviewers_part_on_is_asked_about_in_the_order_of_the_criteria() -> None:
    found = suggestions([given(1, 4), given(4, 2)], ["team", "fit"])
    assert found == [
        Suggestion("team", (Because.DISAGREEMENT,)),
        Suggestion("fit", (Because.DISAGREEMENT,)),
    ]


def test_one_point_apart_is_nothing_to_ask_about() -> None:
    assert suggestions([given(3, 4), given(4, 4)], ["fit", "team"]) == []
    assert suggestions([], ["fit", "team"]) == []


def test_points_that_somebody_did_not_give_and_doubt_are_asked_about() -> None:
    found = suggestions([given(None, 4, "fit"), given(4, 4, sure="low")], ["fit", "team"])
    assert found == [
        Suggestion("fit", (Because.ABSTENTION,)),
        Suggestion("", (Because.CONFIDENCE,)),
    ]


def test_no_word_of_a_question_tells_why_it_is_asked() -> None:
    for lang in LANGUAGES:
        for text in (words_of("Fit", lang), words_of("", lang)):
            assert text
            for word in ("review", "point", "jury", "Punkt", "Gutacht", "bedøm"):
                assert word.lower() not in text.lower()
    assert "“Fit”" in words_of("Fit", "en")
    assert words_of("Fit", "de") != words_of("Fit", "en") != words_of("Fit", "da")

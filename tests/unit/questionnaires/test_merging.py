"""Questions that stand in one file per language become one definition."""

from typing import Any

import pytest

from govmatch.kit.i18n import say
from govmatch.questionnaires import dump_questions, load_questions, merge_translations

ENGLISH: list[dict[str, Any]] = [
    {
        "id": "recognition",
        "type": "long_text",
        "label": "How do you recognise products?",
        "help": "Say how often it fails.",
        "required": True,
        "max_words": 250,
        "criterion": "fit",
    },
    {
        "id": "stage",
        "type": "choice",
        "label": "How far is it?",
        "options": [{"value": "idea", "label": "An idea"}, {"value": "use", "label": "In use"}],
    },
]
GERMAN: list[dict[str, Any]] = [
    {**ENGLISH[0], "label": "Wie erkennen Sie Produkte?", "help": "Wie oft misslingt es?"},
    {
        **ENGLISH[1],
        "label": "Wie weit ist es?",
        "options": [{"value": "idea", "label": "Idee"}, {"value": "use", "label": "Im Einsatz"}],
    },
]


def problems(lists: dict[str, Any]) -> list[tuple[str, tuple[str | int, ...], str]]:
    return [
        (lang, problem.path, say(problem.message, "en"))
        for lang, problem in merge_translations(lists).problems
    ]


def test_texts_of_all_files_stand_together() -> None:
    merged = merge_translations({"en": ENGLISH, "de": GERMAN})
    assert merged.problems == []
    questions = load_questions(merged.data)
    assert questions[0].label == {
        "en": "How do you recognise products?", "de": "Wie erkennen Sie Produkte?",
    }  # fmt: skip
    assert questions[1].options[1].label == {"en": "In use", "de": "Im Einsatz"}
    assert questions[0].max_words == 250


def test_each_file_can_be_written_back() -> None:
    questions = load_questions(merge_translations({"en": ENGLISH, "de": GERMAN}).data)
    assert dump_questions(questions, lang="en") == ENGLISH
    assert dump_questions(questions, lang="de") == GERMAN


def test_no_file_with_questions_is_no_problem() -> None:
    assert merge_translations({"en": None, "de": []}) == ([], [])


@pytest.mark.parametrize(
    ("change", "path", "text"),
    [
        ({"max_words": 200}, (0, "max_words"), "max_words is not the same as in en."),
        ({"required": None}, (0, "required"), "required is not the same as in en."),
        ({"help": None}, (0,), "The key help is missing here."),
    ],
)
def test_a_file_that_differs_is_named_with_the_key(
    change: dict[str, Any], path: tuple[str | int, ...], text: str
) -> None:
    changed = {key: one for key, one in {**GERMAN[0], **change}.items() if one is not None}
    german = [changed, GERMAN[1]]
    assert problems({"en": ENGLISH, "de": german}) == [("de", path, text)]


def test_a_file_with_other_questions_is_named_and_its_texts_are_left_out() -> None:
    lists = {"en": ENGLISH, "de": GERMAN[:1]}
    text = "Not the same questions as in en; expected are: recognition, stage."
    assert problems(lists) == [("de", (), text)]
    questions = load_questions(merge_translations(lists).data)
    assert questions[0].label == {"en": "How do you recognise products?"}


def test_other_options_are_named() -> None:
    german = [GERMAN[0], {**GERMAN[1], "options": GERMAN[1]["options"][:1]}]
    found = problems({"en": ENGLISH, "de": german})
    assert found == [("de", (1, "options"), "options is not the same as in en.")]


@pytest.mark.parametrize("wrong", ["text", {"id": "a"}, 7])
def test_what_is_no_list_is_named(wrong: Any) -> None:
    assert problems({"en": ENGLISH, "de": wrong}) == [("de", (), "A list is expected here.")]
    assert problems({"en": wrong, "de": ENGLISH})[0] == ("en", (), "A list is expected here.")


def test_questions_that_are_no_mappings_reach_the_reading_that_refuses_them() -> None:
    merged = merge_translations({"en": ["x"], "de": ["x"]})
    assert merged.problems == []
    with pytest.raises(ValueError, match="The key type is missing here"):
        load_questions(merged.data)


def test_a_key_with_nothing_behind_it_is_left_out_on_purpose() -> None:
    german = [{**GERMAN[0], "help": None}, GERMAN[1]]
    merged = merge_translations({"en": ENGLISH, "de": german})
    assert merged.problems == []
    assert set(merged.data[0]["help"]) == {"en"}


def test_a_language_without_a_file_stands_in_another_and_never_beside_its_own() -> None:
    english = [{**ENGLISH[0], "label": {"en": "One", "da": "En", "de": "Not this"}}, ENGLISH[1]]
    merged = merge_translations({"en": english, "de": GERMAN})
    assert merged.problems == []
    label = merged.data[0]["label"]
    assert (label["en"], label["da"]) == ("One", "En")
    assert label["de"] == GERMAN[0]["label"]

"""Letters are whole in every language, and whoever's words stand in them stay words."""

import re

import pytest

from govmatch.decisions.letter_texts import plain
from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.markdown import render
from tests.unit.decisions.acting import FOLDER

NAMES = [
    "ended",
    "ended_sealed",
    "ineligible",
    "not_selected",
    "promoted",
    "reserve",
    "selected",
    "withdrawn",
]
LETTERS = FOLDER / "decisions" / "letters"
WITH_DATE = {"selected", "promoted"}


def values(name: str, lang: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", (LETTERS / f"{name}.{lang}.md").read_text("utf-8")))


def test_there_is_a_text_for_each_outcome_and_language_and_no_other() -> None:
    assert {path.name for path in LETTERS.iterdir()} == {
        f"{name}.{lang}.md" for name in NAMES for lang in LANGUAGES
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_text_names_the_same_in_each_language(name: str) -> None:
    assert len({frozenset(values(name, lang)) for lang in LANGUAGES}) == 1
    used = values(name, "en")
    assert {"firm", "challenge", "authority", "reference", "contact"} <= used
    assert ("confirm_by" in used) == (name in WITH_DATE)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_begins_with_its_subject_alone(name: str, lang: str) -> None:
    subject, blank, *_ = (LETTERS / f"{name}.{lang}.md").read_text("utf-8").split("\n")
    assert (subject[-len("{challenge}") :], blank) == ("{challenge}", "")


@pytest.mark.parametrize(
    "words",
    [
        "[a](https://evil.example)",
        "<b>bold</b>",
        "# heading",
        "- item",
        "1. item",
        "*a* _b_ `c`",
        "> quote",
        "a\n===",
        "| a | b |\n|---|---|",
    ],
)
def test_words_stay_words(words: str) -> None:
    html = str(render(plain(words)))
    assert re.sub(r"</?p>|\n", "", html).count("<") == 0

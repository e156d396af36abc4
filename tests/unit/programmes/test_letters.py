"""Letters of a programme: whole in every language, checked, and filled in without surprises."""

import re
import shutil
from pathlib import Path

import pytest

from govmatch.kit.content import Folder, Problem
from govmatch.kit.i18n import LANGUAGES, Lang, as_lang
from govmatch.programmes.content import ProgrammeData, read_programmes
from govmatch.programmes.letters import (
    ALWAYS,
    LABELS,
    NEEDED,
    LetterName,
    LetterText,
    default_folder,
    default_text,
    filled_in,
    letter_faults,
    placeholders,
)
from govmatch.settings import shipped

CONTENT = shipped("content")
GOOD = """You are selected: {challenge}

Dear {firm}, it is about {challenge}, number {reference}. Please answer by {confirm_by}.
Ask {contact}.

{authority}
"""


def marks(name: LetterName, lang: Lang) -> set[str]:
    return set(re.findall(r"{(\w+)}", default_text(name, lang).body))


def test_there_is_a_text_for_each_letter_and_language_and_no_other() -> None:
    assert {path.name for path in default_folder().iterdir()} == {
        f"{name}.{lang}.md" for name in LetterName for lang in LANGUAGES
    }
    assert set(LABELS) == set(NEEDED) == set(LetterName)


@pytest.mark.parametrize("name", LetterName)
def test_a_shipped_text_says_the_same_in_each_language(name: LetterName) -> None:
    used = [marks(name, lang) for lang in LANGUAGES]
    assert used[0] == used[1] == used[2]
    assert ALWAYS | {"firm"} | NEEDED[name] <= used[0] <= placeholders(name)
    for lang in LANGUAGES:
        assert list(letter_faults(name, default_text(name, lang))) == []


@pytest.mark.parametrize("name", LetterName)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shipped_text_begins_with_its_subject_alone(name: LetterName, lang: str) -> None:
    raw = (default_folder() / f"{name}.{lang}.md").read_text("utf-8")
    subject, blank, *_ = raw.split("\n")
    assert (subject[-len("{challenge}") :], blank) == ("{challenge}", "")


def test_values_are_put_in_as_they_are_and_not_looked_through_again() -> None:
    values = {"firm": "{authority} {firm.__class__}", "authority": "We"}
    text = "{firm}, {authority}, {unknown}, {}, {firm.__class__}, {0}, {"
    assert filled_in(text, values) == (
        "{authority} {firm.__class__}, We, {unknown}, {}, {firm.__class__}, {0}, {"
    )


def with_letter(
    folder: Path, text: str, *, name: str = "selected.de.md", slug: str = "govtech"
) -> tuple[dict[str, ProgrammeData], list[Problem]]:
    """Return what is read of the shipped programmes with one letter written otherwise."""
    shutil.copytree(CONTENT / "programmes", folder / "programmes")
    path = folder / "programmes" / slug / "letters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    problems: list[Problem] = []
    return read_programmes(Folder(folder), problems), problems


FAULTS = [
    ("{firm}", "{company}", 3, "body", "{mark} is nothing that can be filled in here."),
    ("selected: {challenge}", "selected: {firm}", 1, "subject",
     "{mark} is nothing that can be filled in here."),
    ("Please answer by {confirm_by}.", "Answer.", 3, "body", "{mark} is missing."),
    ("Ask {contact}.", "Ask.", 3, "body", "{mark} is missing."),
    ("Ask {contact}.", "<b>Ask</b> {contact}.", 4, "body",
     "HTML is not read; it would be shown as it stands."),
    ("Ask {contact}.", "Ask {contact}. }", 4, "body", "A brace stands alone."),
    ("{confirm_by}", "{confirm_by.year}", 3, "body",
     "{mark} is nothing that can be filled in here."),
    ("You are selected: {challenge}", "", 1, "subject", "There is no text."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "field", "message"), FAULTS)
def test_a_fault_of_a_letter_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, field: str, message: str
) -> None:
    assert old in GOOD
    found, problems = with_letter(tmp_path, GOOD.replace(old, new, 1))
    first = problems[0]
    assert (first.path, first.line, first.field, first.message.text) == (
        "programmes/govtech/letters/selected.de.md", line, field, message,
    )  # fmt: skip
    assert first.remedy.text
    assert "govtech" not in found


def test_a_right_letter_is_taken(tmp_path: Path) -> None:
    found, problems = with_letter(tmp_path, GOOD)
    assert problems == []
    own = found["govtech"].letters["selected"]["de"]
    assert own["subject"] == "You are selected: {challenge}"
    assert own["body"] == GOOD.partition("\n")[2].strip()


def test_a_programme_writes_what_differs_and_its_template_says_the_rest(tmp_path: Path) -> None:
    slug = "bremen-wirtschaft-digital"
    found, problems = with_letter(tmp_path / "one", GOOD, slug=slug)
    assert [(one.path.rsplit("/", 1)[-1], one.field) for one in problems] == [
        ("selected.da.md", "lang"),
        ("selected.en.md", "lang"),
    ]
    assert slug not in found
    folder = tmp_path / "two"
    shutil.copytree(tmp_path / "one" / "programmes", folder / "programmes")
    for lang in LANGUAGES:
        (folder / "programmes" / slug / "letters" / f"selected.{lang}.md").write_text(GOOD)
    again: list[Problem] = []
    whole = read_programmes(Folder(folder), again)
    assert again == []
    assert whole[slug].letters["selected"]["en"]["subject"] == "You are selected: {challenge}"
    assert whole[slug].letters["reserve"] == whole["govtech"].letters["reserve"]
    assert whole["govtech"].letters["selected"]["en"]["subject"] != whole[slug].letters["selected"]


@pytest.mark.parametrize(
    "name", ["welcome.de.md", "selected.fr.md", "selected.md", "Selected.de.md"]
)
def test_a_file_that_is_no_letter_is_named(tmp_path: Path, name: str) -> None:
    _, problems = with_letter(tmp_path, GOOD, name=name)
    assert [(one.path.rsplit("/", 1)[-1], one.message.text) for one in problems] == [
        (name, "The file's name is not that of a letter.")
    ]


def test_letters_of_a_programme_that_is_not_there_are_named(tmp_path: Path) -> None:
    found, problems = with_letter(tmp_path, GOOD, slug="govtec")
    assert [(one.path, one.message.text) for one in problems] == [
        ("programmes/govtec/letters", "There is no programme {slug}.")
    ]
    assert set(found) == {"govtech", "bremen-wirtschaft-digital"}


def test_what_is_too_long_is_named() -> None:
    text = LetterText("x" * 151, "y" * 10_001)
    found = [one.field for one in letter_faults(LetterName.ENDED, text)]
    assert found[:2] == ["subject", "body"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_request_says_nothing_until_somebody_wrote_what_is_missing(lang: str) -> None:
    assert "{missing}" in default_text(LetterName.INCOMPLETE, as_lang(lang)).body

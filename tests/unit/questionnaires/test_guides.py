"""Guides that a question names: they are there in each language, and open beside the form."""

import re
from pathlib import Path

import pytest
import yaml

from govmatch.explore.pages_on_disk import all_pages
from govmatch.kit.i18n import LANGUAGES, Lang, say
from govmatch.questionnaires import GUIDES, answers_form, check, dump, load
from govmatch.settings import Settings
from tests.unit.questionnaires.pages import show

CONTENT = Path(__file__).parents[3] / "content"
QUESTION = {"id": "safe", "type": "text", "label": "How safe is it?", "guide": "security"}
DATA = {"sections": [{"id": "one", "title": "One", "questions": [QUESTION]}]}


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(data_dir=Path("/nowhere"), content_dir=CONTENT)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(GUIDES))
def test_each_part_is_on_its_page_in_each_language(
    settings: Settings, name: str, lang: Lang
) -> None:
    guide = GUIDES[name]
    page = all_pages(settings)[(guide.page, lang)]
    heading = re.search(rf'<h2 id="part-{guide.part}">(.*?)</h2>', page.html)
    assert heading is not None, f"{guide.page} has no part {guide.part}"
    # The link is called after the heading, or as much of it as says where one is.
    words = re.sub(r"<[^>]*>", "", heading[1]).casefold()
    called = say(guide.title, lang).casefold()
    assert words == called or words in called or called.split()[0] in page.title.casefold() + words


def test_a_question_with_a_guide_links_to_its_part_in_a_page_of_its_own() -> None:
    html = show("section", "de", form=answers_form(load(DATA).sections[0], {}, "de"))
    assert 'href="/pages/guide-security#part-2" target="_blank" rel="noopener"' in html
    assert "Sicherheit: Wonach Sie gefragt werden" in html
    assert "öffnet einen neuen Tab" in html


def test_an_unknown_guide_is_named_with_those_that_there_are() -> None:
    wrong = {"sections": [{**DATA["sections"][0], "questions": [{**QUESTION, "guide": "luck"}]}]}
    (problem,) = check(wrong)
    assert problem.path == ("sections", 0, "questions", 0, "guide")
    assert str(problem.message).startswith("Unknown name luck. Possible are: application, papers")


def test_guide_and_profile_are_read_back_as_they_were_written() -> None:
    both = {**QUESTION, "profile": "references"}
    data = {"sections": [{**DATA["sections"][0], "questions": [both]}]}
    assert load(dump(load(data))) == load(data)
    assert load(data).questions[0].profile == "references"
    choice = {**QUESTION, "type": "date", "profile": "references"}
    assert check({"sections": [{**DATA["sections"][0], "questions": [choice]}]})


def test_the_shipped_form_names_guides_where_they_are_needed() -> None:
    form = yaml.safe_load((CONTENT / "programmes/govtech.yaml").read_text("utf-8"))
    questions = load(form["form"], currency="EUR").questions
    named = {one.id: one.guide for one in questions if one.guide}
    assert named == {"motivation": "application", "technology": "security", "total-price": "money"}
    own = {one["id"]: one["question"].get("guide") for one in form["criteria"] if "question" in one}
    assert own == {
        "data-protection": "data", "accessibility": "accessibility", "sustainability": None,
    }  # fmt: skip

"""Two people write in one draft: nothing of either is lost, and nothing is refused for nothing."""

import pytest

from govmatch.challenges.models import ChallengeVersion
from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, fields_of, save, section_form, typed

BODY = "## The problem\n\nFire.\n\nSmoke.\n\nAsh."
WORDS = {"en": Words(title="T", summary="S", body=BODY)}


def test_two_who_save_different_sections_never_meet(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "users")
    older = section_form(asger, slug, "budget")
    save(astrid, slug, "problem", problem__en="All new")
    save(astrid, slug, "topic", title__en="Another title")
    assert asger.post(editor(slug, "users"), typed(old, users__en="We")).status_code == 303
    assert asger.post(editor(slug, "budget"), typed(older, budget_max="7")).status_code == 303
    says = desk.says(slug)
    assert says.words["en"].title == "Another title"
    assert says.words["en"].body == ("## The problem\n\nAll new\n\n## Who would use it\n\nWe")
    assert says.budget_max == 7
    assert desk.kept(slug).revision == 5


@pytest.mark.security(28)
def test_two_who_save_one_section_get_what_both_wrote(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "problem")
    save(astrid, slug, "problem", problem__en="Big fire.\n\nSmoke.\n\nAsh.", problem__de="Feuer")
    mine = typed(old, problem__en="Fire.\n\nSmoke.\n\nCold ash.", problem__da="Ild")
    answer = asger.post(editor(slug, "problem"), mine)
    assert answer.status_code == 303
    page = text_of(asger.get(answer.headers["location"]).text)
    assert "together with what somebody else has written here" in page
    words = desk.says(slug).words
    assert words["en"].body == "## The problem\n\nBig fire.\n\nSmoke.\n\nCold ash."
    assert (words["de"].body, words["da"].body) == (
        "## Das Problem\n\nFeuer",
        "## Problemet\n\nIld",
    )


@pytest.mark.security(28)
def test_who_changes_the_same_lines_sees_both_versions_and_loses_nothing(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "problem")
    save(astrid, slug, "problem", problem__en="Hers.\n\nSmoke.\n\nAsh.", problem__de="Feuer")
    mine = typed(old, problem__en="His.\n\nSmoke.\n\nCold ash.")
    answer = asger.post(editor(slug, "problem"), mine)
    assert answer.status_code == 409
    page = text_of(answer.text)
    assert "Somebody else changed the same words while you were writing" in page
    assert "Problem in English Hers. His." in page, "both versions, side by side"
    assert "Hers." in desk.says(slug).words["en"].body, "nothing is overwritten unseen"
    again = fields_of(answer.text, editor(slug, "problem"))
    assert again["problem-en"] == ["His.\n\nSmoke.\n\nCold ash."]
    assert again["problem-de"] == ["Feuer"], "what does not clash is there already"
    assert asger.post(editor(slug, "problem"), again).status_code == 303, "now it has been seen"
    words = desk.says(slug).words
    assert words["en"].body == "## The problem\n\nHis.\n\nSmoke.\n\nCold ash."
    assert words["de"].body == "## Das Problem\n\nFeuer"


def test_facts_that_both_changed_are_shown_side_by_side(desk: Desk) -> None:
    slug = desk.draft()
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "timeline")
    save(astrid, slug, "timeline", closes="2027-06-01T12:00", opens="2027-03-01T09:00")
    answer = asger.post(editor(slug, "timeline"), typed(old, closes="2027-07-01T12:00"))
    assert answer.status_code == 409
    page = text_of(answer.text)
    assert "Deadline 1 June 2027, 12:00 CEST 1 July 2027, 12:00 CEST" in page
    again = fields_of(answer.text, editor(slug, "timeline"))
    assert (again["closes"], again["opens"]) == (["2027-07-01T12:00"], ["2027-03-01T09:00"])
    assert asger.post(editor(slug, "timeline"), again).status_code == 303
    says = desk.says(slug)
    assert says.closes is not None
    assert says.opens is not None
    assert (says.closes.month, says.opens.month) == (7, 3)


def test_what_somebody_ticked_meanwhile_stays_ticked_beside_a_clash(desk: Desk) -> None:
    slug = desk.draft(words=WORDS, technologies=())
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "topic")
    save(astrid, slug, "topic", title__en="Hers", technology=["sensors"], summary__de="Kurz")
    answer = asger.post(editor(slug, "topic"), typed(old, title__en="His", theme=["culture"]))
    assert answer.status_code == 409
    again = fields_of(answer.text, editor(slug, "topic"))
    assert (again["title-en"], again["summary-de"]) == (["His"], ["Kurz"])
    assert again["technology[]"] == ["sensors"]
    assert asger.post(editor(slug, "topic"), again).status_code == 303
    says = desk.says(slug)
    assert (says.technologies, says.themes) == (("sensors",), ("culture",))


def test_an_error_does_not_forget_on_which_page_it_was_typed(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "budget")
    save(astrid, slug, "budget", pilots_max="1")
    wrong = asger.post(editor(slug, "budget"), typed(old, budget_max="much"))
    assert wrong.status_code == 422
    again = typed(fields_of(wrong.text, editor(slug, "budget")), budget_max="9000")
    assert asger.post(editor(slug, "budget"), again).status_code == 303
    says = desk.says(slug)
    assert (says.pilots_max, says.budget_max) == (1, 9_000), "her change was not undone"


@pytest.mark.parametrize("revision", ["", "0", "99", "-1", "x", "9" * 40])
def test_a_page_of_which_nobody_knows_what_it_showed_asks_first(desk: Desk, revision: str) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(section_form(browser, slug, "budget"), budget_max="5", revision=revision)
    answer = browser.post(editor(slug, "budget"), fields)
    assert answer.status_code == 409
    assert desk.kept(slug).revision == 1
    again = fields_of(answer.text, editor(slug, "budget"))
    assert browser.post(editor(slug, "budget"), again).status_code == 303
    assert desk.says(slug).budget_max == 5


def test_a_draft_from_before_versions_were_kept_is_merged_too(desk: Desk) -> None:
    slug = desk.draft(words=WORDS)
    desk.empty(ChallengeVersion)
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = section_form(asger, slug, "problem")
    save(astrid, slug, "problem", problem__en="Big fire.\n\nSmoke.\n\nAsh.")
    mine = typed(old, problem__en="Fire.\n\nSmoke.\n\nCold ash.")
    assert asger.post(editor(slug, "problem"), mine).status_code == 303
    assert desk.says(slug).words["en"].body.endswith("Big fire.\n\nSmoke.\n\nCold ash.")

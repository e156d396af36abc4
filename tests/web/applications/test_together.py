"""Two colleagues in one section, answers of before, and whoever is no longer there."""

import json
import re
from copy import deepcopy
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import update

from govmatch.accounts.models import RoleRow
from govmatch.applications.models import SectionWriter
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.organisations.models import Firm
from tests.site import Browser, Site, hidden, text_of
from tests.web.applications.doing import LONG, applied, begin, kept, save, versions
from tests.web.applications.world import World

HTMX = {"hx-request": "true"}
FIRST = "One\n\nTwo\n\nThree"


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


@pytest.fixture
def carla(site: Site, world: World) -> Browser:
    return site.as_(world.carla)


@pytest.fixture
def page(bo: Browser) -> str:
    address = begin(bo)
    save(bo, address, "idea", {"q-solution": FIRST})
    return f"{address}/sections/idea"


def opened(browser: Browser, page: str) -> dict[str, str]:
    """Return the hidden fields of the page as it is open in a browser."""
    return hidden(browser.get(page).text, page)


def by_itself(browser: Browser, page: str, form: dict[str, str], **fields: str) -> Any:
    return browser.post(page, {**form, **fields}, headers=HTMX)


def renewed(form: dict[str, str], answer: Any) -> dict[str, str]:
    """Return the hidden fields after the page took in what a save by itself answered."""
    found = re.findall(r'name="(revision|base)" value="([^"]*)"', answer.text)
    return {**form, **{name: unescape(value) for name, value in found}}


# One text of two


def test_what_two_wrote_in_different_paragraphs_is_both_kept_and_said(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    of_bo, of_carla = opened(bo, page), opened(carla, page)
    carla.post(page, {**of_carla, "q-solution": "One\n\nTwo\n\nThree of Carla"})
    answer = bo.post(page, {**of_bo, "q-solution": "One of Bo\n\nTwo\n\nThree"})
    assert answer.status_code == 303
    assert kept(site)[0].answers["solution"] == "One of Bo\n\nTwo\n\nThree of Carla"
    told = text_of(bo.get(answer.headers["location"]).text)
    assert "Carla had saved this section meanwhile. Your text and theirs are both in it." in told


def test_a_save_by_itself_brings_the_other_text_into_the_open_page(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    of_bo, of_carla = opened(bo, page), opened(carla, page)
    by_itself(carla, page, of_carla, **{"q-solution": "One\n\nTwo\n\nThree of Carla"})
    answer = by_itself(bo, page, of_bo, **{"q-solution": "One of Bo\n\nTwo\n\nThree"})
    assert "together with what Carla wrote" in text_of(answer.text)
    (joined,) = re.findall(r'data-gm-joined="([^"]*)"', answer.text)
    both = "One of Bo\n\nTwo\n\nThree of Carla"
    assert json.loads(unescape(joined))[0]["fields"] == {"q-solution": [both]}
    went_on = renewed(of_bo, answer)
    again = by_itself(bo, page, went_on, **{"q-solution": f"{both}\n\nFour"})
    assert "together" not in text_of(again.text)
    assert kept(site)[0].answers["solution"] == f"{both}\n\nFour"


def test_whoever_never_heard_that_texts_came_together_does_not_undo_it(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    """The answer to the first save got lost on its way, so the page goes on from what it knew."""
    of_bo, of_carla = opened(bo, page), opened(carla, page)
    by_itself(carla, page, of_carla, **{"q-solution": "One\n\nTwo\n\nThree of Carla"})
    mine = {"q-solution": "One of Bo\n\nTwo\n\nThree"}
    by_itself(bo, page, of_bo, sequence="1", **mine)
    by_itself(bo, page, of_bo, sequence="2", **mine, **{"q-days": "3"})
    answers = kept(site)[0].answers
    assert answers == {"solution": "One of Bo\n\nTwo\n\nThree of Carla", "days": "3"}


def test_a_save_whose_answer_got_lost_is_followed_by_the_next(
    site: Site, bo: Browser, page: str
) -> None:
    form = opened(bo, page)
    by_itself(bo, page, form, sequence="1", **{"q-solution": "First"})
    by_itself(bo, page, form, sequence="2", **{"q-solution": "Second"})
    by_itself(bo, page, form, sequence="1", **{"q-solution": "First"})
    assert kept(site)[0].answers["solution"] == "Second"


def test_where_both_changed_one_paragraph_the_two_stand_side_by_side(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    of_bo, of_carla = opened(bo, page), opened(carla, page)
    carla.post(page, {**of_carla, "q-solution": "One\n\nTwo of Carla\n\nThree", "q-days": "7"})
    answer = bo.post(page, {**of_bo, "q-solution": "One\n\nTwo of Bo\n\nThree"})
    assert answer.status_code == 409
    assert re.findall(r"<mark>([^<]*)</mark>", answer.text) == ["Two of Carla", "Two of Bo"]
    days = re.search(r'<input[^>]*name="q-days"[^>]*value="7"', answer.text)
    assert days, "what only Carla changed is in Bo's form already"
    assert 'data-save="no"' in answer.text
    assert kept(site)[0].answers["solution"] == "One\n\nTwo of Carla\n\nThree"
    both = {**hidden(answer.text, page), "q-solution": "One\n\nTwo of both\n\nThree", "q-days": "7"}
    assert bo.post(page, both).status_code == 303
    assert kept(site)[0].answers["solution"] == "One\n\nTwo of both\n\nThree"


# Each sees the other


def test_colleagues_who_have_a_section_open_see_each_other(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    assert text_of(bo.post(f"{page}/here", headers=HTMX).text) == ""
    assert "Bo is writing in this section too." in text_of(carla.get(page).text)
    told = text_of(carla.post(f"{page}/here", headers=HTMX).text)
    assert told.startswith("Bo is writing in this section too.")
    assert "Carla is writing" in text_of(bo.post(f"{page}/here", headers=HTMX).text)
    other = page.replace("idea", "team")
    assert "is writing" not in text_of(carla.get(other).text)


def test_whoever_saves_and_goes_on_or_closes_the_page_is_no_longer_there(
    site: Site, bo: Browser, carla: Browser, page: str
) -> None:
    bo.post(f"{page}/here", headers=HTMX)
    bo.post(page, {**opened(bo, page), "q-solution": "On we go"})
    assert "is writing" not in text_of(carla.get(page).text)
    bo.post(f"{page}/here", headers=HTMX)
    with site.database.writing() as session:
        gone = real_now() - timedelta(seconds=61)
        session.execute(update(SectionWriter).values(at=gone))
        commit(session)
    assert "is writing" not in text_of(carla.get(page).text)


def test_nobody_else_learns_who_writes(site: Site, world: World, bo: Browser, page: str) -> None:
    bo.post(f"{page}/here", headers=HTMX)
    for name in ("dieter", "astrid", "eva", "kim", "jens"):
        browser = site.as_(world.people[name])
        assert browser.post(f"{page}/here", headers=HTMX).status_code == 404
        assert browser.get(page).status_code == 404
    assert site.visit().post(f"{page}/here", headers=HTMX).status_code == 403


# A member removed while writing


def test_a_member_removed_while_writing_saves_nothing_and_loses_no_word(
    site: Site, world: World, bo: Browser, carla: Browser, page: str
) -> None:
    form = opened(carla, page)
    with site.database.writing() as session:
        gone = update(RoleRow).where(RoleRow.person_id == world.carla.id)
        session.execute(gone.values(until=real_now() - timedelta(seconds=1)))
        commit(session)
    for more in ({"headers": HTMX}, {}):
        answer = carla.post(page, {**form, "q-solution": "Carla's long text"}, **more)
        assert answer.status_code == 404
        assert "Carla&#39;s long text" in answer.text
    assert kept(site)[0].answers["solution"] == FIRST


# The same form, five times


def test_a_section_sent_five_times_is_saved_once(site: Site, bo: Browser, page: str) -> None:
    form = {**opened(bo, page), "q-solution": "Sent five times"}
    before = kept(site)[0].revision
    answers = [bo.post(page, form) for _ in range(5)]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {
        (303, page.replace("idea", "team"))
    }
    application = kept(site)[0]
    assert application.answers["solution"] == "Sent five times"
    assert application.revision == before + 1


def test_beginning_five_times_makes_one_draft(site: Site, bo: Browser) -> None:
    form = hidden(bo.get(LONG).text, LONG)
    answers = [bo.post(LONG, form) for _ in range(5)]
    assert len({one.headers["location"] for one in answers}) == 1
    assert len(kept(site)) == 1


def test_submitting_five_times_makes_one_version(site: Site, bo: Browser) -> None:
    address = applied(bo)
    form = {**hidden(bo.get(f"{address}/check").text, f"{address}/submit"), "confirmed": "yes"}
    answers = [bo.post(f"{address}/submit", form) for _ in range(5)]
    assert {one.headers["location"] for one in answers} == {f"{address}/receipts/1"}
    assert [version.number for version in versions(site)] == [1]


# Answers of before


@pytest.fixture
def second(site: Site, world: World, bo: Browser) -> str:
    """Apply once, let the firm apply again to the same questions; return the new section."""
    applied(bo)
    with site.database.writing() as session:
        programme = session.get_one(type(world.programmes["long"]), world.programmes["long"].id)
        programme.rules = {"one_application_per_firm": {"value": False}}
        commit(session)
    return f"{begin(bo)}/sections/idea"


def test_an_earlier_answer_to_the_same_question_is_offered_and_taken(
    site: Site, bo: Browser, second: str
) -> None:
    shown = bo.get(second)
    assert "What your firm has said to these questions before" in text_of(shown.text)
    (wanted,) = re.findall(r'name="take" value="([^"]+)"', shown.text)
    form = {**hidden(shown.text, second), "q-solution": "My own words.", "take": wanted}
    taken = bo.post(second, form)
    assert taken.status_code == 200
    assert "My own words.\n\nScan the label and look it up</textarea>" in taken.text
    assert kept(site)[-1].answers == {}, "nothing is saved before the button is pressed"
    assert 'data-state="unsaved"' in taken.text


def test_what_the_profile_says_is_offered_where_the_form_asks_for_it(
    site: Site, world: World, bo: Browser
) -> None:
    with site.database.writing() as session:
        programme = session.get_one(type(world.programmes["long"]), world.programmes["long"].id)
        form = deepcopy(programme.form)
        asked = [one for part in form["sections"] for one in part["questions"]]
        next(one for one in asked if one["id"] == "solution")["profile"] = "references"
        programme.form = form
        firm = session.get_one(Firm, world.firms["nordlys"].id)
        firm.references, firm.text_lang = "Three towns read their labels with it.", "da"
        commit(session)
    section = f"{begin(bo)}/sections/idea"
    shown = bo.get(section)
    assert "From your firm’s profile, last changed on" in text_of(shown.text)
    assert 'lang="da">Three towns read their labels with it.' in shown.text
    form_ = {**hidden(shown.text, section), "take": "solution:profile"}
    taken = bo.post(section, form_)
    assert "Three towns read their labels with it.</textarea>" in taken.text
    assert kept(site)[-1].answers == {}, "nothing is saved before the button is pressed"


def test_nobody_is_offered_what_another_firm_answered(
    site: Site, world: World, bo: Browser, second: str
) -> None:
    dieter = site.as_(world.dieter)
    page = f"{begin(dieter)}/sections/idea"
    shown = dieter.get(page).text
    assert "Scan the label" not in shown
    (wanted,) = re.findall(r'name="take" value="([^"]+)"', bo.get(second).text)
    forged = dieter.post(page, {**hidden(shown, page), "q-solution": "", "take": wanted})
    assert "Scan the label" not in forged.text


def test_a_draft_is_no_earlier_answer(site: Site, bo: Browser, second: str) -> None:
    save(bo, second.partition("/sections")[0], "team", {"q-skills": "Not sent in"})
    third = begin(bo)
    assert "Not sent in" not in bo.get(f"{third}/sections/team").text

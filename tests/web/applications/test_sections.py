"""/applications/{id}/sections/{section}: saved by button, by itself, by two at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, update

from govmatch.accounts.models import SessionRow
from govmatch.files.actions import UPLOADS
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.limits import spend
from tests.site import Browser, Site, hidden, text_of
from tests.unit.files import samples
from tests.web.applications.doing import begin, close, kept, save
from tests.web.applications.world import COMPLETE, World

HTMX = {"hx-request": "true"}


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


@pytest.fixture
def address(bo: Browser) -> str:
    return begin(bo)


def test_a_section_shows_its_questions_and_counts_words(bo: Browser, address: str) -> None:
    page = bo.get(f"{address}/sections/idea").text
    assert "Section 1 of 3" in text_of(page)
    assert 'data-gm-words="20"' in page
    assert 'name="q-solution"' in page
    assert 'name="q-skills"' not in page
    assert 'id="main-form"' in page


def test_saving_goes_on_to_the_next_section_and_at_last_to_the_check(
    bo: Browser, address: str
) -> None:
    leads_to = [save(bo, address, name, COMPLETE[name]).headers["location"] for name in COMPLETE]
    assert leads_to == [
        f"{address}/sections/team",
        f"{address}/sections/consent",
        f"{address}/check",
    ]
    answer = save(bo, address, "idea", {**COMPLETE["idea"], "then": "list"})
    assert answer.headers["location"] == address


def test_what_was_saved_is_there_again(bo: Browser, address: str) -> None:
    save(bo, address, "idea", {"q-solution": "Scan <b>it</b> & find", "q-days": "1,250"})
    page = bo.get(f"{address}/sections/idea").text
    assert "Scan &lt;b&gt;it&lt;/b&gt; &amp; find</textarea>" in page
    assert "Draft saved" in page
    assert 'name="revision" value="1"' in page


def test_what_is_wrong_is_kept_and_said(site: Site, bo: Browser, address: str) -> None:
    answer = save(bo, address, "idea", {"q-solution": "word " * 25, "q-days": "about ten"})
    assert answer.status_code == 422
    assert "Saved. 2 answers need another look" in text_of(answer.text)
    assert "5 words too many" in text_of(answer.text)
    assert 'value="about ten"' in answer.text
    assert kept(site)[0].answers["days"] == {"raw": "about ten"}
    shown = bo.get(f"{address}/sections/idea?show=gaps").text
    assert 'href="#f-q-days"' in shown
    for code in ("too_many_words", "not_a_number"):  # in the summary and beside the field
        assert shown.count(f'data-code="{code}"') == 2
    assert 'href="#f-q-days"' not in bo.get(f"{address}/sections/idea").text


def test_gaps_are_shown_when_asked_for(bo: Browser, address: str) -> None:
    page = bo.get(f"{address}/sections/team?show=gaps").text
    assert 'href="#f-q-skills"' in page


def test_the_language_switch_keeps_what_was_typed_and_saves_nothing(
    site: Site, bo: Browser, address: str
) -> None:
    answer = save(
        bo, address, "idea", {"q-solution": "Größe", "q-days": "12.5", "switch_lang": "de"}
    )
    assert answer.status_code == 200
    assert "Größe</textarea>" in answer.text
    assert 'value="12,5"' in answer.text
    assert kept(site)[0].answers == {}
    form = hidden(answer.text, f"{address}/sections/idea")
    assert (form["revision"], form["typed_in"]) == ("0", "de")


def test_switching_language_does_not_hide_a_colleagues_save(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    save(site.as_(world.carla), address, "idea", {"q-solution": "Carla's"})
    switched = bo.post(page, {**form, "q-solution": "Bo's", "switch_lang": "da"})
    again = hidden(switched.text, page)
    assert bo.post(page, {**again, "q-solution": "Bo's"}).status_code == 409


@pytest.mark.parametrize("section", ["nothing", "idea%00", "../idea", "1"])
def test_an_unknown_section_is_not_found(bo: Browser, address: str, section: str) -> None:
    assert bo.get(f"{address}/sections/{section}").status_code == 404
    assert bo.post(f"{address}/sections/{section}", {"q-solution": "x"}).status_code == 404


# By itself


def by_itself(browser: Browser, address: str, section: str, fields: dict[str, Any]) -> Any:
    page = f"{address}/sections/{section}"
    form = hidden(browser.get(page).text, page)
    return browser.post(page, {**form, **fields}, headers=HTMX)


def test_a_save_by_itself_answers_with_the_line_and_the_new_revision(
    site: Site, bo: Browser, address: str
) -> None:
    answer = by_itself(bo, address, "idea", {"q-solution": "Sc", "q-days": "about"})
    assert answer.status_code == 200
    assert re.fullmatch(r"Draft saved \d\d:\d\d", text_of(answer.text))
    assert 'name="revision" value="1"' in answer.text
    assert "<form" not in answer.text
    assert kept(site)[0].answers["solution"] == "Sc"
    whole = bo.get(f"{address}/sections/idea").text
    assert answer.text.strip() in whole


def test_the_button_after_a_save_by_itself_is_no_conflict(
    site: Site, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    bo.post(page, {**form, "q-solution": "Sc"}, headers=HTMX)
    assert bo.post(page, {**form, "q-solution": "Scan"}).status_code == 303
    assert kept(site)[0].answers["solution"] == "Scan"


def test_a_save_by_itself_after_the_deadline_says_why_not(
    site: Site, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    close(site, "long")
    answer = bo.post(page, {**form, "q-solution": "Sc"}, headers=HTMX)
    assert answer.status_code == 403
    assert "The deadline has passed." in answer.text


# Two at once


def test_two_colleagues_on_one_section_see_both_texts(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    carla = site.as_(world.carla)
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    save(carla, address, "idea", {"q-solution": "Carla's text"})
    answer = bo.post(page, {**form, "q-solution": "Bo's text", "q-days": "3"})
    assert answer.status_code == 409
    text = text_of(answer.text)
    assert "What Carla has saved" in text
    assert "Carla's text" in text
    assert "data-hx-post" not in answer.text, "it would be saved before both were read"
    assert "Bo's text</textarea>" in answer.text.replace("&#39;", "'")
    assert kept(site)[0].answers == {"solution": "Carla's text"}
    merged = {**hidden(answer.text, page), "q-solution": "Both texts", "q-days": "3"}
    assert bo.post(page, merged).status_code == 303
    assert kept(site)[0].answers == {"solution": "Both texts", "days": "3"}


def test_a_save_by_itself_over_a_colleagues_text_only_warns(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    save(site.as_(world.carla), address, "idea", {"q-solution": "Carla's text"})
    answer = bo.post(page, {**form, "q-solution": "Bo's"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Carla has saved this section meanwhile" in text_of(answer.text)
    assert kept(site)[0].answers == {"solution": "Carla's text"}
    warned = {**form, **dict(re.findall(r'name="(revision)" value="(\d+)"', answer.text))}
    pressed = bo.post(page, {**warned, "q-solution": "Bo's"})
    assert pressed.status_code == 409
    assert "What Carla has saved" in text_of(pressed.text)
    assert kept(site)[0].answers == {"solution": "Carla's text"}


def test_two_colleagues_on_two_sections_do_not_meet(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    carla = site.as_(world.carla)
    pages = [f"{address}/sections/idea", f"{address}/sections/team"]
    forms = [hidden(bo.get(pages[0]).text, pages[0]), hidden(carla.get(pages[1]).text, pages[1])]
    assert bo.post(pages[0], {**forms[0], "q-solution": "Scan"}).status_code == 303
    assert carla.post(pages[1], {**forms[1], "q-skills": "Optics"}).status_code == 303
    assert kept(site)[0].answers == {"solution": "Scan", "skills": "Optics"}


# After the deadline


def test_after_the_deadline_the_draft_is_kept_and_frozen(
    site: Site, bo: Browser, address: str
) -> None:
    save(bo, address, "idea", {"q-solution": "In time"})
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    close(site, "long")
    answer = bo.post(page, {**form, "q-solution": "Too late"})
    assert answer.status_code == 403
    assert "The deadline has passed." in answer.text
    assert "Too late" in answer.text
    assert kept(site)[0].answers == {"solution": "In time"}
    assert bo.get(page).headers["location"] == f"{address}/check"


# Files


def test_files_are_added_shown_and_removed(site: Site, bo: Browser, address: str) -> None:
    upload = {"q-papers": ("plan.pdf", samples.pdf(), "application/pdf")}
    assert save(bo, address, "team", {"q-skills": "x"}, files=upload).status_code == 303
    page = bo.get(f"{address}/sections/team").text
    assert re.search(rf'href="{address}/files/\w+">plan.pdf</a> \(1 KB\)', page)
    (file_id,) = kept(site)[0].answers["papers"]
    removal = {"q-skills": "x", "remove-papers": file_id}
    assert save(bo, address, "team", removal).status_code == 303
    assert "papers" not in kept(site)[0].answers
    assert bo.get(f"{address}/files/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<!doctype html><script>x()</script>", "This kind of file is not taken"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This kind of file"),
        ("page.pdf", b"<html>", "This kind of file is not taken"),
        ("active.pdf", samples.pdf(b"<< /S /JavaScript >>"), "can do something by itself"),
        ("locked.pdf", samples.pdf(b"<< /Encrypt 1 0 R >>"), "protected with a password"),
        ("both.pdf", samples.pdf(b"<html>"), "cannot be checked"),
        ("huge.png", samples.png(30_000, 30_000), "more than 100 million pixels"),
        ("letter.docx", samples.office(), "This kind of file is not taken"),
        ("program.txt", b"MZ\x00\x00", "This kind of file is not taken"),
        ("empty.txt", b"", "The file is empty."),
        ("large.txt", b"x" * 10_000_001, "At most 10 MB are possible"),
    ],
)
def test_a_file_that_is_not_safe_is_refused_and_the_text_is_saved(
    site: Site, bo: Browser, address: str, name: str, content: bytes, why: str
) -> None:
    upload = {"q-papers": (name, content, "application/pdf")}
    answer = save(bo, address, "team", {"q-skills": "Typed"}, files=upload)
    assert answer.status_code == 422
    assert name in text_of(answer.text)
    assert why in text_of(answer.text)
    assert 'value="Typed"' in answer.text
    assert kept(site)[0].answers == {"skills": "Typed"}


def test_uploads_are_limited_and_what_was_typed_is_shown(
    site: Site, bo: Browser, address: str
) -> None:
    person = kept(site)[0].created_by
    with site.database.writing() as session:
        for _ in range(UPLOADS.count):
            spend(session, UPLOADS, str(person), now=real_now() - timedelta(minutes=1))
        commit(session)
    upload = {"q-papers": ("plan.pdf", samples.pdf(), "application/pdf")}
    answer = save(bo, address, "team", {"q-skills": "Typed"}, files=upload)
    assert answer.status_code == 429
    assert "Typed" in answer.text


def test_a_files_name_is_text_and_nothing_else(site: Site, bo: Browser, address: str) -> None:
    name = "../<img src=x onerror=alert(1)>\u202e\r\nX: y.pdf"
    upload = {"q-papers": (name, samples.pdf(), "text/html")}
    save(bo, address, "team", {"q-skills": "x"}, files=upload)
    page = bo.get(f"{address}/sections/team").text
    assert "<img" not in page
    assert "\u202e" not in page
    (file_id,) = kept(site)[0].answers["papers"]
    answer = bo.get(f"{address}/files/{file_id}")
    assert answer.headers["content-type"] == "application/pdf"
    assert "\n" not in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment; ")


# What the browser may keep


def test_on_a_device_that_others_use_the_page_lets_the_browser_keep_nothing(
    site: Site, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    own = bo.get(page).text
    (key,) = re.findall(r'data-account="(\w+)"', own)
    assert 'id="draft-kept"' in own
    assert key == re.findall(r'data-account="(\w+)"', bo.get(page).text)[0]
    with site.database.writing() as session:
        session.execute(update(SessionRow).values(is_shared=True))
        commit(session)
    shared = bo.get(page).text
    assert 'data-account=""' in shared
    assert 'id="draft-kept"' not in shared
    assert "your browser keeps nothing" in text_of(shared)


def test_what_a_browser_keeps_is_kept_apart_by_account(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    page = f"{address}/sections/idea"
    keys = {
        re.findall(r'data-account="(\w+)"', one.get(page).text)[0]
        for one in (bo, site.as_(world.carla))
    }
    assert len(keys) == 2


def test_a_save_by_itself_is_one_transaction(site: Site, bo: Browser, address: str) -> None:
    page = f"{address}/sections/idea"
    form = hidden(bo.get(page).text, page)
    begun: list[str] = []

    def note(connection: Connection) -> None:
        mode = connection.get_execution_options().get("govmatch_begin", "")
        begun.append(str(mode))

    engine = site.database.engine
    event.listen(engine, "begin", note)
    try:
        answer = bo.post(page, {**form, "q-solution": "Typed"}, headers=HTMX)
    finally:
        event.remove(engine, "begin", note)
    assert answer.status_code == 200
    assert len([mode for mode in begun if mode == "IMMEDIATE"]) == 1

"""/applications/{id}/check and submit: what is missing, one button, one version."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from govmatch.applications.models import State
from govmatch.kit.db import commit
from govmatch.kit.journal import Head
from tests.site import Browser, Site, hidden, text_of
from tests.web.applications.doing import (
    LONG,
    SHORT,
    applied,
    begin,
    close,
    fill,
    kept,
    save,
    submit,
    versions,
)
from tests.web.applications.world import COMPLETE, World


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def test_what_is_missing_is_linked_to_its_field(bo: Browser) -> None:
    address = begin(bo)
    save(bo, address, "idea", {"q-solution": "Scan", "q-days": "some"})
    page = bo.get(f"{address}/check")
    assert "3 answers are still to be given or mended" in text_of(page.text)
    assert page.text.count('<li data-code="missing">') == 2
    assert page.text.count('<li data-code="not_a_number">') == 1
    for section, question in (("idea", "days"), ("team", "skills"), ("consent", "honest")):
        assert f'href="{address}/sections/{section}?show=gaps#f-q-{question}"' in page.text
    assert "You can submit as soon as nothing is missing." in text_of(page.text)
    assert f'action="{address}/submit"' not in page.text


def test_all_answers_are_there_to_be_checked(bo: Browser) -> None:
    address = begin(bo)
    fill(bo, address)
    page = bo.get(f"{address}/check").text
    assert "Scan the label and look it up" in page
    assert "Confirmed" in page
    assert f'href="{address}/sections/team"' in page
    assert "<title>Check your answers: Challenge long" in page


def test_submitting_needs_the_declaration(site: Site, bo: Browser) -> None:
    address = begin(bo)
    fill(bo, address)
    answer = submit(bo, address, confirmed="")
    assert answer.status_code == 422
    assert 'href="#f-confirmed"' in answer.text
    assert versions(site) == []
    assert submit(bo, address).status_code == 303


def test_submitting_leads_to_the_receipt(site: Site, bo: Browser) -> None:
    address = begin(bo)
    fill(bo, address)
    answer = submit(bo, address)
    assert answer.headers["location"] == f"{address}/receipts/1"
    assert kept(site)[0].state == State.SUBMITTED
    page = text_of(bo.get(f"{address}/check").text)
    assert "This is what you submitted as version 1" in page


def test_an_incomplete_draft_is_not_submitted_whatever_is_sent(site: Site, bo: Browser) -> None:
    address = begin(bo)
    fields = {"confirmed": "yes", "revision": "1", "form_key": "k"}
    answer = bo.post(f"{address}/submit", fields)
    assert answer.status_code == 422
    assert "answers are still to be given" in text_of(answer.text)
    assert versions(site) == []


def test_what_a_colleague_changed_after_the_check_is_checked_again(
    site: Site, world: World, bo: Browser
) -> None:
    address = begin(bo)
    fill(bo, address)
    form = hidden(bo.get(f"{address}/check").text, f"{address}/submit")
    save(site.as_(world.carla), address, "team", {"q-skills": "Law"})
    answer = bo.post(f"{address}/submit", {**form, "confirmed": "yes"})
    assert answer.status_code == 409
    assert "have changed since you checked them" in answer.text
    assert versions(site) == []
    assert submit(bo, address).status_code == 303


def test_after_the_deadline_the_button_is_refused_and_the_draft_kept(
    site: Site, bo: Browser
) -> None:
    address = begin(bo)
    fill(bo, address)
    form = hidden(bo.get(f"{address}/check").text, f"{address}/submit")
    close(site, "long")
    answer = bo.post(f"{address}/submit", {**form, "confirmed": "yes"})
    assert answer.status_code == 403
    assert "The deadline has passed." in answer.text
    assert (versions(site), kept(site)[0].state) == ([], State.DRAFT)
    page = bo.get(f"{address}/check")
    assert page.status_code == 200
    assert "Scan the label" in page.text
    assert "The deadline has passed." in text_of(page.text)
    assert "/sections/" not in page.text


def test_the_site_clock_decides(site: Site, bo: Browser) -> None:
    """The demonstration's clock is moved past the deadline between page and press."""
    address = begin(bo)
    fill(bo, address)
    form = hidden(bo.get(f"{address}/check").text, f"{address}/submit")
    with site.database.writing() as session:
        session.query(Head).one().clock_offset = 11 * 86400
        commit(session)
    assert bo.post(f"{address}/submit", {**form, "confirmed": "yes"}).status_code == 403
    assert versions(site) == []


def test_loading_the_buttons_address_leads_to_the_check(bo: Browser) -> None:
    address = begin(bo)
    assert bo.get(f"{address}/submit").headers["location"] == f"{address}/check"


# Once, however often the button is pressed


@pytest.mark.parametrize("times", [5])
def test_the_same_form_sent_at_once_is_one_version_and_one_receipt(
    site: Site, world: World, bo: Browser, times: int
) -> None:
    address = begin(bo)
    fill(bo, address)
    form = hidden(bo.get(f"{address}/check").text, f"{address}/submit")
    with ThreadPoolExecutor(times) as pool:
        answers = list(
            pool.map(
                lambda _: bo.post(f"{address}/submit", {**form, "confirmed": "yes"}), range(times)
            )
        )
    assert [a.status_code for a in answers] == [303] * times
    assert {a.headers["location"] for a in answers} == {f"{address}/receipts/1"}
    assert len(versions(site)) == 1


def test_a_short_form_sent_at_once_is_one_application(
    site: Site, world: World, bo: Browser
) -> None:
    form = {**hidden(bo.get(SHORT).text, SHORT), "q-title": "Probe"}
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: bo.post(SHORT, form), range(5)))
    assert [a.status_code for a in answers] == [303] * 5
    assert len({a.headers["location"] for a in answers}) == 1
    assert (len(kept(site)), len(versions(site))) == (1, 1)


def test_the_same_key_with_other_content_counts_as_new(
    site: Site, world: World, bo: Browser
) -> None:
    form = hidden(bo.get(SHORT).text, SHORT)
    first = bo.post(SHORT, {**form, "q-title": "one"})
    second = bo.post(SHORT, {**form, "q-title": "two"})
    assert first.headers["location"] != second.headers["location"]
    assert [one.title for one in kept(site)] == ["one", "two"]


def test_two_members_who_begin_at_once_share_one_draft(site: Site, world: World) -> None:
    browsers = [site.as_(world.bo), site.as_(world.carla)] * 3
    forms = [hidden(browser.get(LONG).text, LONG) for browser in browsers]
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda pair: pair[0].post(LONG, pair[1]), zip(browsers, forms, strict=True))
        )
    assert [a.status_code for a in answers] == [303] * 6
    assert len({a.headers["location"] for a in answers}) == 1
    assert len(kept(site)) == 1


def test_sections_saved_at_once_are_all_kept(site: Site, world: World, bo: Browser) -> None:
    address = begin(bo)
    pages = {name: f"{address}/sections/{name}" for name in COMPLETE}
    forms = {name: hidden(bo.get(page).text, page) for name, page in pages.items()}
    with ThreadPoolExecutor(3) as pool:
        list(
            pool.map(lambda name: bo.post(pages[name], {**forms[name], **COMPLETE[name]}), COMPLETE)
        )
    assert set(kept(site)[0].answers) == {"solution", "skills", "honest"}


def test_submitting_again_without_a_change_shows_the_receipt_there_is(
    site: Site, world: World, bo: Browser
) -> None:
    address = applied(bo)
    fields = {"confirmed": "yes", "revision": str(kept(site)[0].revision), "form_key": "new"}
    answer = bo.post(f"{address}/submit", fields)
    assert answer.headers["location"] == f"{address}/receipts/1"
    assert len(versions(site)) == 1


def test_a_form_sent_again_later_leads_to_the_receipt_it_had(
    site: Site, world: World, bo: Browser
) -> None:
    """A browser that loads the answer anew sends the form again, when all has gone on since."""
    address = begin(bo)
    fill(bo, address)
    form = {**hidden(bo.get(f"{address}/check").text, f"{address}/submit"), "confirmed": "yes"}
    assert bo.post(f"{address}/submit", form).headers["location"] == f"{address}/receipts/1"
    save(bo, address, "team", {"q-skills": "Law"})
    again = bo.post(f"{address}/submit", form)
    assert (again.status_code, again.headers["location"]) == (303, f"{address}/receipts/1")
    assert len(versions(site)) == 1

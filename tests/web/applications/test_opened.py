"""From the opening on: who reaches and finds an application, and what its firm reads."""

from datetime import timedelta

import pytest

from govmatch.applications.actions import access
from govmatch.applications.actions.moving import move
from govmatch.applications.models import Application, How, State
from govmatch.applications.models import State as Applied
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from tests.site import Browser, Site, text_of
from tests.unit.files import samples
from tests.web.applications.doing import begin, close, fill, kept, save, submit
from tests.web.applications.world import World

CANARY = "quokkaphon"
READERS = {"astrid", "eva", "jens"}
OTHERS = ["dieter", "gro", "astrid", "eva", "finn", "ida", "jens", "kim"]


@pytest.fixture
def address(site: Site, world: World) -> str:
    """The address of Bo's application after the opening, with a rare word in all it says."""
    bo = site.as_(world.bo)
    found = begin(bo)
    fill(bo, found)
    upload = {"q-papers": (f"{CANARY}.pdf", samples.pdf(CANARY.encode()), "application/pdf")}
    save(bo, found, "team", {"q-skills": f"{CANARY} of Nordlys"}, files=upload)
    save(bo, found, "idea", {"q-solution": f"{CANARY} idea"})
    assert submit(bo, found).status_code == 303
    save(bo, found, "team", {"q-skills": "zebrafish in the draft"})
    close(site, "long", at=real_now() - timedelta(minutes=5))
    return found


def open_it(site: Site, world: World) -> None:
    with site.database.writing() as session:
        (application,) = session.query(Application).all()
        application.challenge.opened_at, application.alias = real_now(), 42
        move(session, application, State.IN_REVIEW, actor=VISITOR, now=real_now())
        commit(session)


def change_access(site: Site, who: int, how: How | None) -> None:
    with site.database.writing() as session:
        (application,) = session.query(Application).all()
        given = {"why": "test", "actor": Actor(), "now": real_now()}
        if how is How.CLOSED:
            access.close(session, application, who, **given)  # type: ignore[arg-type]
        elif how is None:
            access.end(session, application, who, **given)  # type: ignore[arg-type]
        else:
            access.grant(session, application, who, how=how, **given)  # type: ignore[arg-type]
        commit(session)


def file_address(site: Site, address: str) -> str:
    (file_id,) = kept(site)[0].answers["papers"]
    return f"{address}/files/{file_id}"


def test_the_firms_pages_stay_the_firms(site: Site, world: World, address: str) -> None:
    open_it(site, world)
    public_id = address.rpartition("/")[2]
    for name in OTHERS:
        browser = site.as_(world.people[name])
        answer = browser.get(address)
        if name in READERS:
            assert answer.headers["location"] == f"/triage/{public_id}", name
        else:
            assert answer.status_code == 404, name
        for page in ("check", "submit", "withdraw", "messages", "sections/team", "receipts/1"):
            assert browser.get(f"{address}/{page}").status_code == 404, (name, page)
        for act in ("submit", "withdraw", "messages", "sections/team"):
            assert browser.post(f"{address}/{act}", {"text": "x"}).status_code == 404, (name, act)
    assert kept(site)[0].state == Applied.IN_REVIEW


def test_a_file_goes_to_readers_in_full_and_each_taking_is_kept(
    site: Site, world: World, address: str
) -> None:
    page = file_address(site, address)
    assert site.as_(world.eva).get(page).status_code == 404
    open_it(site, world)
    for name in OTHERS:
        answer = site.as_(world.people[name]).get(page)
        assert answer.status_code == (200 if name in READERS else 404), name
        if name in READERS:
            assert answer.headers["content-disposition"].startswith("attachment; ")
    site.as_(world.eva).get(page)
    assert site.visit().get(page).headers["location"].startswith("/login")
    assert site.as_(world.carla).get(page).status_code == 200
    with site.database.reading() as session:
        rows = session.query(JournalRow).filter(JournalRow.event == "FileTaken").all()
        takers = {world.people[name].id for name in READERS}
        assert sorted(row.actor_id or 0 for row in rows) == sorted(takers)


def test_blind_readers_and_those_in_conflict_get_no_file(
    site: Site, world: World, address: str
) -> None:
    page = file_address(site, address)
    open_it(site, world)
    finn = site.as_(world.finn)
    for how, status in ((How.BLIND, 404), (How.FULL, 200), (None, 404), (How.CLOSED, 404)):
        change_access(site, world.finn.id, how)
        assert finn.get(page).status_code == status, how
    change_access(site, world.eva.id, How.CLOSED)
    assert site.as_(world.eva).get(page).status_code == 404
    assert site.as_(world.eva).get(address).status_code == 404


def test_a_file_that_only_the_draft_names_is_nobody_elses(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    with site.database.writing() as session:
        (application,) = session.query(Application).all()
        (file_id,) = application.answers["papers"]
        application.current_version = 9
        commit(session)
    assert site.as_(world.eva).get(f"{address}/files/{file_id}").status_code == 404
    assert site.as_(world.bo).get(f"{address}/files/{file_id}").status_code == 200


# Search


def found_by(browser: Browser, word: str) -> str:
    answer = browser.get(f"/search?q={word}")
    assert answer.status_code == 200
    return str(answer.text)


def total(html: str) -> str:
    return html.partition("data-gm-announce>")[2].partition(" result")[0]


def test_before_the_opening_nobody_finds_it(site: Site, world: World, address: str) -> None:
    site.work()
    assert total(found_by(site.as_(world.bo), CANARY)) == "1"
    for name in OTHERS:
        page = found_by(site.as_(world.people[name]), CANARY)
        assert total(page) == "0", name
        assert address not in page, name
    assert total(found_by(site.visit(), CANARY)) == "0"


def test_from_the_opening_on_it_is_found_by_whoever_may_see_it(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    change_access(site, world.finn.id, How.BLIND)
    change_access(site, world.astrid.id, How.CLOSED)
    site.work()
    for name in OTHERS:
        page = found_by(site.as_(world.people[name]), CANARY)
        assert total(page) == ("1" if name in {"eva", "jens", "finn"} else "0"), name
        assert (address in page) is (name in {"eva", "jens"}), name
        assert ("Nordlys" in page) is (name in {"eva", "jens"}), name
        assert "zebrafish" not in page
        for word in ("zebrafish", "kind:application"):
            assert total(found_by(site.as_(world.people[name]), word)) == "0", (name, word)
    blind = found_by(site.as_(world.finn), CANARY)
    assert "Applicant 42" in blind
    assert "/reviews?challenge=long&amp;applicant=42" in blind
    for word in ("Nordlys", "kind:received", kept(site)[0].reference):
        assert total(found_by(site.as_(world.finn), word)) == "0", word
    assert total(found_by(site.as_(world.bo), CANARY)) == "1"


def test_what_is_closed_is_gone_from_search_at_once_and_from_its_count_with_the_index(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    site.work()
    eva = site.as_(world.eva)
    assert address in found_by(eva, CANARY)
    change_access(site, world.eva.id, How.CLOSED)
    assert address not in found_by(eva, CANARY)
    site.work()
    assert total(found_by(eva, CANARY)) == "0"


# What the firm reads


def show_state(site: Site, state: State, *, released: bool) -> None:
    with site.database.writing() as session:
        (application,) = session.query(Application).all()
        application.state = state.value
        application.decision_released_at = real_now() if released else None
        application.confirm_by = real_now() + timedelta(days=3) if released else None
        commit(session)


def said_in(browser: Browser, path: str) -> str:
    """Return what a page says below the bar of the demonstration, which tells the minute."""
    return text_of(browser.get(path).text.partition("<main")[2])


@pytest.mark.parametrize("state", [State.SELECTED, State.INELIGIBLE, State.SHORTLISTED])
def test_no_internal_move_shows_before_the_release(
    site: Site, world: World, address: str, state: State
) -> None:
    open_it(site, world)
    change_access(site, world.finn.id, How.BLIND)
    bo = site.as_(world.bo)
    before = said_in(bo, address), said_in(bo, "/applications")
    assert "Being assessed" in before[0]
    assert "Being assessed" in before[1]
    show_state(site, state, released=False)
    assert (said_in(bo, address), said_in(bo, "/applications")) == before


def test_a_selected_firm_is_led_to_its_letter_and_its_answer(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    show_state(site, State.SELECTED, released=True)
    page = site.as_(world.bo).get(address).text
    assert "Next: say until" in text_of(page)
    assert f'href="{address}/answer"' in page
    assert f'href="{address}/letters"' in page
    show_state(site, State.NOT_SELECTED, released=True)
    page = site.as_(world.bo).get(address).text
    assert "Not selected" in text_of(page)
    assert f'href="{address}/answer"' not in page
    assert f'href="{address}/letters"' in page


def test_a_firm_that_is_asked_for_something_is_led_there(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    show_state(site, State.INCOMPLETE, released=False)
    page = site.as_(world.bo).get(address).text
    assert "Something is missing" in text_of(page)
    assert f'href="{address}/requests"' in page


# Messages


def test_before_the_opening_there_is_nobody_to_write_to(
    site: Site, world: World, address: str
) -> None:
    bo = site.as_(world.bo)
    assert f"{address}/messages" not in bo.get(address).text
    assert "once the applications are opened" in bo.get(f"{address}/messages").text
    assert bo.post(f"{address}/messages", {"text": "Hello", "form_key": "k"}).status_code == 403


def test_the_firm_writes_to_the_authority_and_reads_along(
    site: Site, world: World, address: str
) -> None:
    open_it(site, world)
    bo, page = site.as_(world.bo), f"{address}/messages"
    assert bo.submit(page, page, {"text": "  "}).status_code == 422
    assert bo.submit(page, page, {"text": "May we **show** you?"}).status_code == 303
    shown = site.as_(world.carla).get(page).text
    assert "<strong>show</strong>" in shown
    assert "Nordlys" in text_of(shown)
    assert "1 message" in text_of(bo.get(address).text)
    with site.database.reading() as session:
        (row,) = session.query(JournalRow).filter(JournalRow.event == "FirmWrote").all()
        assert (row.subject_id, row.actor_id) == (kept(site)[0].id, world.bo.id)

"""/applications/{id}: the tasks, the receipts, what happened, the way out; and the list of all."""

import pytest
from sqlalchemy import event

from govmatch.accounts.models import Person
from govmatch.applications.models import Application, State
from govmatch.applications.receipts import Finding, verify
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.signing import Signer
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import (
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
from tests.web.applications.world import World


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def test_the_task_list_shows_how_far_each_section_is(site: Site, world: World, bo: Browser) -> None:
    address = begin(bo)
    text = text_of(bo.get(address).text)
    assert "0 of 3 required sections done" in text
    assert "1 Your idea Not started 2 Your team Not started 3 Declarations Not started" in text
    assert "Begin" in text
    save(bo, address, "idea", {"q-solution": "Scan"})
    save(site.as_(world.carla), address, "team", {"q-skills": ""})
    save(site.as_(world.carla), address, "idea", {"q-solution": "Scan it"})
    text = text_of(bo.get(address).text)
    assert "1 of 3 required sections done" in text
    assert "1 Your idea Done 2 Your team Not started" in text
    assert "Your idea: last saved by Carla," in text
    assert "Continue" in text


def test_the_one_next_thing_follows_the_state(site: Site, bo: Browser) -> None:
    address = begin(bo)
    assert f'href="{address}/sections/idea"><span class="kern-label">Begin' in bo.get(address).text
    fill(bo, address)
    assert f'href="{address}/check"><span class="kern-label">Check and' in bo.get(address).text
    submit(bo, address)
    text = text_of(bo.get(address).text)
    assert "Received. You can change and submit it again until the deadline." in text
    save(bo, address, "team", {"q-skills": "Law"})
    text = text_of(bo.get(address).text)
    assert "Changed since then Your changes count only when you submit again." in text
    assert "Check and submit again" in text
    submit(bo, address)
    close(site, "long")
    text = text_of(bo.get(address).text)
    assert "Nothing to do now: you will hear from the authority." in text
    assert "Version 2 This one counts" in text


def test_where_the_challenge_ended_early_the_reason_stands_on_the_page(
    site: Site, world: World, bo: Browser
) -> None:
    address = applied(bo)
    with site.database.writing() as session:
        challenge = session.get_one(Challenge, world.challenges["long"].id)
        challenge.state = Stage.CANCELLED
        challenge.end_reasons = {"en": "No money is left."}
        commit(session)
    page = bo.get(address).text
    text = text_of(page)
    assert "The challenge ended early. There is nothing left for you to do." in text
    assert "Why it ended: No money is left." in text
    assert "State Challenge ended early" in text
    assert "Assessed" not in text
    assert "Challenge ended early" in text_of(bo.get("/applications").text)
    with site.database.writing() as session:
        session.get_one(Person, world.bo.id).lang = "de"
        commit(session)
    german = site.as_(world.bo, lang="de").get(address).text
    assert '<span lang="en">No money is left.</span>' in german


def test_what_happened_is_told_to_the_firm(site: Site, world: World, bo: Browser) -> None:
    address = applied(bo)
    save(bo, address, "team", {"q-skills": "Law"})
    submit(site.as_(world.carla), address)
    bo.submit(address, f"{address}/withdraw", {})
    page = text_of(bo.get(address).text).partition("What happened")[2]
    order = ["Withdrawn", "Bo", "Version 2 submitted", "Carla", "Version 1 submitted", "Bo",
             "Draft started", "Bo"]  # fmt: skip
    places, start = [], 0
    for word in order:
        start = page.index(word, start) + 1
        places.append(start)
    assert places == sorted(places)


def test_a_deadline_in_another_zone_is_told_twice(site: Site, world: World, bo: Browser) -> None:
    address = begin(bo)
    assert "For you:" not in bo.get(address).text
    with site.database.writing() as session:
        session.get_one(Person, world.bo.id).zone = "America/New_York"
        commit(session)
    text = text_of(bo.get(address).text)
    assert "For you:" in text
    assert text.index("Deadline") < text.index("For you:")


# Withdrawing


def test_before_the_deadline_a_press_withdraws_and_it_can_be_submitted_again(
    site: Site, bo: Browser
) -> None:
    address = applied(bo)
    answer = bo.submit(address, f"{address}/withdraw", {})
    assert answer.headers["location"] == address
    page = text_of(bo.get(address).text)
    assert "Your application is withdrawn. You can submit it again until the deadline." in page
    assert kept(site)[0].state == State.WITHDRAWN
    assert submit(bo, address).headers["location"] == f"{address}/receipts/2"
    assert kept(site)[0].state == State.SUBMITTED


def test_after_the_deadline_it_takes_a_tick_and_is_for_good(site: Site, bo: Browser) -> None:
    address = applied(bo)
    close(site, "long")
    refused = bo.submit(address, f"{address}/withdraw", {})
    assert refused.status_code == 422
    assert 'href="#f-final"' in refused.text
    assert kept(site)[0].state == State.SUBMITTED
    assert bo.submit(address, f"{address}/withdraw", {"final": "yes"}).status_code == 303
    assert kept(site)[0].state == State.WITHDRAWN
    page = bo.get(address).text
    assert "/withdraw" not in page
    assert "/sections/" not in page


def test_a_draft_has_nothing_to_withdraw(site: Site, bo: Browser) -> None:
    address = begin(bo)
    assert "/withdraw" not in bo.get(address).text
    assert bo.post(f"{address}/withdraw", {"final": "yes"}).status_code == 403
    assert bo.get(f"{address}/withdraw").headers["location"] == f"{address}#withdraw"


# The list


def test_an_empty_list_says_the_next_step(site: Site, world: World, bo: Browser) -> None:
    assert "Find an open challenge" in bo.get("/applications").text
    assert 'href="/firm"' in site.as_(world.gro).get("/applications").text
    assert site.visit().get("/applications").headers["location"].startswith("/login?next=")


def test_the_list_names_each_application_with_its_next_step(bo: Browser) -> None:
    begin(bo)
    bo.submit(SHORT, SHORT, {"q-title": "Probe tk0123456789abcdef"})
    text = text_of(bo.get("/applications").text)
    assert "All (2) Drafts (1) Submitted (1) Withdrawn (0)" in text
    assert "Probe tk0123456789abcdef" in text
    first, listed = text.split("All (2)")
    assert "Next: complete it and submit it before the deadline. Challenge long" in first
    assert "Probe tk" not in first
    assert listed.index("Probe tk") < listed.index("Challenge long")
    assert "Next: complete it and submit it before the deadline." in listed
    drafts = text_of(bo.get("/applications?state=draft").text)
    assert "Challenge long" in drafts
    assert "Probe" not in drafts


@pytest.mark.parametrize(
    "query", ["page=2", "page=99999", "page=x", "page=-1", "state=x", "page=9e9"]
)
def test_a_page_that_is_not_there_says_so(bo: Browser, query: str) -> None:
    begin(bo)
    answer = bo.get(f"/applications?{query}")
    assert answer.status_code == 200
    shown = "Challenge long" in answer.text
    assert shown is (query in {"page=x", "page=-1", "state=x", "page=9e9"})


def more(site: Site, world: World, count: int) -> None:
    """Add as many submitted applications of Bo's firm as wanted."""
    now = real_now()
    with site.database.writing() as session:
        for number in range(count):
            session.add(
                Application(
                    public_id=f"many{number}", reference=f"A-{number}",
                    challenge_id=world.challenges["short" if number % 2 else "long"].id,
                    firm_id=world.firms["nordlys"].id, state=State.SUBMITTED, answers={},
                    title=f"Probe {number:02}", created_by=world.bo.id, created_at=now,
                    updated_at=now, submitted_at=now, current_version=1,
                )
            )  # fmt: skip
        commit(session)


def test_a_long_list_has_pages_with_every_application_once(
    site: Site, world: World, bo: Browser
) -> None:
    more(site, world, 60)
    seen: list[str] = []
    for number in range(1, 5):
        text = bo.get(f"/applications?page={number}").text
        seen += [title for title in (f"Probe {n:02}" for n in range(60)) if title in text]
    assert sorted(seen) == [f"Probe {n:02}" for n in range(60)]
    assert "Probe 59" in bo.get("/applications").text


def test_one_and_fifty_rows_take_the_same_number_of_statements(
    site: Site, world: World, bo: Browser
) -> None:
    counted: list[str] = []

    def count(_c: object, _r: object, statement: str, *_more: object) -> None:
        counted.append(statement)

    begin(bo)
    bo.get("/applications")
    event.listen(site.database.engine, "before_cursor_execute", count)
    bo.get("/applications")
    one, counted = len(counted), []
    more(site, world, 50)
    counted.clear()
    bo.get("/applications")
    event.remove(site.database.engine, "before_cursor_execute", count)
    assert len(counted) == one
    assert one <= 10


# Receipts


def test_a_receipt_shows_what_was_received_when_and_by_whom(
    site: Site, world: World, bo: Browser
) -> None:
    address = applied(bo)
    (version,) = versions(site)
    text = text_of(bo.get(f"{address}/receipts/1").text)
    for said in ("Nordlys", "Bo", "Challenge long", version.content_hash, version.public_id):
        assert said in text
    assert version.at.strftime("%Y-%m-%dT%H:%M:%SZ") in text
    assert text_of(site.as_(world.carla).get(f"{address}/receipts/1").text).count("Nordlys")


def test_an_older_receipt_says_which_version_counts(bo: Browser) -> None:
    address = applied(bo)
    save(bo, address, "team", {"q-skills": "Law"})
    submit(bo, address)
    old = bo.get(f"{address}/receipts/1").text
    assert "Version 2 counts by now" in text_of(old)
    assert f'href="{address}/receipts/2"' in old
    assert "counts by now" not in bo.get(f"{address}/receipts/2").text
    bo.submit(address, f"{address}/withdraw", {})
    assert "withdrawn later" in bo.get(f"{address}/receipts/2").text


def test_the_saved_receipt_proves_itself(site: Site, bo: Browser) -> None:
    address = applied(bo)
    answer = bo.get(f"{address}/receipts/1.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert verify(answer.text, Signer(site.settings.secret_key)).finding is Finding.GENUINE


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "1e3", "99999999999999999999", "1%00"])
def test_a_receipt_that_is_not_there_is_not_found(bo: Browser, number: str) -> None:
    address = applied(bo)
    assert bo.get(f"{address}/receipts/{number}").status_code == 404
    assert bo.get(f"{address}/receipts/{number}.txt").status_code == 404


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_every_page_speaks_the_readers_language(site: Site, world: World, lang: str) -> None:
    with site.database.writing() as session:
        session.get_one(Person, world.bo.id).lang = lang
        commit(session)
    bo = site.as_(world.bo, lang=lang)
    address = applied(bo)
    said = {
        "en": ("My applications", "Check your answers", "Your application was received"),
        "de": ("Meine Bewerbungen", "Antworten prüfen", "Ihre Bewerbung ist eingegangen"),
        "da": ("Mine ansøgninger", "Tjek dine svar", "Din ansøgning er modtaget"),
    }[lang]
    pages = ("/applications", f"{address}/check", f"{address}/receipts/1")
    for path, words in zip(pages, said, strict=True):
        page = bo.get(path).text
        assert f'<html lang="{lang}">' in page
        assert f"<h1>{words}</h1>" in page

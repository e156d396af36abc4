"""A selection on its pages: proposed, confirmed, read, released; refused where it has to be."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select

from govmatch.applications.models import Access, Application
from govmatch.decisions.models import State
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.reviews.models import Review
from govmatch.reviews.models import State as Reviewed
from govmatch.triage.models import Handling
from tests.site import Site, text_of
from tests.web.decisions.doing import (
    CASE,
    act,
    begin,
    buttons,
    decisions,
    fields,
    kept,
    letter_to,
    propose,
    read_all,
    release,
)
from tests.web.decisions.world import CANARY, World

READERS = ("eva", "egon", "hanne", "astrid", "jens")
REFUSED = [("ida", 404), ("paul", 404), ("bo", 403), ("finn", 403), ("kim", 403)]


def test_the_ranking_stands_there_with_names_means_and_the_next_step(
    site: Site, world: World
) -> None:
    said = text_of(site.as_(world.eva).get(CASE).text)
    assert "Prepare the decision" in said
    ranking = said.partition("Mean of each criterion")[0]
    rows = re.findall(r"(Nordlys|Weser|Fjord|Klar) (\d) ([\d.]+)", ranking)
    assert rows == [
        ("Nordlys", "1", "5.00"),
        ("Weser", "2", "4.00"),
        ("Fjord", "3", "3.40"),
        ("Klar", "4", "2.60"),
    ]
    assert "Outside Ineligible" in said


@pytest.mark.parametrize("name", READERS)
def test_who_works_on_the_case_and_who_audits_read_it(site: Site, world: World, name: str) -> None:
    path = propose(site, world)
    browser = site.as_(world.people[name])
    letter = letter_to(site, world, "klar")
    for page in (
        CASE,
        path,
        f"{path}/letters/{letter.public_id}",
        f"{CASE}/applications/{world.of('klar').public_id}",
    ):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "Klar" in text_of(answer.text)
        assert CANARY not in answer.text
    assert "Challenge labels" in text_of(browser.get("/decisions").text)


@pytest.mark.parametrize(("name", "status"), REFUSED)
def test_nobody_else_reads_it(site: Site, world: World, name: str, status: int) -> None:
    path = propose(site, world)
    browser = site.as_(world.people[name])
    letter = letter_to(site, world, "klar")
    for page in (
        CASE,
        path,
        f"{path}/letters/{letter.public_id}",
        f"{CASE}/applications/{world.of('klar').public_id}",
    ):
        assert browser.get(page).status_code == status, page
    listed = browser.get("/decisions")
    assert listed.status_code == (200 if status == 404 else 403)
    assert "Challenge labels" not in text_of(listed.text)


def test_a_visitor_is_asked_to_sign_in(site: Site, world: World) -> None:
    for page in ("/decisions", CASE, f"{CASE}/ending", f"{CASE}/successor"):
        answer = site.visit().get(page)
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login")


@pytest.mark.parametrize("name", ["hanne", "astrid", "jens", "ida", "bo", "finn", "kim"])
def test_only_managers_write(site: Site, world: World, name: str) -> None:
    begin(site, world)
    before = decisions(site)[0]
    browser = site.as_(world.people[name])
    one = world.of("klar").public_id
    for path in ("", "/begin", f"/applications/{one}", "/ending", "/successor"):
        answer = browser.post(CASE + path, {"revision": "2", "form_key": "k"})
        assert answer.status_code == 403, path
    after = decisions(site)
    assert [(d.revision, d.state) for d in after] == [(before.revision, before.state)]


def test_what_is_missing_is_said_and_what_was_typed_stays(site: Site, world: World) -> None:
    eva = begin(site, world)
    typed = {**fields(eva), "reasons-en": "", "deviation": "kept words", "do": "propose"}
    answer = eva.post(CASE, typed)
    assert answer.status_code == 422
    assert "Please give the reasons for the public" in text_of(answer.text)
    assert "kept words" in answer.text
    assert "kept words" in eva.get(CASE).text
    assert decisions(site)[0].state == State.DRAFT


def test_a_number_that_is_none_is_said_at_its_field(site: Site, world: World) -> None:
    eva = begin(site, world)
    key = f"place-{world.of('fjord').public_id}"
    answer = eva.post(CASE, {**fields(eva), "confirm_days": "soon", key: "first"})
    assert answer.status_code == 422
    assert text_of(answer.text).count("Please enter a whole number.") == 4
    assert 'value="soon"' in answer.text


def test_an_open_review_holds_the_proposal_back(site: Site, world: World) -> None:
    eva = begin(site, world)
    with site.database.writing() as session:
        found = session.query(Review).filter_by(application_id=world.of("klar").id).first()
        assert found is not None
        found.state = Reviewed.DRAFT.value
        commit(session)
    assert "1 review open" in text_of(eva.get(CASE).text)
    answer = eva.post(CASE, {**fields(eva), "do": "propose"})
    assert answer.status_code == 422
    assert "1 review is still open" in text_of(answer.text)
    assert decisions(site)[0].state == State.DRAFT


def test_two_who_save_see_each_others_choices(site: Site, world: World) -> None:
    eva, egon = begin(site, world), site.as_(world.egon)
    mine = fields(egon)
    key = f"outcome-{world.of('fjord').public_id}"
    assert eva.post(CASE, {**fields(eva), "deviation": "of Eva"}).status_code == 303
    answer = egon.post(CASE, {**mine, key: "not_selected", "deviation": "of Egon"})
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "saved now: of Eva yours: of Egon" in said
    assert "Fjord : saved now: Reserve 1 yours: Not selected" in said
    assert "of Egon</textarea>" in answer.text
    again = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert again is not None
    assert egon.post(CASE, {**mine, "revision": again[1]}).status_code == 303


def test_two_who_write_the_same_reasons_lose_nothing(site: Site, world: World) -> None:
    eva, egon = begin(site, world), site.as_(world.egon)
    path = f"{CASE}/applications/{world.of('klar').public_id}"
    assert eva.submit(path, path, {"r-": "of Eva"}).status_code == 303
    answer = egon.post(path, {"r-": "of Egon", "revision": "1"})
    assert answer.status_code == 409
    assert "of Eva" in text_of(answer.text)
    assert "of Egon</textarea>" in answer.text


def test_reasons_lead_to_the_next_application(site: Site, world: World) -> None:
    eva = begin(site, world)
    path = f"{CASE}/applications/{world.of('nordlys').public_id}"
    page = eva.get(path)
    assert "fit of Nordlys by Finn" in page.text
    answer = eva.submit(path, path, {"r-fit": "Good", "do": "next"})
    assert answer.headers["location"].endswith(world.of("weser").public_id)


def test_the_language_switch_saves_nothing(site: Site, world: World) -> None:
    eva = begin(site, world)
    answer = eva.post(CASE, {**fields(eva), "deviation": "half", "switch_lang": "de"})
    assert answer.status_code == 200
    assert "Rangfolge" in answer.text
    assert "half" in answer.text
    assert decisions(site)[0].deviation == ""


def test_an_approver_who_prepared_it_is_told_why_not(site: Site, world: World) -> None:
    path = propose(site, world)
    with site.database.writing() as session:
        decision = session.get_one(type(decisions(site)[0]), decisions(site)[0].id)
        decision.editors = [*decision.editors, world.hanne.id]
        commit(session)
    hanne = site.as_(world.hanne)
    page = hanne.get(path).text
    assert "Whoever prepared or proposed a decision does not confirm it." in text_of(page)
    assert f"{path}/confirm" not in page
    revision = str(decisions(site)[0].revision)
    assert hanne.post(f"{path}/confirm", {"revision": revision}).status_code == 403
    assert decisions(site)[0].state == State.PROPOSED


def test_a_confirmation_of_what_has_changed_is_refused(site: Site, world: World) -> None:
    path = propose(site, world)
    assert site.as_(world.hanne).post(f"{path}/confirm", {"revision": "1"}).status_code == 409
    assert decisions(site)[0].state == State.PROPOSED


def test_returned_it_says_why_and_is_proposed_again(site: Site, world: World) -> None:
    path = propose(site, world)
    hanne, eva = site.as_(world.hanne), site.as_(world.eva)
    assert act(hanne, path, "return", remarks="").status_code == 422
    assert act(hanne, path, "return", remarks="Klar may not be a reserve.").status_code == 303
    assert "Klar may not be a reserve." in text_of(eva.get(CASE).text)
    answer = eva.post(CASE, {**fields(eva), "do": "propose"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert "Klar may not be a reserve." not in eva.get(path).text


def test_after_the_release_it_says_what_comes_next(site: Site, world: World) -> None:
    path = propose(site, world)
    eva, hanne, jens = (site.as_(world.people[name]) for name in ("eva", "hanne", "jens"))
    act(hanne, path, "confirm")
    read_all(site.as_(world.astrid), path)
    assert "5 letters go out in the same moment" in text_of(eva.get(path).text)
    assert "What comes next" not in text_of(eva.get(CASE).text)
    assert eva.post(f"{path}/release").status_code == 303
    assert "5 letters are out." in text_of(eva.get(path).text)
    for page in (CASE, path):
        said = text_of(eva.get(page).text)
        assert "What comes next 2 answers are awaited Nordlys: until" in said, page
        assert buttons(eva.get(page).text) == [], page
    bo = site.as_(world.bo)
    answer = f"/applications/{world.of('nordlys').public_id}/answer"
    assert bo.submit(answer, answer, {"reply": "confirmed"}).status_code == 303
    for page in (CASE, path):
        said = text_of(eva.get(page).text)
        assert "1 answer is awaited Weser" in said and "1 pilot is to be agreed Nordlys" in said
        assert buttons(eva.get(page).text) == [("primary", "/pilots")], page
        for browser in (hanne, jens):
            assert "1 pilot is to be agreed" in text_of(browser.get(page).text), page
            assert buttons(browser.get(page).text) == [], page
    assert "1 pilot is to be agreed." in text_of(eva.get("/decisions").text)
    said = text_of(eva.get(CASE).text)
    end = said.index("The challenge cannot go on?")
    assert end > max(said.index(words) for words in ("Ranking", "Decisions and their letters"))
    assert re.search(
        r"<details[^>]*>\s*<summary[^>]*><span[^>]*>The challenge cannot", eva.get(CASE).text
    )


def in_states(site: Site, world: World) -> dict[str, tuple[str, datetime]]:
    """Return the state of each application, and since when triage says that it is in it."""
    with site.database.reading() as session:
        found = select(Handling.application_id, Application.state, Handling.state_since)
        rows = session.execute(found.join(Application, Application.id == Handling.application_id))
        by_id = {number: (state, since) for number, state, since in rows}
    return {name: by_id[one.id] for name, one in world.applications.items()}


def wait_long(site: Site, world: World) -> None:
    """Say of every application that it came into its state long ago."""
    long_ago = real_now() - timedelta(days=39)
    with site.database.writing() as session:
        session.execute(delete(Handling))
        for one in world.applications.values():
            session.add(Handling(application_id=one.id, revision=1, state_since=long_ago))
        commit(session)


def test_what_a_decision_or_an_answer_moves_is_in_its_state_since_then(
    site: Site, world: World
) -> None:
    wait_long(site, world)
    before = in_states(site, world)
    release(site, world)
    after = in_states(site, world)
    moved = {name for name in after if after[name][0] != before[name][0]}
    assert moved, "the release moves some"
    assert moved != set(after), "who is not eligible stays so"
    assert {name for name in after if after[name][1] != before[name][1]} == moved
    wait_long(site, world)
    before = in_states(site, world)
    path = f"/applications/{world.of('nordlys').public_id}/answer"
    assert site.as_(world.bo).submit(path, path, {"reply": "confirmed"}).status_code == 303
    after = in_states(site, world)
    assert {name for name in after if after[name][1] != before[name][1]} == {"nordlys"}


def test_release_pressed_twice_is_one_release(site: Site, world: World) -> None:
    path = release(site, world)
    before = decisions(site)[0].released_at
    again = site.as_(world.egon).post(f"{path}/release")
    assert (again.status_code, again.headers["location"]) == (303, path)
    assert decisions(site)[0].released_at == before
    site.work()
    told = ("letter for you", "answer is needed by")
    to = [one.to for one in site.postbox.letters if any(words in one.subject for words in told)]
    assert sorted(to) == sorted(
        f"{name}@example.org" for name in ("bo", "carla", "dieter", "lea", "mia", "ove")
    )


def test_unread_letters_hold_the_release_back(site: Site, world: World) -> None:
    path = propose(site, world)
    assert act(site.as_(world.hanne), path, "confirm").status_code == 303
    eva = site.as_(world.eva)
    assert "5 letters are still to be read" in text_of(eva.get(path).text)
    assert eva.post(f"{path}/release").status_code == 403
    assert eva.post(f"{path}/read", {}).status_code == 422
    assert kept(site, world, "nordlys").decision_released_at is None
    read_all(eva, path)
    assert eva.post(f"{path}/release").status_code == 303


@pytest.mark.parametrize("name", ["hanne", "astrid", "jens", "ida", "bo", "finn", "kim"])
def test_only_managers_release(site: Site, world: World, name: str) -> None:
    path = propose(site, world)
    act(site.as_(world.hanne), path, "confirm")
    read_all(site.as_(world.astrid), path)
    for verb in ("release", "take-back"):
        answer = site.as_(world.people[name]).post(f"{path}/{verb}", {"revision": "9"})
        assert answer.status_code == 403, verb
    assert decisions(site)[0].state == State.CONFIRMED


def test_a_letter_is_corrected_looked_at_and_read(site: Site, world: World) -> None:
    path = propose(site, world)
    letter = letter_to(site, world, "klar")
    here = f"{path}/letters/{letter.public_id}"
    astrid = site.as_(world.astrid)
    looked = astrid.submit(here, here, {"subject": "S", "body": "## Look", "do": "preview"})
    assert "<h2" in looked.text
    assert letter_to(site, world, "klar").body == letter.body
    assert astrid.submit(here, here, {"subject": "", "body": "x"}).status_code == 422
    assert astrid.submit(here, here, {"subject": "New", "body": "Dear Klar"}).status_code == 303
    assert letter_to(site, world, "klar").body == "Dear Klar\n"
    old = astrid.post(here, {"subject": "Old", "body": "Older", "revision": "1"})
    assert (old.status_code, "Dear Klar" in old.text, "Older" in old.text) == (409, True, True)
    assert act(astrid, here, "read").status_code == 303
    assert letter_to(site, world, "klar").checked_by == world.astrid.id
    assert act(astrid, here, "remake").status_code == 303
    assert letter_to(site, world, "klar").body == letter.body


@pytest.mark.parametrize(("name", "status"), [("jens", 403), ("ida", 404), ("bo", 403)])
def test_nobody_else_changes_a_letter(site: Site, world: World, name: str, status: int) -> None:
    path = propose(site, world)
    letter = letter_to(site, world, "klar")
    here = f"{path}/letters/{letter.public_id}"
    for verb in ("", "/read", "/remake"):
        answer = site.as_(world.people[name]).post(
            here + verb, {"subject": "x", "body": "y", "revision": "1"}
        )
        assert answer.status_code == status, verb
    assert letter_to(site, world, "klar").revision == letter.revision


def test_a_letter_stands_only_in_its_own_outbox(site: Site, world: World) -> None:
    path = propose(site, world)
    assert site.as_(world.eva).get(f"{path}/letters/nothing").status_code == 404


def test_a_conflict_of_interest_closes_the_case(site: Site, world: World) -> None:
    path = propose(site, world)
    with site.database.writing() as session:
        session.add(
            Access(
                application_id=world.of("klar").id,
                person_id=world.egon.id,
                how="closed",
                why="conflict",
                since=world.of("klar").created_at,
            )
        )
        commit(session)
    egon = site.as_(world.egon)
    assert egon.get(CASE).status_code == 403
    assert egon.get(path).status_code == 403
    assert "Challenge labels" not in text_of(egon.get("/decisions").text)

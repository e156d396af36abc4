"""The proposal who reviews what: asked for, explained, changed by hand, taken over."""

import re
from typing import Any

from sqlalchemy import select

from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.reviews.models import Review
from govmatch.reviews.proposal_models import Expertise, Proposal, Proposed
from tests.site import Browser, Site, text_of
from tests.unit.applications.acting import NOW
from tests.unit.reviews import reviewing
from tests.web.reviews.doing import assigned, loaded
from tests.web.reviews.world import Selection

WISH = {"wanted": "2", "most": "5", "languages": "yes", "seed": "1", "due": "2099-01-31"}


def page_of(made: Selection) -> str:
    return f"{made.path}/proposal"


def propose(site: Site, browser: Browser, made: Selection, **fields: str) -> str:
    """Ask for a proposal, let the background work it out, and return the page."""
    answer = browser.submit(page_of(made), page_of(made), {**WISH, **fields})
    assert answer.status_code == 303, text_of(answer.text)
    site.work()
    page = browser.get(page_of(made))
    assert page.status_code == 200
    return str(page.text)


def press(browser: Browser, made: Selection, verb: str, **fields: Any) -> Any:
    address = f"{page_of(made)}/{verb}"
    found = re.search(r'name="revision" value="(\d+)"', browser.get(page_of(made)).text)
    revision = {"revision": found[1]} if found else {}
    return browser.submit(page_of(made), address, {**revision, **fields})


def know(site: Site, made: Selection, who: str, **known: Any) -> None:
    with site.database.writing() as session:
        values = {"themes": [], "technologies": [], "cpv": [], "languages": ["en"], "most": 6}
        person = made.world.people[who].id
        session.add(Expertise(person_id=person, updated_at=NOW, **{**values, **known}))
        commit(session)


def kept(site: Site, table: Any) -> list[Any]:
    with site.database.reading() as session:
        return list(session.scalars(select(table)))


def events(site: Site, name: str) -> int:
    with site.database.reading() as session:
        found = select(JournalRow).where(JournalRow.event == name)
        return len(list(session.scalars(found)))


def test_a_proposal_is_explained_and_assigns_nothing_until_it_is_taken_over(
    site: Site, selection: Selection
) -> None:
    know(site, selection, "greta", most=3)
    know(site, selection, "lea", languages=["en", "de"])
    know(site, selection, "finn")
    eva = site.as_(selection.world.eva)
    words = text_of(propose(site, eva, selection))
    assert "4 reviews are proposed" in words
    assert "reads English" in words
    assert "of 3 then" in words or "of 6 then" in words
    assert kept(site, Review) == []
    assert press(eva, selection, "take").status_code == 303
    made = kept(site, Review)
    assert len({(one.application_id, one.person_id) for one in made}) == 4
    assert {one.due_at.isoformat() for one in made} == {"2099-01-31T22:59:00+00:00"}
    assert events(site, "ReviewAssigned") == 4
    assert (events(site, "AssignmentAsked"), events(site, "AssignmentTaken")) == (1, 1)
    assert kept(site, Proposal) == kept(site, Proposed) == []


def test_what_is_assigned_already_stays_and_only_what_lacks_is_proposed(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    page = propose(site, site.as_(selection.world.eva), selection, languages="")
    assert "2 reviews are proposed" in text_of(page)
    assert {one.person_id for one in kept(site, Proposed)}.isdisjoint(
        {selection.world.people["greta"].id}
    )


def test_a_conflict_is_never_proposed_nor_added_by_hand(site: Site, selection: Selection) -> None:
    with site.database.writing() as session:
        here = loaded(session, selection)
        reviewing.declare(session, here, "greta", firms=["weser"])
        reviewing.declare(session, here, "lea", firms=["weser"])
        commit(session)
    eva = site.as_(selection.world.eva)
    words = text_of(propose(site, eva, selection, languages=""))
    weser = selection.applications["weser"]
    people = {selection.world.people[name].id for name in ("greta", "lea")}
    proposed = {(one.application_id, one.person_id) for one in kept(site, Proposed)}
    assert proposed.isdisjoint({(weser.id, person) for person in people})
    assert "1 review is missing" in words
    assert "1 instead of 2 reviews for each application" in words
    answer = press(
        eva, selection, "in",
        application=weser.public_id, person=selection.world.people["greta"].public_id,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Conflict of interest" in text_of(answer.text)


def test_who_does_not_read_the_language_is_left_out_and_that_is_said(
    site: Site, selection: Selection
) -> None:
    for name in ("greta", "lea", "finn"):
        know(site, selection, name, languages=["da"])
    eva = site.as_(selection.world.eva)
    words = text_of(propose(site, eva, selection))
    assert kept(site, Proposed) == []
    assert "2 reviewers more who read English: 4 reviews are missing there" in words
    assert "4 reviews are proposed" in text_of(propose(site, eva, selection, languages=""))


def test_a_proposal_is_changed_by_hand_and_not_over_somebody_elses_change(
    site: Site, selection: Selection
) -> None:
    eva = site.as_(selection.world.eva)
    page = propose(site, eva, selection, languages="", wanted="1")
    line = re.search(r'name="lines\[\]" value="([^"]+)"', page)
    assert line is not None
    assert press(eva, selection, "out", **{"lines[]": line[1]}).status_code == 303
    assert len(kept(site, Proposed)) == 1
    weser, lea = selection.applications["weser"], selection.world.people["lea"]
    for _ in range(2):
        added = press(eva, selection, "in", application=weser.public_id, person=lea.public_id)
        assert added.status_code == 303
    pairs = {(one.application_id, one.person_id) for one in kept(site, Proposed)}
    assert (weser.id, lea.id) in pairs
    stale = eva.submit(page_of(selection), f"{page_of(selection)}/take", {"revision": "1"})
    assert stale.status_code == 409
    assert kept(site, Review) == []
    assert press(eva, selection, "drop").status_code == 303
    assert kept(site, Proposed) == []


def test_somebody_drops_out_and_the_next_proposal_finds_others(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta", "lea")
    with site.database.writing() as session:
        here = loaded(session, selection)
        reviewing.submitted(session, here, "greta", "nordlys")
        reviewing.score(
            session, reviewing.review_of(session, here, "lea", "weser"), here.world.people["lea"]
        )
        commit(session)
    eva, lea = site.as_(selection.world.eva), selection.world.people["lea"]
    fields = {"who": lea.public_id, "drop_reason": "They are ill"}
    assert press(eva, selection, "drop-out", **fields).status_code == 303
    states = {(one.person_id, one.state) for one in kept(site, Review)}
    assert states == {
        (selection.world.people["greta"].id, "submitted"),
        (selection.world.people["greta"].id, "assigned"),
        (lea.id, "withdrawn"),
    }
    assert press(eva, selection, "drop-out", **fields).status_code == 409
    propose(site, eva, selection, languages="", wanted="2")
    proposed = {(one.application_id, one.person_id) for one in kept(site, Proposed)}
    weser = selection.applications["weser"].id
    assert (weser, lea.id) not in proposed
    assert any(application == weser for application, _ in proposed)


def test_only_managers_propose(site: Site, selection: Selection) -> None:
    for name in ("astrid", "hanne", "jens", "greta", "bo", "ida"):
        answer = site.as_(selection.world.people[name]).get(page_of(selection))
        assert answer.status_code in {403, 404}, name


def test_a_reviewer_says_what_they_know(site: Site, selection: Selection) -> None:
    greta = site.as_(selection.world.people["greta"])
    page = "/reviews/expertise"
    assert greta.submit(page, page, {"most": "x"}).status_code == 422
    sent = {"languages[]": ["de", "da"], "most": "4", "find": "48000000-8, 72000000"}
    assert greta.submit(page, page, sent).status_code == 303
    (known,) = kept(site, Expertise)
    assert (known.languages, known.most, known.cpv) == (["de", "da"], 4, ["48000000", "72000000"])
    assert greta.submit(page, page, {**sent, "revision": "0"}).status_code == 409
    wrong = greta.submit(page, page, {**sent, "find": "12345678"})
    assert wrong.status_code == 422
    assert "There is no CPV code 12345678." in text_of(wrong.text)
    assert site.as_(selection.world.eva).get(page).status_code == 403
    assert events(site, "ExpertiseNamed") == 1


def test_codes_are_found_by_words_and_ticked_before_they_are_kept(
    site: Site, selection: Selection
) -> None:
    greta = site.as_(selection.world.people["greta"], lang="de")
    page = "/reviews/expertise"
    sent = {"languages[]": ["de"], "cpv[]": ["72000000"]}
    found = greta.submit(page, page, {**sent, "find": "Rechnung", "action": "find"})
    assert found.status_code == 200 and not kept(site, Expertise), "looking saves nothing"
    assert 'value="72000000" checked' in found.text, "what was ticked stays ticked"
    offered = re.findall(r'name="cpv\[\]" value="([0-9]{8})">', found.text)
    assert offered
    ticked = {**sent, "find": "Rechnung", "looked_for": "Rechnung"}
    ticked["cpv[]"] = ["72000000", offered[0]]
    assert greta.submit(page, page, ticked).status_code == 303
    assert kept(site, Expertise)[0].cpv == ["72000000", offered[0]]
    part = greta.get(f"{page}?find=Rechnung&cpv[]=72000000", **{"hx-request": "true"}).text
    assert f'value="{offered[0]}"' in part and "<h1>" not in part

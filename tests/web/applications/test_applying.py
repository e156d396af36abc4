"""/challenges/{slug}/apply: who gets to the form, what it says, and one POST that does it all."""

import time
from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts.models import Role
from govmatch.applications import queries
from govmatch.applications.models import State
from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session, commit
from govmatch.organisations.models import Firm
from tests.site import Site, hidden, text_of
from tests.unit.files import samples
from tests.web.applications.doing import LONG, SHORT, begin, close, kept, versions
from tests.web.applications.world import World, give


def test_a_visitor_signs_in_and_comes_back(site: Site, world: World) -> None:
    answer = site.visit().get(SHORT)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fchallenges%2Fshort%2Fapply"
    assert site.visit().post(SHORT, {"q-title": "x"}).status_code == 403


def test_an_unknown_challenge_is_not_found(site: Site, world: World) -> None:
    for browser in (site.visit(), site.as_(world.bo)):
        assert browser.get("/challenges/nothing/apply").status_code == 404
    assert site.as_(world.bo).post("/challenges/nothing/apply").status_code == 404


def test_who_has_no_firm_makes_one_and_comes_back(site: Site, world: World) -> None:
    answer = site.as_(world.gro).get(SHORT)
    assert answer.status_code == 200
    assert 'href="/firm?next=%2Fchallenges%2Fshort%2Fapply"' in answer.text
    assert site.as_(world.gro).post(SHORT, {"q-title": "x"}).status_code == 403
    assert kept(site) == []


@pytest.mark.parametrize("who", ["astrid", "eva", "finn", "jens", "kim"])
def test_who_runs_the_challenge_is_told_why_they_may_not(
    site: Site, world: World, who: str
) -> None:
    answer = site.as_(world.people[who]).get(LONG)
    assert answer.status_code == 403
    assert "sit on the jury" in answer.text


def test_a_member_of_the_jury_cannot_apply_by_leaving_out_the_second_factor(
    site: Site, world: World
) -> None:
    finn = site.as_(world.finn, factor=False)
    assert finn.post(LONG, {}).status_code == 403
    assert finn.post(SHORT, {"q-title": "x"}).status_code == 403
    assert kept(site) == []


# Not open


def test_before_it_opens_the_page_says_when(site: Site, world: World) -> None:
    with site.database.writing() as session:
        challenge = session.get_one(Challenge, world.challenges["short"].id)
        challenge.opens = real_now() + timedelta(days=1)
        commit(session)
    answer = site.as_(world.bo).get(SHORT)
    assert answer.status_code == 403
    assert "Applications are not open yet" in text_of(answer.text)
    assert "You can apply from" in text_of(answer.text)
    assert site.as_(world.bo).post(SHORT, {"q-title": "x"}).status_code == 403


def test_after_the_deadline_the_page_leads_to_similar_ones(site: Site, world: World) -> None:
    close(site, "short")
    for browser in (site.visit(), site.as_(world.bo)):
        answer = browser.get(SHORT)
        assert answer.status_code == 410
        assert "The deadline has passed" in text_of(answer.text)
        assert "/challenges?phase=open&amp;theme=safety" in answer.text


def test_after_the_deadline_a_firm_finds_its_own_application(site: Site, world: World) -> None:
    bo = site.as_(world.bo)
    address = begin(bo)
    close(site, "long")
    assert f'href="{address}"' in bo.get(LONG).text
    assert address not in site.as_(world.dieter).get(LONG).text


@pytest.mark.parametrize(("seconds", "status"), [(60, 303), (-1, 403)])
def test_a_form_opened_in_time_is_taken_until_the_deadline_only(
    site: Site, world: World, seconds: int, status: int
) -> None:
    bo = site.as_(world.bo)
    form = {**hidden(bo.get(SHORT).text, SHORT), "q-title": "In time?"}
    close(site, "short", at=real_now() + timedelta(seconds=seconds))
    answer = bo.post(SHORT, form)
    assert answer.status_code == status
    if status == 403:
        assert "The deadline has passed." in answer.text
        assert "In time?" in answer.text
    assert len(versions(site)) == (1 if status == 303 else 0)


# The start page of a long form


def test_the_start_page_says_what_is_asked_and_who_reads_it(site: Site, world: World) -> None:
    text = text_of(site.as_(world.bo).get(LONG).text)
    assert "Your idea (2 questions)" in text
    assert "about 90 minutes" in text
    assert "nobody but your firm, and the partners you ask, sees that yours exists" in text
    assert "Country of the firm EEA Met" in text
    assert "One application per firm" in text


def test_beginning_makes_a_draft_once(site: Site, world: World) -> None:
    bo = site.as_(world.bo)
    address = begin(bo, written_in="da")
    (application,) = kept(site)
    assert address == f"/applications/{application.public_id}"
    assert (application.state, application.lang) == (State.DRAFT, "da")
    assert bo.get(LONG).headers["location"] == address
    assert site.as_(world.carla).get(LONG).headers["location"] == address
    assert begin_again(bo) == address
    assert len(kept(site)) == 1


def begin_again(browser: Any) -> str:
    return str(browser.post(LONG, {"form_key": "another"}).headers["location"])


def test_a_language_that_is_not_allowed_is_not_taken(site: Site, world: World) -> None:
    begin(site.as_(world.bo, lang="de"), written_in="fr")
    assert kept(site)[0].lang == "da"


def test_a_firm_that_a_gate_shuts_out_is_told_before_any_effort(site: Site, world: World) -> None:
    with site.database.writing() as session:
        session.get_one(Firm, world.firms["nordlys"].id).country = "US"
        commit(session)
    text = text_of(site.as_(world.bo).get(LONG).text)
    assert "Your firm does not meet the requirements on country or size" in text
    answer = site.as_(world.bo).submit(SHORT, SHORT, {"q-title": "x"})
    assert answer.status_code == 403
    assert kept(site) == []


def test_who_is_in_two_firms_chooses_for_which(site: Site, world: World) -> None:
    with site.database.writing() as session:
        give(session, world.bo, Role.LEAD, "firm", world.firms["weser"].id, real_now())
        commit(session)
    bo = site.as_(world.bo)
    assert "For which firm?" in bo.get(LONG).text
    begin(bo, firm=world.firms["weser"].public_id)
    assert kept(site)[0].firm_id == world.firms["weser"].id
    page = bo.get(LONG)
    assert page.status_code == 200
    assert "For which firm?" not in page.text
    bo.post(SHORT, {"q-title": "x", "firm": world.firms["fjord"].public_id, "form_key": "k"})
    assert {one.firm_id for one in kept(site)} <= {
        world.firms["weser"].id,
        world.firms["nordlys"].id,
    }


# The form of one section


def test_a_short_form_is_shown_filled_and_submitted_on_one_page(site: Site, world: World) -> None:
    bo = site.as_(world.bo)
    answer = bo.submit(SHORT, SHORT, {"q-title": "Probe tk1", "q-price": "12,500.50"})
    assert answer.status_code == 303
    (application,) = kept(site)
    assert answer.headers["location"] == f"/applications/{application.public_id}/receipts/1"
    receipt = bo.get(answer.headers["location"])
    assert "Your application was received" in text_of(receipt.text)
    (version,) = versions(site)
    assert version.answers["price"] == {"amount": "12500.50", "currency": "DKK"}
    assert version.content_hash in receipt.text


def test_mistakes_are_said_at_their_fields_and_what_was_typed_stays(
    site: Site, world: World
) -> None:
    answer = site.as_(world.bo).submit(
        SHORT, SHORT, {"q-title": "", "q-price": "cheap", "q-contact": "no address"}
    )
    assert answer.status_code == 422
    for anchor in ("q-title", "q-price", "q-contact"):
        assert f'href="#f-{anchor}"' in answer.text
    assert 'value="cheap"' in answer.text
    assert 'value="no address"' in answer.text
    assert answer.text.count("<title>Error:") == 1
    assert kept(site) == []


def test_the_language_switch_keeps_what_was_typed_and_saves_nothing(
    site: Site, world: World
) -> None:
    bo = site.as_(world.bo)
    answer = bo.submit(
        SHORT, SHORT, {"q-title": "Größe", "q-price": "12,500.50", "switch_lang": "de"}
    )
    assert answer.status_code == 200
    assert '<html lang="de">' in answer.text
    assert 'value="Größe"' in answer.text
    assert 'value="12500,50"' in answer.text
    assert f'action="{SHORT}?lang=de"' in answer.text
    assert kept(site) == []
    form = hidden(answer.text, SHORT)
    sent = bo.post(f"{SHORT}?lang=de", {**form, "q-title": "Größe", "q-price": "12.500,50"})
    assert sent.status_code == 303
    assert sent.headers["location"].endswith("/receipts/1?lang=de")
    assert versions(site)[0].answers["price"]["amount"] == "12500.50"


def test_a_file_comes_with_the_form(site: Site, world: World) -> None:
    bo = site.as_(world.bo)
    upload = {"q-sketch": ("sketch.pdf", samples.pdf(), "application/pdf")}
    answer = bo.submit(SHORT, SHORT, {"q-title": "With a sketch"}, files=upload)
    assert answer.status_code == 303
    address = answer.headers["location"].partition("/receipts")[0]
    assert "sketch.pdf" in bo.get(f"{address}/check").text


def test_a_disguised_file_is_refused_and_nothing_is_half_written(site: Site, world: World) -> None:
    upload = {"q-sketch": ("sketch.pdf", b"<html><script>alert(1)</script>", "application/pdf")}
    answer = site.as_(world.bo).submit(SHORT, SHORT, {"q-title": "Typed"}, files=upload)
    assert answer.status_code == 422
    assert "This kind of file is not taken here. Possible: PDF, TXT." in text_of(answer.text)
    assert 'value="Typed"' in answer.text
    assert kept(site) == []


def test_more_than_a_request_may_hold_is_413(site: Site, world: World) -> None:
    upload = {"q-sketch": ("sketch.pdf", b"x" * 36_000_000, "application/pdf")}
    answer = site.as_(world.bo).post(SHORT, {"q-title": "Typed"}, files=upload)
    assert answer.status_code == 413
    assert kept(site) == []


def test_nothing_but_the_questions_is_taken_from_the_form(site: Site, world: World) -> None:
    extra = {
        "state": "selected", "firm_id": str(world.firms["weser"].id), "challenge_id": "1",
        "current_version": "7", "single_key": "x", "created_by": "1", "reference": "A-mine",
        "id": "99", "public_id": "mine", "submitted_at": "2020-01-01",
    }  # fmt: skip
    site.as_(world.bo).submit(SHORT, SHORT, {"q-title": "x", **extra})
    (application,) = kept(site)
    assert application.firm_id == world.firms["nordlys"].id
    assert application.challenge_id == world.challenges["short"].id
    assert (application.state, application.current_version) == (State.SUBMITTED, 1)
    assert application.created_by == world.bo.id
    assert application.reference != "A-mine"
    assert application.public_id != "mine"


def test_submissions_of_a_firm_are_limited(site: Site, world: World) -> None:
    bo = site.as_(world.bo)
    statuses = [bo.submit(SHORT, SHORT, {"q-title": f"number {n}"}).status_code for n in range(12)]
    assert statuses == [303] * 10 + [429] * 2
    late = bo.submit(SHORT, SHORT, {"q-title": "typed and kept"})
    assert int(late.headers["retry-after"]) > 3000
    assert "typed and kept" in late.text
    assert len(kept(site)) == 10
    assert site.as_(world.dieter).submit(SHORT, SHORT, {"q-title": "x"}).status_code == 303


def test_what_the_profile_does_not_show_is_asked_before_anything_else(
    site: Site, world: World
) -> None:
    bo = site.as_(world.bo)
    page = bo.get(LONG).text
    assert text_of(page).index("Who can take part") < text_of(page).index("What is asked")
    assert 'name="has-iso-27001"' in page
    assert 'name="has-country"' not in page, "the profile shows it"
    assert "Files to have at hand: Papers" in text_of(page)
    refused = bo.submit(LONG, LONG, {"has-iso-27001": "no"})
    assert refused.status_code == 422
    assert "will hardly be admitted" in text_of(refused.text)
    assert not kept(site)
    again = {**hidden(refused.text, LONG), "has-iso-27001": "no", "anyway": "yes"}
    assert bo.post(LONG, again).status_code == 303
    assert len(kept(site)) == 1


def test_what_arrived_in_time_counts_however_long_it_waits(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deadline passes while a form that is here already waits for its turn."""
    bo = site.as_(world.bo)
    form = {**hidden(bo.get(SHORT).text, SHORT), "q-title": "In time"}
    waits = queries.lock_call

    def wait(session: Session, challenge_id: int) -> None:
        waits(session, challenge_id)
        session.get_one(Challenge, challenge_id).closes = real_now()
        session.flush()
        time.sleep(0.01)

    monkeypatch.setattr(queries, "lock_call", wait)
    assert bo.post(SHORT, form).status_code == 303
    with site.database.reading() as session:
        closes = session.get_one(Challenge, world.challenges["short"].id).closes
    (version,) = versions(site)
    assert closes is not None
    assert version.at < closes < real_now()


def test_what_arrived_in_time_is_refused_once_the_others_were_opened(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = site.as_(world.bo)
    form = {**hidden(bo.get(SHORT).text, SHORT), "q-title": "In time"}
    waits = queries.lock_call

    def wait(session: Session, challenge_id: int) -> None:
        waits(session, challenge_id)
        challenge = session.get_one(Challenge, challenge_id)
        challenge.closes = challenge.opened_at = real_now()
        session.flush()

    monkeypatch.setattr(queries, "lock_call", wait)
    assert bo.post(SHORT, form).status_code == 403
    assert not versions(site)

"""A form that changes while somebody answers it: nothing that was typed is lost."""

from typing import Any

import pytest

from govmatch.challenges.actions.form_versions import keep_form
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.queries import form_of
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.ids import public_id
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import begin, fill, kept, save, submit, versions
from tests.web.applications.world import World

POWER: dict[str, Any] = {"id": "power", "type": "text", "label": {"en": "Which power supply?"}}
STEPS: dict[str, Any] = {
    "id": "power",
    "type": "table",
    "label": {"en": "Power, step by step"},
    "columns": [{"id": "what", "type": "text", "label": {"en": "What"}}],
}
OTHER: dict[str, Any] = {"id": "noise", "type": "text", "label": {"en": "How loud?"}}
KEPT = "Everything you typed is kept."


def ask(site: Site, *questions: dict[str, Any]) -> None:
    """Make the challenge with the long form ask these questions of its own from now on."""
    now = real_now()
    with site.database.writing() as session:
        challenge = session.query(Challenge).filter(Challenge.slug == "long").one()
        before = form_of(challenge)
        challenge.questions = list(questions)
        made = Amendment(
            public_id=public_id(), challenge_id=challenge.id, at=now, reasons={"en": "Better"},
            changes=[{"field": "questions", "lang": None, "before": [], "after": list(questions)}],
        )  # fmt: skip
        session.add(made)
        session.flush()
        keep_form(session, challenge, before, made, now=now)
        commit(session)


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def opened(browser: Browser, address: str, section: str) -> dict[str, str]:
    """Return what stands in the hidden fields of a section's page, as it is open now."""
    html = browser.get(f"{address}/sections/{section}").text
    names = ("page", "revision", "base", "typed_in", "form", "sequence")
    return {name: html.partition(f'name="{name}" value="')[2].partition('"')[0] for name in names}


def test_what_was_typed_on_the_old_page_is_kept_and_shown(site: Site, bo: Browser) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site, OTHER)
    fields = {**page, "q-power": "Two batteries"}
    answer = bo.post(f"{address}/sections/challenge", fields)
    assert answer.status_code == 303
    html = text_of(bo.get(answer.headers["location"]).text)
    assert KEPT in html
    assert "How loud?" in html
    assert "What is no longer asked" in html
    assert "Which power supply? Two batteries" in " ".join(html.split())
    assert kept(site)[0].answers["power"] == "Two batteries"


def test_what_is_still_asked_is_read_from_an_old_page_as_ever(site: Site, bo: Browser) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site, POWER, OTHER)
    bo.post(f"{address}/sections/challenge", {**page, "q-power": "Two batteries"})
    html = bo.get(f"{address}/sections/challenge").text
    assert 'value="Two batteries"' in html
    assert "What is no longer asked" not in html


def test_a_question_of_another_kind_keeps_both_answers_apart(site: Site, bo: Browser) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site, STEPS)
    bo.post(f"{address}/sections/challenge", {**page, "q-power": "Two batteries"})
    assert save(bo, address, "challenge", {"cell-power-1-what": "Charge"}).status_code == 303
    answers = kept(site)[0].answers
    assert answers["power"] == {"rows": [{"what": "Charge"}]}
    (old,) = (key for key in answers if key.startswith("power@"))
    assert answers[old] == "Two batteries"
    html = " ".join(text_of(bo.get(f"{address}/sections/challenge").text).split())
    assert "Which power supply? Two batteries" in html


def test_a_section_that_is_gone_leads_to_the_last_one_with_what_was_typed(
    site: Site, bo: Browser
) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site)
    answer = bo.post(f"{address}/sections/challenge", {**page, "q-power": "Two batteries"})
    assert answer.headers["location"].startswith(f"{address}/sections/consent")
    html = " ".join(text_of(bo.get(answer.headers["location"]).text).split())
    assert "Which power supply? Two batteries" in html


def test_a_save_by_itself_on_an_old_page_is_kept_too(site: Site, bo: Browser) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site, OTHER)
    answer = bo.post(
        f"{address}/sections/challenge",
        {**page, "q-power": "Two"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200
    assert kept(site)[0].answers["power"] == "Two"


def test_what_is_no_longer_asked_is_not_part_of_what_is_submitted(site: Site, bo: Browser) -> None:
    ask(site, POWER)
    address = begin(bo)
    save(bo, address, "challenge", {"q-power": "Two batteries"})
    ask(site)
    fill(bo, address)
    assert submit(bo, address).status_code == 303
    assert "Two batteries" not in bo.get(f"{address}/receipts/1.txt").text
    assert versions(site)[0].form_digest


@pytest.mark.security(10)
@pytest.mark.parametrize("form", ["0", "99", "-1", "x", ""])
def test_a_page_cannot_name_a_form_that_never_was(site: Site, bo: Browser, form: str) -> None:
    ask(site, POWER)
    address = begin(bo)
    page = opened(bo, address, "challenge")
    ask(site, OTHER)
    fields = {**page, "form": form, "q-power": "Two", "q-noise": "Quiet"}
    assert bo.post(f"{address}/sections/challenge", fields).status_code == 303
    assert kept(site)[0].answers == {"noise": "Quiet"}


def test_the_button_for_more_rows_saves_and_stays_on_the_section(site: Site, bo: Browser) -> None:
    ask(site, STEPS)
    address = begin(bo)
    rows = {f"cell-power-{n}-what": f"Step {n}" for n in (1, 2, 3)}
    answer = save(bo, address, "challenge", {**rows, "then": "here:q-power"})
    assert answer.headers["location"] == f"{address}/sections/challenge#f-q-power"
    assert 'name="cell-power-5-what"' in bo.get(f"{address}/sections/challenge").text

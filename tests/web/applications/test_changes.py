"""What a firm reads and does when a challenge changes after it has applied."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges.events import ChallengeAmended
from govmatch.challenges.models import Amendment, Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.ids import public_id
from tests.site import Browser, Site, text_of
from tests.unit.applications.test_confirming import QUESTION
from tests.web.applications.doing import applied, begin, close, versions
from tests.web.applications.world import World, give

NEXT = "Next: the challenge has changed."


def amend(site: Site, **columns: Any) -> str:
    """Change the challenge with the long form, and return the id of the change."""
    now = real_now()
    with site.database.writing() as session:
        challenge = session.query(Challenge).filter(Challenge.slug == "long").one()
        for name, value in columns.items():
            setattr(challenge, name, value)
        made = Amendment(
            public_id=public_id(), challenge_id=challenge.id, at=now,
            reasons={"en": "There is room for fewer"}, asks_confirmation=True,
            changes=[{"field": "pilots_max", "lang": None, "before": 3, "after": 2}],
        )  # fmt: skip
        session.add(made)
        session.flush()
        event = ChallengeAmended(challenge.id, amendment_id=made.id, fields=["pilots_max"])
        journal.record(session, event, actor=VISITOR, now=now)
        commit(session)
        return made.public_id


def confirm(browser: Browser, address: str) -> Any:
    return browser.submit(address, f"{address}/confirm", {})


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def test_the_page_says_what_changed_and_one_button_confirms(site: Site, bo: Browser) -> None:
    address = applied(bo)
    assert "The challenge has changed" not in text_of(bo.get(address).text)
    change = amend(site)
    page = text_of(bo.get(address).text)
    assert NEXT in page
    assert "There is room for fewer" in page
    assert f'href="/challenges/long/changes/{change}"' in bo.get(address).text
    assert NEXT in text_of(bo.get("/applications").text)
    done = confirm(bo, address)
    assert (done.status_code, done.headers["location"]) == (303, address)
    page = text_of(bo.get(address).text)
    assert "Version 1 is confirmed." in page
    assert NEXT not in page
    assert "Confirmed" in text_of(bo.get(f"{address}/receipts/1").text)
    assert "after the change of" in bo.get(f"{address}/receipts/1.txt").text
    assert "Version 1 confirmed after a change of the challenge" in page
    assert len(versions(site)) == 1


def test_the_button_pressed_twice_confirms_once(site: Site, bo: Browser) -> None:
    address = applied(bo)
    amend(site)
    html = bo.get(address).text
    form = html.partition(f'action="{address}/confirm"')[2].partition("</form>")[0]
    fields = {
        name: form.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("form_key", "seen")
    }
    answers = [bo.post(f"{address}/confirm", fields) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]


def test_a_newer_change_has_to_be_read_first(site: Site, bo: Browser) -> None:
    address = applied(bo)
    first = amend(site)
    amend(site)
    answer = bo.post(f"{address}/confirm", {"seen": first, "form_key": "k"})
    assert answer.status_code == 409
    assert NEXT in text_of(bo.get(address).text)


def test_a_form_that_asks_for_more_is_completed_and_what_was_sent_stays(
    site: Site, bo: Browser
) -> None:
    address = applied(bo)
    amend(site, questions=[QUESTION])
    page = bo.get(address).text
    assert "What you submitted as version 1 stays valid as it is." in text_of(page)
    assert f'action="{address}/confirm"' not in page
    assert "Which power supply?" in bo.get(f"{address}/check").text
    assert versions(site)[0].answers["solution"] == "Scan the label and look it up"
    close(site, "long")
    frozen = bo.get(f"{address}/check").text
    assert "Scan the label and look it up" in frozen
    assert "Which power supply?" not in frozen
    assert "was not confirmed after the last change" in text_of(bo.get(address).text)


def test_a_draft_shows_what_changed_since_it_was_begun(site: Site, bo: Browser) -> None:
    address = begin(bo)
    amend(site)
    page = bo.get(address).text
    assert "The challenge has changed since you began" in text_of(page)
    assert f'action="{address}/confirm"' not in page


def test_the_address_of_the_button_leads_to_the_changes(site: Site, bo: Browser) -> None:
    address = applied(bo)
    answer = bo.get(f"{address}/confirm")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#changes")


def test_the_firm_is_told_by_mail_and_in_its_inbox(site: Site, world: World, bo: Browser) -> None:
    address = applied(bo)
    site.work()
    before = len(site.postbox.letters)
    amend(site)
    site.work()
    told = site.postbox.letters[before:]
    to_staff = [one for one in told if one.to == "astrid@example.org"]
    assert [address in one.body for one in to_staff] == [False]
    letters = [one for one in told if one not in to_staff]
    assert {one.to for one in letters} == {"bo@example.org", "carla@example.org"}
    for letter in letters:
        assert "Challenge long" in letter.body
        assert address in letter.body
        assert "fewer" not in letter.body
    assert "has changed" in text_of(site.as_(world.carla).get("/inbox").text)


@pytest.mark.security(6)
def test_nobody_outside_the_firm_can_tell_whether_it_was_confirmed(
    site: Site, world: World, bo: Browser
) -> None:
    """Every page of those who run the challenge reads the same before and after."""
    address = applied(bo)
    with site.database.writing() as session:
        give(session, world.ida, Role.APPROVER, "authority", world.authority.id, real_now())  # type: ignore[union-attr]
        commit(session)
    amend(site)
    site.work()
    paths = [
        "/challenges/long", "/challenges/long/changes", "/challenges/long.json",
        "/desk", "/desk/challenges/long", "/triage", "/triage.csv", "/reports", "/inbox",
        "/audit", "/audit/challenges/long", "/admin", "/search?q=changes",
    ]  # fmt: skip
    others = {
        name: site.as_(world.people[name]) for name in ("astrid", "eva", "ida", "jens", "kim")
    }
    before = {
        (name, path): stable(browser.get(path))
        for name, browser in others.items()
        for path in paths
    }
    letters = len(site.postbox.letters)
    assert confirm(bo, address).status_code == 303
    site.work()
    assert len(site.postbox.letters) == letters
    for (name, path), said in before.items():
        assert stable(others[name].get(path)) == said, (name, path)
    for name, browser in others.items():
        assert browser.post(f"{address}/confirm", {}).status_code == 404, name


def stable(answer: Any) -> tuple[int, str]:
    """Return what a page says, without what is new on every page."""
    text = text_of(answer.text)
    return answer.status_code, " ".join(word for word in text.split() if "form_key" not in word)


def test_after_the_deadline_nothing_is_confirmed(site: Site, bo: Browser) -> None:
    address = applied(bo)
    change = amend(site)
    close(site, "long", at=real_now() - timedelta(minutes=1))
    answer = bo.post(f"{address}/confirm", {"seen": change, "form_key": "k"})
    assert answer.status_code == 403
    assert "It counts as you submitted it" in text_of(bo.get(address).text)

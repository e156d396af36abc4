"""/applications/{id}/partners and /partners/{token}: firms that apply together, on their pages."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event

from govmatch.applications.models import Partner, PartnerState
from govmatch.applications.receipts import Finding, verify
from govmatch.kit.db import commit
from govmatch.kit.signing import Signer
from govmatch.organisations.models import Firm
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import begin, close, fill, save, submit, versions
from tests.web.applications.world import World


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


@pytest.fixture
def address(bo: Browser) -> str:
    return begin(bo)


def ask(browser: Browser, address: str, **fields: str) -> Any:
    page = f"{address}/partners"
    asked = {"email": "dieter@example.org", "share": "30", "part": "Cameras", "then": "invite"}
    return browser.submit(page, page, {**asked, **fields})


def mailed_link(site: Site, to: str) -> str:
    """Return the path that the last mail to an address leads to."""
    site.work()
    letters = [one for one in site.postbox.letters if one.to == to]
    found = re.findall(r"http://127\.0\.0\.1:8000(/partners/\S+)", letters[-1].body)
    return str(found[0])


def say_yes(browser: Browser, link: str, **fields: str) -> Any:
    return browser.submit(link, link, {"agreed": "yes", "then": "accept", **fields})


def joined(site: Site, world: World, bo: Browser, address: str) -> Browser:
    """Let Dieter's firm take part, as he does by the mail; return his browser."""
    ask(bo, address)
    dieter = site.as_(world.dieter)
    assert say_yes(dieter, mailed_link(site, "dieter@example.org")).status_code == 303
    return dieter


def listed(site: Site, slug: str) -> None:
    with site.database.writing() as session:
        session.query(Firm).filter(Firm.slug == slug).one().is_public = True
        commit(session)


def partners(site: Site) -> list[Partner]:
    with site.database.reading() as session:
        return list(session.query(Partner).order_by(Partner.id).all())


def test_a_firm_asked_by_mail_says_yes_writes_along_and_is_in_the_receipt(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    answer = ask(bo, address)
    assert answer.status_code == 303
    text = text_of(bo.get(f"{address}/partners").text)
    assert "Nordlys Leads 70 percent" in text
    assert "dieter@example.org Invited 30 percent · Cameras" in text
    dieter = site.as_(world.dieter)
    assert dieter.get(address).status_code == 404
    assert "Nordlys asks you to apply together" in text_of(dieter.get("/applications").text)
    link = mailed_link(site, "dieter@example.org")
    text = text_of(dieter.get(link).text)
    assert "Nordlys asks you to apply together" in text
    assert "Your share 30 percent Your part Cameras" in text
    answer = say_yes(dieter, link)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert save(dieter, address, "idea", {"q-solution": "Scan it"}).status_code == 303
    assert "Your idea: last saved by Dieter" in text_of(bo.get(address).text)
    fill(bo, address)
    assert submit(bo, address).status_code == 303
    for browser in (bo, dieter):
        text = text_of(browser.get(f"{address}/receipts/1").text)
        assert "Consortium of 2 firms Nordlys Leads 70 percent" in text
        assert "Weser 30 percent · Cameras" in text
    saved = dieter.get(f"{address}/receipts/1.txt").text
    assert "Partner: Weser · 30 % · Cameras" in saved
    assert verify(saved, Signer(site.settings.secret_key)).finding is Finding.GENUINE
    assert verify(saved.replace('"share":30', '"share":60')).finding is Finding.ALTERED


def test_the_partner_reads_along_and_cannot_submit(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    dieter = joined(site, world, bo, address)
    fill(dieter, address)
    text = text_of(dieter.get(f"{address}/check").text)
    assert "Only Nordlys, which leads, may do this." in text
    assert "Submit the application" not in text
    answer = dieter.post(f"{address}/submit", {"confirmed": "yes", "revision": "9"})
    assert answer.status_code in {403, 409}
    assert versions(site) == []
    assert "Led by Nordlys" in text_of(dieter.get("/applications").text)
    assert "Nordlys leads: it submits" in text_of(dieter.get(address).text)


def test_nothing_is_submitted_before_everybody_has_answered(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    fill(bo, address)
    ask(bo, address, name="Weser optics")
    page = bo.get(f"{address}/check").text
    assert "Weser optics has not answered yet" in text_of(page)
    assert f'href="{address}/partners"' in page
    assert "Submit the application" not in text_of(page)
    (one,) = partners(site)
    bo.submit(f"{address}/partners", f"{address}/partners/{one.public_id}/remove", {})
    assert submit(bo, address).status_code == 303
    assert versions(site)[0].consortium == []


def test_a_firm_of_the_directory_is_found_and_its_people_are_asked(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    listed(site, "weser")
    page = f"{address}/partners"
    fields = {"q": "wes", "share": "12", "part": "Optics", "then": "search", "email": ""}
    found = bo.submit(page, page, fields)
    assert found.status_code == 200
    assert 'value="weser"' in found.text
    assert 'value="12"' in found.text
    assert partners(site) == []
    assert ask(bo, address, firm="weser", email="", share="12").status_code == 303
    link = mailed_link(site, "dieter@example.org")
    assert site.as_(world.finn).get(link).status_code == 404
    assert say_yes(site.as_(world.dieter), link).status_code == 303


def test_a_firm_that_is_not_listed_cannot_be_found_by_asking(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    page = f"{address}/partners"
    found = bo.submit(page, page, {"q": "weser", "then": "search"})
    assert "0 firms found." in text_of(found.text)
    answer = ask(bo, address, firm="weser", email="")
    assert answer.status_code == 422
    assert "Weser" not in answer.text


def test_what_is_wrong_with_an_invitation_is_said_and_what_was_typed_stays(
    bo: Browser, address: str
) -> None:
    for fields, what in (
        ({"email": "nobody"}, "Please enter an e-mail address"),
        ({"email": ""}, "Choose a firm that you found, or enter an address."),
        ({"share": "100"}, "Please enter a number from 1 to 99."),
        ({"share": ""}, "Please fill in this field."),
        ({"part": ""}, "Please fill in this field."),
    ):
        answer = ask(bo, address, **{"name": "Kept as typed", **fields})
        assert answer.status_code == 422
        assert what in text_of(answer.text)
        assert "Kept as typed" in answer.text


def test_shares_have_to_sum_to_a_hundred(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    joined(site, world, bo, address)
    (one,) = partners(site)
    page, action = f"{address}/partners", f"{address}/partners/shares"
    wrong = {"share-lead": "60", f"share-{one.public_id}": "30"}
    answer = bo.submit(page, action, wrong)
    assert answer.status_code == 422
    assert "The shares sum to 90, and have to sum to 100." in text_of(answer.text)
    assert 'value="60"' in answer.text
    right = {"share-lead": "55", "part-lead": "Lead", f"share-{one.public_id}": "45"}
    assert bo.submit(page, action, right).status_code == 303
    assert "Weser Has to agree to new terms 45 percent" in text_of(bo.get(page).text)
    link = mailed_link(site, "dieter@example.org")
    dieter = site.as_(world.dieter)
    text = text_of(dieter.get(link).text)
    assert "Nordlys asks whether you agree to new terms" in text
    assert "So far you agreed to 30 percent. Cameras" in text
    assert say_yes(dieter, link).status_code == 303
    assert "Weser Takes part 45 percent" in text_of(bo.get(page).text)


def test_saying_yes_takes_a_tick_and_no_takes_none(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    ask(bo, address)
    link, dieter = mailed_link(site, "dieter@example.org"), site.as_(world.dieter)
    assert dieter.submit(link, link, {"then": "accept"}).status_code == 422
    assert dieter.submit(link, link, {"then": "decline"}).status_code == 303
    assert partners(site)[0].state == PartnerState.DECLINED
    assert dieter.get(link).status_code == 410
    site.work()
    told = [one for one in site.postbox.letters if one.to == "bo@example.org"]
    assert "takes no part in your application" in told[-1].subject


def test_a_partner_leaves_and_the_lead_learns_that_it_has_to_submit_again(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    dieter = joined(site, world, bo, address)
    fill(bo, address)
    submit(bo, address)
    (one,) = partners(site)
    page = f"{address}/partners"
    answer = dieter.submit(page, f"{page}/{one.public_id}/leave", {})
    assert answer.status_code == 303
    assert dieter.get(address).status_code == 404
    assert "Your changes count only when you submit again" in text_of(bo.get(address).text)
    assert "It counts once Nordlys has submitted again" in text_of(bo.get(page).text)
    submit(bo, address)
    assert [len(one.consortium) for one in versions(site)] == [2, 0]


def test_after_the_deadline_the_page_stays_and_nothing_on_it_can_be_pressed(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    dieter = joined(site, world, bo, address)
    link = mailed_link(site, "dieter@example.org")
    close(site, "long")
    for browser in (bo, dieter):
        text = text_of(browser.get(f"{address}/partners").text)
        assert "Weser Takes part 30 percent" in text
        for button in ("Take out", "Leave with your firm", "Save the shares", "Send the"):
            assert button not in text
    (one,) = partners(site)
    for browser, end in ((bo, "remove"), (dieter, "leave")):
        answer = browser.post(f"{address}/partners/{one.public_id}/{end}", {})
        assert answer.status_code == 403
    assert dieter.get(link).headers["location"] == address


def test_a_link_that_was_changed_opens_nothing(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    ask(bo, address)
    link = mailed_link(site, "dieter@example.org")
    dieter = site.as_(world.dieter)
    assert dieter.get(link[:-2] + "xx").status_code == 410
    assert dieter.post(link[:-2] + "xx", {"then": "decline"}).status_code == 410
    assert site.visit().get(link).status_code == 303


def test_somebody_without_a_firm_is_led_to_make_one_and_back(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    ask(bo, address, email="gro@example.org")
    link = mailed_link(site, "gro@example.org")
    page = site.as_(world.gro).get(link)
    assert "First your firm, then your answer" in text_of(page.text)
    assert f"next={link.replace('/', '%2F')}" in unescape(page.text)


def test_each_page_speaks_the_readers_language(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    ask(bo, address)
    link = mailed_link(site, "dieter@example.org")
    dieter = site.as_(world.dieter)
    for lang, words in (("de", "möchte sich gemeinsam mit Ihnen bewerben"), ("da", "vil gerne")):
        assert words in text_of(dieter.get(f"{link}?lang={lang}").text)
    assert "Bietergemeinschaft" in text_of(bo.get(f"{address}/partners?lang=de").text)


def test_the_page_asks_the_database_as_often_with_one_partner_as_with_three(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    def counted() -> int:
        seen: list[str] = []
        engine = site.database.engine
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        bo.get(f"{address}/partners")
        return len(seen)

    ask(bo, address, share="10")
    bo.get(f"{address}/partners")
    once = counted()
    for name in ("a", "b"):
        ask(bo, address, email=f"{name}@example.org", share="10")
    bo.get(f"{address}/partners")
    assert counted() == once

"""What firms read and answer, and that before the release nobody reads anything."""

import re
from datetime import timedelta

import pytest

from govmatch.accounts.models import Role
from govmatch.app.routes import all_routes
from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.decisions.models import Receipt
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from tests.site import Site, text_of
from tests.web.applications.world import give
from tests.web.decisions.doing import (
    CASE,
    act,
    buttons,
    kept,
    letter_to,
    propose,
    read_all,
    release,
)
from tests.web.decisions.world import CANARY, World

MEMBERS = {"nordlys": "bo", "weser": "dieter", "fjord": "lea", "klar": "mia", "outside": "ove"}
OUTSIDE = ("ida", "finn", "kim", "paul")


def answer_path(world: World, firm: str) -> str:
    return f"/applications/{world.of(firm).public_id}/answer"


def late(site: Site, world: World, firm: str) -> None:
    """Let the date of a firm be past."""
    with site.database.writing() as session:
        session.get_one(Application, world.of(firm).id).confirm_by = real_now() - timedelta(days=1)
        commit(session)


def readings(site: Site, world: World, firm: str) -> tuple[int, list[Receipt]]:
    """Return how often a reading stands in the journal, and the receipts of a firm's letter."""
    letter = letter_to(site, world, firm)
    with site.database.reading() as session:
        rows = session.query(JournalRow).filter_by(event="LetterRead").count()
        found = session.query(Receipt).filter_by(letter_id=letter.id).order_by(Receipt.id).all()
        session.expunge_all()
        return rows, found


def test_each_firm_reads_its_own_letter_and_no_other(site: Site, world: World) -> None:
    release(site, world)
    for firm, member in MEMBERS.items():
        path = f"/letters/{letter_to(site, world, firm).public_id}"
        for name in MEMBERS.values():
            status = site.as_(world.people[name]).get(path).status_code
            assert status == (200 if member == name else 404), (firm, name)
        for name in ("eva", "hanne", "astrid", "jens"):
            assert site.as_(world.people[name]).get(path).status_code == 200, (firm, name)
        for name in OUTSIDE:
            assert site.as_(world.people[name]).get(path).status_code == 404, (firm, name)
        assert site.visit().get(path).status_code == 303


def test_the_letter_says_what_why_and_until_when(site: Site, world: World) -> None:
    release(site, world)
    page = site.as_(world.bo).get(f"/letters/{letter_to(site, world, 'nordlys').public_id}").text
    assert 'href="/pages/guide-feedback"' in page
    said = text_of(page)
    assert "You are selected: Challenge labels" in said
    assert "fit of Nordlys by Finn" in said
    assert "Office of labels, labels@example.org" in said
    assert "{confirm_by}" not in said
    assert "Take the place or decline it" in said
    assert CANARY not in said
    assert "Take the place" not in text_of(
        site.as_(world.mia).get(f"/letters/{letter_to(site, world, 'klar').public_id}").text
    )


def test_the_head_of_a_letter_speaks_its_language_and_paper_says_where_it_stands(
    site: Site, world: World
) -> None:
    release(site, world)
    path = f"/letters/{letter_to(site, world, 'weser').public_id}"
    html = site.as_(world.dieter, lang="en").get(path).text
    said = text_of(html)
    assert "Antwort bis" in said and "Answer by" not in said
    assert said.index("Weser") < said.index("A-weser") < said.index("Antwort bis")
    assert f"A print of the binding copy, which stands at {site.settings.base_url}{path}" in said
    assert 'class="gm-letter' in html and "css/work" in html
    assert said.index("Take the place or decline it") > said.index("fit of Weser by Finn")


def test_opening_a_letter_is_noted_once_a_day_and_looking_ahead_never(
    site: Site, world: World
) -> None:
    release(site, world)
    site.work()
    path = f"/letters/{letter_to(site, world, 'nordlys').public_id}"
    bo = site.as_(world.bo)
    bo.client.head(path)
    bo.get(path, **{"sec-purpose": "prefetch"})
    rows, receipts = readings(site, world, "nordlys")
    assert (rows, [one.read_at for one in receipts]) == (0, [None, None])
    assert all(one.delivered_at is not None for one in receipts)
    for _ in range(3):
        assert bo.get(path).status_code == 200
    for name in ("eva", "jens"):
        site.as_(world.people[name]).get(path)
    rows, receipts = readings(site, world, "nordlys")
    assert rows == 1
    assert [(one.person_id, one.read_at is not None) for one in receipts] == [
        (world.bo.id, True),
        (world.carla.id, False),
    ]
    page = text_of(site.as_(world.eva).get(path.replace("/letters", "/nothing")).text)
    assert "Nordlys" not in page


def test_a_member_who_joined_later_has_a_receipt_from_reading(site: Site, world: World) -> None:
    release(site, world)
    with site.database.writing() as session:
        give(session, world.rosa, Role.MEMBER, "firm", world.firms["klar"].id, real_now())
        commit(session)
    path = f"/letters/{letter_to(site, world, 'klar').public_id}"
    assert site.as_(world.rosa).get(path).status_code == 200
    _, receipts = readings(site, world, "klar")
    assert receipts[-1].person_id == world.rosa.id
    assert receipts[-1].delivered_at == receipts[-1].read_at is not None


def test_the_list_of_letters_is_the_firms(site: Site, world: World) -> None:
    release(site, world)
    path = f"/applications/{world.of('nordlys').public_id}/letters"
    assert "You are selected" in text_of(site.as_(world.carla).get(path).text)
    for name in ("dieter", "eva", "astrid", *OUTSIDE):
        assert site.as_(world.people[name]).get(path).status_code == 404, name


def test_a_firm_takes_its_place(site: Site, world: World) -> None:
    release(site, world)
    path = answer_path(world, "nordlys")
    carla = site.as_(world.carla)
    assert carla.submit(path, path, {}).status_code == 422
    assert carla.submit(path, path, {"reply": "confirmed"}).status_code == 303
    assert kept(site, world, "nordlys").state == "confirmed"
    assert "Place taken" in text_of(carla.get(path).text)
    again = site.as_(world.bo).post(path, {"reply": "declined", "form_key": "x"})
    assert again.status_code == 403
    assert kept(site, world, "nordlys").state == "confirmed"


def test_a_firm_declines_and_the_next_one_moves_up(site: Site, world: World) -> None:
    release(site, world)
    path = answer_path(world, "nordlys")
    bo, eva = site.as_(world.bo), site.as_(world.eva)
    assert bo.submit(path, path, {"reply": "declined", "reason": "No time"}).status_code == 303
    said = text_of(eva.get(CASE).text)
    assert "1 place is free Nordlys declined on" in said
    assert "First on the reserve list: Fjord." in said
    assert "1 answer is awaited Weser: until" in said
    assert "Place declined" in said
    assert "No time" in said
    assert buttons(eva.get(CASE).text) == [("primary", f"{CASE}/successor")]
    up = f"{CASE}/successor"
    fjord, klar = (world.of(name).public_id for name in ("fjord", "klar"))
    assert eva.submit(up, up, {"successor": klar, "confirm_days": "7"}).status_code == 422
    answer = eva.submit(
        up, up, {"successor": fjord, "confirm_days": "7", "reasons-da": "En plads blev ledig."}
    )
    assert answer.status_code == 303
    second = answer.headers["location"]
    assert kept(site, world, "fjord").state == "reserve"
    hanne = site.as_(world.hanne)
    assert "Read the reasons and the letter." in text_of(hanne.get(second).text)
    assert act(hanne, second, "confirm").status_code == 303
    assert "A manager can release the letter once it is read." in text_of(hanne.get(second).text)
    read_all(eva, second)
    ready = text_of(eva.get(second).text)
    assert "The firm gets its letter, and the decision becomes public." in ready
    assert "Release the letter now" in ready
    assert eva.post(f"{second}/release").status_code == 303
    assert "The firm is being told by mail that it has a letter." in text_of(eva.get(second).text)
    lea = site.as_(world.lea, lang="da")
    letters = text_of(lea.get(f"/applications/{fjord}/letters").text)
    assert letters.index("Der er en ledig plads") < letters.index("I er på reservelisten")
    path = answer_path(world, "fjord")
    assert lea.submit(path, path, {"reply": "confirmed"}).status_code == 303
    assert kept(site, world, "fjord").state == "confirmed"


def test_the_letter_comes_first_and_once_read_the_answer(site: Site, world: World) -> None:
    release(site, world)
    page = f"/applications/{world.of('nordlys').public_id}"
    letters, answer = f"{page}/letters", f"{page}/answer"
    bo, carla = site.as_(world.bo), site.as_(world.carla)
    assert buttons(bo.get(page).text)[:2] == [("primary", letters), ("secondary", answer)]
    assert "Next: read your letter. Then say until" in text_of(bo.get(page).text)
    listed = bo.get(letters).text
    assert "Not opened by you yet" in text_of(listed)
    assert buttons(listed) == [("secondary", answer)]
    assert bo.get(f"/letters/{letter_to(site, world, 'nordlys').public_id}").status_code == 200
    assert buttons(bo.get(page).text)[:2] == [("primary", answer), ("secondary", letters)]
    assert "Next: say until" in text_of(bo.get(page).text)
    assert buttons(bo.get(letters).text) == [("primary", answer)]
    assert buttons(carla.get(page).text)[0] == ("primary", letters)
    mia, own = site.as_(world.mia), f"/applications/{world.of('klar').public_id}"
    assert buttons(mia.get(own).text)[:2] == [
        ("primary", f"{own}/letters"), ("secondary", f"{own}/check"),
    ]  # fmt: skip
    assert "Next: read your letter." in text_of(mia.get(own).text)


def test_after_the_date_an_answer_is_gone(site: Site, world: World) -> None:
    release(site, world)
    late(site, world, "nordlys")
    path = answer_path(world, "nordlys")
    bo = site.as_(world.bo)
    assert "The date to answer has passed" in text_of(bo.get(path).text)
    answer = bo.post(path, {"reply": "confirmed", "form_key": "k"})
    assert answer.status_code == 410
    assert "The date to answer has passed" in text_of(answer.text)
    assert kept(site, world, "nordlys").state == "selected"
    site.work()
    assert kept(site, world, "nordlys").state == "declined"
    assert bo.post(path, {"reply": "confirmed", "form_key": "l"}).status_code == 410
    told = [(one.to, one.subject) for one in site.postbox.letters]
    assert ("bo@example.org", "The date has passed: Challenge labels") in told
    assert ("astrid@example.org", "An answer has come in: Challenge labels") in told
    assert "No answer in time" in text_of(site.as_(world.eva).get(CASE).text)


@pytest.mark.parametrize("name", ["dieter", "mia", "eva", "astrid", *OUTSIDE])
def test_nobody_else_answers_for_a_firm(site: Site, world: World, name: str) -> None:
    release(site, world)
    path = answer_path(world, "nordlys")
    browser = site.as_(world.people[name])
    assert browser.get(path).status_code == 404
    assert browser.post(path, {"reply": "confirmed", "form_key": "k"}).status_code == 404
    assert kept(site, world, "nordlys").state == "selected"


@pytest.mark.parametrize("firm", ["fjord", "klar", "outside"])
def test_whoever_was_not_selected_has_nothing_to_answer(
    site: Site, world: World, firm: str
) -> None:
    release(site, world)
    browser = site.as_(world.people[MEMBERS[firm]])
    assert browser.get(answer_path(world, firm)).status_code == 404
    answer = browser.post(answer_path(world, firm), {"reply": "confirmed", "form_key": "k"})
    assert answer.status_code == 403


def test_before_the_release_no_firm_sees_anything_of_it(site: Site, world: World) -> None:
    """Everything is decided, confirmed and read; only the button was not pressed."""
    path = propose(site, world)
    act(site.as_(world.hanne), path, "confirm")
    read_all(site.as_(world.astrid), path)
    site.work()
    routes = {r.path for r in all_routes(site.settings) if r.method == "GET"}
    pages = sorted(p for p in routes if "{" not in p and not p.startswith("/demo"))
    pages += ["/challenges/labels", "/search?q=selected", "/search?q=Fit+of+Klar", "/suggest?q=fi"]
    for firm, name in MEMBERS.items():
        one, letter = world.of(firm), letter_to(site, world, firm)
        browser = site.as_(world.people[name])
        assert browser.get(f"/letters/{letter.public_id}").status_code == 404
        assert browser.get(answer_path(world, firm)).status_code == 404
        own = [f"/applications/{one.public_id}{end}" for end in ("", "/letters", "/check")]
        for page in (*pages, *own):
            said = browser.get(page).text
            for word in (
                letter.public_id,
                letter.subject.partition(":")[0],
                f"fit of {firm.title()}",
                "Reserve",
                "Ineligible",
                "Not selected",
                path,
            ):
                assert word not in said, (name, page, word)
    to_firms = {f"{name}@example.org" for name in (*MEMBERS.values(), "carla")}
    assert not to_firms & {one.to for one in site.postbox.letters}


def test_no_mail_says_a_result_a_reason_or_a_firm(site: Site, world: World) -> None:
    release(site, world)
    path = answer_path(world, "nordlys")
    site.as_(world.bo).submit(path, path, {"reply": "declined", "reason": "No time"})
    site.work()
    words = ("selected", "eserve", "eligible", "fit of", "No time", CANARY, "decline")
    names = [one.name for one in world.firms.values()]
    assert len(site.postbox.letters) > 8
    for letter in site.postbox.letters:
        for word in (*words, *names):
            assert word not in letter.subject + letter.body, (letter.subject, word)


def test_a_mail_leads_to_the_letter_in_each_persons_language(site: Site, world: World) -> None:
    with site.database.writing() as session:
        person = session.get_one(type(world.dieter), world.dieter.id)
        person.lang = "de"
        commit(session)
    release(site, world)
    site.work()
    mine = [one for one in site.postbox.letters if one.to == "dieter@example.org"]
    (subject,) = [one.subject for one in mine]
    assert re.fullmatch(
        r"Ihre Antwort ist bis zum \d+\. \w+ \d{4} nötig: Herausforderung labels", subject
    )
    assert f"/letters/{letter_to(site, world, 'weser').public_id}" in mine[0].body


def test_a_letter_that_a_partner_has_opened_is_no_longer_new_to_that_person(
    site: Site, world: World
) -> None:
    release(site, world)
    with site.database.writing() as session:
        partner = Partner(
            public_id="partner-of-nordlys",
            application_id=world.of("nordlys").id,
            firm_id=world.of("klar").firm_id,
            lang="en",
            state=PartnerState.ACCEPTED.value,
            share=30,
            agreed={"share": 30, "part": ""},
            invited_by=world.bo.id,
            invited_at=real_now(),
        )
        session.add(partner)
        application = session.get_one(Application, world.of("nordlys").id)
        application.partner_firms = [world.of("klar").firm_id]
        commit(session)
    mia, bo = site.as_(world.mia), site.as_(world.bo)
    path = f"/applications/{world.of('nordlys').public_id}/letters"
    new = "Not opened by you yet"
    assert new in text_of(mia.get(path).text)
    letter = f"/letters/{letter_to(site, world, 'nordlys').public_id}"
    assert mia.get(letter).status_code == 200
    assert new not in text_of(mia.get(path).text)
    assert new in text_of(bo.get(path).text)
    _, receipts = readings(site, world, "nordlys")
    assert world.mia.id not in {one.person_id for one in receipts}

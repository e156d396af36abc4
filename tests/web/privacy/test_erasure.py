"""Having oneself erased: what is told, the days to stop it, and what is left."""

from datetime import timedelta

from sqlalchemy import select, update

from govmatch.accounts.models import Person, Role, RoleRow, SessionRow
from govmatch.following.models import Follow
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import verify
from govmatch.notifications.models import InboxItem, Mail
from govmatch.privacy import actions
from govmatch.privacy.models import Erasure, Why
from govmatch.privacy.periods import Kind
from tests.site import Site, text_of
from tests.web.accounts.acting import age_sessions, events, person
from tests.web.privacy.people import Someone, give, make_firm

PAGE = "/account/erasure"
SURE = {"sure": "yes"}


def the_erasure(site: Site) -> Erasure:
    with site.database.reading() as session:
        return session.scalars(select(Erasure)).one()


def make_due(site: Site) -> None:
    with site.database.writing() as session:
        session.execute(update(Erasure).values(due_at=real_now() - timedelta(seconds=1)))
        commit(session)


def test_the_page_says_what_is_erased_what_is_kept_and_why(bo: Someone) -> None:
    shown = text_of(bo.browser.get(PAGE).text)
    assert "What is erased" in shown
    assert "The log of what happened" in shown
    assert "stays, without you" in shown
    assert "It is done in 7 days." in shown


def test_nothing_happens_without_saying_that_one_knows(site: Site, bo: Someone) -> None:
    answer = bo.browser.submit(PAGE, PAGE, {})
    assert answer.status_code == 422
    assert "Please confirm that you know" in text_of(answer.text)
    assert "ErasureAsked" not in events(site)


def test_a_week_later_only_a_number_is_left_and_a_last_mail_says_what_is_kept(
    site: Site, bo: Someone
) -> None:
    bo.browser.submit(PAGE, PAGE, SURE)
    site.work()
    (told,) = [one for one in site.postbox.letters if "stop it" in one.subject]
    assert told.to == "bo@example.org"
    assert bo.again().name == "Bo"  # the days to stop it are not over
    make_due(site)
    site.work()
    left = bo.again()
    assert (left.name, left.salt, left.disabled_at is None) == ("", "", False)
    assert left.email.endswith("@erased.invalid")
    (last,) = [one for one in site.postbox.letters if "have been erased" in one.subject]
    assert last.to == "bo@example.org"
    assert "The log of what happened" in last.body
    with site.database.reading() as session:
        for table in (Follow, InboxItem):
            assert session.scalars(select(table)).all() == []
        own = select(SessionRow).where(SessionRow.person_id == bo.person.id)
        assert session.scalars(own).all() == []
        addresses = select(Mail.address).where(Mail.person_id == bo.person.id)
        assert set(session.scalars(addresses)) == {""}
        assert verify(session).bad_id is None
    done = the_erasure(site)
    assert done.done_at is not None
    assert done.kept == [{"kind": "journal", "until": ""}]
    assert bo.browser.get("/account").status_code in {303, 401, 403}


def test_it_can_be_stopped_until_its_day(site: Site, bo: Someone) -> None:
    bo.browser.submit(PAGE, PAGE, SURE)
    shown = text_of(bo.browser.get(PAGE).text)
    assert "Your data will be erased on" in shown
    assert "Have my data erased" not in shown
    bo.browser.post(f"{PAGE}/take-back")
    make_due(site)
    site.work()
    assert bo.again().name == "Bo"
    assert [one for one in site.postbox.letters if "nothing will be erased" in one.subject]


def test_asking_twice_is_one_erasure_on_the_first_day(site: Site, bo: Someone) -> None:
    bo.browser.submit(PAGE, PAGE, SURE)
    first = the_erasure(site).due_at
    bo.browser.post(PAGE, {**SURE, "form_key": "another"})
    assert the_erasure(site).due_at == first


def test_it_wants_a_fresh_sign_in(site: Site, bo: Someone) -> None:
    age_sessions(site, timedelta(minutes=31))
    answer = bo.browser.submit(PAGE, PAGE, SURE)
    assert answer.headers["location"].startswith("/account/fresh?next=")
    assert "ErasureAsked" not in events(site)


def test_the_only_administrator_is_told_to_give_the_role_away_first(
    site: Site, kim: Someone
) -> None:
    assert "You are the only administrator." in text_of(kim.browser.get(PAGE).text)
    assert kim.browser.post(PAGE, {**SURE, "form_key": "x"}).status_code == 403
    person(site, "Karl", (Role.ADMINISTRATOR, "site", 0))
    assert "You are the only administrator." not in text_of(kim.browser.get(PAGE).text)


def test_a_firm_without_anybody_else_is_named_before(site: Site) -> None:
    made = person(site, "Lea")
    lea = site.as_(made)
    with site.database.writing() as session:
        firm_id = make_firm(session, "Nordlys ApS").id
        give(session, made.id, firm_id)
        commit(session)
    shown = text_of(lea.get(PAGE).text)
    assert "This firm will be closed, since nobody else belongs to it:" in shown
    assert "Nordlys ApS" in shown
    mia = person(site, "Mia")
    with site.database.writing() as session:
        give(session, mia.id, firm_id)
        commit(session)
    assert "Nordlys ApS" not in text_of(lea.get(PAGE).text)


def test_an_unused_account_is_told_and_stays_when_its_person_signs_in(site: Site) -> None:
    old = real_now() - timedelta(days=1200)
    for name in ("Ole", "Pia"):
        made = person(site, name)
        with site.database.writing() as session:
            session.get_one(Person, made.id).created_at = old
            commit(session)
    run(site)
    site.work()
    told = {one.to for one in site.postbox.letters if "unless you sign in" in one.subject}
    assert told == {"ole@example.org", "pia@example.org"}
    with site.database.reading() as session:
        assert set(session.scalars(select(Erasure.why))) == {Why.IDLE.value}
        pia = session.scalars(select(Person).where(Person.name == "Pia")).one()
    site.as_(pia)
    make_due(site)
    site.work()
    with site.database.reading() as session:
        assert set(session.scalars(select(Person.name))) == {"", "Pia"}


def run(site: Site) -> None:
    with site.database.writing() as session:
        now = real_now()
        actions.run(
            session, Kind.ACCOUNTS, settings=site.settings, actor=VISITOR, now=now, real_now=now
        )
        commit(session)


def test_roles_end_and_stay_to_be_shown(site: Site) -> None:
    eva = person(site, "Eva", (Role.LEAD, "firm", 5))
    browser = site.as_(eva)
    browser.submit(PAGE, PAGE, SURE)
    make_due(site)
    site.work()
    with site.database.reading() as session:
        (role,) = session.scalars(select(RoleRow).where(RoleRow.person_id == eva.id))
        assert role.until is not None

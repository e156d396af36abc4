"""Who sees what of somebody, since when, and ending it."""

from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.following.models import Follow
from govmatch.kit.db import commit
from govmatch.organisations.models import Firm
from tests.site import Site, text_of
from tests.web.accounts.acting import events, person
from tests.web.privacy.people import Someone, give, make_firm

PAGE, END = "/account/privacy", "/account/privacy/end"


def with_firm(site: Site, name: str, role: Role = Role.LEAD) -> tuple[Someone, str]:
    made = person(site, name)
    with site.database.writing() as session:
        firm = make_firm(session, "Nordlys ApS", is_public=True)
        give(session, made.id, firm.id, role)
        commit(session)
        key = firm.public_id
    return Someone(site, made, site.as_(made)), key


def firm_of(site: Site, key: str) -> Firm:
    with site.database.reading() as session:
        return session.scalars(select(Firm).where(Firm.public_id == key)).one()


def test_each_line_says_what_who_and_since_when(bo: Someone) -> None:
    shown = text_of(bo.browser.get(PAGE).text)
    assert "Your name, address and roles" in shown
    assert "The administrators of this site" in shown
    assert "Your address, to send you mails about what you follow (1 thing)" in shown
    assert "The profile of your firm" not in shown


def test_a_firm_is_taken_out_of_the_directory_and_of_matching(site: Site) -> None:
    lea, key = with_firm(site, "Lea")
    shown = text_of(lea.browser.get(PAGE).text)
    assert "Take out of the directory" in shown
    assert "Switch matching off" in shown
    for kind in ("directory", "matching"):
        sent = lea.browser.submit(PAGE, END, {"kind": kind, "key": key})
        assert sent.headers["location"] == PAGE
    kept = firm_of(site, key)
    assert (kept.is_public, kept.matching) == (False, False)
    again = text_of(lea.browser.get(PAGE).text)
    assert "Take out of the directory" not in again
    assert "You took your firm out of the directory." in again
    assert events(site).count("SharingEnded") == 2


def test_somebody_elses_firm_is_not_found_and_stays(site: Site, bo: Someone) -> None:
    _, key = with_firm(site, "Lea")
    sent = bo.browser.post(END, {"kind": "directory", "key": key})
    assert sent.status_code == 404
    assert firm_of(site, key).is_public


def test_who_only_pays_for_a_firm_sees_the_line_and_cannot_end_it(site: Site) -> None:
    flora, key = with_firm(site, "Flora", Role.FINANCE)
    shown = text_of(flora.browser.get(PAGE).text)
    assert "The profile of your firm" in shown
    assert "Take out of the directory" not in shown
    assert flora.browser.post(END, {"kind": "directory", "key": key}).status_code == 403
    assert firm_of(site, key).is_public


def test_all_mails_about_what_is_followed_end_with_one_button(site: Site, bo: Someone) -> None:
    bo.browser.submit(PAGE, END, {"kind": "follows", "key": "all"})
    with site.database.reading() as session:
        assert session.scalars(select(Follow)).all() == []


def test_what_cannot_be_ended_here_is_not_found(bo: Someone) -> None:
    for kind in ("account", "application", "everything", ""):
        assert bo.browser.post(END, {"kind": kind, "key": "x"}).status_code == 404

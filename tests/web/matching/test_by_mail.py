"""New matches by mail: once each, with all else in one mail, in the reader's language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Person, RoleRow
from govmatch.explore.handlers import tell_digests
from govmatch.following.models import Follow
from govmatch.kit.background import Background
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.mail import Letter
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications import actions as notifications
from govmatch.notifications.models import Mail, Preference
from govmatch.organisations.models import Firm
from tests.site import Browser, text_of
from tests.web.matching.test_list import LABELS_TITLE
from tests.web.matching.world import MatchWorld


def choose(world: MatchWorld, how: str, *, who: str = "bo", firm: str = "") -> Browser:
    browser = world.desk.as_(who)
    fields = {"how": how, "firm": firm or world.firms["nordlys"].public_id}
    assert browser.submit("/matches", "/matches/by-mail", fields).status_code == 303
    return browser


def mails_after(world: MatchWorld, **units: float) -> list[Letter]:
    """Do what is due so long from now, and return the mails that were made for it."""
    site = world.site
    site.work()
    before = len(site.postbox.letters)
    at = real_now() + timedelta(**units)
    with site.database.writing() as session:
        settings = site.settings
        tell_digests(Background(settings, Signer(settings.secret_key), real_now(), at), session)
        for mail in session.scalars(select(Mail)):
            mail.next_try = real_now()
        commit(session)
    site.work()
    return site.postbox.letters[before:]


def test_what_is_new_since_the_choice_comes_once_and_what_was_there_does_not(
    world: MatchWorld,
) -> None:
    browser = choose(world, "daily")
    assert 'value="daily" checked' in browser.get("/matches").text
    assert mails_after(world, days=1) == []
    [slug] = world.open_more(1)
    [letter] = mails_after(world, days=2)
    assert (letter.to, letter.subject.partition(" – ")[0]) == ("bo@example.org", "1 new match")
    assert "New matches of Nordlys Vision ApS:" in letter.body
    assert f"- {LABELS_TITLE} – Fits" in letter.body and "open until" in letter.body
    assert f"http://127.0.0.1:8000/challenges/{slug}" in letter.body
    assert mails_after(world, days=3) == []


def test_what_the_firm_set_aside_is_not_told(world: MatchWorld) -> None:
    choose(world, "daily")
    [slug] = world.open_more(1)
    path = f"/matches/{slug}/not-for-us"
    world.desk.as_("bo").submit(path, path, {"reason": "capacity"})
    assert mails_after(world, days=1) == []


@pytest.mark.parametrize("change", ["left", "closed", "switched off"])
def test_nothing_comes_once_it_is_not_theirs_to_read(world: MatchWorld, change: str) -> None:
    choose(world, "daily")
    world.open_more(1)
    with world.site.database.writing() as session:
        firm = session.get_one(Firm, world.firms["nordlys"].id)
        if change == "left":
            own = RoleRow.person_id == world.desk.people["bo"].id
            for row in session.scalars(select(RoleRow).where(own)):
                row.until = real_now()
        elif change == "closed":
            firm.closed_at = real_now()
        else:
            firm.matching = False
        commit(session)
    assert mails_after(world, days=1) == []
    with world.site.database.reading() as session:
        assert len(session.scalars(select(Follow)).all()) == (0 if change == "left" else 1)


def test_messages_matches_and_news_come_in_one_mail_in_danish(world: MatchWorld) -> None:
    bo = world.desk.people["bo"]
    browser = choose(world, "weekly")
    follow = "/themes/inspections/follow"
    assert browser.submit(follow, follow, {"how": "daily"}).status_code == 303
    with world.site.database.writing() as session:
        session.get_one(Person, bo.id).lang = "da"
        session.add(Preference(person_id=bo.id, topic="messages", how="daily"))
        notice = Notice(
            key="told", mail="accounts/role_given", address=bo.email, lang="da",
            person_id=bo.id, values={"role": "x", "object": "y"}, links={"account": "/account"},
            topic="messages", path="/applications",
        )  # fmt: skip
        settings = world.site.settings
        notifications.deliver(session, notice, settings=settings, now=real_now())
        for one in session.scalars(select(Follow)):
            one.next_at = real_now() + timedelta(days=6)
        commit(session)
    world.open_more(1)
    to_noon = 12 - real_now().hour  # messages of a day wait for its morning
    [letter] = mails_after(world, days=7, hours=to_noon)
    assert letter.subject.startswith("1 nyt match, ") and "1 besked" in letter.subject
    parts = [letter.body.index(said) for said in ("Beskeder til dig:", "Nye match for")]
    assert parts == sorted(parts)
    assert "Du har fået en ny rolle" in letter.body
    assert mails_after(world, days=7, hours=to_noon, minutes=2) == []


def test_one_click_in_the_mail_ends_what_it_is_about(world: MatchWorld) -> None:
    choose(world, "weekly")
    world.open_more(1)
    [letter] = mails_after(world, days=8)
    path = letter.ends_at.removeprefix("http://127.0.0.1:8000")
    form = {"List-Unsubscribe": "One-Click"}
    assert world.site.visit().post(path, form, headers={"origin": ""}).status_code == 200
    assert "You follow nothing yet" in text_of(world.desk.as_("bo").get("/account/following").text)
    world.open_more(1)
    assert mails_after(world, days=16) == []


@pytest.mark.security(2)
def test_nobody_follows_the_matches_of_another_firm(world: MatchWorld) -> None:
    theirs = {"how": "daily", "firm": world.firms["geheim"].public_id}
    assert world.desk.as_("bo").post("/matches/by-mail", theirs).status_code == 404
    assert world.desk.as_("astrid").post("/matches/by-mail", theirs).status_code == 404
    assert world.site.visit().post("/matches/by-mail", theirs).status_code in {303, 403}
    own = {"how": "hourly", "firm": world.firms["nordlys"].public_id}
    for how in ("hourly", "at_once"):
        assert world.desk.as_("bo").post("/matches/by-mail", {**own, "how": how}).status_code == 404
    with world.site.database.reading() as session:
        assert session.scalars(select(Follow)).all() == []


def test_how_often_is_changed_or_ended_with_all_else_that_is_followed(world: MatchWorld) -> None:
    browser = choose(world, "daily")
    page = browser.get("/account/following").text
    assert "Matches of Nordlys Vision ApS" in text_of(page)
    assert 'value="at_once"' not in page
    with world.site.database.reading() as session:
        follow = session.scalars(select(Follow.public_id)).one()
    at_once = {"act": "how", "follow": follow, "how": "at_once"}
    assert browser.post("/account/following", at_once).status_code == 404
    assert choose(world, "never").get("/account/following").text.count("Nordlys") == 0

"""Who is told what: each thing once, as often as was chosen, and only while it is true."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from govmatch.accounts.models import Person
from govmatch.challenges.events import ChallengeAmended
from govmatch.challenges.models import Amendment, Challenge
from govmatch.following import personal
from govmatch.following.models import Follow
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from tests.site import text_of
from tests.web.following.world import FOLLOW, OLGA, Followed, address

OWN = "/account/following"
THEME, AUTHORITY = "/themes/safety/follow", "/authorities/safety/follow"
NOW = real_now().replace(microsecond=0)


def follow(followed: Followed, name: str, path: str, **fields: str) -> None:
    answer = followed.as_(name).submit(path, path, fields)
    assert answer.status_code == 303


def subjects(followed: Followed) -> list[tuple[str, str]]:
    return [(one.to, one.subject) for one in followed.news()]


def publish(followed: Followed, slug: str = "long", *, at: timedelta = timedelta()) -> None:
    """Let a challenge become public at this distance from now, and open two days later."""
    now = real_now()
    followed.change(
        slug, published_at=now + at, opens=now + at + timedelta(days=2),
        closes=now + timedelta(days=40),
    )  # fmt: skip


def amend(followed: Followed) -> None:
    """Amend a challenge as the only one of its office, who need not be told."""

    def act(session: Session) -> None:
        one = session.scalars(select(Challenge).where(Challenge.slug == "long")).one()
        made = Amendment(
            public_id=f"a{real_now():%H%M%S%f}", challenge_id=one.id, at=real_now(),
            reasons={"en": "Secret ingredient"}, changes=[],
        )  # fmt: skip
        session.add(made)
        session.flush()
        event = ChallengeAmended(subject_id=one.id, amendment_id=made.id, fields=["closes"])
        astrid = session.scalars(select(Person).where(Person.email == "astrid@example.org")).one()
        journal.record(session, event, actor=Actor(person_id=astrid.id), now=real_now())

    followed.do(act)


def test_with_an_account_one_button_is_enough_and_the_news_stand_in_the_inbox_too(
    followed: Followed,
) -> None:
    bo = followed.as_("bo")
    answer = bo.submit("/challenges/long", FOLLOW, {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges/long")
    page = text_of(bo.get("/challenges/long").text)
    assert "You follow it by mail" in page
    followed.call_off()
    [letter] = followed.news()
    assert (letter.to, letter.subject) == ("bo@example.org", "Cancelled: Challenge long")
    assert "http://127.0.0.1:8000/account/following" in letter.body
    inbox = text_of(bo.get("/inbox").text)
    assert "Cancelled: Challenge long" in inbox
    assert "What you follow" in inbox


def test_three_follows_that_fit_make_one_mail(followed: Followed) -> None:
    for path in (FOLLOW, THEME, AUTHORITY):
        follow(followed, "bo", path, how="at_once")
    publish(followed)
    [letter] = followed.news()
    assert (letter.to, letter.subject) == ("bo@example.org", "New challenge: Challenge long")
    assert "Theme: Product safety · Authority: Authority of safety" in letter.body
    answer = followed.site.visit().submit(address(letter, "end"), address(letter, "end"), {})
    assert answer.status_code == 303
    assert followed.rows()["follows"] == 0


def test_a_person_is_told_once_though_the_address_follows_without_the_account_too(
    followed: Followed,
) -> None:
    follow(followed, "bo", FOLLOW)
    followed.opt_in(email="bo@example.org")
    followed.call_off()
    assert subjects(followed) == [("bo@example.org", "Cancelled: Challenge long")]


def test_publication_is_told_by_the_clock_and_only_once(followed: Followed) -> None:
    follow(followed, "bo", THEME, how="at_once")
    publish(followed, at=timedelta(hours=3))
    assert subjects(followed) == []
    assert followed.after(hours=2, minutes=59) == []
    [letter] = followed.after(hours=3, minutes=1)
    assert letter.subject == "New challenge: Challenge long"
    assert followed.after(hours=3, minutes=2) == []


def test_opening_and_the_last_days_are_told_to_who_follows_the_challenge_itself(
    followed: Followed,
) -> None:
    follow(followed, "bo", FOLLOW)
    follow(followed, "dieter", THEME, how="at_once")
    now = real_now()
    followed.change(
        "long", published_at=now - timedelta(days=3), opens=now + timedelta(days=1),
        closes=now + timedelta(days=20),
    )  # fmt: skip
    told = [
        [(one.to, one.subject) for one in followed.after(days=days, minutes=5)]
        for days in (1, 12, 13, 17, 18, 19)
    ]
    bo = "bo@example.org"
    assert told == [
        [(bo, "Open for applications: Challenge long")],
        [],
        [(bo, "The deadline is in 7 days: Challenge long")],
        [],
        [(bo, "The deadline is in 2 days: Challenge long")],
        [],
    ]


def test_a_deadline_that_moved_is_told_anew_and_the_old_one_no_more(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    followed.change("long", published_at=NOW - timedelta(days=9), closes=NOW + timedelta(days=9))
    [letter] = followed.after(days=2, minutes=5)
    assert letter.subject == "The deadline is in 7 days: Challenge long"
    followed.change("long", closes=NOW + timedelta(days=30))
    assert followed.after(days=7, minutes=5) == []
    [letter] = followed.after(days=23, minutes=5)
    assert letter.subject == "The deadline is in 7 days: Challenge long"


def test_a_digest_leaves_out_a_deadline_that_moved_after_it_was_noted(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW, how="weekly")
    later = real_now() + timedelta(days=5)
    followed.do(lambda s: s.execute(update(Follow).values(next_at=later)))
    followed.change("long", published_at=NOW - timedelta(days=9), closes=NOW + timedelta(days=9))
    assert followed.after(days=2, minutes=5) == []
    followed.change("long", closes=NOW + timedelta(days=30))
    assert followed.after(days=5, minutes=1) == []


def test_a_worker_that_stood_still_tells_nothing_old(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    followed.change("long", published_at=NOW - timedelta(days=9), closes=NOW + timedelta(days=9))
    assert followed.after(days=3, hours=1) == []


def test_a_change_is_told_with_its_place_and_without_its_text(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    amend(followed)
    [letter] = followed.news()
    assert letter.subject == "Changed: Challenge long"
    assert "/challenges/long#changes" in letter.body
    assert "Secret ingredient" not in letter.body


def test_nothing_is_told_of_what_is_not_public_at_that_moment(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    follow(followed, "dieter", AUTHORITY, how="daily")
    amend(followed)
    followed.change("long", published_at=real_now() + timedelta(days=1))
    assert followed.news() == []
    assert followed.after(days=1, hours=-1) == []


def test_who_follows_later_hears_nothing_of_before(followed: Followed) -> None:
    amend(followed)
    follow(followed, "bo", FOLLOW)
    follow(followed, "dieter", FOLLOW, how="daily")
    assert followed.news() == []
    assert followed.after(days=1, hours=1) == []


def test_the_daily_mail_has_everything_once_and_the_weekly_one_waits(followed: Followed) -> None:
    for path in (FOLLOW, AUTHORITY):
        followed.opt_in(path, how="daily", lang="de")
    followed.opt_in(THEME, email="lea@out.example", how="weekly")
    later = real_now() + timedelta(days=6)
    followed.do(
        lambda s: s.execute(update(Follow).where(Follow.how == "weekly").values(next_at=later))
    )
    publish(followed)
    followed.site.work()
    amend(followed)
    [letter] = followed.after(days=1)
    assert letter.to == OLGA
    assert letter.subject == "1 Neuigkeit – govmatch"
    assert letter.body.count("Herausforderung long") == 1
    assert "Herausforderung long – Neue Herausforderung, Geändert" in letter.body
    assert "/challenges/long" in letter.body
    assert followed.after(days=1, minutes=1) == []
    weekly = followed.after(days=7)
    assert [one.to for one in weekly] == ["lea@out.example"]
    end = address(letter, "end")
    followed.site.visit().client.post(end, data={"List-Unsubscribe": "One-Click"})
    assert followed.addresses() == ["lea@out.example"] * 3


def test_no_digest_is_sent_where_nothing_is_new(followed: Followed) -> None:
    followed.change("long", closes=NOW + timedelta(days=40))
    followed.opt_in(how="daily")
    assert followed.after(days=1) == []
    assert followed.after(days=8) == []


def test_a_search_is_told_of_once_the_index_has_it(followed: Followed) -> None:
    path = "/search/follow?address=q%3Dlong"
    answer = followed.as_("bo").submit(path, "/search/follow", {"how": "at_once"})
    assert answer.headers["location"] == "/search?q=long"
    followed.site.work()
    publish(followed)
    followed.site.work()
    [letter] = followed.after(minutes=1)
    assert letter.to == "bo@example.org"
    assert "Challenge long – New" in letter.body
    assert followed.after(minutes=2) == []


def test_what_is_told_by_theme_at_once_is_not_told_by_search_again(followed: Followed) -> None:
    follow(followed, "bo", THEME, how="at_once")
    follow(followed, "bo", "/search/follow?address=q%3Dlong", how="at_once")
    followed.site.work()
    publish(followed)
    [letter] = followed.news()
    assert letter.subject == "New challenge: Challenge long"
    assert followed.after(minutes=1) == []


def test_somebody_elses_follow_is_neither_shown_nor_ended(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    with followed.site.database.reading() as session:
        one = session.scalars(select(Follow)).one()
    dieter = followed.as_("dieter")
    assert "Challenge long" not in text_of(dieter.get(OWN).text)
    for fields in ({"act": "end"}, {"act": "how", "how": "daily"}):
        assert dieter.post(OWN, {"follow": one.public_id, **fields}).status_code == 404
    assert followed.rows()["follows"] == 1
    bo = followed.as_("bo")
    assert "Challenge: Challenge long" in text_of(bo.get(OWN).text)
    assert bo.post(OWN, {"follow": one.public_id, "act": "end"}).status_code == 303
    assert followed.rows()["follows"] == 0


@pytest.mark.parametrize("wanted", ["daily", "weekly", "at_once"])
def test_how_often_is_changed_with_the_account(followed: Followed, wanted: str) -> None:
    follow(followed, "bo", FOLLOW)
    follow(followed, "bo", FOLLOW, how=wanted)
    with followed.site.database.reading() as session:
        assert [one.how for one in session.scalars(select(Follow))] == [wanted]


def test_what_one_follows_is_exported_and_erased(followed: Followed) -> None:
    follow(followed, "bo", FOLLOW)
    followed.opt_in(THEME, email="bo@example.org")
    bo = followed.world.bo
    with followed.site.database.reading() as session:
        told: dict[str, Any] = personal.export(session, bo.id)
    assert [one["address"] for one in told["follows"]] == ["/challenges/long"]
    alone = told["follows_by_address_alone"]
    assert [one["address"] for one in alone] == ["/challenges?theme=safety"]
    followed.do(lambda session: personal.erase(session, bo.id, now=real_now()))
    assert followed.rows()["follows"] == 0
    assert followed.rows()["subscribers"] == 0
    with followed.site.database.reading() as session:
        assert session.get_one(Person, bo.id).email == "bo@example.org"

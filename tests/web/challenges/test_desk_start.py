"""The first page of whoever writes, approves or publishes."""

from datetime import timedelta

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import AUTHORITY, PROGRAMME, Desk


def called(title: str) -> dict[str, Words]:
    return {"en": Words(title=title, summary="Short.", body="Long.")}


def test_an_empty_desk_says_how_to_begin(desk: Desk) -> None:
    page = text_of(desk.as_("astrid").get("/desk").text)
    assert "Write your first challenge" in page
    assert text_of(desk.as_("hanne").get("/desk").text).count("Nothing waits for you") == 1


def test_the_next_thing_to_do_is_that_of_the_reader(desk: Desk) -> None:
    desk.draft(words=called("Still a draft"))
    desk.submitted(words=called("First for approval"))
    desk.submitted(words=called("Second for approval"))
    desk.approved(words=called("To be published"))
    astrid, hanne, eva = (
        text_of(desk.as_(n).get("/desk").text) for n in ("astrid", "hanne", "eva")
    )
    assert "1 draft is not submitted yet It is this one: Still a draft" in astrid
    assert "2 challenges wait for your approval The one that waits longest: First" in hanne
    assert "1 challenge waits for you to publish it It is this one: To be published" in eva


def test_the_desk_tells_what_waits_for_the_reader_from_what_does_not(desk: Desk) -> None:
    desk.draft(words=called("Still a draft"))
    desk.submitted(words=called("For approval"))
    page = text_of(desk.as_("hanne").get("/desk").text)
    yours, others = page.split("Waits for others, or for its time")
    assert "For approval" in yours
    assert "Waits for your approval" in yours
    assert "Still a draft" not in yours
    assert "Still a draft" in others


def test_who_wrote_a_challenge_is_not_asked_to_approve_it(desk: Desk) -> None:
    desk.give("astrid", Role.APPROVER, "authority", AUTHORITY)
    desk.submitted(words=called("My own"))
    page = text_of(desk.as_("astrid").get("/desk").text)
    assert "wait for your approval" not in page
    assert "Waits for somebody who approves" in page


def test_an_approver_of_the_programme_steps_in_only_where_the_authority_has_none(
    desk: Desk,
) -> None:
    desk.give("gro", Role.APPROVER, "programme", PROGRAMME)
    desk.submitted()
    assert "waits for your approval" not in text_of(desk.as_("gro").get("/desk").text)
    desk.set_person("hanne", disabled_at=desk.now)
    assert "1 challenge waits for your approval" in text_of(desk.as_("gro").get("/desk").text)


def test_published_and_finished_challenges_have_tabs_of_their_own(desk: Desk) -> None:
    desk.draft(words=called("Still a draft"))
    desk.published(words=called("Out in the open"))
    browser = desk.as_("eva")
    assert "Out in the open" not in browser.get("/desk").text
    published = browser.get("/desk?part=published").text
    assert "Out in the open" in published
    assert "Still a draft" not in published
    assert "There is nothing here yet" in browser.get("/desk?part=finished").text


@pytest.mark.security(1)
def test_nobody_sees_the_desk_of_another_authority_or_programme(desk: Desk) -> None:
    for make in (desk.draft, desk.submitted, desk.approved, desk.published):
        make(words=called("zyzzyva"))
    for name in ("ida", "pia"):
        for part in ("", "?part=published", "?part=finished"):
            page = desk.as_(name).get(f"/desk{part}")
            assert page.status_code == 200
            assert "zyzzyva" not in page.text
            assert "(0)" in text_of(page.text)


def test_the_desk_is_for_its_people_only(desk: Desk) -> None:
    for name in ("bo", "gro", "kim", "jens"):
        assert desk.as_(name).get("/desk").status_code == 403
    answer = desk.site.visit().get("/desk")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fdesk")


def test_a_role_counts_only_after_the_second_factor(desk: Desk) -> None:
    answer = desk.as_("hanne", factor=False).get("/desk")
    assert answer.headers["location"].startswith("/second-factor?next=")


def test_a_longer_desk_takes_no_more_statements(desk: Desk) -> None:
    desk.submitted()
    browser = desk.as_("hanne")
    few = desk.statements(browser, "/desk")
    desk.submitted()
    desk.submitted()
    assert desk.statements(browser, "/desk") == few


def test_what_is_past_its_deadline_leads_the_desk_of_those_who_open_it(desk: Desk) -> None:
    slug = desk.published(words=called("Time is over"))
    desk.draft(words=called("Still a draft"))
    long_ago = desk.now - timedelta(days=30)
    desk.set_challenge(slug, opens=long_ago, closes=desk.now - timedelta(hours=1))
    desk.give("gro", Role.APPROVER, "programme", PROGRAMME)
    leads = "1 challenge waits for its applications to be opened It is this one: Time"
    for name, is_first in (("eva", True), ("astrid", False), ("hanne", True)):
        page = text_of(desk.as_(name).get("/desk").text)
        assert (leads in page) is is_first  # Astrid has a draft, and cannot begin an opening
        yours = page.split("Waits for you")[1].split("Waits for others")[0]
        assert "Time is over" in yours and "The deadline has passed: open the app" in yours
    for name in ("gro", "ida"):
        assert "Time is over" not in desk.as_(name).get("/desk").text
    desk.set_challenge(slug, opened_at=desk.now)
    assert "waits for its applications" not in text_of(desk.as_("eva").get("/desk").text)

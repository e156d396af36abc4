"""From draft to publication: each step by another person, in its turn, and what it leaves."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges.statement import Words
from tests.site import Browser, text_of
from tests.web.challenges.desk_world import AUTHORITY, PROGRAMME, Desk
from tests.web.challenges.sending import fields_of, typed

ACTS = (
    *("submit", "approve", "return", "publish", "publish/move", "publish/withdraw"),
    *("cancel", "delete"),
)
SENT = {"when": "now", "new-whole": "Please change it", "reason-en": "No money"}


def path(slug: str, act: str = "") -> str:
    return f"/desk/challenges/{slug}" + (f"/{act}" if act else "")


def act(browser: Browser, slug: str, name: str, **changes: Any) -> Any:
    """Press a button of the challenge's page."""
    fields = fields_of(browser.get(path(slug)).text, path(slug, name))
    return browser.post(path(slug, name), typed(fields, **changes))


def local(desk: Desk, days: float) -> str:
    instant = desk.now + timedelta(days=days)
    return instant.astimezone(ZoneInfo("Europe/Copenhagen")).strftime("%Y-%m-%dT%H:%M")


def test_a_challenge_goes_from_draft_to_publication_by_three_people(desk: Desk) -> None:
    slug = desk.draft()
    for name, button, state in (
        ("astrid", "submit", "in_review"),
        ("hanne", "approve", "approved"),
        ("eva", "publish", "published"),
    ):
        answer = act(desk.as_(name), slug, button)
        assert (answer.status_code, answer.headers["location"]) == (303, path(slug))
        assert desk.kept(slug).state == state
    kept = desk.kept(slug)
    assert kept.approved_by == desk.people["hanne"].id
    assert desk.site.visit().get(f"/challenges/{slug}").status_code == 200
    assert desk.events(slug) == [
        "ChallengeDrafted",
        "ChallengeSubmitted",
        "ChallengeApproved",
        "ChallengePublished",
    ]
    history = text_of(desk.as_("astrid").get(path(slug)).text).split("History")[1]
    assert history.index("Published") < history.index("Approved Hanne")
    assert "Submitted for approval Astrid" in history


def test_each_step_tells_who_comes_next(desk: Desk) -> None:
    slug = desk.submitted()
    assert "It is with: Hanne" in text_of(desk.as_("astrid").get(path(slug)).text)
    act(desk.as_("hanne"), slug, "approve")
    assert "It is with: Eva" in text_of(desk.as_("astrid").get(path(slug)).text)


def test_an_incomplete_draft_is_not_submitted_and_says_why(desk: Desk) -> None:
    slug = desk.draft(themes=(), cpv=(), opens=None)
    browser = desk.as_("astrid")
    page = text_of(browser.get(path(slug)).text)
    assert "3 things are still missing" in page
    assert "Submit for approval" not in page
    answer = browser.post(path(slug, "submit"))
    assert answer.status_code == 422
    said = text_of(answer.text)
    assert "It is not complete yet" in said
    assert "Themes is missing. CPV codes is missing. Opening is missing." in said
    assert "Still missing Themes CPV codes Opening" in said
    for section, field in (("topic", "theme"), ("topic", "cpv"), ("timeline", "opens")):
        assert f'href="{path(slug, "edit")}/{section}#f-{field}"><span>' in answer.text
    assert desk.kept(slug).state == "draft"


def test_weights_that_do_not_add_up_to_100_are_not_submitted(desk: Desk) -> None:
    criteria = desk.statement().criteria[:1]
    slug = desk.draft(criteria=criteria)
    answer = desk.as_("astrid").post(path(slug, "submit"))
    assert answer.status_code == 422
    assert "The weights add up to 60." in text_of(answer.text)


def test_a_deadline_before_the_opening_is_kept_in_the_draft_and_not_submitted(desk: Desk) -> None:
    slug = desk.draft(closes=desk.now + timedelta(days=9))
    browser = desk.as_("astrid")
    for address in (path(slug), path(slug, "edit")):
        assert "The deadline is not after the opening." in text_of(browser.get(address).text)
    html = browser.get(path(slug)).text
    assert f'href="{path(slug, "edit")}/timeline#f-closes"' in html
    answer = browser.post(path(slug, "submit"))
    assert answer.status_code == 422
    assert "The deadline is not after the opening." in text_of(answer.text)
    assert desk.kept(slug).state == "draft"


def test_an_opening_that_is_past_is_not_submitted(desk: Desk) -> None:
    slug = desk.draft(opens=desk.now - timedelta(days=1))
    answer = desk.as_("astrid").post(path(slug, "submit"))
    assert answer.status_code == 422
    assert desk.kept(slug).state == "draft"


def test_whoever_wrote_or_submitted_it_does_not_approve_it(desk: Desk) -> None:
    desk.give("astrid", Role.APPROVER, "authority", AUTHORITY)
    slug = desk.submitted()
    assert 'action="' + path(slug, "approve") not in desk.as_("astrid").get(path(slug)).text
    answer = desk.as_("astrid").post(path(slug, "approve"))
    assert answer.status_code == 403
    assert "Whoever wrote or submitted a challenge does not approve it." in text_of(answer.text)
    assert desk.kept(slug).state == "in_review"


def test_whoever_approved_it_does_not_publish_it(desk: Desk) -> None:
    desk.give("hanne", Role.MANAGER, "programme", PROGRAMME)
    slug = desk.approved()
    answer = desk.as_("hanne").post(path(slug, "publish"), {"when": "now"})
    assert answer.status_code == 403
    assert "approved a challenge does not publish it" in text_of(answer.text)
    assert desk.kept(slug).state == "approved"


def test_it_is_published_for_a_chosen_local_time(desk: Desk) -> None:
    slug = desk.approved()
    answer = act(desk.as_("eva"), slug, "publish", when="at", at=local(desk, 5))
    assert answer.status_code == 303
    assert desk.kept(slug).published_at == desk.now + timedelta(days=5)
    assert desk.site.visit().get(f"/challenges/{slug}").status_code == 404, "not before"
    assert "Becomes public by itself" in text_of(desk.as_("eva").get(path(slug)).text)


def test_the_chosen_time_is_changed_and_withdrawn_until_it_is_reached(desk: Desk) -> None:
    slug = desk.published(at=desk.now + timedelta(days=5))
    eva = desk.as_("eva")
    assert act(eva, slug, "publish/move", when="at", at=local(desk, 7)).status_code == 303
    assert desk.kept(slug).published_at == desk.now + timedelta(days=7)
    wrong = act(eva, slug, "publish/move", when="at", at=local(desk, 11))
    assert wrong.status_code == 422
    assert 'id="f-at-error"' in wrong.text
    assert act(eva, slug, "publish/withdraw").status_code == 303
    assert (desk.kept(slug).state, desk.kept(slug).published_at) == ("approved", None)
    assert "Publication withdrawn" in text_of(eva.get(path(slug)).text)
    assert act(eva, slug, "publish").status_code == 303
    assert desk.site.visit().get(f"/challenges/{slug}").status_code == 200
    assert eva.post(path(slug, "publish/withdraw")).status_code == 403
    assert 'publish/withdraw"' not in eva.get(path(slug)).text


def test_a_time_that_the_clocks_say_twice_or_never_is_refused(desk: Desk) -> None:
    slug = desk.approved(
        opens=desk.now + timedelta(days=800),
        questions_until=desk.now + timedelta(days=830),
        closes=desk.now + timedelta(days=860),
    )
    for typed_time, said in (("2027-03-28T02:30", "forward"), ("2027-10-31T02:30", "back")):
        answer = act(desk.as_("eva"), slug, "publish", when="at", at=typed_time)
        assert answer.status_code == 422
        assert f"the clocks go {said}" in text_of(answer.text)
    assert desk.kept(slug).state == "approved"


@pytest.mark.parametrize("days", [11, -1])
def test_it_is_not_published_after_its_opening_nor_in_the_past(desk: Desk, days: int) -> None:
    slug = desk.approved()
    typed_time = local(desk, days)
    answer = act(desk.as_("eva"), slug, "publish", when="at", at=typed_time)
    assert answer.status_code == 422
    assert 'id="f-at-error"' in answer.text
    assert fields_of(answer.text, path(slug, "publish"))["at"] == [typed_time]
    assert desk.kept(slug).state == "approved"


@pytest.mark.parametrize("fields", [{"when": "at", "at": ""}, {"when": "x"}, {}])
def test_publishing_needs_a_clear_time(desk: Desk, fields: dict[str, str]) -> None:
    slug = desk.approved()
    assert desk.as_("eva").post(path(slug, "publish"), fields).status_code == 422
    assert desk.kept(slug).state == "approved"


def test_cancelling_needs_a_reason_that_stays_on_the_public_page(desk: Desk) -> None:
    slug = desk.published()
    eva = desk.as_("eva")
    assert act(eva, slug, "cancel").status_code == 422
    assert act(eva, slug, "cancel", reason__en="The budget was cut.").status_code == 303
    assert desk.kept(slug).end_reasons == {"en": "The budget was cut."}
    assert "The budget was cut." in text_of(desk.as_("astrid").get(path(slug)).text)
    assert desk.site.visit().get(f"/challenges/{slug}").status_code == 200


def test_a_draft_is_deleted_until_it_was_submitted_once(desk: Desk) -> None:
    slug = desk.draft()
    answer = act(desk.as_("astrid"), slug, "delete")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert desk.titles() == []
    handed = desk.submitted()
    assert desk.as_("hanne").post(path(handed, "return"), {"new-whole": "No"}).status_code == 303
    assert desk.as_("astrid").post(path(handed, "delete")).status_code == 403


def test_the_same_button_pressed_twice_is_one_act(desk: Desk) -> None:
    slug = desk.submitted()
    browser = desk.as_("hanne")
    fields = fields_of(browser.get(path(slug)).text, path(slug, "approve"))
    answers = [browser.post(path(slug, "approve"), fields) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert desk.events(slug).count("ChallengeApproved") == 1


def test_a_second_approval_on_an_old_page_is_refused(desk: Desk) -> None:
    slug = desk.submitted()
    browser = desk.as_("hanne")
    assert browser.post(path(slug, "approve")).status_code == 303
    assert browser.post(path(slug, "approve")).status_code == 403
    assert desk.events(slug).count("ChallengeApproved") == 1


@pytest.mark.security(1)
@pytest.mark.parametrize("name", ["ida", "pia", "bo", "gro", "kim", "jens"])
def test_nobody_from_elsewhere_opens_it_or_does_anything(desk: Desk, name: str) -> None:
    """For another authority it is not there, published or not; others do not come to the desk."""
    status = 404 if name in {"ida", "pia"} else 403
    whole = {"en": Words(title="Second", summary="Two", body="Two")}
    slugs = [desk.submitted(), desk.published(words=whole)]
    browser = desk.as_(name)
    for slug in slugs:
        before = desk.events(slug)
        assert browser.get(path(slug)).status_code == status
        for one in ACTS:
            assert browser.post(path(slug, one), SENT).status_code == status
        assert desk.events(slug) == before


@pytest.mark.security(3)
@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        ("draft", {("astrid", "submit"), ("astrid", "delete"), ("astrid", "cancel")}),
        ("submitted", {("hanne", "approve"), ("hanne", "return")}),
        ("approved", {("eva", "publish"), ("eva", "return"), ("hanne", "return")}),
        ("waiting", {("eva", "publish/move"), ("eva", "publish/withdraw")}),
    ],
)
def test_only_these_people_may_do_these_acts(
    desk: Desk, make: str, allowed: set[tuple[str, str]]
) -> None:
    """What is shown as a button is allowed, and what is allowed is shown, except to cancel."""
    is_waiting = make == "waiting"
    slug = desk.published(at=desk.now + timedelta(days=5)) if is_waiting else getattr(desk, make)()
    for name in ("astrid", "hanne", "eva"):
        browser = desk.as_(name)
        html = browser.get(path(slug)).text + browser.get(path(slug, "remarks")).text
        shown = {(name, one) for one in ACTS if f'action="{path(slug, one)}"' in html}
        may_cancel = {pair for pair in shown if pair[1] == "cancel"}
        assert shown - may_cancel == {pair for pair in allowed if pair[0] == name} - may_cancel
        for one in ACTS:
            if (name, one) not in shown:
                assert desk.as_(name).post(path(slug, one), SENT).status_code == 403
    assert len(desk.events(slug)) == {"draft": 1, "submitted": 2, "approved": 3, "waiting": 4}[make]


@pytest.mark.security(9)
def test_a_button_pressed_from_another_site_does_nothing(desk: Desk) -> None:
    slug = desk.submitted()
    browser = desk.as_("hanne")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert browser.post(path(slug, "approve"), headers=headers).status_code == 403
    assert desk.kept(slug).state == "in_review"


def test_the_page_of_a_challenge_speaks_three_languages(desk: Desk) -> None:
    slug = desk.draft(themes=())
    browser = desk.as_("astrid")
    for lang, words in (
        ("de", "Was noch fehlt"),
        ("da", "Mangler stadig"),
        ("en", "Still missing"),
    ):
        assert words in text_of(browser.get(f"{path(slug)}?lang={lang}").text)

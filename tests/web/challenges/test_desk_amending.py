"""Changing what is published: with a reason, looked at first, never unseen by each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from govmatch.accounts.models import Role
from tests.site import text_of
from tests.web.challenges.amending import amend_form, check, check_path, form_path, publish
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed

REASON = {"reason__en": "More money"}


def running(desk: Desk, slug: str, closes: datetime) -> None:
    """Let a challenge be open since a month, with its questions answered, until `closes`."""
    day = timedelta(days=1)
    opens, until = desk.now - 30 * day, desk.now - day
    desk.set_challenge(slug, opens=opens, questions_until=until, closes=closes)


def local(instant: datetime) -> str:
    """Return an instant as the form of a Danish challenge has it."""
    return f"{instant.astimezone(ZoneInfo('Europe/Copenhagen')):%Y-%m-%dT%H:%M}"


def test_a_change_is_shown_before_it_is_public_and_changes_nothing_until_then(desk: Desk) -> None:
    slug = desk.published()
    before = desk.says(slug)
    checked = check(desk.as_("hanne"), slug, budget_max="700000", **REASON)
    page = text_of(checked.text)
    assert "Nothing is public yet" in page
    assert "More money" in page
    assert "700,000" in page.replace("\xa0", " ")
    assert "Everybody who follows the challenge" in page
    assert desk.says(slug) == before
    assert desk.events(slug)[-1] == "ChallengePublished"


def test_what_was_checked_is_published_as_it_was_shown(desk: Desk) -> None:
    slug = desk.published()
    before, browser = desk.says(slug), desk.as_("hanne")
    checked = check(browser, slug, budget_max="700000", **REASON)
    done = publish(browser, slug, checked)
    assert done.status_code == 303
    assert done.headers["location"].startswith(f"/challenges/{slug}/changes/")
    assert desk.says(slug) == replace(before, budget_max=700_000)
    assert desk.events(slug)[-1] == "ChallengeAmended"
    for path in (f"/challenges/{slug}", f"/challenges/{slug}/changes", done.headers["location"]):
        assert "More money" in text_of(desk.site.visit().get(path).text)


def test_feed_text_and_data_tell_of_a_change(desk: Desk) -> None:
    slug = desk.published()
    visitor, browser = desk.site.visit(), desk.as_("hanne")
    entry = visitor.get("/challenges.atom").text
    publish(browser, slug, check(browser, slug, title__en="Read every label", **REASON))
    after = desk.kept(slug).updated_at
    assert after > desk.now
    feed = visitor.get("/challenges.atom").text
    assert feed != entry
    assert f"<updated>{after:%Y-%m-%dT%H:%M:%S}Z</updated>" in feed
    text = visitor.get(f"/challenges/{slug}.md").text
    assert "## Changes since publication" in text
    assert "Read [-the-]{+every+} label" in text
    (told,) = visitor.get(f"/challenges/{slug}.json").json()["amendments"]
    assert told["reasons"] == {"en": "More money"}
    assert told["changes"][0]["after"] == "Read every label"
    assert visitor.get(told["url"].partition("8000")[2] or told["url"]).status_code == 200


def test_a_longer_deadline_is_the_one_that_lists_and_calendars_show(desk: Desk) -> None:
    slug = desk.published()
    browser, visitor = desk.as_("hanne"), desk.site.visit()
    later = desk.now + timedelta(days=80)
    publish(browser, slug, check(browser, slug, closes=local(later), **REASON))
    assert desk.says(slug).closes == later
    for path in ("/challenges.ics", f"/challenges/{slug}.ics"):
        calendar = visitor.get(path).text
        assert f"{later:%Y%m%dT%H%M}" in calendar, path
    assert f"{later:%Y-%m-%dT%H:%M}" in visitor.get(f"/challenges/{slug}").text


def test_without_a_reason_or_a_change_there_is_nothing_to_check(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    without = check(browser, slug, budget_max="700000")
    assert without.status_code == 422
    assert 'id="f-reason-error"' in without.text
    unchanged = check(browser, slug, **REASON)
    assert unchanged.status_code == 422
    assert "Nothing was changed." in text_of(unchanged.text)


def test_what_does_not_fit_is_named_at_its_field(desk: Desk) -> None:
    slug = desk.published()
    answer = check(desk.as_("hanne"), slug, weight__fit="70", **REASON)
    assert answer.status_code == 422
    assert 'id="f-criteria-error"' in answer.text
    early = check(desk.as_("hanne"), slug, closes=local(desk.now + timedelta(days=9)), **REASON)
    assert early.status_code == 422
    assert 'id="f-closes-error"' in early.text


def test_changing_more_keeps_everything_that_was_typed(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    body = "## Why\n\nSafety, and more.\n\n- one\n- two"
    checked = check(browser, slug, body__en=body, pilots_max="2", theme=["inspections"], **REASON)
    fields = fields_of(checked.text, check_path(slug))
    again = browser.post(check_path(slug), {**fields, "do": ["change"]})
    assert again.status_code == 200
    form = fields_of(again.text, check_path(slug))
    assert form["body-en"][0].replace("\r\n", "\n") == body
    assert form["pilots_max"] == ["2"]
    assert form["reason-en"] == ["More money"]
    assert publish(browser, slug, browser.post(check_path(slug), form)).status_code == 303
    assert desk.says(slug).words["en"].body == body


def test_a_change_in_the_last_days_says_which_deadline_follows(desk: Desk) -> None:
    slug = desk.published()
    closes = desk.now + timedelta(days=3)
    running(desk, slug, closes)
    browser = desk.as_("hanne")
    checked = check(browser, slug, pilots_max="2", **REASON)
    page = text_of(checked.text)
    assert "It is less than 7 days away." in page
    assert "Whoever has submitted is asked to confirm" in page
    assert publish(browser, slug, checked).status_code == 303
    moved = desk.says(slug).closes
    assert moved is not None
    assert timedelta(days=6, hours=22) < moved - closes < timedelta(days=7, hours=2)


def test_another_deadline_than_was_shown_is_shown_before_anything_is_public(desk: Desk) -> None:
    """The seventh day before the deadline began between the check and the button."""
    slug = desk.published()
    running(desk, slug, desk.now + timedelta(days=20))
    browser = desk.as_("hanne")
    checked = check(browser, slug, pilots_max="2", **REASON)
    desk.set_challenge(slug, closes=desk.now + timedelta(days=5))
    late = fields_of(checked.text, check_path(slug))
    late["closes"] = [local(desk.now + timedelta(days=5))]
    answer = browser.post(form_path(slug), late)
    assert answer.status_code == 200
    assert "The deadline that results is another one by now" in text_of(answer.text)
    assert desk.says(slug).pilots_max == 3
    assert publish(browser, slug, answer).status_code == 303
    assert desk.says(slug).pilots_max == 2


@pytest.mark.parametrize("hour", [0, 1])
def test_a_time_that_the_clocks_say_twice_stays_what_it_was(desk: Desk, hour: int) -> None:
    slug = desk.published()
    opened = datetime(2026, 10, 25, hour, 30, 15, tzinfo=UTC)
    desk.set_challenge(slug, opens=opened)
    hanne = desk.as_("hanne")
    checked = check(hanne, slug, pilots_max="2", **REASON)
    assert checked.status_code == 200
    assert publish(hanne, slug, checked).status_code == 303
    assert (desk.says(slug).pilots_max, desk.says(slug).opens) == (2, opened)
    moved = check(hanne, slug, opens="2025-10-26T02:30", **REASON)
    assert moved.status_code == 422
    assert "This time comes twice on this day" in text_of(moved.text)


def test_the_button_pressed_twice_publishes_once(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    fields = fields_of(check(browser, slug, pilots_max="2", **REASON).text, check_path(slug))
    first, second = (browser.post(form_path(slug), fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert desk.events(slug).count("ChallengeAmended") == 1


@pytest.mark.security(28)
def test_two_changes_of_what_is_published_do_not_overwrite_each_other(desk: Desk) -> None:
    slug = desk.published()
    hanne, eva = desk.as_("hanne"), desk.as_("eva")
    checked = check(eva, slug, pilots_max="2", reason__en="Fewer")
    publish(hanne, slug, check(hanne, slug, budget_max="700000", **REASON))
    answer = publish(eva, slug, checked)
    assert answer.status_code == 409
    form = fields_of(answer.text, check_path(slug))
    assert form["reason-en"] == ["Fewer"]
    assert form["pilots_max"] == ["2"]
    assert "saved now:" in text_of(answer.text)
    assert (desk.says(slug).budget_max, desk.says(slug).pilots_max) == (700_000, 3)
    stale = eva.post(check_path(slug), fields_of(checked.text, check_path(slug)))
    assert stale.status_code == 409


def test_staff_does_not_change_what_is_published(desk: Desk) -> None:
    slug = desk.published()
    for name, status in (("astrid", 403), ("ida", 404), ("pia", 404), ("bo", 403)):
        browser = desk.as_(name)
        assert browser.get(form_path(slug)).status_code == status
        assert browser.get(check_path(slug)).status_code == status
        fields = {"reason-en": "Because", "title-en": "Mine", "revision": "1"}
        for path in (form_path(slug), check_path(slug)):
            assert browser.post(path, fields).status_code == status
    assert desk.events(slug)[-1] == "ChallengePublished"


def test_the_address_of_the_check_leads_to_the_form(desk: Desk) -> None:
    slug = desk.published()
    answer = desk.as_("hanne").get(check_path(slug))
    assert (answer.status_code, answer.headers["location"]) == (303, form_path(slug))


def test_the_check_speaks_the_language_that_is_switched_to(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    checked = check(browser, slug, pilots_max="2", **REASON)
    fields = fields_of(checked.text, check_path(slug))
    german = browser.post(check_path(slug), {**fields, "switch_lang": ["de"]})
    assert german.status_code == 200
    assert "Noch ist nichts öffentlich" in text_of(german.text)
    assert fields_of(german.text, check_path(slug))["pilots_max"] == ["2"]
    form = browser.post(
        check_path(slug), {**amend_form(browser, slug), "switch_lang": ["de"], "pilots_max": ["1"]}
    )
    assert fields_of(form.text, check_path(slug))["pilots_max"] == ["1"]


def test_a_manager_of_the_programme_changes_what_is_published_too(desk: Desk) -> None:
    slug = desk.published()
    desk.give("gro", Role.MANAGER, "programme", "govtech")
    browser = desk.as_("gro")
    assert publish(browser, slug, check(browser, slug, pilots_max="2", **REASON)).status_code == 303


class TestAttachments:
    """Papers are added, replaced and removed with a change; nobody reads them before."""

    def added(self, desk: Desk, slug: str, content: bytes, **fields: str) -> None:
        browser = desk.as_("hanne")
        form = typed(amend_form(browser, slug), new1__title__en="Figures", **REASON, **fields)
        sent = {"new1-file": ("figures.txt", content, "text/plain")}
        checked = browser.post(check_path(slug), form, files=sent)
        assert "Figures (figures.txt)" in text_of(checked.text)
        assert desk.says(slug).attachments == ()
        assert publish(browser, slug, checked).status_code == 303

    def test_a_new_one_is_public_with_the_change_and_not_before(self, desk: Desk) -> None:
        slug = desk.published()
        self.added(desk, slug, b"Twelve labels a day")
        (paper,) = desk.says(slug).attachments
        assert (paper["name"], paper["title"]) == ("figures.txt", {"en": "Figures"})
        page = desk.site.visit().get(f"/challenges/{slug}").text
        path = page.partition(f'href="/challenges/{slug}/papers/')[2].partition('"')[0]
        got = desk.site.visit().get(f"/challenges/{slug}/papers/{path}")
        assert got.content == b"Twelve labels a day"

    def test_one_that_is_there_is_replaced_and_removed(self, desk: Desk) -> None:
        slug = desk.published()
        self.added(desk, slug, b"Twelve labels a day")
        browser = desk.as_("hanne")
        form = amend_form(browser, slug)
        (key,) = [name.removesuffix("-held") for name in form if name.startswith("paper-")]
        sent = {f"{key}-file": ("figures.txt", b"Thirteen labels a day", "text/plain")}
        checked = browser.post(check_path(slug), typed(form, **REASON), files=sent)
        assert "replaced by a new file" in text_of(checked.text)
        assert publish(browser, slug, checked).status_code == 303
        form = amend_form(browser, slug)
        (key,) = [name.removesuffix("-held") for name in form if name.startswith("paper-")]
        checked = browser.post(check_path(slug), {**typed(form, **REASON), f"{key}-remove": "yes"})
        assert "removed" in text_of(checked.text)
        assert publish(browser, slug, checked).status_code == 303
        assert desk.says(slug).attachments == ()
        assert "/papers/" not in desk.site.visit().get(f"/challenges/{slug}").text

    def test_what_is_held_for_a_check_is_given_to_nobody(self, desk: Desk) -> None:
        slug = desk.published()
        browser = desk.as_("hanne")
        form = typed(amend_form(browser, slug), new1__title__en="Figures", **REASON)
        sent = {"new1-file": ("figures.txt", b"Twelve", "text/plain")}
        checked = browser.post(check_path(slug), form, files=sent)
        held = fields_of(checked.text, check_path(slug))["new1-held"][0]
        for reader in (browser, desk.site.visit()):
            assert reader.get(f"/challenges/{slug}/papers/{held}").status_code == 404

    def test_a_file_that_is_not_safe_is_refused_at_its_field(self, desk: Desk) -> None:
        slug = desk.published()
        browser = desk.as_("hanne")
        form = typed(amend_form(browser, slug), new1__title__en="Figures", **REASON)
        sent = {"new1-file": ("figures.pdf", b"MZ\x90\x00", "application/pdf")}
        answer = browser.post(check_path(slug), form, files=sent)
        assert answer.status_code == 422
        assert 'id="f-new1-file-error"' in answer.text

    def test_a_held_file_of_another_challenge_cannot_be_named(self, desk: Desk) -> None:
        slug, other = desk.published(), desk.published()
        browser = desk.as_("hanne")
        form = typed(amend_form(browser, slug), new1__title__en="Figures", **REASON)
        sent = {"new1-file": ("figures.txt", b"Twelve", "text/plain")}
        held = fields_of(browser.post(check_path(slug), form, files=sent).text, check_path(slug))
        foreign = typed(amend_form(browser, other), new1__title__en="Figures", **REASON)
        foreign["new1-held"] = held["new1-held"]
        answer = browser.post(check_path(other), foreign)
        assert answer.status_code == 422
        assert 'id="f-new1-file-error"' in answer.text

"""Changing what is published: with a reason, seen by everybody, never unseen by each other."""

from dataclasses import replace

import pytest

from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed


def test_a_change_of_what_is_published_needs_a_reason_and_says_what_changed(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    amend = f"/desk/challenges/{slug}/amend"
    before = desk.says(slug)
    fields = fields_of(browser.get(amend).text, amend)
    without = browser.post(amend, typed(fields, budget_max="700000"))
    assert without.status_code == 422
    assert 'id="f-reason-error"' in without.text
    unchanged = browser.post(amend, typed(fields, reason__en="Because"))
    assert unchanged.status_code == 422
    assert "Nothing was changed." in text_of(unchanged.text)
    done = browser.post(amend, typed(fields, budget_max="700000", reason__en="More money"))
    assert done.status_code == 303
    assert desk.says(slug) == replace(before, budget_max=700_000)
    page = text_of(desk.site.visit().get(f"/challenges/{slug}").text)
    assert "More money" in page
    assert desk.events(slug)[-1] == "ChallengeAmended"


@pytest.mark.security(28)
def test_two_changes_of_what_is_published_do_not_overwrite_each_other(desk: Desk) -> None:
    slug = desk.published()
    amend = f"/desk/challenges/{slug}/amend"
    hanne, eva = desk.as_("hanne"), desk.as_("eva")
    old = fields_of(eva.get(amend).text, amend)
    fields = fields_of(hanne.get(amend).text, amend)
    hanne.post(amend, typed(fields, budget_max="700000", reason__en="More money"))
    answer = eva.post(amend, typed(old, pilots_max="2", reason__en="Fewer"))
    assert answer.status_code == 409
    assert fields_of(answer.text, amend)["reason-en"] == ["Fewer"]
    assert (desk.says(slug).budget_max, desk.says(slug).pilots_max) == (700_000, 3)


def test_staff_does_not_change_what_is_published(desk: Desk) -> None:
    slug = desk.published()
    amend = f"/desk/challenges/{slug}/amend"
    for name, status in (("astrid", 403), ("ida", 404), ("pia", 404), ("bo", 403)):
        assert desk.as_(name).get(amend).status_code == status
        fields = {"reason-en": "Because", "title-en": "Mine", "revision": "1"}
        assert desk.as_(name).post(amend, fields).status_code == status
    assert desk.events(slug)[-1] == "ChallengePublished"

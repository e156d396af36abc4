"""Roles offered by mail: sent, listed, taken back."""

from typing import Any

import pytest

from tests.site import text_of
from tests.web.challenges.desk_world import AUTHORITY, Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.overview.asking import events, held, open_offers

NEW = "/admin/invitations/new"
WHOLE = {
    "email": "lise@example.org",
    "role": "approver",
    "for": f"authority:{AUTHORITY}",
    "lang": "da",
}


def invite(desk: Desk, **changes: Any) -> Any:
    browser = desk.as_("kim")
    fields = fields_of(browser.get(NEW).text, NEW)
    return browser.post(NEW, typed(fields, **{**WHOLE, **changes}))


def test_a_role_is_offered_by_mail_in_the_chosen_language(desk: Desk) -> None:
    answer = invite(desk)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/invitations")
    assert open_offers(desk) == [("lise@example.org", "approver", "authority")]
    page = text_of(desk.as_("kim").get("/admin/invitations").text)
    assert "lise@example.org Approver Danish Safety Technology Authority Kim" in page
    desk.site.work()
    (letter,) = [one for one in desk.site.postbox.letters if one.to == "lise@example.org"]
    assert "Sikkerhedsstyrelsen" in letter.body
    assert events(desk, "invitation") == ["InvitationSent"]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("administrator", "site"),
        ("auditor", "site"),
        ("auditor", "programme:govtech"),
        ("manager", "programme:govtech"),
        ("staff", f"authority:{AUTHORITY}"),
    ],
)
def test_every_role_is_offered_for_what_it_is_held_for(desk: Desk, role: str, place: str) -> None:
    assert invite(desk, role=role, **{"for": place}).status_code == 303
    assert open_offers(desk) == [("lise@example.org", role, place.partition(":")[0])]


def test_a_reviewer_is_invited_by_the_short_name_of_the_challenge(desk: Desk) -> None:
    slug = desk.published()
    more = {"role": "reviewer", "for": "", "challenge": slug}
    assert invite(desk, **more).status_code == 303
    assert open_offers(desk) == [("lise@example.org", "reviewer", "challenge")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "email"),
        ({"email": ""}, "email"),
        ({"role": "lead"}, "role"),
        ({"role": "reviewer"}, "role"),
        ({"for": "authority:none"}, "for"),
        ({"for": "", "challenge": "none", "role": "reviewer"}, "challenge"),
        ({"lang": "fr"}, "lang"),
        ({"email": "hanne@example.org"}, "email"),
    ],
)
@pytest.mark.security(13)
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    answer = invite(desk, **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    if field != "email":
        assert fields_of(answer.text, NEW)["email"] == ["lise@example.org"]
    assert open_offers(desk) == []


def test_an_offer_is_taken_back_and_opens_nothing_any_more(desk: Desk) -> None:
    invite(desk, email="gro@example.org")
    desk.site.work()
    (letter,) = [one for one in desk.site.postbox.letters if one.to == "gro@example.org"]
    link = next(word for word in letter.body.split() if "/invitations/" in word)
    link = link.removeprefix("http://127.0.0.1:8000")
    kim = desk.as_("kim")
    sent = fields_of(kim.get("/admin/invitations").text, "/admin/invitations/revoke")
    assert kim.post("/admin/invitations/revoke", sent).status_code == 303
    assert open_offers(desk) == []
    assert "No invitation is open" in text_of(kim.get("/admin/invitations").text)
    assert desk.as_("gro").get(link).status_code == 410
    assert held(desk, "gro") == set()
    assert kim.post("/admin/invitations/revoke", sent | {"form_key": ["x"]}).status_code == 409


@pytest.mark.parametrize("key", ["", "none", "1"])
def test_an_invitation_that_does_not_exist_is_not_found(desk: Desk, key: str) -> None:
    answer = desk.as_("kim").post("/admin/invitations/revoke", {"invitation": key})
    assert answer.status_code == 404


def test_the_same_form_sent_twice_sends_one_mail(desk: Desk) -> None:
    browser = desk.as_("kim")
    fields = typed(fields_of(browser.get(NEW).text, NEW), **WHOLE)
    assert [browser.post(NEW, fields).status_code for _ in range(2)] == [303, 303]
    desk.site.work()
    assert len([one for one in desk.site.postbox.letters if one.to == "lise@example.org"]) == 1
    assert events(desk, "invitation") == ["InvitationSent"]


def test_too_many_mails_to_one_address_are_refused(desk: Desk) -> None:
    answers = [invite(desk).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]

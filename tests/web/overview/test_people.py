"""People and their roles: found, given, ended at once; accounts closed and opened again."""

from typing import Any

import pytest

from govmatch.accounts.models import Role
from tests.site import text_of
from tests.web.challenges.desk_world import AUTHORITY, Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.overview.asking import events, held, person


def path(desk: Desk, name: str, act: str = "") -> str:
    return f"/admin/people/{desk.people[name].public_id}" + (f"/{act}" if act else "")


def give(desk: Desk, name: str, **changes: Any) -> Any:
    browser = desk.as_("kim")
    fields = fields_of(browser.get(path(desk, name)).text, path(desk, name, "roles"))
    return browser.post(path(desk, name, "roles"), typed(fields, **changes))


@pytest.mark.parametrize(
    ("query", "found"),
    [("astr", ["Astrid"]), ("ASTRID example", ["Astrid"]), ("bo@", ["Bo"]), ("%", []), ("_", [])],
)
def test_people_are_found_by_parts_of_name_and_address(
    desk: Desk, query: str, found: list[str]
) -> None:
    page = text_of(desk.as_("kim").get(f"/admin/people?q={query.replace('%', '%25')}").text)
    shown = [name.title() for name in desk.people if f"{name.title()} {name}@example.org" in page]
    assert shown == found
    if not found:
        assert "Nobody was found" in page


def test_letters_beyond_ascii_are_found_in_any_case(desk: Desk) -> None:
    desk.set_person("gro", name="Østen Ågård")
    for query in ("østen", "ÅGÅRD", "Østen"):
        assert "Østen Ågård" in desk.as_("kim").get(f"/admin/people?q={query}").text


def test_the_list_is_a_fragment_of_its_page(desk: Desk) -> None:
    browser = desk.as_("kim")
    part = browser.get("/admin/people?q=astrid", **{"hx-request": "true"}).text
    assert "<html" not in part
    assert part.strip() in browser.get("/admin/people?q=astrid").text


def test_a_longer_list_takes_no_more_statements(desk: Desk) -> None:
    browser = desk.as_("kim")
    browser.get("/admin/people")
    assert desk.statements(browser, "/admin/people?q=astrid") == desk.statements(
        browser, "/admin/people?q=as"
    )
    assert desk.statements(browser, "/admin/roles?role=approver") == desk.statements(
        browser, "/admin/roles?role=staff"
    )


def test_roles_are_narrowed_by_role_and_by_what_they_are_for(desk: Desk) -> None:
    browser = desk.as_("kim")

    def names(query: str) -> set[str]:
        page = text_of(browser.get(f"/admin/roles?{query}").text).split("Invite somebody")[1]
        return {name for name in desk.people if f" {name.title()} " in page.split("govmatch")[0]}

    assert names("role=staff") == {"astrid", "asger", "ida"}
    assert names("role=staff&role=approver") == {"astrid", "asger", "ida", "hanne"}
    assert names("kind=programme") == {"eva", "pia"}
    assert names(f"for=authority:{AUTHORITY}") == {"astrid", "asger", "hanne"}
    assert names(f"for=authority:{AUTHORITY}&role=approver") == {"hanne"}
    assert "Nobody holds such a role" in browser.get("/admin/roles?role=mentor").text


def test_a_role_is_given_and_counts_from_the_next_click(desk: Desk) -> None:
    gro = desk.as_("gro")
    assert gro.get("/desk").status_code == 403
    answer = give(desk, "gro", role="staff", **{"for": f"authority:{AUTHORITY}"})
    assert answer.status_code == 303
    assert held(desk, "gro") == {("staff", "authority")}
    assert gro.get("/desk").status_code == 200
    assert events(desk, "person") == ["RoleGiven"]


def test_a_jury_role_is_given_by_the_short_name_of_the_challenge(desk: Desk) -> None:
    slug = desk.published()
    assert give(desk, "gro", role="reviewer", challenge=slug).status_code == 303
    assert held(desk, "gro") == {("reviewer", "challenge")}
    page = text_of(desk.as_("kim").get(path(desk, "gro")).text)
    assert "Reviewer : Read the label" in page
    assert give(desk, "bo", role="reviewer", challenge="none").status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "", "for": "site"}, "role"),
        ({"role": "staff", "for": "site"}, "role"),
        ({"role": "administrator", "for": f"authority:{AUTHORITY}"}, "role"),
        ({"role": "lead", "for": "site"}, "role"),
        ({"role": "staff", "for": "authority:none"}, "for"),
        ({"role": "staff", "for": "firm:nordlys"}, "for"),
        ({"role": "staff", "for": ""}, "for"),
    ],
)
@pytest.mark.security(10)
def test_a_role_that_does_not_go_with_the_object_is_refused(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    answer = give(desk, "gro", **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert held(desk, "gro") == set()


@pytest.mark.security(15)
def test_a_role_ends_at_once(desk: Desk) -> None:
    astrid = desk.as_("astrid")
    assert astrid.get("/desk").status_code == 200
    kim = desk.as_("kim")
    fields = fields_of(kim.get(path(desk, "astrid")).text, path(desk, "astrid", "roles/end"))
    assert kim.post(path(desk, "astrid", "roles/end"), fields).status_code == 303
    assert astrid.get("/desk").status_code == 403
    assert held(desk, "astrid") == set()
    assert events(desk, "person") == ["RoleEnded"]
    history = text_of(kim.get(path(desk, "astrid")).text).split("Every role so far")[-1]
    assert "Staff member" in history


@pytest.mark.security(2)
@pytest.mark.parametrize(
    "sent",
    [
        {"role": "approver", "for": f"authority:{AUTHORITY}"},
        {"role": "staff", "for": "authority:bremen-wirtschaft"},
        {"role": "staff", "for": "none"},
        {},
    ],
)
def test_a_role_that_this_person_does_not_hold_cannot_be_ended(
    desk: Desk, sent: dict[str, str]
) -> None:
    answer = desk.as_("kim").post(path(desk, "astrid", "roles/end"), sent)
    assert answer.status_code == 404
    assert held(desk, "astrid") == {("staff", "authority")}
    assert held(desk, "hanne") == {("approver", "authority")}


def test_the_last_administrator_stays(desk: Desk) -> None:
    kim = desk.as_("kim")
    sent = {"role": "administrator", "for": "site"}
    answer = kim.post(path(desk, "kim", "roles/end"), sent)
    assert answer.status_code == 403
    assert "Nobody else holds this role" in text_of(answer.text)
    desk.give("gro", Role.ADMINISTRATOR, "site", "")
    assert kim.post(path(desk, "kim", "roles/end"), sent).status_code == 303
    assert kim.get("/admin").status_code == 403


def test_the_roles_of_a_firm_are_not_ended_here(desk: Desk) -> None:
    html = desk.as_("kim").get(path(desk, "bo")).text
    assert "Firm member" in text_of(html)
    assert f'action="{path(desk, "bo", "roles/end")}"' not in html


@pytest.mark.security(15)
def test_a_closed_account_is_out_at_once_and_can_be_opened_again(desk: Desk) -> None:
    astrid, kim = desk.as_("astrid"), desk.as_("kim")
    assert kim.post(path(desk, "astrid", "disable")).status_code == 303
    assert astrid.get("/desk").headers["location"].startswith("/login")
    assert "This account is closed" in text_of(kim.get(path(desk, "astrid")).text)
    assert kim.post(path(desk, "astrid", "enable")).status_code == 303
    assert person(desk, "astrid").disabled_at is None
    assert held(desk, "astrid") == {("staff", "authority")}
    assert events(desk, "person") == ["PersonDisabled", "PersonEnabled"]


def test_sessions_end_and_a_lost_second_factor_is_reset(desk: Desk) -> None:
    desk.set_person("hanne", totp_confirmed_at=desk.now)
    hanne, kim = desk.as_("hanne"), desk.as_("kim")
    assert "Reset the second factor" in text_of(kim.get(path(desk, "hanne")).text)
    assert kim.post(path(desk, "hanne", "reset-factor")).status_code == 303
    assert person(desk, "hanne").totp_confirmed_at is None
    assert hanne.get("/desk").headers["location"].startswith("/login")
    again = desk.as_("hanne")
    assert kim.post(path(desk, "hanne", "end-sessions")).status_code == 303
    assert again.get("/desk").headers["location"].startswith("/login")
    assert events(desk, "person") == ["SecondFactorReset", "SessionsEnded"]


def test_nobody_closes_their_own_account_or_resets_their_own_factor(desk: Desk) -> None:
    kim = desk.as_("kim")
    page = text_of(kim.get(path(desk, "kim")).text)
    assert "You cannot do this to your own account" in page
    for act in ("disable", "reset-factor"):
        assert kim.post(path(desk, "kim", act)).status_code == 403
    assert kim.get("/admin").status_code == 200


def test_somebody_who_does_not_exist_is_not_found(desk: Desk) -> None:
    kim = desk.as_("kim")
    assert kim.get("/admin/people/none").status_code == 404
    for act in ("roles", "roles/end", "disable", "enable", "reset-factor", "end-sessions"):
        assert kim.post(f"/admin/people/none/{act}").status_code == 404

"""Every address of administration and audit, asked by everybody who must not open it."""

import pytest

from govmatch.app.routes import all_routes
from govmatch.web.routes import Route
from tests.web.challenges.desk_world import Desk

NOT_ADMINISTRATORS = ("astrid", "hanne", "eva", "jens", "bo", "gro")


def routes(desk: Desk, start: str) -> list[Route]:
    return [one for one in all_routes(desk.site.settings) if one.path.startswith(start)]


def address(desk: Desk, route: Route) -> str:
    return route.path.replace("{slug}", "govtech" if "programmes" in route.path else "x").replace(
        "{person}", desk.people["gro"].public_id
    )


@pytest.mark.security(3)
@pytest.mark.parametrize("name", NOT_ADMINISTRATORS)
def test_only_administrators_open_the_administration(desk: Desk, name: str) -> None:
    asked = routes(desk, "/admin")
    assert len(asked) > 20
    browser = desk.as_(name)
    for route in asked:
        call = browser.get if route.method == "GET" else browser.post
        assert call(address(desk, route)).status_code == 403, route.name


@pytest.mark.security(3)
def test_visitors_are_sent_to_sign_in_and_change_nothing(desk: Desk) -> None:
    visitor = desk.site.visit()
    for route in [*routes(desk, "/admin"), *routes(desk, "/audit")]:
        if route.method == "GET":
            answer = visitor.get(address(desk, route))
            assert answer.headers["location"].startswith("/login?next="), route.name
        else:
            assert visitor.post(address(desk, route)).status_code == 403, route.name


@pytest.mark.security(3)
@pytest.mark.parametrize("name", ["astrid", "hanne", "eva", "kim", "bo", "gro"])
def test_only_auditors_open_the_audit(desk: Desk, name: str) -> None:
    slug = desk.draft()
    for path in ("/audit", f"/audit/challenges/{slug}"):
        assert desk.as_(name).get(path).status_code == 403


def test_without_the_second_factor_there_is_no_administration(desk: Desk) -> None:
    answer = desk.as_("kim", factor=False).get("/admin")
    assert answer.headers["location"].startswith("/second-factor?next=")


@pytest.mark.security(9)
def test_a_button_pressed_from_another_site_does_nothing(desk: Desk) -> None:
    path = f"/admin/people/{desk.people['gro'].public_id}/disable"
    answer = desk.as_("kim").post(path, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert desk.as_("gro").get("/account").status_code in {200, 303, 404}

"""Every route names its rule, and none is reached by another way than through it."""

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from starlette.routing import Match
from starlette.routing import Route as StarletteRoute

from govmatch import settings
from govmatch.app import create_app
from govmatch.app.routes import all_routes
from govmatch.settings import Settings
from govmatch.web.routes import Route, anyone

SECRET = "a key of the tests, long enough to be one"

# What a visitor may send without being signed in, each with its reason.
OPEN_TO_VISITORS = {
    "POST /account/address/{token}": "opened in whatever browser reads the mail; the token proves",
    "POST /receipts/verify": "says whether a receipt is genuine; keeps nothing",
    "POST /demo/clock": "in demonstration and test alone",
    "POST /demo/sign-in": "in demonstration and test alone",
    "POST /invitations/{token}": "the invited may have no account yet; the token proves",
    "POST /invitations/{token}/sign-in": "asks for a link by mail to go on with the invitation",
    "POST /events/{slug}/register": "registers for an event, without an account by a mailed link",
    "POST /events/{slug}/confirm/{token}": "the link: spends the token and takes the place",
    "POST /events/{slug}/place/{token}": "the link: one's own registration",
    "POST /authorities/{slug}/follow": "follows without an account by a mailed link",
    "POST /challenges/{slug}/follow": "follows without an account by a mailed link",
    "POST /search/follow": "follows without an account by a mailed link",
    "POST /themes/{slug}/follow": "follows without an account by a mailed link",
    "POST /following/confirm/{token}": "the link: spends the token and follows",
    "POST /following/end/{token}": "the link, or one click in a mail program: ends what it names",
    "POST /following/manage/{token}": "the link: everything that one address follows",
    "POST /login": "asks for a link by mail",
    "POST /login/{token}": "the link: spends the token",
    "POST /logout": "whoever is signed out already is answered the same",
    "POST /notifications/off/{token}": "the link, or one click in a mail program: ends a topic",
    "POST /register": "makes an account after a link by mail",
}

# What is taken from elsewhere than our own pages, each with what stands in for that.
FROM_ELSEWHERE = {
    "POST /following/end/{token}": "RFC 8058: the one body that it names; the token proves",
    "POST /notifications/off/{token}": "RFC 8058: the one body that it names; the token proves",
}

# Answered outside the way of a page: no person, no session, nothing kept.
BESIDE_THE_ROUTES = {"/healthz", "/readyz", "/static/{hash}/{name:path}"}


@pytest.fixture
def demonstration(tmp_path: Path) -> Settings:
    return settings.load({"GOVMATCH_MODE": "test"}, data_dir=tmp_path, secret_key=SECRET)


@pytest.fixture
def production(tmp_path: Path) -> Settings:
    environment = {"GOVMATCH_BASE_URL": "https://govmatch.example", "GOVMATCH_SECRET_KEY": SECRET}
    return settings.load(environment, data_dir=tmp_path)


def test_every_route_names_a_rule_that_has_a_name(demonstration: Settings) -> None:
    routes = all_routes(demonstration)
    assert len(routes) > 20
    nameless = [r.name for r in routes if getattr(r.rule, "__name__", "<lambda>") == "<lambda>"]
    assert nameless == []


def test_a_route_without_a_rule_cannot_be_made() -> None:
    rule = inspect.signature(Route).parameters["rule"]
    assert rule.default is inspect.Parameter.empty
    with pytest.raises(TypeError, match="rule"):
        Route(method="GET", path="/", view=lambda visit: None)  # type: ignore[arg-type,call-arg]


def test_no_two_routes_have_the_same_method_and_address(demonstration: Settings) -> None:
    counted = Counter(route.name for route in all_routes(demonstration))
    assert [name for name, times in counted.items() if times > 1] == []


def test_what_a_visitor_may_send_is_listed_with_its_reason(demonstration: Settings) -> None:
    sent = {r.name for r in all_routes(demonstration) if r.method == "POST" and r.rule is anyone}
    assert sent == set(OPEN_TO_VISITORS)


def test_what_is_taken_from_elsewhere_is_listed_with_its_reason(demonstration: Settings) -> None:
    taken = {r.name for r in all_routes(demonstration) if r.without_origin}
    assert taken == set(FROM_ELSEWHERE)


def served(settings: Settings) -> list[StarletteRoute]:
    """Return what the site answers, in the order in which it is tried."""
    middleware = create_app(settings)._app  # type: ignore[attr-defined]
    found: list[StarletteRoute] = middleware.app.routes
    return found


def test_the_site_answers_at_no_address_but_those_of_its_routes(demonstration: Settings) -> None:
    asked = {route.path for route in all_routes(demonstration)}
    assert {route.path for route in served(demonstration)} == asked | BESIDE_THE_ROUTES


def hidden(routes: list[StarletteRoute]) -> dict[str, str]:
    """Return each address that, filled in, is answered by a route tried before its own."""
    found = {}
    for route in routes:
        method = "POST" if "POST" in (route.methods or ()) else "GET"
        path = re.sub(r"{[^}]*}", "x7", route.path)
        scope = {"type": "http", "method": method, "path": path, "root_path": ""}
        first = next(r for r in routes if r.matches(scope)[0] is Match.FULL)
        if first is not route:
            found[f"{method} {route.path}"] = first.path
    return found


def test_no_route_hides_another(demonstration: Settings) -> None:
    assert hidden(served(demonstration)) == {}


def test_a_hidden_route_is_found() -> None:
    def answer() -> None: ...

    routes = [
        StarletteRoute("/firms/{slug}", answer, methods=["GET"]),
        StarletteRoute("/firms/new", answer, methods=["GET"]),
        StarletteRoute("/firms/new", answer, methods=["POST"]),
    ]
    assert hidden(routes) == {"GET /firms/new": "/firms/{slug}"}


def test_production_has_no_route_of_the_demonstration(
    demonstration: Settings, production: Settings
) -> None:
    only = {r.path for r in all_routes(demonstration)} - {r.path for r in all_routes(production)}
    assert "/demo" in only
    assert {path for path in only if not path.startswith("/demo")} == set()

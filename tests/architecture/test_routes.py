"""Every route names its rule, and none is reached by another way than through it."""

import inspect
from collections import Counter
from pathlib import Path

import pytest
from starlette.routing import Route as StarletteRoute

from govmatch import settings
from govmatch.app import create_app
from govmatch.app.routes import all_routes
from govmatch.settings import Settings
from govmatch.web.routes import Route, anyone

SECRET = "a key of the tests, long enough to be one"

# What a visitor may send without being signed in, each with its reason.
OPEN_TO_VISITORS: dict[str, str] = {}


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


def test_the_site_answers_at_no_address_but_those_of_its_routes(demonstration: Settings) -> None:
    """What Starlette is given is made from the routes, and the static files: nothing beside them."""
    app = create_app(demonstration)
    while not hasattr(app, "routes"):
        app = app.app  # type: ignore[attr-defined]
    served = {route.path for route in app.routes if isinstance(route, StarletteRoute)}
    assert len(app.routes) == len(all_routes(demonstration)) + 1
    assert served - {r.path for r in all_routes(demonstration)} == {"/static/{hash}/{name:path}"}


def test_production_has_no_route_of_the_demonstration(
    demonstration: Settings, production: Settings
) -> None:
    only = {r.path for r in all_routes(demonstration)} - {r.path for r in all_routes(production)}
    assert "/demo" in only
    assert {path for path in only if not path.startswith("/demo")} == set()

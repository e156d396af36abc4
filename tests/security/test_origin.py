"""A write counts only when a browser says that our own page sent it; nothing else stands in."""

import pytest

from tests.security.acting import ACTS
from tests.security.asking import FORM, encoded
from tests.security.filling import filled_form
from tests.security.house import PUBLIC_NAME, House

pytestmark = pytest.mark.security(9)

ALIEN = {
    "nothing": {},
    "another site": {"origin": "https://evil.example"},
    "no origin that can be named": {"origin": "null"},
    "our name as the beginning of another": {"origin": "http://127.0.0.1:8000.evil.example"},
    "another port": {"origin": "http://127.0.0.1:8001"},
    "another scheme": {"origin": "https://127.0.0.1:8000"},
    "only the referrer": {"referer": "http://127.0.0.1:8000/login"},
    "a browser that says otherwise": {
        "origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site",
    },
    "a neighbour under the same domain": {"sec-fetch-site": "same-site"},
    "typed in or opened from outside": {"sec-fetch-site": "none"},
    "htmx": {"hx-request": "true", "hx-current-url": "http://127.0.0.1:8000/"},
    "what scripts call themselves": {"x-requested-with": "XMLHttpRequest"},
}  # fmt: skip
FIRST = {row.route: row for row in reversed(ACTS)}


@pytest.mark.parametrize("said", ALIEN)
def test_no_form_is_taken_from_elsewhere(house: House, said: str) -> None:
    taken = {}
    for route, row in FIRST.items():
        body = encoded(filled_form(house, row, row.by))
        before, path = house.changes(), house.filled(row.path, row.fill)
        headers = [("content-type", FORM), *ALIEN[said].items()]
        got = house.ask(row.by, "POST", path, headers=headers, body=body)
        if got.status != 403 or house.changes() != before:
            taken[route] = got.status
    assert taken == {}


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/xml", "multipart/mixed"]
)
def test_what_is_no_form_is_refused_even_from_our_own_page(house: House, kind: str) -> None:
    """What a page elsewhere can send without asking first, and what no form of ours sends."""
    taken = {}
    for route, row in FIRST.items():
        body = encoded(filled_form(house, row, row.by))
        before, path = house.changes(), house.filled(row.path, row.fill)
        headers = [("content-type", kind), ("origin", house.door.origin)]
        got = house.ask(row.by, "POST", path, headers=headers, body=body)
        if got.status != 400 or house.changes() != before:
            taken[route] = got.status
    assert taken == {}


def test_in_production_the_public_name_alone_counts(production: House) -> None:
    for origin, status in (
        (f"https://{PUBLIC_NAME}", 303),
        (f"http://{PUBLIC_NAME}", 403),
        ("http://127.0.0.1:8000", 403),
        ("http://localhost:8000", 403),
    ):
        headers = [("origin", origin), ("content-type", FORM)]
        got = production.ask("bo", "POST", "/logout", headers=headers)
        assert got.status == status, origin
        production.put_back()

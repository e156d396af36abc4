"""The name of the site comes from its settings; what a request calls it counts for nothing."""

import re

import pytest

from tests.security.acting import ACTS
from tests.security.filling import filled_form
from tests.security.house import PUBLIC_NAME, House
from tests.security.looking import LOOKS
from tests.site import Postbox

pytestmark = pytest.mark.security(11)

EVIL = "evil.example"
CLAIMS = [
    ("x-forwarded-host", EVIL),
    ("x-forwarded-proto", "gopher"),
    ("x-forwarded-server", EVIL),
    ("x-forwarded-prefix", f"//{EVIL}"),
    ("x-forwarded-for", "203.0.113.9"),
    ("forwarded", f"for=203.0.113.9;host={EVIL};proto=gopher"),
    ("x-original-url", "/admin"),
    ("x-rewrite-url", "/admin"),
    ("x-host", EVIL),
    ("x-real-ip", "203.0.113.9"),
    ("x-http-method-override", "DELETE"),
    ("x-remote-user", "kim@demo.example"),
    ("remote-user", "kim@demo.example"),
    ("x-forwarded-user", "kim@demo.example"),
    ("x-forwarded-email", "kim@demo.example"),
    ("authorization", "Basic a2ltOmtpbQ=="),
]


@pytest.mark.parametrize(
    "host",
    [EVIL, f"{EVIL}:443", f"{PUBLIC_NAME}.{EVIL}", f"{PUBLIC_NAME}@{EVIL}", f"{EVIL}/{PUBLIC_NAME}",
     f"{PUBLIC_NAME}, {EVIL}", f" {PUBLIC_NAME}", "127.0.0.1", "localhost", "", f"{PUBLIC_NAME}."],
)  # fmt: skip
def test_only_the_public_name_is_answered(production: House, host: str) -> None:
    before = production.changes()
    for path in ("/", "/challenges", "/login", "/nothing", "/static/x/y.css", "/healthz"):
        got = production.get("bo", path, host=host)
        assert got.status == 421 and EVIL not in got.text, path
    got = production.post("bo", "/logout", {}, host=host)
    assert got.status == 421 and production.changes() == before


def test_two_hosts_or_none_are_refused(production: House) -> None:
    for more in ([("host", EVIL)], [("host", PUBLIC_NAME)]):
        assert production.get("visitor", "/", headers=more).status == 421


@pytest.mark.security(12)
def test_no_claim_of_a_proxy_changes_any_page_or_makes_anybody_somebody_else(
    production: House,
) -> None:
    for who in ("visitor", "newcomer"):
        for route, row in {row.route: row for row in LOOKS}.items():
            if row.path.startswith("/demo"):
                continue
            path = production.filled(row.path, row.fill)
            plain, claimed = (
                production.get(who, path, headers=headers) for headers in ([], CLAIMS)
            )
            assert (claimed.status, claimed.location) == (plain.status, plain.location), route
            assert EVIL not in claimed.text and "gopher" not in claimed.text, route
            assert EVIL not in str(claimed.headers), route


def test_every_absolute_address_of_a_page_begins_with_the_public_name(production: House) -> None:
    """Asked under a port of its own, which a link would show if it came from the request."""
    names = set()
    for row in {row.route: row for row in LOOKS}.values():
        if not row.path.startswith("/demo"):
            path = production.filled(row.path, row.fill)
            text = production.get("eva", path, host=f"{PUBLIC_NAME}:8443").text
            names |= set(
                re.findall(rf"https?://[^\s\"'<>/]*{re.escape(PUBLIC_NAME)}[^\s\"'<>/]*", text)
            )
    assert names == {f"https://{PUBLIC_NAME}"}


@pytest.mark.security(13)
def test_links_in_mails_name_the_public_address_alone(
    production_that_works: House,
) -> None:
    house, postbox = production_that_works, Postbox()
    routes = {"POST /login", "POST /register", "POST /admin/invitations/new",
              "POST /firm/{firm}/members", "POST /account/address"}  # fmt: skip
    # Reading a form puts the house back, so all forms are read before any is sent.
    forms = [(row, filled_form(house, row, row.by)) for row in ACTS if row.route in routes]
    for number, (row, fields) in enumerate(forms):
        sent = {**fields, "email": [f"zz{number}@doors.example.org"]}
        got = house.post(row.by, house.filled(row.path, row.fill), sent, headers=CLAIMS)
        assert got.status == 303, row.route
    house.work(postbox)
    assert len(postbox.letters) >= 3
    for letter in postbox.letters:
        found = set(re.findall(r"https?://[^\s/]+", letter.body))
        assert found <= {f"https://{PUBLIC_NAME}"}, letter.subject
        assert EVIL not in letter.body

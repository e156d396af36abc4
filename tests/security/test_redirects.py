"""Nobody is sent away: whatever stands in an address or a form, Location is a path of this site."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.security.acting import ACTS
from tests.security.acts import Act
from tests.security.asking import Got
from tests.security.filling import filled_form
from tests.security.forms import forms_of
from tests.security.house import House
from tests.security.looking import LOOKS

pytestmark = pytest.mark.security(8)

EVIL = "evil.example"
AWAY = [
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"/\t/{EVIL}/",
    f"/\n/{EVIL}/",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"http:\\\\{EVIL}",
    f"%2F%2F{EVIL}/",
    f"/%2F{EVIL}/../..",
    f" //{EVIL}/",
    f"javascript:location='//{EVIL}'",
    f"data:text/html,<script>location='//{EVIL}'</script>",
    f"/x\r\nLocation: https://{EVIL}/",
    f"/x\r\n\r\n<script>location='//{EVIL}'</script>",
    f"/@{EVIL}",
    f".{EVIL}/",
    f"/\u2028//{EVIL}",
    f"／／{EVIL}/",
]  # fmt: skip
NAMES = ["next", "return", "return_to", "redirect", "redirect_uri", "url", "to", "back", "lang",
         "continue", "goto", "switch_lang", "then", "place", "for"]  # fmt: skip
READERS = ["visitor", "halfway", "carla"]
ASKING = ("/login", "/register", "/second-factor", "/account/fresh", "/invitations")
LEADING = ("location", "hx-redirect", "hx-location", "refresh", "content-location", "link")
PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def is_own(house: House, location: str) -> bool:
    """True for what every browser takes for a path of the host that it is on."""
    joined = urlsplit(urljoin(f"{house.door.origin}/a/b", location))
    here = f"{joined.scheme}://{joined.netloc}" == house.door.origin
    return here and PATH.fullmatch(location) is not None and not location.startswith(f"//{EVIL}")


def leads_away(house: House, got: Got) -> list[str]:
    """Return everything in an answer by which a browser would leave, or a header would break."""
    found = [value for name in LEADING for value in got.all(name) if not is_own(house, value)]
    found += [name for name, value in got.headers if set("\r\n\0") & set(name + value)]
    for form in forms_of(got.text) if got.kind == "text/html" else []:
        found += [form.action] if not is_own(house, form.action) else []
        found += [value for name, value in form.fields if name == "next" and value
                  and not is_own(house, value)]  # fmt: skip
    return found


def test_no_address_leads_away(house: House) -> None:
    """Pages that redirect, and those that ask where to go on to, with each name of a target."""
    rows = {row.path: row for row in LOOKS if row.status == 303 or row.path.startswith(ASKING)}
    assert len(rows) > 12
    wrong = {}
    for away in AWAY:
        query = "&".join(f"{name}={quote(away, safe='')}" for name in NAMES)
        for row in rows.values():
            for who in READERS:
                got = house.get(who, f"{house.filled(row.path, row.fill)}?{query}")
                if got.status >= 500 or leads_away(house, got):
                    wrong[f"{who} {row.path}"] = (got.status, leads_away(house, got))
    assert wrong == {}


def test_no_form_leads_away(house: House) -> None:
    """Forms that succeed go on to a page of ours, whatever is sent along; later, too.

    Those that know where to go on to are sent every way out, the others a few of them in turn; by
    turns as htmx sends them, which is led on by another header.
    """
    wrong = {}
    succeeding = (row for row in ACTS if row.expected(row.by) in {200, 303})
    for turn, row in enumerate(succeeding):
        forms = AWAY if row.path.startswith(ASKING) else AWAY[turn % 7 :: 7]
        for number, away in enumerate(forms):
            house.put_back()
            headers = [("hx-request", "true")] if (turn + number) % 2 else []
            got = sent_away(house, row, away, headers)
            if got.status >= 500 or leads_away(house, got):
                wrong[f"{row.label} {away!r}"] = (got.status, leads_away(house, got))
            kept = house.rows("SELECT next_path FROM link_requests WHERE next_path <> ''")
            assert [path for (path,) in kept if not is_own(house, path)] == []
    assert wrong == {}


def sent_away(house: House, row: Act, away: str, headers: list[tuple[str, str]]) -> Got:
    """Send a form that succeeds, with a way out in every name that might be a target."""
    fields = filled_form(house, row, row.by)
    fields |= {name: [away] for name in NAMES if name not in fields} | {"next": [away]}
    query = f"?next={quote(away, safe='')}&lang={quote(away, safe='')}"
    path = house.filled(row.path, row.fill) + query
    fields.pop("switch_lang", None)
    return house.post(row.by, path, fields, headers=headers)


@pytest.mark.parametrize(
    "path",
    [f"//{EVIL}/applications", f"/\\{EVIL}", f"/%2F%2F{EVIL}/desk",
     f"/%0d%0aLocation:%20//{EVIL}", f"/applications//{EVIL}/", f"//{EVIL}/..%2f..%2flogin",
     f"/login%3fnext=//{EVIL}"],
)  # fmt: skip
def test_no_path_becomes_a_host(house: House, path: str) -> None:
    for who in ("visitor", "halfway", "bo"):
        got = house.get(who, path)
        assert got.status < 500 and leads_away(house, got) == [], (who, got.location)


@pytest.mark.parametrize("location", [f"//{EVIL}", f"/\\{EVIL}", f"https://{EVIL}", f"/\t/{EVIL}"])
def test_what_leads_away_is_found(house: House, location: str) -> None:
    assert leads_away(house, Got(303, (("location", location),), b""))

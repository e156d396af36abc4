"""What every answer carries, whatever kind it is; cookies; and how long anything is kept."""

import pytest

from tests.security.asking import Got
from tests.security.gates import EVERYBODY
from tests.security.house import House
from tests.security.looking import LOOKS
from tests.security.test_bodies import MULTIPART

pytestmark = pytest.mark.security(31)

CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
STRICTER = {"referrer-policy": "no-referrer"}  # where the address itself is a secret
NEVER = {"server", "x-powered-by", "x-aspnet-version", "via"}
NEVER |= {"access-control-allow-origin", "access-control-allow-credentials"}
FILE = "default-src 'none'; sandbox"


def missing(got: Got) -> list[str]:
    """Return what an answer lacks, or has and must not have."""
    found = [
        name
        for name, value in ALWAYS.items()
        if got.header(name) not in {value, STRICTER.get(name)}
    ]
    found += [name for name in NEVER if got.all(name)]
    found += [] if "camera=()" in got.header("permissions-policy") else ["permissions-policy"]
    policy = got.header("content-security-policy")
    if policy != FILE and {one.strip() for one in policy.split(";")} != CSP:
        found.append(f"content-security-policy: {policy}")
    return found


POLLED = {"GET /triage/news"}
"""A script that asks again sends the tag of the answer it has itself; nothing is kept for that."""


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_carries_them_and_no_cache_keeps_mine(production: House, who: str) -> None:
    for route, row in {row.route: row for row in LOOKS}.items():
        if row.path.startswith("/demo"):
            continue
        got = production.get(who, production.filled(row.path, row.fill))
        assert missing(got) == [], (route, got.status)
        assert got.header("strict-transport-security") == "max-age=63072000; includeSubDomains"
        kept = got.header("cache-control")
        if who not in {"visitor", "closed"}:
            assert kept == "no-store", (route, kept)
            assert not got.all("etag") or route in POLLED, route
        assert kept in {"no-store", "no-cache"}, (route, kept)
        assert {"Cookie", "Accept-Language"} <= set(got.header("vary").split(", ")), route
        assert not got.all("set-cookie"), f"{route} sets a cookie"


KINDS = [
    ("GET", "/nothing", 404), ("GET", "/%00", 404), ("GET", "/%ff", 404), ("GET", "/a%5Cb", 404),
    ("GET", "/" + "a" * 5000, 404), ("PUT", "/", 405), ("POST", "/challenges", 405),
    ("GET", "/static/x/y.css", 404), ("GET", "/static/..%2f..%2fpyproject.toml", 404),
    ("GET", "/healthz", 200), ("GET", "/readyz", 200), ("GET", "/search?q=" + "a" * 600, 400),
    ("POST", "/login", 403), ("GET", "/?" + "a=1&" * 300, 400), ("GET", "/admin", 303),
    ("GET", "/robots.txt", 200), ("GET", "/challenges.atom", 200), ("GET", "/sitemap.xml", 200),
    ("GET", "/suggest?q=abc", 200), ("GET", "/.well-known/security.txt", 200), ("GET", "/was", 303),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), KINDS, ids=range(len(KINDS)))
def test_every_kind_of_answer_carries_them(
    production: House, method: str, path: str, status: int
) -> None:
    got = production.ask("visitor", method, path)
    assert got.status == status
    assert missing(got) == []
    assert got.header("strict-transport-security")
    assert got.header("content-type")


def test_a_failure_carries_them_and_says_nothing(
    production: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production.app._site, "frame", None)  # type: ignore[attr-defined]
    got = production.get("newcomer", "/account")
    assert got.status == 500
    assert missing(got) == [] and got.header("cache-control") == "no-store"
    assert "Traceback" not in got.text and "NoneType" not in got.text


def test_what_the_database_refuses_is_closed_not_open(
    production: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its database the site says that something is wrong, and to nobody more."""
    monkeypatch.setattr(production.app._site.people, "find", _broken)  # type: ignore[attr-defined]
    for path in ("/account", "/admin", "/desk", "/applications"):
        got = production.get("kim", path)
        assert got.status == 500 and missing(got) == []


def _broken(*_args: object, **_more: object) -> None:
    raise OSError("disk I/O error: /var/lib/secret")


def test_static_files_are_kept_for_a_year_and_only_under_their_content(production: House) -> None:
    page = production.get("visitor", "/").text
    path = page.split('href="/static/')[1].split('"')[0]
    got = production.get("visitor", f"/static/{path}")
    assert got.status == 200 and missing(got) == []
    assert got.header("cache-control") == "public, max-age=31536000, immutable"
    digest, _, name = path.partition("/")
    for wrong in (
        f"0000000000000000/{name}",
        f"{digest}/../{name}",
        f"{digest}/{name}/",
        f"{digest}/",
    ):
        assert production.get("visitor", f"/static/{wrong}").status == 404


@pytest.mark.security(19)
@pytest.mark.parametrize(
    "path",
    ["%2e%2e/%2e%2e/pyproject.toml", "..%5c..%5cpyproject.toml", "css%00.css",
     "../static_secret/x.css", "%252e%252e/pyproject.toml", "....//....//pyproject.toml",
     "vendor/..%2f..%2f..%2fetc/passwd"],
)  # fmt: skip
def test_nothing_outside_the_static_folder_is_served(production: House, path: str) -> None:
    page = production.get("visitor", "/").text
    digest = page.split('href="/static/')[1].split("/")[0]
    for start in (f"/static/{digest}/", "/static/", "/pages/", "/"):
        got = production.get("visitor", start + path)
        assert got.status == 404 and "[project]" not in got.text and "root:" not in got.text


@pytest.mark.security(19)
def test_a_range_of_1500_parts_is_not_read(production: House) -> None:
    page = production.get("visitor", "/").text
    path = "/static/" + page.split('href="/static/')[1].split('"')[0]
    ranges = [("range", "bytes=" + ",".join(f"{n}-{n}" for n in range(1500)))]
    got, whole = (production.get("visitor", path, headers=more) for more in (ranges, []))
    assert (got.status, got.body) == (200, whole.body)


@pytest.mark.security(15)
def test_the_cookie_cannot_be_read_sent_elsewhere_or_set_by_a_neighbour(production: House) -> None:
    path = production.filled("/login/{token}", {"token": "link sign-in"})
    cookie = production.post("visitor", path, {}).header("set-cookie")
    name, *flags = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-govmatch=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(flags)
    assert not [flag for flag in flags if flag.lower().startswith("domain")]


@pytest.mark.security(15)
def test_signing_out_clears_what_the_browser_kept(production: House) -> None:
    got = production.post("bo", "/logout", {})
    assert got.header("clear-site-data") == '"cache", "cookies", "storage"'
    flags = {part.strip().lower() for part in got.header("set-cookie").split(";")}
    assert {"max-age=0", "secure", "httponly", "path=/"} <= flags
    assert production.get("bo", "/account").status == 303, "a copy of the cookie opens nothing"


@pytest.mark.security(15)
def test_a_chosen_cookie_dies_and_a_session_gets_a_new_token(production: House) -> None:
    path = production.filled("/login/{token}", {"token": "link sign-in"})
    chosen = "__Host-govmatch=" + "chosen" * 8
    got = production.door.post(path, {}, cookie=chosen)
    assert got.status == 303 and "chosen" not in got.header("set-cookie")
    assert production.door.get("/account", cookie=chosen).status == 303
    old = production.cookie("dieter")
    assert production.door.get("/account", cookie=old).status == 200
    production.put_back()
    production.post("dieter", path, {})
    assert production.door.get("/account", cookie=old).status == 303, "the old session goes on"


def test_an_upload_too_large_says_so_with_all_of_them(production: House) -> None:
    headers = [("origin", production.door.origin), ("content-type", MULTIPART),
               ("content-length", "999999999")]  # fmt: skip
    got = production.ask("bo", "POST", "/account/details", headers=headers)
    assert got.status == 413 and missing(got) == []

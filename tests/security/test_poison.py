"""What people write runs nowhere: every field filled with scripts, every page read by everybody."""

import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest

from tests.security.asking import Got
from tests.security.crawling import crawl
from tests.security.dangers import read_page
from tests.security.house import House
from tests.security.looking import LOOKS
from tests.security.poisoning import CALCULATED, RUN, SHORT, TINY, Poisoned
from tests.site import Postbox

pytestmark = pytest.mark.security(6)

WALKERS = ["visitor", "bo", "orla", "astrid", "eva", "finn", "mia", "jens", "kim"]
HTML, JSON, XML, CALENDAR = "text/html", "application/json", "xml", "text/calendar"


@cache
def walked(house: House, who: str) -> dict[str, Got]:
    found = crawl(house, who, lang="en")
    mails = [f"/demo/mails/{row[0]}" for row in house.rows("SELECT public_id FROM mails")]
    return found | {path: house.get(who, path) for path in ("/demo", *mails[-60:])}


EXACT = (
    "/members",
    *(f"/edit/{part}" for part in ("eligibility", "criteria", "budget", "timeline")),
)
"""Forms that take nothing but addresses, codes, numbers and dates."""


def test_the_forms_took_what_would_run(poisoned: tuple[House, Poisoned, Postbox]) -> None:
    _, into, _ = poisoned
    assert into.fields() > 220
    assert [name for name, taken in into.taken.items() if not (taken or name.endswith(EXACT))] == []


@pytest.mark.parametrize("who", WALKERS)
def test_no_page_runs_what_people_wrote(
    poisoned: tuple[House, Poisoned, Postbox], who: str
) -> None:
    house, _, _ = poisoned
    pages = {path: got for path, got in walked(house, who).items() if got.kind == HTML}
    read = {path: read_page(got.text) for path, got in pages.items()}
    assert {path: page.dangers for path, page in read.items() if page.dangers} == {}
    assert [path for path, page in read.items() if CALCULATED in page.words] == []
    said = [path for path, page in read.items() if TINY in page.words]
    assert len(said) > 10, "nobody wrote anything, so nothing was tried"


@pytest.mark.parametrize("who", ["visitor", "bo", "astrid", "kim"])
def test_each_answer_says_what_it_is_and_is_nothing_else(
    poisoned: tuple[House, Poisoned, Postbox], who: str
) -> None:
    house, _, _ = poisoned
    for path, got in walked(house, who).items():
        assert got.header("x-content-type-options") == "nosniff", path
        assert "script-src 'self'" in got.header("content-security-policy") or (
            got.header("content-security-policy") == "default-src 'none'; sandbox"
        ), path
        if got.status != 200:
            continue
        assert_form(path, got)


def assert_form(path: str, got: Got) -> None:
    """Read an answer as what it says it is; that it can be read shows that nothing broke out."""
    kind, end = got.kind, Path(path.partition("?")[0]).suffix
    assert {".json": JSON, ".ics": CALENDAR, ".md": "text/markdown"}.get(end, kind) == kind, path
    if kind == JSON:
        json.loads(got.text)
    elif kind.endswith(XML):
        ET.fromstring(got.text)  # noqa: S314 -- our own answer
    elif kind == CALENDAR:
        lines = re.sub(r"\r\n[ \t]", "", got.text).split("\r\n")
        names = {line.partition(":")[0].partition(";")[0] for line in lines if line}
        assert names <= CALENDAR_NAMES
        assert max(len(line.encode()) for line in got.text.split("\r\n")) <= 75
    elif kind != HTML and kind not in {"text/plain", "text/markdown"}:
        assert got.header("content-disposition").startswith("attachment;"), (path, kind)


CALENDAR_NAMES = {
    *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "NAME", "UID"),
    *("DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL", "SEQUENCE", "DESCRIPTION", "STATUS"),
    *("TRANSP", "LOCATION", "ORGANIZER"),
    *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "LAST-MODIFIED"),
}


def test_a_file_keeps_to_its_name(poisoned: tuple[House, Poisoned, Postbox]) -> None:
    """The name of an upload stands in one header and breaks neither it nor a page."""
    house, _, _ = poisoned
    page = f"/applications/{house.ids['application sent']}/check"
    [path] = {link for link in re.findall(r'href="(/applications/[^"]*/files/[^"]*)"',
              house.get("bo", page).text) if house.ids["file sent"] not in link}  # fmt: skip
    got = house.get("bo", path)
    assert got.header("content-disposition").startswith('attachment; filename="')
    assert got.header("content-disposition").isascii() and "<" not in got.header(
        "content-disposition"
    )
    assert got.header("content-type") == "application/pdf"
    assert got.header("content-security-policy") == "default-src 'none'; sandbox"


@pytest.mark.security(13)
def test_mails_carry_no_markup_no_foreign_link_and_no_header_of_strangers(
    poisoned: tuple[House, Poisoned, Postbox],
) -> None:
    house, _, postbox = poisoned
    assert len(postbox.letters) > 5
    own = house.settings.base_url
    for letter in postbox.letters:
        assert "\n" not in letter.subject and "\r" not in letter.subject
        for address in re.findall(r"https?://[^\s]+", letter.body):
            assert address == own or address.startswith(f"{own}/"), (letter.subject, address)
        assert CALCULATED not in letter.body and CALCULATED not in letter.subject
    assert any(RUN in letter.body or RUN in letter.subject for letter in postbox.letters)
    assert any("http: evil.example" in letter.body for letter in postbox.letters)


ASKED = [
    *("q", "page", "sort", "lang", "next", "state", "for", "role", "kind", "phase", "theme"),
    *("show", "way", "part", "template", "more", "written_in", "firm", "switch_lang"),
    'x"><script>',
]


@pytest.mark.parametrize("who", ["visitor", "bo", "eva", "kim"])
def test_no_page_runs_what_stands_in_its_address(house: House, who: str) -> None:
    wrong = {}
    for route, row in {row.route: row for row in LOOKS}.items():
        texts = (SHORT if (n + len(route)) % 2 else f"javascript:{RUN}" for n in range(len(ASKED)))
        query = "&".join(f"{quoted(n)}={quoted(t)}" for n, t in zip(ASKED, texts, strict=True))
        got = house.get(who, f"{house.filled(row.path, row.fill)}?{query}")
        page = read_page(got.text if got.kind == HTML else "")
        if page.dangers or got.status >= 500 or CALCULATED in page.words:
            wrong[route] = (got.status, page.dangers)
    assert wrong == {}


def quoted(text: str) -> str:
    return "".join(c if c.isalnum() else f"%{ord(c):02X}" for c in text)


@pytest.mark.parametrize(
    "path",
    [
        "/%3Cscript%3Ezxrun()%3C/script%3E",
        "/challenges/%22%3E%3Cimg%20src=x%20onerror=zxrun()%3E",
        "/pages/%7B%7B7777*7%7D%7D",
        "/firms/'%20onmouseover='zxrun()",
    ],
)
def test_no_error_page_runs_its_address(house: House, path: str) -> None:
    for who in ("visitor", "bo"):
        got = house.get(who, path)
        assert got.status == 404
        page = read_page(got.text)
        assert page.dangers == [] and CALCULATED not in page.words


@pytest.mark.parametrize(
    "html",
    [
        "<script>zxrun()</script>", "<p onclick=zxrun()>", "<a href=' java\tscript:zxrun()'>",
        "<iframe srcdoc=x>", '<p style="x">', "<img src=//evil.example/x>", "<base href=//evil>",
        '<meta http-equiv=refresh content="0;url=x">', "<svg/onload=zxrun()>", '<p x"y=1>',
        "<form action=javascript:zxrun()>", "<script src=https://evil.example/x.js></script>",
    ],
)  # fmt: skip
def test_what_would_run_is_found(html: str) -> None:
    assert read_page(html).dangers

"""Whatever is sent to the search over HTTP is answered with 200 or 400, and soon."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from govmatch.web.shell import LONGEST_ADDRESS
from tests.site import Browser, Site
from tests.timing import soonest
from tests.unit.search.hostile import HOSTILE, REFUSED

SOON = 0.25
"""Seconds of processor time."""
PAGES = ["/search", "/search.atom", "/suggest", "/challenges", "/firms"]


class Visitor:
    """A visitor of the demonstration whom no limit of rates stops, and who was here before."""

    def __init__(self, visit: Callable[[], Browser]) -> None:
        self._visit = visit
        self.come_to_a_site_that_just_started()

    def come_to_a_site_that_just_started(self) -> None:
        """Ask from now on a site that remembers no question but one of each page."""
        self._browser = self._visit()
        for page in PAGES:
            self._browser.get(f"{page}?q=data")

    def get(self, address: str) -> Any:
        return self._browser.get(address)

    def ask(self, address: str) -> tuple[Any, float]:
        """Return the answer and the seconds of processor time it took."""
        return soonest(
            lambda: self.get(address), under=SOON, afresh=self.come_to_a_site_that_just_started
        )


@pytest.fixture(scope="module")
def visitor(shown: Site) -> Visitor:
    def visit() -> Browser:
        site = Site(shown.database, shown.settings.data_dir, searches_per_minute=1_000_000)
        return site.visit()

    return Visitor(visit)


def written(query: str) -> str:
    return quote(query.encode("utf-8", "surrogatepass"), safe="")


def allowed(page: str, query: str) -> set[int]:
    """Return what may be answered; an address that is too long is nobody's."""
    is_long = len(page) + len("q=") + len(written(query)) > LONGEST_ADDRESS
    return {404} if is_long else {200, 400}


@pytest.mark.parametrize("page", PAGES)
def test_hostile_queries_are_answered_soon(visitor: Visitor, page: str) -> None:
    wrong = []
    for query in HOSTILE:
        answer, took = visitor.ask(f"{page}?q={written(query)}")
        if answer.status_code not in allowed(page, query) or took > SOON:
            wrong.append((query[:40], answer.status_code, took))
        if page == "/suggest" and answer.status_code == 200:
            json.loads(answer.text)
    assert wrong == []


@pytest.mark.parametrize("page", ["/search", "/search.atom"])
def test_what_is_too_long_is_refused_with_a_sentence(visitor: Visitor, page: str) -> None:
    for query in REFUSED:
        if len(query) < 100_000:
            answer = visitor.get(f"{page}?q={written(query)}")
            assert answer.status_code in allowed(page, query) - {200}
    assert visitor.get(f"{page}?q={'a' * 501}").status_code == 400
    assert visitor.get(f"{page}?q={'a' * 500}").status_code == 200


@pytest.mark.parametrize(
    "rest",
    [
        "page=0",
        "page=-1",
        f"page={'9' * 4000}",
        "page=1e9",
        "page=%00",
        "sort=%00",
        f"sort={'x' * 5000}",
        "kind=%ff%fe",
        "theme=" + "&theme=".join("abc"),
        "lang=xx&lang=de",
        "lang=" + "%F0%9F%98%80" * 500,
        "&".join(f"field{number}={number}" for number in range(2_000)),
        "q=a&q=b&q=c",
        "%00=%00",
        "=&=&=",
        ";;;",
    ],
    ids=lambda rest: rest[:20],
)
@pytest.mark.parametrize("page", ["/search", "/search.atom", "/suggest"])
def test_hostile_wishes_are_answered_soon(visitor: Visitor, page: str, rest: str) -> None:
    answer, took = visitor.ask(f"{page}?q=data&{rest}")
    assert answer.status_code in {200, 400, 404}
    assert took < SOON


def test_bytes_that_are_no_letters_are_answered(visitor: Visitor) -> None:
    for raw in ("%ff", "%c3%28", "%ed%a0%80", "%00", "%", "%zz", "%f8%a1%a1%a1%a1"):
        assert visitor.get(f"/search?q={raw}").status_code in {200, 400}
        assert visitor.get(f"/suggest?q={raw}").status_code in {200, 400}

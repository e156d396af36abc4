"""A firm's website is an address of the web and nothing that a browser would run."""

import pytest

from govmatch.organisations.websites import host_of, web_address
from tests.timing import soonest


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://nordlys.example", "https://nordlys.example"),
        ("http://nordlys.example:8080/a?b=c#d", "http://nordlys.example:8080/a?b=c#d"),
        ("www.nordlys.example/om-os", "https://www.nordlys.example/om-os"),
        ("nordlys.example:8080", "https://nordlys.example:8080"),
        ("https://mærke.example", "https://mærke.example"),
    ],
)
def test_an_address_of_the_web_is_kept(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.security(6)
@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://nordlys.example/%0aalert(1)",
        "\tjavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "ftp://nordlys.example",
        "//nordlys.example",
        "https:nordlys.example",
        "https://",
        "https://localhost",
        "https://user@nordlys.example",
        "https://nordlys.example@evil.example",
        "https://nordlys.example\\@evil.example",
        'https://nordlys.example/" onmouseover="alert(1)',
        "https://nordlys.example/ x",
        "https://nordlys.example/\u0000",
        "https://nordlys.example:99999",
        "https://[::1",
        "https://-.example",
        "https://" + "a" * 200 + ".example",
    ],
)
def test_everything_else_is_refused(typed: str) -> None:
    assert web_address(typed) is None


def test_a_link_is_named_by_its_host() -> None:
    assert host_of("https://www.nordlys.example/om-os") == "nordlys.example"


@pytest.mark.security(24)
@pytest.mark.parametrize("text", ["a." * 25_000, "a-" * 25_000, "https://" + "a.-" * 16_000])
def test_a_hostile_address_is_refused_in_no_time(text: str) -> None:
    address, took = soonest(lambda: web_address(text), under=0.25)
    assert address is None
    assert took < 0.25

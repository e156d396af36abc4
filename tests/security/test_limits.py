"""Too often is too often, and nothing that a client says of itself makes it another client."""

from itertools import count
from types import SimpleNamespace

import pytest

from govmatch.web import limits
from tests.security.house import House

pytestmark = [pytest.mark.security(33), pytest.mark.security(12)]

FREE = count(1)


def spoofed() -> list[tuple[str, str]]:
    """Return what claims to be yet another client."""
    address = f"203.0.113.{next(FREE) % 250}"
    return [("x-forwarded-for", address), ("x-real-ip", address), ("forwarded", f"for={address}"),
            ("cf-connecting-ip", address), ("true-client-ip", address)]  # fmt: skip


class Standing:
    """The clock of the buckets, which goes when it is told to: seconds."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, production: House) -> Standing:
    standing = Standing()
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=standing.monotonic))
    return standing


def statuses(production: House, path: str, times: int, client: str) -> list[int]:
    """Ask so many times as one client that says each time that it is another."""
    return [
        production.door.get(path, client=client, headers=spoofed()).status for _ in range(times)
    ]


@pytest.mark.parametrize("path", ["/search?q=data", "/suggest?q=dat"])
def test_300_searches_are_answered_and_then_five_a_second(
    production: House, clock: Standing, path: str
) -> None:
    mine, other = "198.51.100.7", "198.51.100.8"
    assert statuses(production, path, 302, mine) == [200] * 300 + [429] * 2
    got = production.door.get(path, client=mine, headers=spoofed())
    assert int(got.header("retry-after")) >= 1
    assert statuses(production, path, 1, other) == [200]
    clock.at += 1.001
    assert statuses(production, path, 6, mine) == [200] * 5 + [429]


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_50_wishes_for_a_link_from_one_client_are_too_many(production: House, path: str) -> None:
    """Each for another address, known and unknown in turn, from ever new sessions."""
    statuses = []
    for number in range(50):
        email = f"p{number}@doors.example.org" if number % 2 else "bo@demo.example"
        if email == "bo@demo.example" and number > 6:
            email = f"q{number}@demo.example"
        fields = {"email": email, "name": "N", "lang": "en", "terms": "yes"}
        got = production.door.post(path, fields, client="198.51.100.9", headers=spoofed())
        statuses.append(got.status)
        if got.status == 429:
            assert int(got.header("retry-after")) >= 1
    assert statuses[:25].count(303) >= 20
    assert set(statuses[31:]) == {429}


def test_one_address_gets_five_mails_an_hour_whoever_asks(production: House) -> None:
    statuses = []
    for number in range(12):
        fields = {"email": "finn@demo.example" if number % 2 else "FINN@demo.example "}
        client = f"198.51.101.{number}"
        statuses.append(production.door.post("/login", fields, client=client).status)
    assert statuses == [303] * 5 + [429] * 7


def test_an_unknown_address_is_limited_like_a_known_one(production: House) -> None:
    def asked(email: str) -> list[int]:
        return [
            production.door.post("/login", {"email": email}, client=f"198.51.102.{n}").status
            for n in range(7)
        ]

    assert asked("nobody-at-all@doors.example.org") == asked("dieter@demo.example")


def test_wrong_codes_are_counted_for_the_person_not_the_client(production: House) -> None:
    statuses = []
    for number in range(8):
        got = production.door.post(
            "/second-factor",
            {"code": f"{number:06}"},
            cookie=production.cookie("halfway"),
            client=f"198.51.103.{number}",
            headers=spoofed(),
        )
        statuses.append(got.status)
    assert statuses == [422] * 5 + [429] * 3
    right = production.code("halfway")
    got = production.post("halfway", "/second-factor", {"code": right})
    assert got.status == 429, "the right one comes too late as well"


def test_links_that_are_over_are_counted(production: House) -> None:
    statuses = {
        production.door.post(
            f"/login/not-a-link-{n}", {}, client="198.51.104.1", headers=spoofed()
        ).status
        for n in range(20)
    }
    assert statuses == {410}
    more = production.door.post("/login/not-a-link", {}, client="198.51.104.1", headers=spoofed())
    assert more.status == 429 and int(more.header("retry-after")) >= 1


def test_reading_is_limited_too(production: House, clock: Standing) -> None:
    found = statuses(production, "/robots.txt", 3_002, "198.51.105.1")
    assert found == [200] * 3_000 + [429] * 2
    clock.at += 60
    assert statuses(production, "/robots.txt", 1, "198.51.105.1") == [200]


def test_firms_are_made_a_few_a_day(production: House) -> None:
    statuses = []
    for number in range(7):
        fields = {"name": f"Firm number {number}", "country": "DK", "form_key": f"k{number}"}
        statuses.append(production.post("newcomer", "/firm/new", fields).status)
    assert statuses == [303] * 5 + [429] * 2

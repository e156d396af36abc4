"""Requests as bytes, through the very server that runs: what no library would send."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests.security.asking import FORM
from tests.security.house import House
from tests.security.serving import Wire, read, served
from tests.security.test_bodies import REFUSED

EVIL = "evil.example"


@pytest.fixture
def wire(house: House) -> Iterator[Wire]:
    with served(house) as made:
        yield made


@pytest.mark.security(11)
@pytest.mark.parametrize(
    "line",
    [f"GET http://{EVIL}/login HTTP/1.1", f"GET https://{EVIL}/ HTTP/1.1", f"GET @{EVIL}/ HTTP/1.1",
     f"GET //{EVIL}/login HTTP/1.1", f"GET {EVIL} HTTP/1.1", f"CONNECT {EVIL}:443 HTTP/1.1",
     f"GET /\\{EVIL}/ HTTP/1.1", "GET * HTTP/1.1", "OPTIONS * HTTP/1.1",
     f"GET http://user@{EVIL}/account HTTP/1.1", f"GET http://127.0.0.1@{EVIL}/ HTTP/1.1"],
)  # fmt: skip
def test_no_request_line_names_another_host(wire: Wire, line: str) -> None:
    got = wire.ask(line, f"Host: 127.0.0.1:{wire.port}")
    assert got.status < 500
    assert EVIL not in got.text.replace(f"next=%2F%2F{EVIL}", "").replace(f"//{EVIL}/login", "")


@pytest.mark.security(32)
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Length: 5\r\nTransfer-Encoding: chunked",
         b"0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5", b"0\r\n\r\n"),
        ("Content-Length: 5\r\nContent-Length: 6", b"a=bcde"),
        ("Content-Length: 5, 5", b"a=bcd"),
        ("Content-Length: +5", b"a=bcd"),
        ("Content-Length: -1", b""),
        ("Content-Length: 0x5", b"a=bcd"),
        ("Content-Length: abc", b"a=bcd"),
        ("Content-Length: 99999999999999999999999", b"a=bcd"),
        ("Transfer-Encoding: chunked, identity", b"0\r\n\r\n"),
        ("Transfer-Encoding: xchunked", b"0\r\n\r\n"),
        ("Transfer-Encoding : chunked", b"0\r\n\r\n"),
        ("Transfer-Encoding: chunked", b"zz\r\n\r\n"),
        ("Transfer-Encoding: chunked", b"5\na=bcd\n0\n\n"),
        ("Transfer-Encoding: chunked", b"5;" + b"x" * 70_000 + b"\r\na=bcd\r\n0\r\n\r\n"),
        ("X: a\r\n b\r\nContent-Length: 0", b""),
        ("X\x00Y: a\r\nContent-Length: 0", b""),
        (": nameless\r\nContent-Length: 0", b""),
        ("X: " + "y" * 70_000, b""),
        ("\r\n".join(f"X-{n}: y" for n in range(3_000)), b""),
        (f"Host: {EVIL}\r\nContent-Length: 0", b""),
    ],
    ids=range(21),
)  # fmt: skip
def test_no_request_is_smuggled_in_another(wire: Wire, head: str, body: bytes) -> None:
    """Malformed ones are refused; at most one answer comes back, and none for what was hidden."""
    start = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{wire.port}\r\nOrigin: {wire.origin}\r\n"
    text = f"{start}Content-Type: {FORM}\r\n{head}\r\n\r\n".encode("latin-1")
    back = wire.send(text + body, wait=1.5)
    assert back.count(b"HTTP/1.1 ") <= 1, back[:300]
    got = read(back)
    assert got.status == 0 or 400 <= got.status < 500, got.status
    assert "/login?next=%2Fadmin" not in got.text
    assert wire.ask("GET /healthz HTTP/1.1", f"Host: 127.0.0.1:{wire.port}").status == 200


@pytest.mark.security(18)
def test_the_site_answers_others_while_it_refuses(wire: Wire) -> None:
    """During a flood of bad bodies, who asks whether the site lives waits less than a second."""
    stop, sent = threading.Event(), 0

    def flood() -> None:
        nonlocal sent
        while not stop.is_set():
            for name in ("5,000 fields", "20,000 headers", "200,000 names"):
                kind, body = REFUSED[name]
                wire.ask(
                    "POST /login HTTP/1.1", f"Host: 127.0.0.1:{wire.port}",
                    f"Origin: {wire.origin}", f"Content-Type: {kind}",
                    f"Content-Length: {len(body)}", body=body,
                )  # fmt: skip
                sent += 1

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    waits = []
    try:
        for _ in range(20):
            began = time.monotonic()
            assert wire.ask("GET /healthz HTTP/1.1", f"Host: 127.0.0.1:{wire.port}").status == 200
            waits.append(time.monotonic() - began)
    finally:
        stop.set()
        thread.join(10)
    assert sent >= 1
    assert sorted(waits)[len(waits) // 2] < 1.0


@pytest.mark.security(12)
def test_only_a_proxy_that_was_named_may_say_who_asks(house: House) -> None:
    """Each of many wishes claims another client: believed from the proxy, from nobody else."""

    def statuses(wire: Wire) -> list[int]:
        found = []
        for number in range(33):
            body = f"email=w{wire.port}n{number}@doors.example.org".encode()
            got = wire.ask(
                "POST /login HTTP/1.1", f"Host: 127.0.0.1:{wire.port}", f"Origin: {wire.origin}",
                f"Content-Type: {FORM}", f"Content-Length: {len(body)}",
                f"X-Forwarded-For: 203.0.113.{number}", body=body,
            )  # fmt: skip
            found.append(got.status)
        return found

    with served(house) as wire:
        assert statuses(wire) == [303] * 30 + [429] * 3
    with served(house, trusted_proxies="192.0.2.1") as wire:
        assert set(statuses(wire)) == {429}
    with served(house, trusted_proxies="127.0.0.1") as wire:
        assert statuses(wire) == [303] * 33

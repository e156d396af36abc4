"""A machine of the settings is asked for JSON: in time, of a size, and nowhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import create_server, socket
from threading import Thread

import pytest

from govmatch.kit.fetching import Unreachable, fetch_json
from tests.standin_register import register


@contextmanager
def raw(answer: Callable[[socket], None]) -> Iterator[str]:
    """Serve one connection with whatever bytes a test wants to send."""
    with create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                answer(connection)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        thread.join(5)


def test_json_comes_back_and_what_is_sent_is_json() -> None:
    with register() as books:
        books.answers = lambda _path, _sent: (200, b'{"a": [1]}')
        assert fetch_json(f"{books.address}/x?y=1") == {"a": [1]}
        fetch_json(f"{books.address}/x", sent={"q": "ø"}, user="me", password="ø")
        assert [(path, sent) for path, sent, _ in books.asked] == [
            ("/x?y=1", None),
            ("/x", {"q": "ø"}),
        ]
        assert books.asked[1][2] == "Basic bWU6w7g="


def test_what_is_not_there_is_none() -> None:
    with register() as books:
        assert fetch_json(f"{books.address}/x") is None


def test_an_answer_that_drips_is_given_up() -> None:
    def drip(connection: socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(40):
            try:
                connection.sendall(b" ")
            except OSError:
                return
            time.sleep(0.05)

    begun = time.monotonic()
    with raw(drip) as address, pytest.raises(Unreachable):
        fetch_json(address, seconds=0.3)
    assert time.monotonic() - begun < 2.5


def test_a_port_where_nobody_answers_is_unreachable() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        fetch_json(address)


def test_bytes_that_are_no_http_are_unreachable() -> None:
    def noise(connection: socket) -> None:
        connection.sendall(b"\x00\xff\r\n\r\n")

    with raw(noise) as address, pytest.raises(Unreachable):
        fetch_json(address)


@pytest.mark.security(23)
def test_a_redirect_is_not_followed() -> None:
    with register() as books:
        books.answers = lambda path, _sent: (302, b"") if path == "/x" else (200, b"{}")
        with pytest.raises(Unreachable, match="302"):
            fetch_json(f"{books.address}/x")
        assert [path for path, _, _ in books.asked] == ["/x"]

"""The same server as `govmatch serve` starts, in a thread, and bytes sent to it as they are."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import uvicorn

from govmatch.serving import configuration
from tests.security.house import House

PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Wire:
    """A listening server."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, data: bytes, *, wait: float = 5.0) -> bytes:
        """Send bytes over a connection of their own, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            return _all_of(connection)

    def ask(self, head: str, *lines: str, body: bytes = b"") -> "Answer":
        """Send a request line with headers; the connection is closed after it."""
        text = "\r\n".join([head, *lines, "Connection: close", "", ""])
        return read(self.send(text.encode("latin-1") + body))


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


def read(data: bytes) -> Answer:
    """Return the first answer in what came back; status 0 where there is none."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", data)
    return Answer(int(found[1]) if found else 0, data.decode("utf-8", "replace"))


def _all_of(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except (TimeoutError, ConnectionResetError):
        pass
    return b"".join(parts)


@contextmanager
def served(house: House, **changes: Any) -> Iterator[Wire]:
    """Serve a house on a free port of this machine, with these settings otherwise."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    settings = replace(house.settings, port=port, base_url=origin, **changes)
    config = configuration(settings, house.database)
    config.install_signal_handlers = False  # type: ignore[attr-defined]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    try:
        yield Wire(port)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)

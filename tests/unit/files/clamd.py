"""A stand-in for the virus scanner: speaks clamd's protocol on a port of this machine."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

VIRUS = b"zxvirus-for-tests"
SILLY = b"zxscanner-says-error"


class Scanner(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0, *, most: int = 25_000_000) -> None:
        super().__init__(("127.0.0.1", port), _Asked)
        self.most = most
        self.seen: list[int] = []
        """How long each content was."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"


class _Asked(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        scanner = cast(Scanner, self.server)
        command = self._read_until_nul()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._scan(scanner))

    def _scan(self, scanner: Scanner) -> bytes:
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > scanner.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
        scanner.seen.append(len(content))
        if SILLY in content:
            return b"stream: Can't allocate memory ERROR\0"
        return b"stream: Test.Virus FOUND\0" if VIRUS in content else b"stream: OK\0"

    def _read_until_nul(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            said += self.rfile.read(1) or b"\0"
        return said[:-1]


@contextmanager
def running(port: int = 0, *, most: int = 25_000_000) -> Iterator[Scanner]:
    """Have a scanner that answers, for as long as this lasts."""
    with Scanner(port, most=most) as scanner:
        thread = threading.Thread(target=scanner.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield scanner
        finally:
            scanner.shutdown()
            thread.join()


def closed_port() -> int:
    """Return a port of this machine where nobody answers."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as found:
        return int(found.server_address[1])

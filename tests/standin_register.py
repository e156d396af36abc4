"""A business register on this machine: answers as the Danish one and VIES do."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answered = tuple[int, bytes]


@dataclass
class Register:
    """`answers` is asked for each request: (path, what was sent) -> (status, body)."""

    address: str
    asked: list[tuple[str, Any, str]] = field(default_factory=list)
    """(path, what was sent, the Authorization header)"""
    answers: Callable[[str, Any], Answered] = lambda _path, _sent: (404, b"{}")


@contextmanager
def register() -> Iterator[Register]:
    """Serve on a free port of the loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            body = self.rfile.read(length)
            sent = json.loads(body) if body else None
            known.asked.append((self.path, sent, self.headers.get("authorization", "")))
            status, said = known.answers(self.path, sent)
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Register(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def danish(**said: Any) -> bytes:
    """Return what the Danish register answers for a firm, with what is said otherwise."""
    about = {
        "nyesteNavn": {"navn": "NORDLYS VISION ApS"},
        "nyesteBeliggenhedsadresse": {"postnummer": 9000, "postdistrikt": "Aalborg"},
        "nyesteErstMaanedsbeskaeftigelse": {"intervalKodeAntalAnsatte": "ANTAL_10_19"},
        "stiftelsesDato": "2019-03-01",
        "sammensatStatus": "NORMAL",
        **said,
    }
    site = [{"kontaktoplysning": "www.nordlys.example"}]
    firm = {"virksomhedMetadata": about, "hjemmeside": site}
    hits = [{"_source": {"Vrvirksomhed": firm}}]
    return json.dumps({"hits": {"total": 1, "hits": hits}}).encode()


NOBODY = json.dumps({"hits": {"total": 0, "hits": []}}).encode()


def vies(*, valid: bool = True, **said: Any) -> bytes:
    """Return what VIES answers; Germany gives no names away."""
    about = {"isValid": valid, "userError": "VALID" if valid else "INVALID"}
    return json.dumps({**about, "name": "---", "address": "---", **said}).encode()

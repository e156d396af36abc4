"""Asking the site without a client's good manners: any method, any header, any bytes, at once.

A browser or HTTP library mends what it sends; whoever attacks does not. What is asked here reaches
the application as the server would hand it over.
"""

import asyncio
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

Pairs = Sequence[tuple[str, str]]
Fields = Mapping[str, Any] | Pairs
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Got:
    """One answer. The body is kept packed, so that a crawl of the whole site fits in memory."""

    status: int
    headers: tuple[tuple[str, str], ...]
    packed: bytes

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.packed)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """Return the value of a header that may stand there once; empty where it does not."""
        found = [value for key, value in self.headers if key == name]
        assert len(found) <= 1, f"{name} stands {len(found)} times"
        return found[0] if found else ""

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    @property
    def kind(self) -> str:
        return self.header("content-type").partition(";")[0]

    @property
    def location(self) -> str:
        return self.header("location")


class Door:
    """The way into one application, with an event loop of its own."""

    def __init__(self, app: Any, host: str = "127.0.0.1:8000", scheme: str = "http") -> None:
        self._app = app
        # In a thread of its own: a test that drives a browser leaves a loop running in this one.
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.host = host
        self.origin = f"{scheme}://{host}"
        self._scheme = scheme

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def get(self, target: str, **more: Any) -> Got:
        return self.ask("GET", target, **more)

    def post(self, target: str, fields: Mapping[str, Any] | Pairs = (), **more: Any) -> Got:
        """Send a form as our own page would."""
        headers = [("origin", self.origin), ("content-type", FORM), *more.pop("headers", ())]
        return self.ask("POST", target, headers=headers, body=encoded(fields), **more)

    def ask(
        self,
        method: str,
        target: str,
        *,
        headers: Pairs = (),
        body: bytes | Iterable[bytes] = b"",
        cookie: str = "",
        lang: str = "",
        client: str = "127.0.0.1",
        host: str | None = None,
    ) -> Got:
        """Send a request; `target` is what stands on the request line, percent signs and all."""
        path, _, query = target.partition("?")
        own = [("host", self.host if host is None else host)]
        own += [("cookie", cookie)] if cookie else []
        own += [("accept-language", lang)] if lang else []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": self._scheme,
            "path": unquote_to_bytes(path).decode("utf-8", "replace"),
            "raw_path": path.encode("utf-8", "replace"),
            "query_string": query.encode("utf-8", "replace"),
            "root_path": "",
            "headers": [_raw(name, value) for name, value in (*own, *headers)],
            "client": (client, 50000),
            "server": ("127.0.0.1", 8000),
        }
        coming = self._run(scope, body)
        return asyncio.run_coroutine_threadsafe(coming, self._loop).result()

    async def _run(self, scope: dict[str, Any], body: bytes | Iterable[bytes]) -> Got:
        chunks = iter([body] if isinstance(body, bytes) else body)
        status, parts = 0, bytearray()
        headers: tuple[tuple[str, str], ...] = ()

        has_ended = False

        async def receive() -> dict[str, Any]:
            """Give the body once; afterwards wait, as a server does for a reader who stays."""
            nonlocal has_ended
            if has_ended:
                await asyncio.Event().wait()
            chunk = next(chunks, None)
            has_ended = chunk is None
            return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = tuple((_text(k), _text(v)) for k, v in message["headers"])
            else:
                parts.extend(message.get("body", b""))

        await self._app(scope, receive, send)
        return Got(status, headers, zlib.compress(bytes(parts), 1))


def _raw(name: str, value: str) -> tuple[bytes, bytes]:
    return name.lower().encode("latin-1"), value.encode("utf-8")


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def encoded(fields: Fields) -> bytes:
    """Return fields as a browser sends them; a value that is a list is sent once per item."""
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    return urlencode(list(pairs), doseq=True).encode()

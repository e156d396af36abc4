"""One browser's connection to the site: it keeps the line open and sends what a browser sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

BOUNDARY = "----form-of-the-bench"


@dataclass(frozen=True)
class Got:
    """An answer, its body as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Browser:
    """Asks over one connection that stays open; `address` is who it comes from."""

    def __init__(self, port: int, *, address: str = "127.0.0.1", token: str = "") -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
        self._origin = f"http://127.0.0.1:{port}"
        self._headers = {
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip, deflate, br, zstd",
        }
        if token:
            self._headers["Cookie"] = f"govmatch={token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def get(self, path: str, **headers: str) -> Got:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask("GET", path, None, named)

    def read(self, path: str) -> str:
        """Return the text of a page."""
        got = self.get(path, Accept_Encoding="identity")
        if got.status != 200:
            raise RuntimeError(f"{path} answered {got.status}")
        return got.body.decode()

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Got:
        """Send a form as pages without files do."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        return self._ask("POST", path, urlencode(fields).encode(), named)

    def post_parts(self, path: str, fields: Mapping[str, str]) -> Got:
        """Send a form as pages with files do."""
        lines = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        body = "".join([*lines, f"--{BOUNDARY}--\r\n"]).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self._ask("POST", path, body, {"Content-Type": kind, "Origin": self._origin})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Got:
        self._line.request(method, path, body, {**self._headers, **headers})
        answer = self._line.getresponse()
        return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

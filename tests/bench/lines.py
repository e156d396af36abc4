"""One request on a line of its own, as a browser sends it whose line was closed meanwhile."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

BOUNDARY = "----form-of-the-bench"
Attachment = tuple[str, str, bytes]
"""The field, the file's name, and what is in it."""


@dataclass(frozen=True)
class Reply:
    """An answer; `location` is where a redirection leads."""

    status: int
    location: str
    text: str


@dataclass(frozen=True)
class Lines:
    """Somebody signed in at an address of their own, so that limits keep people apart."""

    port: int
    address: str
    token: str

    async def get(self, path: str) -> Reply:
        return await self._ask("GET", path, b"", [])

    async def post(self, path: str, fields: Mapping[str, str], *, by_script: bool = False) -> Reply:
        """Send a form without files; `by_script` asks for a part of a page."""
        kind = "Content-Type: application/x-www-form-urlencoded"
        more = [kind, "HX-Request: true"] if by_script else [kind]
        return await self._ask("POST", path, urlencode(fields).encode(), more)

    async def post_file(self, path: str, fields: Mapping[str, str], file: Attachment) -> Reply:
        """Send a form with one file."""
        field, name, content = file
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{value}\r\n'
            for one, value in fields.items()
        ]
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
            "\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join([*parts, head]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
        return await self._ask("POST", path, body, [kind])

    async def _ask(self, method: str, path: str, body: bytes, more: list[str]) -> Reply:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(self.address, 0)
        )
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Connection: close",
            f"Cookie: govmatch={self.token}",
            "Accept-Language: en",
            f"Origin: http://127.0.0.1:{self.port}",
            *more,
        ]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        answer = await reader.read()
        writer.close()
        head, _, text = answer.partition(b"\r\n\r\n")
        found = (line.partition(b":") for line in head.split(b"\r\n")[1:])
        headers = {name.strip().lower(): value.strip().decode() for name, _, value in found}
        return Reply(int(head.split()[1]), headers.get(b"location", ""), text.decode())


def address_of(number: int) -> str:
    """Return an address of this machine, another one for each of 60,000 people."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"

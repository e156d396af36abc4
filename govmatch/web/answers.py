"""What a view gives back; `web.endpoint` turns it into the response."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final
from urllib.parse import quote

from govmatch.kit.records import dataclass


class _SignOut(Enum):
    SIGN_OUT = "sign out"


SIGN_OUT: Final = _SignOut.SIGN_OUT

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A finished answer. `location` makes it a redirect to a path of this site.

    `expires` is the instant from which a public page may read differently; `session` is the token
    of a session that starts, or SIGN_OUT; `links_visit` keeps a fixed ?lang= in the location.
    `keeps`: what the view wrote stays although the status says no, such as a wrong code's count.
    `until_closed`: the browser forgets that session when it is closed.
    """

    body: bytes = b""
    status: int = 200
    media_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    location: str | None = None
    expires: datetime | None = None
    session: str | _SignOut | None = None
    until_closed: bool = False
    keeps: bool = False
    file: Path | None = None
    """Sent from disk instead of `body`, so that a large one takes no memory."""


def redirect(
    path: str, *, session: str | _SignOut | None = None, until_closed: bool = False
) -> Answer:
    """Send the browser to a path of this site by GET (303)."""
    return Answer(status=303, location=path, session=session, until_closed=until_closed)


def text(
    body: str, media_type: str, *, status: int = 200, expires: datetime | None = None
) -> Answer:
    return Answer(
        body=body.encode(),
        media_type=f"{media_type}; charset=utf-8",
        status=status,
        expires=expires,
    )


def attachment(body: bytes, name: str, media_type: str) -> Answer:
    """A file that the browser saves and never shows, under `name` (RFC 6266)."""
    return Answer(body=body, media_type=media_type, headers=_saved_as(name))


def file_attachment(file: Path, name: str, media_type: str) -> Answer:
    """The same for a file on disk, which is sent piece by piece."""
    return Answer(file=file, media_type=media_type, headers=_saved_as(name))


def picture(body: bytes, media_type: str) -> Answer:
    """A picture that this site made, to be shown in a page of its own."""
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'"}
    return Answer(body=body, media_type=media_type, headers=headers)


def _saved_as(name: str) -> dict[str, str]:
    plain = (
        "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) or "file"
    )
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "Content-Disposition": disposition,
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }

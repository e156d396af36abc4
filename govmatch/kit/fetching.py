"""Asking a machine that the operator named, and no other: the business registers of the settings.

No redirect is followed, no proxy and no cookie used; what comes is JSON of at most a megabyte, and
all of it within some seconds.
"""

import json
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000
SECONDS = 4.0
_AT_ONCE = 65_536


class Unreachable(Exception):
    """There was no answer, or none that can be read; the text is for the operator's log."""


def fetch_json(
    address: str,
    *,
    sent: object = None,
    user: str = "",
    password: str = "",
    seconds: float = SECONDS,
) -> Any:
    """Return the JSON at an address, for what is `sent` as JSON if anything; None for a 404.

    Raises `Unreachable` for every other answer, for none, and for one that is too long or too slow.
    """
    parts, ends_at = urlsplit(address), time.monotonic() + seconds
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    given: dict[str, Any] = {"timeout": seconds}
    if parts.scheme == "https":
        given["context"] = ssl.create_default_context()
    connection = kind(parts.hostname or "", parts.port, **given)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        body = None if sent is None else json.dumps(sent).encode()
        connection.request("GET" if body is None else "POST", path, body, _headers(user, password))
        response = connection.getresponse()
        if response.status == 404:
            return None
        if response.status != 200:
            raise Unreachable(f"{parts.hostname} answered {response.status}")
        return json.loads(_read(response, ends_at))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise Unreachable(f"{parts.hostname}: {error}") from error
    finally:
        connection.close()


def _headers(user: str, password: str) -> Mapping[str, str]:
    found = {"Accept": "application/json", "Content-Type": "application/json"}
    if user:
        found["Authorization"] = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
    return found


def _read(response: Any, ends_at: float) -> bytes:
    """Return the whole body; raises `Unreachable` where it does not end in time or size."""
    found = bytearray()
    while some := response.read1(_AT_ONCE):
        found += some
        if len(found) > MOST_BYTES or time.monotonic() > ends_at:
            raise Unreachable("the answer was too long or too slow")
    return bytes(found)

"""Addresses of pages on the web, as people type them."""

import re
from urllib.parse import urlsplit

from govmatch.questionnaires.limits import MAX_URL

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORT = re.compile(r"[^/]*:[0-9]{1,5}(?:[/?#]|$)")
_HOST = re.compile(r"(?i)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_BAD = re.compile("[\\s<>\"'\\\\^`{}|\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def read_url(text: str) -> str | None:
    """Return the address that was typed, with `https://` where it names no scheme, or None.

    Only addresses of the web lead anywhere: other schemes, hosts without a dot, addresses that
    carry a name or a password, and signs that hide where a link leads are refused.
    """
    text = text.strip()
    if not text or len(text) > MAX_URL or _BAD.search(text):
        return None
    if not _SCHEME.match(text) or _PORT.match(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    return text if _HOST.fullmatch(host) else None


def kept_url(text: str) -> str | None:
    """Return an address that stands in an answer, where only a whole one is one."""
    return text if text.lower().startswith(("http://", "https://")) and read_url(text) else None

"""Addresses of firms' websites: a plain address of the web and nothing else."""

import re
from urllib.parse import urlsplit

from govmatch.organisations.limits import WEBSITE

# A host name with a dot, letters of any script, and perhaps a port, path or query after it.
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]{1,5})?([/?#]\S*)?")
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")
_UNSAFE = re.compile(r"[\s\\<>\"'`{}|^\x00-\x1f\x7f]")


def web_address(text: str) -> str | None:
    """Return an http or https address as it may stand in a link, or None.

    «www.example.org» gets its https. Refused is every other scheme (javascript, data…), a name or
    password before the host, a host without a dot, and what breaks out of an attribute.
    """
    if len(text) <= WEBSITE and _BARE.fullmatch(text):
        text = f"https://{text}"
    if len(text) > WEBSITE or _UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return None
    host = parts.hostname or ""
    plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc and port_is_right
    return text if plain and _HOST.fullmatch(host) and not host.endswith("_") else None


def address_in(reference: str) -> str | None:
    """Return a reference as the address of a link, where it is a whole one; else None."""
    return web_address(reference) if reference.startswith(("http://", "https://")) else None


def host_of(address: str) -> str:
    """Return the host of a kept address, for the text of its link."""
    return (urlsplit(address).hostname or "").removeprefix("www.")

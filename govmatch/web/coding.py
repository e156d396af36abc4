"""Content codings: what the browser takes, and the body in it."""

import gzip

import brotli

SMALLEST = 600  # bytes; below it compression costs more than it saves


def accepted(header: str) -> str:
    """Return br, gzip or identity, the best of ours that an Accept-Encoding header allows."""
    offered = {
        item.partition(";")[0].strip().lower()
        for item in header.split(",")
        if ";q=0" not in item.replace(" ", "") or ";q=0." in item.replace(" ", "")
    }
    return "br" if "br" in offered else "gzip" if "gzip" in offered else "identity"


def encode(body: bytes, coding: str, *, best: bool = False) -> bytes:
    """Return the body in that coding; `best` for what is made once and sent often."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=11 if best else 4))
    if coding == "gzip":
        return gzip.compress(body, 9 if best else 5, mtime=0)
    return body


def decode(body: bytes, coding: str) -> bytes:
    """Return what `encode` was given."""
    if coding == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if coding == "gzip" else body

"""Opaque identifiers: what stands in addresses tells nothing of order or number."""

import hashlib
import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/l/i, u: read aloud without error
PUBLIC_ID_LENGTH = 12  # 30 ** 12, about 2 ** 59


def public_id() -> str:
    """Return a new random id of 12 characters for use in an address."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def token() -> str:
    """Return 256 random bits, as URL-safe text."""
    return secrets.token_urlsafe(32)


def digest(text: str | bytes) -> str:
    """Return the SHA-256 of `text` (UTF-8) as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()

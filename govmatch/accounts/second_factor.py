"""Codes of the second factor (RFC 6238) and recovery codes; pure arithmetic, nothing is kept here.

The secret is not stored. It is derived from the site's key and what stands in the person's row, so
neither the database nor the key alone gives a code; docs/decisions/2026-11-21-second-factor.md
says why, and what a change of the key means.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp

from govmatch.accounts.models import Person
from govmatch.kit.ids import ALPHABET, digest

STEP_SECONDS = 30
RECOVERY_CODES = 10
RECOVERY_LENGTH = 24
"""Characters out of 30: 117 bits, so that a plain digest keeps them (ASVS 5.0, V6.5.2: 112)."""


def secret_of(person: Person, *, seed: str, count: int, site_key: str) -> str:
    """Return 160 bits as base32: the HMAC-SHA-256 of seed, count and salt under the site's key."""
    message = f"govmatch.totp\n{person.salt}\n{count}\n{seed}".encode()
    return b32encode(hmac.digest(site_key.encode(), message, hashlib.sha256)[:20]).decode()


def present_secret(person: Person, *, site_key: str) -> str | None:
    """Return the secret that is in force, or None without a second factor."""
    if person.totp_seed is None or person.totp_confirmed_at is None:
        return None
    return secret_of(person, seed=person.totp_seed, count=person.totp_count, site_key=site_key)


def next_secret(person: Person, *, session_id: str, site_key: str) -> str:
    """Return the secret that this session would set up.

    It stays the same however often the page is loaded, since phones reload it when one comes back
    from the app, and is another one in every other session: who saw it there knows nothing here.
    """
    return secret_of(person, seed=session_id, count=person.totp_count + 1, site_key=site_key)


def code_at(secret: str, at: datetime) -> str:
    """Return the six digits for this instant; what the demonstration shows."""
    return pyotp.TOTP(secret).at(at)


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the time step whose code this is: the present, the one before or after, or None."""
    present = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            return step
    return None


def address_for_app(secret: str, *, account: str, site_name: str) -> str:
    """Return the otpauth: address that the picture shows to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site_name)


def new_recovery_code() -> str:
    """Return a code such as abcd-efgh-jkmn-pqrs-tvwx-2345, free of letters that look alike."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))
    return "-".join(drawn[i : i + 4] for i in range(0, RECOVERY_LENGTH, 4))


def recovery_digest(person: Person, code: str) -> str:
    """Return what is kept of a code; spaces, hyphens and capitals make no difference."""
    bare = "".join(c for c in code.lower() if c.isalnum())
    return digest(f"{person.salt}:{bare}")

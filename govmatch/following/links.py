"""The signed part of mailed links: to confirm a wish, to see all of it, to end it with one click.

Nothing secret is kept for them: whoever does not hold the site's key cannot make one.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from govmatch.following.models import HowOften
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

REQUEST = "follow-request"
MANAGE = "follow-manage"
END = "follow-end"
LONGEST = 1_500
MOST_ENDED = 20
"""Follows that one link ends; the line of a header has at most 998 characters (RFC 5322, 2.1.1)."""


@dataclass(frozen=True)
class Ends:
    """What a link ends: these follows, or all of one follower that come in one digest."""

    follows: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    person: str = ""
    subscriber: str = ""


def sign_request(signer: Signer, request_id: str, expires_at: datetime) -> str:
    return signer.sign(REQUEST, [request_id, int(expires_at.timestamp())])


def read_request(signer: Signer, token: str) -> tuple[str, datetime] | None:
    """Return which wish a link stands for and until when, or None when we did not make it."""
    match signer.read(REQUEST, token[:LONGEST]):
        case [str() as request_id, int() as expires]:
            return request_id, datetime.fromtimestamp(expires, UTC)
    return None


def sign_manage(signer: Signer, subscriber_id: str) -> str:
    return signer.sign(MANAGE, subscriber_id)


def read_manage(signer: Signer, token: str) -> str | None:
    """Return the subscriber's public id, or None when we did not make this link."""
    found = signer.read(MANAGE, token[:LONGEST])
    return found if isinstance(found, str) else None


def sign_end(signer: Signer, follows: Sequence[str]) -> str:
    """Return what ends these follows, by their public ids."""
    return signer.sign(END, list(follows[:MOST_ENDED]))


def sign_end_digest(
    signer: Signer, how: Collection[str], *, person: str = "", subscriber: str = ""
) -> str:
    """Return what ends everything that one follower hears of this often: daily, weekly or both."""
    often = " ".join(sorted(how))
    return signer.sign(END, {"how": often, "person": person, "subscriber": subscriber})


def read_end(signer: Signer, token: str) -> Ends | None:
    """Return what a link ends, or None when we did not make it."""
    match signer.read(END, token[:LONGEST]):
        case [*ids] if ids and all(isinstance(one, str) for one in ids):
            return Ends(follows=tuple(ids))
        case {"how": str() as how, "person": str() as person, "subscriber": str() as subscriber}:
            often = tuple(how.split())
            known = often and set(often) <= set(HowOften) and (person or subscriber)
            return Ends(how=often, person=person, subscriber=subscriber) if known else None
    return None

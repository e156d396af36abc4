"""The signed part of mailed links: to register once, and to come back to one's registration."""

from datetime import UTC, datetime

from govmatch.kit.signing import Signer

REQUEST = "gathering-request"
PLACE = "gathering-place"


def sign_request(signer: Signer, request_id: str, expires_at: datetime) -> str:
    return signer.sign(REQUEST, [request_id, int(expires_at.timestamp())])


def read_request(signer: Signer, token: str) -> tuple[str, datetime] | None:
    """Return which request a link stands for and until when, or None when we did not make it."""
    match signer.read(REQUEST, token[:500]):
        case [str() as request_id, int() as expires]:
            return request_id, datetime.fromtimestamp(expires, UTC)
    return None


def sign_place(signer: Signer, registration_id: str) -> str:
    return signer.sign(PLACE, registration_id)


def read_place(signer: Signer, token: str) -> str | None:
    """Return the registration's public id, or None when we did not make this link."""
    found = signer.read(PLACE, token[:500])
    return found if isinstance(found, str) else None

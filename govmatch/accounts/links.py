"""The signed part of mailed links: which request, for whom, until when."""

from datetime import UTC, datetime

from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

PURPOSE = "link"
INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says; `person_id` is a public id, empty where there was no account yet."""

    request_id: str
    person_id: str
    expires_at: datetime


def sign(signer: Signer, link: Link) -> str:
    return signer.sign(PURPOSE, [link.request_id, link.person_id, int(link.expires_at.timestamp())])


def read(signer: Signer, token: str) -> Link | None:
    """Return what a link says, or None when we did not make it."""
    match signer.read(PURPOSE, token[:500]):
        case [str() as request_id, str() as person_id, int() as expires]:
            return Link(request_id, person_id, datetime.fromtimestamp(expires, UTC))
    return None


def sign_invitation(signer: Signer, invitation_id: str) -> str:
    return signer.sign(INVITATION, invitation_id)


def read_invitation(signer: Signer, token: str) -> str | None:
    """Return the invitation's public id, or None when we did not make this link."""
    found = signer.read(INVITATION, token[:500])
    return found if isinstance(found, str) else None

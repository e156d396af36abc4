"""The signed number in the link of an invitation to take part, which nobody else can make."""

from govmatch.kit.signing import Signer

_PURPOSE = "partner"
_LONGEST = 500  # characters


def path(signer: Signer, public_id: str) -> str:
    return f"/partners/{signer.sign(_PURPOSE, public_id)}"


def read(signer: Signer, token: str) -> str | None:
    """Return whose invitation it is, or None when we did not make this link."""
    found = signer.read(_PURPOSE, token[:_LONGEST])
    return found if isinstance(found, str) else None

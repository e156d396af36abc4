"""The step between a rule and an action."""

from govmatch.kit.actor import No, Ruling
from govmatch.kit.errors import NotAllowed


def require(ruling: Ruling) -> None:
    """Go on where a rule says yes; raises `NotAllowed` with its reason where it says no."""
    if isinstance(ruling, No):
        raise NotAllowed(ruling.reason)

"""What becomes of a print by its times. Whose it is, `queries` asks."""

from datetime import datetime
from enum import StrEnum

from govmatch.printing.models import Print


class Standing(StrEnum):
    WAITING = "waiting"
    """The worker has yet to make it."""
    THERE = "there"
    """It can be taken."""
    FAILED = "failed"
    """It could not be made, and is not tried again."""
    GONE = "gone"
    """Its day is over."""


def standing(print_: Print, *, real_now: datetime) -> Standing:
    if print_.gone_at is not None or print_.expires_at <= real_now:
        return Standing.GONE
    if print_.failed_at is not None:
        return Standing.FAILED
    return Standing.THERE if print_.made_at is not None else Standing.WAITING

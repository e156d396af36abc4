"""What happens to follows. The journal holds ids alone: neither an address nor what is followed."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class FollowRequested(Event):
    """Somebody without an account wants to follow something; the subject is the wish."""

    subject_kind: ClassVar[str] = "follow_request"


@dataclass(frozen=True)
class AboutFollow(Event):
    subject_kind: ClassVar[str] = "follow"


@dataclass(frozen=True)
class FollowBegun(AboutFollow):
    """A person, or an address confirmed from its mailbox, follows something."""


@dataclass(frozen=True)
class FollowEnded(AboutFollow):
    """It is over, and the row with it."""

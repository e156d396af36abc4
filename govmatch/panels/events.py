"""What happened at the meetings of juries. Who discussed what is known to nobody outside."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutMeeting(Event):
    """The subject is the challenge."""

    subject_kind: ClassVar[str] = "challenge"

    panel_id: int


@dataclass(frozen=True)
class MeetingPlanned(AboutMeeting):
    """It was called, or changed; `members` are the ids of the people, `items` how many to discuss.

    Those who are told are `members`.
    """

    members: tuple[int, ...]
    chair: int
    items: int
    quorum: int


@dataclass(frozen=True)
class MeetingBegun(AboutMeeting):
    """`present` are the ids of the people who were there."""

    present: tuple[int, ...]


@dataclass(frozen=True)
class MeetingEnded(AboutMeeting):
    """Its minutes wait for those who were there."""

    revision: int


@dataclass(frozen=True)
class MeetingReopened(AboutMeeting):
    """The minutes were taken back; whoever had signed signs anew."""


@dataclass(frozen=True)
class MinutesSigned(AboutMeeting):
    """The actor signed what the digest stands for; it is salted."""

    revision: int
    digest: str


@dataclass(frozen=True)
class MinutesFrozen(AboutMeeting):
    """Everybody signed: from now on nothing changes, and what was agreed counts."""

    digest: str


@dataclass(frozen=True)
class ConsensusNoted(Event):
    """What was said of an application, and the points that were agreed on, were written down."""

    subject_kind: ClassVar[str] = "application"

    panel_id: int
    revision: int
    criteria: tuple[str, ...]

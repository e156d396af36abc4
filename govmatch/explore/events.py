"""What firms say of their matches."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutMatch(Event):
    """The subject is the firm, whose list reads otherwise from then on."""

    subject_kind: ClassVar[str] = "firm"
    challenge_id: int


@dataclass(frozen=True)
class MatchSetAside(AboutMatch):
    """A firm said that a challenge is not for it, for one of `matching.models.Reason`."""

    reason: str


@dataclass(frozen=True)
class MatchTakenUp(AboutMatch):
    """A firm took back that a challenge is not for it."""

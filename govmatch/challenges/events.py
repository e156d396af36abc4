"""What happens to challenges. The subject is the challenge."""

from dataclasses import dataclass
from typing import ClassVar

from govmatch.kit.journal import Event


@dataclass(frozen=True)
class AboutChallenge(Event):
    subject_kind: ClassVar[str] = "challenge"


@dataclass(frozen=True)
class PublicAboutChallenge(AboutChallenge):
    """What changes pages that visitors read."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class ChallengeDrafted(AboutChallenge):
    """A draft was begun, on the site or by a file."""

    from_file: bool


@dataclass(frozen=True)
class ChallengeSaved(AboutChallenge):
    """What a challenge says before its publication changed."""

    revision: int


@dataclass(frozen=True)
class DraftDeleted(AboutChallenge):
    """A draft that nobody had submitted is gone."""


@dataclass(frozen=True)
class ChallengeSubmitted(AboutChallenge):
    """It waits for approval."""

    revision: int


@dataclass(frozen=True)
class ChallengeReturned(AboutChallenge):
    """An approver or a manager sent it back with remarks."""

    from_state: str


@dataclass(frozen=True)
class ChallengeTakenBack(AboutChallenge):
    """Its file changed while it was in review or approved, so that it is a draft again."""

    from_state: str


@dataclass(frozen=True)
class ChallengeApproved(AboutChallenge):
    from_file: bool


@dataclass(frozen=True)
class ChallengePublished(PublicAboutChallenge):
    """It is public from this instant (ISO 8601)."""

    published_at: str


@dataclass(frozen=True)
class ChallengeAmended(PublicAboutChallenge):
    """It says something else than at publication, for a published reason."""

    amendment_id: int
    fields: list[str]
    """Names of what changed, such as `closes` or `body.de`."""


@dataclass(frozen=True)
class ChallengeCancelled(PublicAboutChallenge):
    from_state: str


@dataclass(frozen=True)
class ChallengeMovedOn(PublicAboutChallenge):
    """Its applications were opened, decided, tried; or it did not proceed."""

    from_state: str
    to_state: str

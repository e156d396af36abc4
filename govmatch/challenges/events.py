"""What happens to challenges. The subject is the challenge."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


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
class DraftedFromNeed(AboutChallenge):
    """A need was taken up: its words are the beginning of this draft."""

    need_id: int


@dataclass(frozen=True)
class FirmsFoundShown(AboutChallenge):
    """Somebody at an authority or of a programme was shown which firms fit."""

    firms: int


@dataclass(frozen=True)
class FirmsCounted(AboutChallenge):
    """Somebody was shown about how many firms fit; `asked` is a digest of what was asked of them.

    So there is one row for each state of a draft that was tried.
    """

    asked: str


@dataclass(frozen=True)
class ChallengeSaved(AboutChallenge):
    """What a challenge says before its publication changed."""

    revision: int


@dataclass(frozen=True)
class DraftDeleted(AboutChallenge):
    """A draft that nobody had submitted is gone."""


@dataclass(frozen=True)
class ProcurementRouteChosen(AboutChallenge):
    """By which procurement route it is to be awarded was chosen; `facts` is a digest of them."""

    choice_id: int
    facts: str


@dataclass(frozen=True)
class ChallengeSubmitted(AboutChallenge):
    """It waits for approval."""

    revision: int


@dataclass(frozen=True)
class ChallengeReturned(AboutChallenge):
    """An approver or a manager sent it back with so many remarks."""

    from_state: str
    remarks: int


@dataclass(frozen=True)
class RemarksAnswered(AboutChallenge):
    """Its authors said what they did about these remarks."""

    remark_ids: list[int]


@dataclass(frozen=True)
class PreviewLinkMade(AboutChallenge):
    """A secret address was made at which it is read before its publication."""

    preview_id: int
    expires_at: str


@dataclass(frozen=True)
class PreviewLinkRevoked(AboutChallenge):
    preview_id: int


@dataclass(frozen=True)
class PreviewLinkOpened(AboutChallenge):
    """Somebody opened that address; once a day."""

    preview_id: int


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
class PublicationMoved(PublicAboutChallenge):
    """It becomes public at another instant (ISO 8601) than was chosen before."""

    published_at: str


@dataclass(frozen=True)
class PublicationWithdrawn(PublicAboutChallenge):
    """Before it became public, it was taken back: it is approved again."""


@dataclass(frozen=True)
class ChallengeCameOut(PublicAboutChallenge):
    """The instant of its publication has come; within a minute of it."""


@dataclass(frozen=True)
class ApplicationsWelcome(AboutChallenge):
    """It has opened, some time after it was published."""


@dataclass(frozen=True)
class DeadlineNear(AboutChallenge):
    """Its deadline (ISO 8601) is so many days away."""

    days: int
    closes: str


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
class JuryExceptionMade(AboutChallenge):
    """Somebody is invited to one jury more than the programme allows; why, the row says."""

    person_id: int
    rounds: int
    """On the juries of how many other rounds they sit or sat."""


@dataclass(frozen=True)
class ChallengeMovedOn(PublicAboutChallenge):
    """Its applications were opened, decided, tried; or it did not proceed."""

    from_state: str
    to_state: str

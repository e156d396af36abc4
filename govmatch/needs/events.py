"""What happens to needs. The subject is the need, or the programme whose survey it is.

Voices are no public events: how many there are is read anew on each page, and no page that is kept
for visitors shows them.
"""

from dataclasses import field
from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutNeed(Event):
    subject_kind: ClassVar[str] = "need"


@dataclass(frozen=True)
class PublicAboutNeed(AboutNeed):
    """What changes pages that visitors read."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class NeedProposed(PublicAboutNeed):
    firm_id: int | None


@dataclass(frozen=True)
class NeedEdited(PublicAboutNeed):
    """Its words, theme or place changed."""

    revision: int
    by_programme: bool
    """True where somebody of the programme changed them, not its proposer."""


@dataclass(frozen=True)
class NeedWithdrawn(PublicAboutNeed):
    """Its proposer took it back before anybody else stood behind it."""


@dataclass(frozen=True)
class NeedSupported(AboutNeed):
    """A voice was given: of a firm, or of the person who acts (`firm_id` None)."""

    firm_id: int | None


@dataclass(frozen=True)
class SupportWithdrawn(AboutNeed):
    firm_id: int | None


@dataclass(frozen=True)
class NeedGathers(PublicAboutNeed):
    """Somebody else than its proposer stands behind it; its words hold from now on."""


@dataclass(frozen=True)
class NeedMerged(PublicAboutNeed):
    into_id: int
    firms: int
    people: int
    """Voices that went over; who stood behind both counts once."""
    both: list[int] = field(default_factory=list)
    """Who had given a voice that was there already, as ids of people; they are told too."""
    lost: list[int] = field(default_factory=list)
    """Whose voice ended, since they work for the authority of the other need; they are told too."""


@dataclass(frozen=True)
class NeedReceived(PublicAboutNeed):
    """Another need was merged into this one."""

    from_id: int


@dataclass(frozen=True)
class NeedAnalysed(PublicAboutNeed):
    from_state: str


@dataclass(frozen=True)
class NeedTakenUp(PublicAboutNeed):
    """A challenge is being written from it."""

    challenge_id: int
    from_state: str


@dataclass(frozen=True)
class NeedHandedBack(PublicAboutNeed):
    """The draft made of it was deleted; it is in the state that it had before."""

    to_state: str


@dataclass(frozen=True)
class NeedDeclined(PublicAboutNeed):
    from_state: str


@dataclass(frozen=True)
class NeedReopened(PublicAboutNeed):
    """It was declined and gathers voices again."""


@dataclass(frozen=True)
class NeedSolved(PublicAboutNeed):
    from_state: str


@dataclass(frozen=True)
class NeedHidden(PublicAboutNeed):
    """Nobody but its proposer and the programme sees it."""


@dataclass(frozen=True)
class NeedShown(PublicAboutNeed):
    """It is no longer hidden."""


@dataclass(frozen=True)
class AboutSurvey(Event):
    """The subject is the programme."""

    subject_kind: ClassVar[str] = "need_survey"
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class TopTenSet(AboutSurvey):
    """A firm put its most pressing needs into an order."""

    public: ClassVar[bool] = False
    firm_id: int
    need_ids: list[int]


@dataclass(frozen=True)
class SurveySet(AboutSurvey):
    """Points, weights, the end or the steering group's votes are set otherwise."""

    digest: str
    """Of what was set, so that a page from that time can be compared."""


@dataclass(frozen=True)
class ListLaid(AboutSurvey):
    """The ranking was laid before the steering group."""

    sitting_id: int
    ranking_id: int


@dataclass(frozen=True)
class OpinionGiven(AboutSurvey):
    sitting_id: int
    outcome: str
    counts: bool


@dataclass(frozen=True)
class ListDecided(AboutSurvey):
    """The steering group accepted, changed or returned the list."""

    sitting_id: int
    outcome: str

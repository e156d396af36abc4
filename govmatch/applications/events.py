"""What happened to applications. Until opening none of it is known, and hardly any is public."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class ApplicationEvent(Event):
    subject_kind: ClassVar[str] = "application"


@dataclass(frozen=True)
class DraftStarted(ApplicationEvent):
    challenge_id: int
    firm_id: int


@dataclass(frozen=True)
class ApplicationSubmitted(ApplicationEvent):
    """`content_hash` is salted. The receipt is mailed to the person and for some questions.

    `copies` holds the ids of the questions whose answer is an address that gets a copy; addresses
    themselves never stand in the journal.
    """

    number: int
    content_hash: str
    to_person: bool
    copies: tuple[str, ...]


@dataclass(frozen=True)
class ApplicationWithdrawn(ApplicationEvent):
    """`is_final` after the deadline."""

    number: int
    is_final: bool


@dataclass(frozen=True)
class ChangesConfirmed(ApplicationEvent):
    """The version of this number still holds after a change of its challenge."""

    number: int
    amendment_id: int


@dataclass(frozen=True)
class AboutPartner(ApplicationEvent):
    """Known to nobody but the firms concerned before the opening."""

    partner_id: int


@dataclass(frozen=True)
class PartnerInvited(AboutPartner):
    pass


@dataclass(frozen=True)
class PartnerAccepted(AboutPartner):
    """A firm agreed to its share and part; `is_again` where the terms had changed."""

    firm_id: int
    is_again: bool


@dataclass(frozen=True)
class PartnerDeclined(AboutPartner):
    pass


@dataclass(frozen=True)
class PartnerLeft(AboutPartner):
    pass


@dataclass(frozen=True)
class PartnerRemoved(AboutPartner):
    """By the lead; `had_agreed` where the firm took part, else only its invitation is over."""

    had_agreed: bool


@dataclass(frozen=True)
class SharesChanged(ApplicationEvent):
    """The lead set other shares or parts; `partners` have to agree to them anew."""

    partners: tuple[int, ...]


@dataclass(frozen=True)
class PlaceGivenUp(ApplicationEvent):
    """A selected firm withdrew, so that who takes part reads differently from now on."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class ApplicationMoved(ApplicationEvent):
    """Staff set another state; the firm learns of it, if at all, by what follows from it."""

    from_state: str
    to_state: str


@dataclass(frozen=True)
class AccessGranted(ApplicationEvent):
    """A person beyond the firm may see it from now on; `how` is full or blind."""

    person_id: int
    how: str
    why: str


@dataclass(frozen=True)
class AccessEnded(ApplicationEvent):
    """What was granted to a person is over."""

    person_id: int
    why: str


@dataclass(frozen=True)
class AccessClosed(ApplicationEvent):
    """It is closed to a person whatever roles they hold, as a conflict of interest asks."""

    person_id: int
    why: str


@dataclass(frozen=True)
class AccessReopened(ApplicationEvent):
    """What closed it to a person was found to be wrong; nothing is granted by that."""

    person_id: int
    why: str


@dataclass(frozen=True)
class AboutThread(ApplicationEvent):
    """Something was written in the thread; the words stand with the message alone."""

    message_id: int


@dataclass(frozen=True)
class FirmWrote(AboutThread):
    pass


@dataclass(frozen=True)
class AuthorityWrote(AboutThread):
    pass


@dataclass(frozen=True)
class CopyCorrected(ApplicationEvent):
    """Somebody changed by hand what is hidden in the copy without names; the words stand there."""

    revision: int


@dataclass(frozen=True)
class CopyApproved(ApplicationEvent):
    """Somebody read the copy of this version and found that it names nobody."""

    version: int
    revision: int


@dataclass(frozen=True)
class SecretsStated(ApplicationEvent):
    """The firm said what of this version is a trade secret; `sha256` is the statement's own."""

    number: int
    version: int
    sha256: str


@dataclass(frozen=True)
class AboutInquiry(ApplicationEvent):
    """The authority hears a firm about its secrets; the words stand with the inquiry."""

    inquiry: int


@dataclass(frozen=True)
class SecrecyAsked(AboutInquiry):
    due_at: str


@dataclass(frozen=True)
class SecrecyReminded(AboutInquiry):
    days: int


@dataclass(frozen=True)
class SecrecyAnswered(AboutInquiry):
    pass


@dataclass(frozen=True)
class SecrecyDecided(AboutInquiry):
    """How many of the marks that were doubted do not hold, and how many do."""

    lifted: int
    kept: int


@dataclass(frozen=True)
class FileTaken(ApplicationEvent):
    """Somebody beyond the firm saved a submitted file; once per person, application and day."""


@dataclass(frozen=True)
class ApplicationRead(ApplicationEvent):
    """Somebody who runs, owns or audits it opened what it says; once per person and day."""


@dataclass(frozen=True)
class AboutLateCode(Event):
    """About a late code and not about its challenge, whose history firms' colleagues may read."""

    subject_kind: ClassVar[str] = "late_code"

    challenge_id: int


@dataclass(frozen=True)
class LateCodeIssued(AboutLateCode):
    """Its mail is on its way; the reason stands with the code."""

    expires_at: str


@dataclass(frozen=True)
class LateCodeUsed(AboutLateCode):
    """Its person entered it; on no screen before the opening."""


@dataclass(frozen=True)
class LateCodeEnded(AboutLateCode):
    """`why` is revoked or opening."""

    why: str

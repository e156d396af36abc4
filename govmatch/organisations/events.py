"""What happens to authorities and firms.

Invitations to a firm, and who joins and leaves it, are events of accounts.
"""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutAuthority(Event):
    """The subject is the authority; what is said of one is public."""

    subject_kind: ClassVar[str] = "authority"
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class AuthorityCreated(AboutAuthority):
    """An administrator or a file made an authority."""


@dataclass(frozen=True)
class AuthorityChanged(AboutAuthority):
    """What is said of an authority changed."""


@dataclass(frozen=True)
class AboutFirm(Event):
    """The subject is the firm."""

    subject_kind: ClassVar[str] = "firm"


@dataclass(frozen=True)
class FirmMade(AboutFirm):
    """Somebody made a firm; nobody but its members sees it yet."""


@dataclass(frozen=True)
class FirmProfileChanged(AboutFirm):
    """A part of the profile of a firm that is not listed was saved."""

    section: str


@dataclass(frozen=True)
class ListedFirmChanged(FirmProfileChanged):
    """A part of the profile of a listed firm was saved, or it came into the list or left it."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class EvidenceLapses(AboutFirm):
    """The last day of so many pieces of evidence comes near, or was yesterday."""

    pieces: int


@dataclass(frozen=True)
class FirmClosed(AboutFirm):
    """A firm that is not listed was closed."""


@dataclass(frozen=True)
class ListedFirmClosed(FirmClosed):
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class FirmReopened(AboutFirm):
    """A firm that is not listed was opened again."""


@dataclass(frozen=True)
class ListedFirmReopened(FirmReopened):
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class AboutJoining(Event):
    """The subject is the request."""

    subject_kind: ClassVar[str] = "join_request"
    firm_id: int


@dataclass(frozen=True)
class JoinAsked(AboutJoining):
    """Somebody asked to belong to a firm."""


@dataclass(frozen=True)
class JoinAccepted(AboutJoining):
    """Whoever leads the firm took them in; the role is an event of accounts."""

    role: str


@dataclass(frozen=True)
class JoinDeclined(AboutJoining):
    """Whoever leads the firm said no."""


@dataclass(frozen=True)
class JoinWithdrawn(AboutJoining):
    """Who asked took it back."""

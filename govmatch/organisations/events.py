"""What happens to authorities and firms.

Invitations to a firm, and who joins and leaves it, are events of accounts.
"""

from dataclasses import dataclass
from typing import ClassVar

from govmatch.kit.journal import Event


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

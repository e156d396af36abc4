"""What happens to people, their sign-in and their roles."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class LinkRequested(Event):
    """Somebody asked for a link by mail; whether one goes out is found out in the background."""

    subject_kind: ClassVar[str] = "link_request"
    purpose: str


@dataclass(frozen=True)
class LinkRefused(Event):
    """A link was used that is over, or was never ours (subject 0)."""

    subject_kind: ClassVar[str] = "link_request"


@dataclass(frozen=True)
class AboutPerson(Event):
    """The subject is the person."""

    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True)
class PersonRegistered(AboutPerson):
    """Somebody confirmed their address for the first time."""


@dataclass(frozen=True)
class PersonCreated(AboutPerson):
    """The operator made an account from the shell."""


@dataclass(frozen=True)
class SignedIn(AboutPerson):
    session_id: int
    way: str
    """link, invitation or persona."""


@dataclass(frozen=True)
class SignedOut(AboutPerson):
    session_id: int


@dataclass(frozen=True)
class SessionEnded(AboutPerson):
    """One session was ended from another, or by an administrator."""

    session_id: int


@dataclass(frozen=True)
class SessionsEnded(AboutPerson):
    """All other sessions of the person were ended."""

    count: int


@dataclass(frozen=True)
class DetailsChanged(AboutPerson):
    """Name, language or time zone."""


@dataclass(frozen=True)
class AddressChanged(AboutPerson):
    """The digests are salted with the person's salt, so they say nothing once it is erased."""

    request_id: int
    old_digest: str
    new_digest: str


@dataclass(frozen=True)
class SecondFactorSet(AboutPerson):
    """A second factor was set up, or another one took its place."""

    count: int


@dataclass(frozen=True)
class SecondFactorGiven(AboutPerson):
    session_id: int


@dataclass(frozen=True)
class SecondFactorFailed(AboutPerson):
    session_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed(AboutPerson):
    session_id: int
    left: int


@dataclass(frozen=True)
class RecoveryCodesMade(AboutPerson):
    count: int


@dataclass(frozen=True)
class SecondFactorRemoved(AboutPerson):
    """The person did it, holding no role that needs one."""


@dataclass(frozen=True)
class SecondFactorReset(AboutPerson):
    """An administrator did it for a person who lost it."""


@dataclass(frozen=True)
class RoleGiven(AboutPerson):
    role_id: int
    role: str
    object_kind: str
    object_id: int


@dataclass(frozen=True)
class RoleEnded(AboutPerson):
    role_id: int
    role: str
    object_kind: str
    object_id: int


@dataclass(frozen=True)
class PersonDisabled(AboutPerson):
    pass


@dataclass(frozen=True)
class PersonEnabled(AboutPerson):
    pass


@dataclass(frozen=True)
class AboutInvitation(Event):
    """The subject is the invitation."""

    subject_kind: ClassVar[str] = "invitation"
    role: str
    object_kind: str
    object_id: int


@dataclass(frozen=True)
class InvitationSent(AboutInvitation):
    pass


@dataclass(frozen=True)
class InvitationAccepted(AboutInvitation):
    person_id: int


@dataclass(frozen=True)
class InvitationRevoked(AboutInvitation):
    pass

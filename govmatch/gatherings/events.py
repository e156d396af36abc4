"""What happens to gatherings. The subject is the gathering.

Public is what changes pages that everybody reads. Who registered is never public; that the last
place was taken, or one has become free again, is.
"""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutGathering(Event):
    subject_kind: ClassVar[str] = "gathering"


@dataclass(frozen=True)
class PublicAboutGathering(AboutGathering):
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class GatheringDrafted(AboutGathering):
    authority_id: int | None
    programme_id: int | None


@dataclass(frozen=True)
class GatheringDraftDeleted(AboutGathering):
    """A draft that was never published is gone."""


@dataclass(frozen=True)
class GatheringPublished(PublicAboutGathering):
    """Everybody sees it."""

    revision: int


@dataclass(frozen=True)
class GatheringChanged(PublicAboutGathering):
    """What is published says something else; `parts` names what those registered have to know."""

    revision: int
    parts: list[str]
    was_starts: str
    was_ends: str


@dataclass(frozen=True)
class GatheringCancelled(PublicAboutGathering):
    """It does not take place."""

    revision: int


@dataclass(frozen=True)
class PlacesFilled(PublicAboutGathering):
    """The last place was taken; the next come onto the waiting list."""


@dataclass(frozen=True)
class PlacesFree(PublicAboutGathering):
    """There is room again."""


@dataclass(frozen=True)
class SeatRequested(AboutGathering):
    """Somebody without an account asked for the link with which they register."""

    request_id: int


@dataclass(frozen=True)
class SeatTaken(AboutGathering):
    """Somebody registered and has a place."""

    registration_id: int


@dataclass(frozen=True)
class SeatAwaited(AboutGathering):
    """Somebody registered and stands in the waiting list."""

    registration_id: int


@dataclass(frozen=True)
class MovedUp(AboutGathering):
    """Who waited longest has a place now."""

    registration_id: int


@dataclass(frozen=True)
class SeatGivenUp(AboutGathering):
    """A registration was taken back: by the person, or by the host."""

    registration_id: int
    by_host: bool


@dataclass(frozen=True)
class RegistrationChanged(AboutGathering):
    """The person wrote another answer or need, or agreed to show more of a certificate or less."""

    registration_id: int


@dataclass(frozen=True)
class GatheringSoon(AboutGathering):
    """Those who have a place were reminded, a day before."""

    starts: str


@dataclass(frozen=True)
class AttendanceNoted(AboutGathering):
    """The host ticked who was there: how many rows changed."""

    changed: int


@dataclass(frozen=True)
class CertificateIssued(AboutGathering):
    registration_id: int


@dataclass(frozen=True)
class CertificateRevoked(AboutGathering):
    """The person was not there after all."""

    registration_id: int


@dataclass(frozen=True)
class NotesPublished(PublicAboutGathering):
    """Notes or recordings can be read; `tells` says that those registered hear of it."""

    tells: bool


@dataclass(frozen=True)
class PaperAdded(PublicAboutGathering):
    file_id: int


@dataclass(frozen=True)
class PaperRemoved(PublicAboutGathering):
    file_id: int


@dataclass(frozen=True)
class NeedsErased(AboutGathering):
    """What people wrote about their access needs was deleted."""


@dataclass(frozen=True)
class RegistrationsErased(AboutGathering):
    """Names and addresses of those without an account were deleted."""

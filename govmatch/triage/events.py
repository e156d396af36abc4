"""What staff do with applications. None of it is public, and the firm reads none of it: what it is
to know of a request stands on its own page.
"""

from typing import ClassVar

from govmatch.applications.events import ApplicationEvent
from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutOpening(Event):
    """The subject is the challenge whose applications are opened."""

    subject_kind: ClassVar[str] = "challenge"


@dataclass(frozen=True)
class OpeningBegun(AboutOpening):
    """One person wants the applications opened; a second one has to complete it."""


@dataclass(frozen=True)
class OpeningTakenBack(AboutOpening):
    """What was begun is over before a second person completed it."""


@dataclass(frozen=True)
class ApplicationsOpened(AboutOpening):
    """Everything that was there, as (application id, version number, salted content hash).

    `begun_by` is the first of the two people, or the only one where the programme asks for one.
    """

    begun_by: int
    entries: list[tuple[int, int, str]]


@dataclass(frozen=True)
class ApplicationOpened(ApplicationEvent):
    """One entry of the opening: from now on those who run and own the challenge read it."""

    number: int


@dataclass(frozen=True)
class AboutViews(Event):
    """The subject is the programme whose people find the view."""

    subject_kind: ClassVar[str] = "programme"
    view_id: int


@dataclass(frozen=True)
class TriageViewShared(AboutViews):
    """A list under a name stands in triage for everybody of the programme; it holds no words."""


@dataclass(frozen=True)
class TriageViewDeleted(AboutViews):
    """It stands there no more."""


@dataclass(frozen=True)
class HandlerAssigned(ApplicationEvent):
    """Somebody else looks after it; None for nobody."""

    from_id: int | None
    to_id: int | None


@dataclass(frozen=True)
class TagsChanged(ApplicationEvent):
    """It carries other internal words; the words themselves never stand in the journal."""

    added: int
    removed: int


@dataclass(frozen=True)
class NoteWritten(ApplicationEvent):
    note_id: int


@dataclass(frozen=True)
class NoteDeleted(ApplicationEvent):
    """The text is gone; that there was one stays."""

    note_id: int


@dataclass(frozen=True)
class GateRuled(ApplicationEvent):
    """Staff found a published requirement met or not; their evidence stands in the row."""

    kind: str
    is_met: bool


@dataclass(frozen=True)
class RequestSent(ApplicationEvent):
    """Something formal is missing, and the firm is asked for it until an instant (ISO 8601)."""

    deficiency_id: int
    due_at: str


@dataclass(frozen=True)
class RequestDueSoon(ApplicationEvent):
    """Three days are left, or one, and nothing has come yet."""

    deficiency_id: int


@dataclass(frozen=True)
class RequestAnswered(ApplicationEvent):
    """The firm answered; `is_first` is false for what it changed afterwards."""

    deficiency_id: int
    is_first: bool


@dataclass(frozen=True)
class RequestSettled(ApplicationEvent):
    """Staff looked at the answer, or saw that none came."""

    deficiency_id: int
    is_mended: bool


@dataclass(frozen=True)
class LikenessMarked(ApplicationEvent):
    """Somebody found two applications to be the same, different or continued; why, the row says.

    Each of the two has an event of its own, which names the other.
    """

    other_id: int
    verdict: str

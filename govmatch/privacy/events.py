"""What happens when people ask about their own data, and when the time of keeping is over."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutExport(Event):
    """The subject is the copy."""

    subject_kind: ClassVar[str] = "export"


@dataclass(frozen=True)
class ExportAsked(AboutExport):
    """Somebody wants a copy of everything about them; the worker makes it."""


@dataclass(frozen=True)
class ExportMade(AboutExport):
    """It can be taken."""


@dataclass(frozen=True)
class ExportTaken(AboutExport):
    """Its person took it."""


@dataclass(frozen=True)
class AboutErasure(Event):
    """The subject is the erasure."""

    subject_kind: ClassVar[str] = "erasure"


@dataclass(frozen=True)
class ErasureAsked(AboutErasure):
    """It is to be done on a day to come; `why` is asked or idle."""

    why: str


@dataclass(frozen=True)
class ErasureTakenBack(AboutErasure):
    """The person wants to stay, or has signed in again."""


@dataclass(frozen=True)
class PersonErased(AboutErasure):
    """It is done."""

    person_id: int


@dataclass(frozen=True)
class ApplicationEmptied(Event):
    """What an application said is deleted, since the time of keeping is over."""

    subject_kind: ClassVar[str] = "application"


@dataclass(frozen=True)
class CaseEmptied(Event):
    """The file of a case is deleted: its applications, reviews, letters and messages."""

    subject_kind: ClassVar[str] = "challenge"

    applications: int


@dataclass(frozen=True)
class RetentionRan(Event):
    """What was kept for its time is deleted: how many of one kind."""

    subject_kind: ClassVar[str] = "retention_run"

    kind: str
    number: int


@dataclass(frozen=True)
class SharingEnded(Event):
    """Somebody took back what others could see; the subject is the person.

    `kind` is one of `ledger.Sharing`, `thing_id` what it was about: a firm, a registration, or 0.
    """

    subject_kind: ClassVar[str] = "person"

    kind: str
    thing_id: int

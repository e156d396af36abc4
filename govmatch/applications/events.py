"""What happened to applications. None of it is public: until opening, none of it is known."""

from dataclasses import dataclass
from typing import ClassVar

from govmatch.kit.journal import Event


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

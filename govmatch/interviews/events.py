"""What happened to interviews. Rows carry ids, dates and state names; words never."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutSlots(Event):
    """The subject is the challenge."""

    subject_kind: ClassVar[str] = "challenge"


@dataclass(frozen=True)
class InterviewSlotsAdded(AboutSlots):
    slot_ids: tuple[int, ...]


@dataclass(frozen=True)
class InterviewSlotChanged(AboutSlots):
    """Its time, place or what the place offers; who booked it is told by an event of its own."""

    slot_id: int


@dataclass(frozen=True)
class InterviewSlotRemoved(AboutSlots):
    """Nobody had booked it."""

    slot_id: int


@dataclass(frozen=True)
class AboutInterview(Event):
    """The subject is the application."""

    subject_kind: ClassVar[str] = "application"

    interview_id: int


@dataclass(frozen=True)
class InterviewInvited(AboutInterview):
    """The firm was invited, again, or until another date."""

    until: str
    """ISO 8601, in UTC."""


@dataclass(frozen=True)
class SlotEvent(AboutInterview):
    """`starts` in ISO 8601 and UTC; `sequence` is that of the calendar entry."""

    slot_id: int
    starts: str
    sequence: int


@dataclass(frozen=True)
class InterviewBooked(SlotEvent):
    """The firm took a slot."""


@dataclass(frozen=True)
class InterviewMoved(SlotEvent):
    """The firm took another slot; its old one is free again."""


@dataclass(frozen=True)
class InterviewGivenUp(SlotEvent):
    """The firm gave its slot up; it can book another one until its date."""


@dataclass(frozen=True)
class InterviewChanged(SlotEvent):
    """Time or place of the slot that the firm booked were changed by a manager."""


@dataclass(frozen=True)
class InterviewCalledOff(AboutInterview):
    """By those who run the selection, or by the site since the application takes no part there."""

    sequence: int


@dataclass(frozen=True)
class InterviewHeld(AboutInterview):
    """`people` are the ids of those of the jury who took part.

    `sheets` is how many reviews are kept as they stood.
    """

    people: tuple[int, ...]
    sheets: int


@dataclass(frozen=True)
class InterviewNoted(AboutInterview):
    """What was heard was written down, or changed."""

    revision: int


@dataclass(frozen=True)
class InterviewQuestionsPrepared(AboutInterview):
    """Questions were taken from the reviews."""

    question_ids: tuple[int, ...]


@dataclass(frozen=True)
class QuestionEvent(AboutInterview):
    question_id: int


@dataclass(frozen=True)
class InterviewQuestionKept(QuestionEvent):
    """Somebody added a question, or changed one."""

    revision: int


@dataclass(frozen=True)
class InterviewQuestionDropped(QuestionEvent):
    pass


@dataclass(frozen=True)
class InterviewQuestionsReleased(AboutInterview):
    """The firm can read these from now on."""

    question_ids: tuple[int, ...]


@dataclass(frozen=True)
class InterviewReminded(AboutInterview):
    """`what` is "book" while nothing is booked, and "soon" before the slot."""

    what: str

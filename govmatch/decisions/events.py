"""What happens to decisions, letters and answers. Texts, names and results never stand here."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutDecision(Event):
    """The subject is the challenge; `decision` is the decision's number in it."""

    subject_kind: ClassVar[str] = "challenge"

    decision: int
    kind: str


@dataclass(frozen=True)
class DecisionBegun(AboutDecision):
    pass


@dataclass(frozen=True)
class DecisionProposed(AboutDecision):
    """It waits for confirmation, and its letters are made."""

    revision: int


@dataclass(frozen=True)
class DecisionTakenBack(AboutDecision):
    """Its proposers took it back to change it."""


@dataclass(frozen=True)
class DecisionReturned(AboutDecision):
    from_state: str


@dataclass(frozen=True)
class DecisionConfirmed(AboutDecision):
    revision: int


@dataclass(frozen=True)
class DecisionReleased(AboutDecision):
    """All its letters are out, in one moment."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class DecisionOvertaken(AboutDecision):
    """The challenge ended before it was released."""


@dataclass(frozen=True)
class LetterEvent(Event):
    """The subject is the application."""

    subject_kind: ClassVar[str] = "application"

    letter: int


@dataclass(frozen=True)
class LetterCorrected(LetterEvent):
    revision: int


@dataclass(frozen=True)
class LetterChecked(LetterEvent):
    """A person has read it in the outbox and found it right."""

    revision: int


@dataclass(frozen=True)
class LetterReleased(LetterEvent):
    pass


@dataclass(frozen=True)
class LetterRead(LetterEvent):
    """A member of the firm opened it; once per person and day."""


@dataclass(frozen=True)
class AnswerEvent(Event):
    """The subject is the application; everybody may read who takes part in a pilot."""

    subject_kind: ClassVar[str] = "application"
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class SelectionConfirmed(AnswerEvent):
    """The firm takes its place."""


@dataclass(frozen=True)
class SelectionDeclined(AnswerEvent):
    pass


@dataclass(frozen=True)
class AnswerMissed(AnswerEvent):
    """The date passed without an answer, so the place is free."""


@dataclass(frozen=True)
class AnswerReminded(Event):
    """The firm was reminded that an answer is due in so many days."""

    subject_kind: ClassVar[str] = "application"

    days: int


@dataclass(frozen=True)
class QuestionBackAsked(LetterEvent):
    """The firm asked its one question about a letter."""


@dataclass(frozen=True)
class QuestionBackAnswered(LetterEvent):
    pass


@dataclass(frozen=True)
class QuestionBackReminded(LetterEvent):
    """Its answer is due in so many days, 0 once the promised date has passed."""

    days: int

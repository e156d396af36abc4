"""What happens to questions. The subject is the question.

Asking and taking back are recorded without a person and with the day alone: whoever reads the
journal, the auditor too, does not learn who asked. Who answered stands there as always.
"""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutQuestion(Event):
    subject_kind: ClassVar[str] = "question"

    challenge_id: int


@dataclass(frozen=True)
class PublicAboutQuestion(AboutQuestion):
    """What changes pages that visitors read."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class QuestionAsked(AboutQuestion):
    """A question waits for its answer."""


@dataclass(frozen=True)
class QuestionWithdrawn(AboutQuestion):
    """Its asker took it back before it was answered, or left with it."""


@dataclass(frozen=True)
class QuestionPublished(PublicAboutQuestion):
    """Question and answer are public; `is_late` where the day for answers was over."""

    answer_id: int
    is_late: bool


@dataclass(frozen=True)
class QuestionDeclined(PublicAboutQuestion):
    """It is not answered; `shows_reason` where everybody reads why."""

    shows_reason: bool


@dataclass(frozen=True)
class AnswerCorrected(PublicAboutQuestion):
    """The public answer says something else; what it said before is kept with its date."""

    answer_id: int


@dataclass(frozen=True)
class AboutWaiting(Event):
    """The subject is the challenge."""

    subject_kind: ClassVar[str] = "challenge_questions"

    questions: int


@dataclass(frozen=True)
class QuestionsWait(AboutWaiting):
    """New questions came in since its people were last told."""


@dataclass(frozen=True)
class AnswersOverdue(AboutWaiting):
    """The day for answers is over, and questions are still open."""

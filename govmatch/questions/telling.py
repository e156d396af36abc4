"""What followers of a challenge are told of questions: that there is an answer, not who asked."""

from govmatch.challenges.telling import news_of
from govmatch.following.telling import News, NewsMaker
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.questions.models import Question, State


def _told(what: Message) -> NewsMaker:
    """Return a maker that tells of an answer once, however many questions it answers."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> News | None:
        question = session.get(Question, row.subject_id)
        if question is None or question.state != State.PUBLISHED:
            return None
        return news_of(
            background,
            question.challenge,
            what,
            end="/questions",
            key=f"{row.event}:{row.data['answer_id']}:{_revision(question)}",
        )

    return make


def _revision(question: Question) -> int:
    return question.answer.revision if question.answer else 0


NEWS: dict[str, NewsMaker] = {
    "QuestionPublished": _told(msg("A question was answered")),
    "AnswerCorrected": _told(msg("An answer was corrected")),
}

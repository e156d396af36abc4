"""Answering questions: a draft, its publication, a refusal, a correction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass
from govmatch.questions.actions.asking import drop_empty_draft
from govmatch.questions.actions.holding import count_open, hold, move, read_anew
from govmatch.questions.events import AnswerCorrected, QuestionDeclined, QuestionPublished
from govmatch.questions.models import PublicAnswer, Question, State
from govmatch.questions.queries import draft_of
from govmatch.questions.rules import is_overdue, may_answer
from govmatch.questions.wording import (
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_REASON,
    cleaned,
    html_of,
    required,
)

MOST_EARLIER = 50
"""Corrections of one answer, so that its page stays readable; more need an amendment."""


@dataclass(frozen=True)
class Reply:
    """What is written: the answer by language, and the public words of each question by its id."""

    texts: Mapping[str, str]
    wordings: Mapping[str, Mapping[str, str]]
    revision: int = 0
    """The draft's, when the page was made; 0 where there was none yet."""


def save_draft(
    session: Session,
    challenge: Challenge,
    questions: Sequence[Question],
    reply: Reply,
    *,
    actor: Actor,
    now: datetime,
) -> PublicAnswer:
    """Keep an answer that is not public yet, for one question or for several together.

    Raises `Conflict` where somebody saved it since, or decided on one of the questions.
    """
    answer = _write(session, challenge, questions, reply, actor=actor, now=now)
    for one in questions:
        move(one, State.ANSWERED)
        one.reasons, one.shows_reason, one.decided_at = {}, False, None
    count_open(session, challenge)
    return answer


def publish(
    session: Session,
    challenge: Challenge,
    questions: Sequence[Question],
    reply: Reply,
    *,
    actor: Actor,
    now: datetime,
) -> PublicAnswer:
    """Let everybody read the questions with this answer; marked where it comes late.

    Raises `Invalid` where the answer or the words of a question are empty in every language.
    """
    required(reply.texts, field="answer", most=MAX_ANSWER)
    for one in questions:
        words = reply.wordings.get(one.public_id, {})
        required(words, field=f"wording-{one.public_id}", most=MAX_QUESTION)
    answer = _write(session, challenge, questions, reply, actor=actor, now=now)
    answer.published_at = now
    answer.is_late = is_overdue(challenge, now)
    for one in questions:
        move(one, State.PUBLISHED)
        one.reasons, one.shows_reason, one.decided_at = {}, False, now
        event = QuestionPublished(
            subject_id=one.id,
            challenge_id=challenge.id,
            answer_id=answer.id,
            is_late=answer.is_late,
        )
        journal.record(session, event, actor=actor, now=now)
    count_open(session, challenge)
    return answer


def _write(
    session: Session,
    challenge: Challenge,
    questions: Sequence[Question],
    reply: Reply,
    *,
    actor: Actor,
    now: datetime,
) -> PublicAnswer:
    """Put the words into the draft that these questions share from now on."""
    require(may_answer(actor, challenge, now))
    hold(session, challenge)
    read_anew(session, questions)
    answer = _shared_draft(session, challenge, questions, reply.revision)
    texts = cleaned(reply.texts, field="answer", most=MAX_ANSWER)
    answer.texts = texts
    answer.html = html_of(texts)
    answer.revision += 1
    for one in questions:
        words = reply.wordings.get(one.public_id, {})
        one.wordings = cleaned(words, field=f"wording-{one.public_id}", most=MAX_QUESTION)
    session.flush()
    return answer


def _shared_draft(
    session: Session, challenge: Challenge, questions: Sequence[Question], revision: int
) -> PublicAnswer:
    answer = draft_of(questions)
    if (answer.revision if answer is not None else 0) != revision:
        raise Conflict(
            msg("Somebody else has saved this answer in the meantime. Nothing was overwritten.")
        )
    if answer is None:
        answer = PublicAnswer(public_id=public_id(), challenge_id=challenge.id, revision=0)
        session.add(answer)
        session.flush()
    if answer.published_at is not None:
        raise Conflict(
            msg("Somebody else has decided on this question in the meantime. Nothing was changed.")
        )
    others = {one.answer_id for one in questions} - {None, answer.id}
    for one in questions:
        one.answer = answer
    session.flush()
    for number in others:
        drop_empty_draft(session, int(number or 0))
    return answer


def decline(
    session: Session,
    question: Question,
    *,
    reasons: Mapping[str, str],
    shows_reason: bool,
    wordings: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Leave a question without an answer, with a reason that its asker reads.

    Where `shows_reason`, everybody reads the reason and the question in `wordings`.
    """
    challenge = question.challenge
    require(may_answer(actor, challenge, now))
    hold(session, challenge)
    read_anew(session, [question])
    if question.state not in {State.ASKED, State.ANSWERED}:
        raise Conflict(
            msg("Somebody else has decided on this question in the meantime. Nothing was changed.")
        )
    question.reasons = required(reasons, field="reason", most=MAX_REASON)
    if shows_reason:
        question.wordings = required(wordings, field="wording", most=MAX_QUESTION)
    draft, question.answer = question.answer_id, None
    question.shows_reason, question.decided_at = shows_reason, now
    move(question, State.DECLINED)
    count_open(session, challenge)
    if draft is not None:
        drop_empty_draft(session, draft)
    event = QuestionDeclined(
        subject_id=question.id, challenge_id=challenge.id, shows_reason=shows_reason
    )
    journal.record(session, event, actor=actor, now=now)


def correct(
    session: Session,
    answer: PublicAnswer,
    *,
    texts: Mapping[str, str],
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a public answer say something else; what it said until now stays, with its date.

    Raises `Invalid` where nothing would change, and `Conflict` where somebody else corrected it.
    """
    challenge = answer.challenge
    require(may_answer(actor, challenge, now))
    hold(session, challenge)
    session.refresh(answer)
    if answer.revision != revision:
        raise Conflict(
            msg("Somebody else has saved this answer in the meantime. Nothing was overwritten.")
        )
    words = required(texts, field="answer", most=MAX_ANSWER)
    if words == answer.texts:
        raise Invalid({"answer": msg("Nothing has changed.")})
    if len(answer.earlier) >= MOST_EARLIER:
        raise Invalid({"answer": msg("This answer has been corrected too often already.")})
    before = {
        "texts": answer.texts,
        "html": answer.html,
        "until": now.isoformat(timespec="seconds"),
    }
    answer.earlier = [*answer.earlier, before]
    answer.texts = words
    answer.html = html_of(words)
    answer.corrected_at = now
    answer.revision += 1
    for one in answer.questions:
        event = AnswerCorrected(subject_id=one.id, challenge_id=challenge.id, answer_id=answer.id)
        journal.record(session, event, actor=actor, now=now)

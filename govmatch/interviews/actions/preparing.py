"""Questions: taken from the reviews, added, changed, dropped, released to the firm."""

from collections.abc import Collection, Mapping
from datetime import datetime

from govmatch.interviews import events, preparing, queries, rules
from govmatch.interviews.actions.stale import STALE, hold_row
from govmatch.interviews.models import Interview, InterviewQuestion
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import as_lang, msg
from govmatch.kit.ids import public_id
from govmatch.reviews.queries import is_frozen

MOST = 60
"""How many questions one interview has."""


def prepare(
    session: Session,
    interview: Interview,
    labels: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Put down what the reviews suggest to ask and nobody has put down yet; return how much it is.

    `labels` name the criteria, in their order and in the language of the application, in which the
    questions are written too. Allowed to a manager, and to the jury after their own review.
    """
    _require_prepare(session, interview, actor)
    assert actor.person_id is not None
    known = {(one.criterion, bool(one.because)) for one in queries.questions_of(session, interview)}
    given = queries.given_to(session, interview.application_id)
    made = [
        InterviewQuestion(
            public_id=public_id(), interview_id=interview.id, criterion=one.criterion,
            because=[why.value for why in one.because], by=actor.person_id, at=now,
            text=preparing.words_of(
                labels.get(one.criterion, ""), as_lang(interview.application.lang)
            ),
        )
        for one in preparing.suggestions(given, list(labels))
        if (one.criterion, True) not in known
    ]  # fmt: skip
    if not made:
        return 0
    session.add_all(made)
    session.flush()
    event = events.InterviewQuestionsPrepared(
        interview.application_id, interview_id=interview.id,
        question_ids=tuple(one.id for one in made),
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)
    return len(made)


def add(
    session: Session, interview: Interview, text: str, *, actor: Actor, now: datetime
) -> InterviewQuestion:
    """Put down a question of one's own; allowed as preparing is, up to 60 for one interview."""
    _require_prepare(session, interview, actor)
    assert actor.person_id is not None
    _check(text)
    if len(queries.questions_of(session, interview)) >= MOST:
        raise NotAllowed(msg("There are enough questions for one interview. Drop one first."))
    question = InterviewQuestion(
        public_id=public_id(), interview_id=interview.id, text=text, by=actor.person_id, at=now
    )
    session.add(question)
    session.flush()
    _record_kept(session, interview, question, actor=actor, now=now)
    return question


def change(
    session: Session,
    interview: Interview,
    question: InterviewQuestion,
    text: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Change the words of a question. Raises `Conflict` for an old page.

    What the firm reads already stays as it is: it may have prepared for it.
    """
    _require_prepare(session, interview, actor)
    _hold(session, question, revision)
    _check(text)
    assert actor.person_id is not None
    question.text, question.by, question.at = text, actor.person_id, now
    question.revision += 1
    session.flush()
    _record_kept(session, interview, question, actor=actor, now=now)


def drop(
    session: Session,
    interview: Interview,
    question: InterviewQuestion,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a question away that the firm does not read yet. Raises `Conflict` for an old page."""
    _require_prepare(session, interview, actor)
    _hold(session, question, revision)
    event = events.InterviewQuestionDropped(
        interview.application_id, interview_id=interview.id, question_id=question.id
    )
    journal.record(session, event, actor=actor, now=now)
    session.delete(question)
    session.flush()


def release(
    session: Session,
    interview: Interview,
    chosen: Collection[str],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Let the firm read these questions, for good; return how many are new to it.

    Allowed to a manager until the interview is held. Raises `Invalid` where none is chosen that is
    not released yet.
    """
    challenge = interview.application.challenge
    require(rules.may_release(actor, interview, is_frozen=is_frozen(session, challenge)))
    hold_row(session, interview, None)
    found = [
        one
        for one in queries.questions_of(session, interview)
        if one.public_id in chosen and one.released_at is None
    ]
    if not found:
        raise Invalid({"released": msg("Please choose at least one question.")})
    for one in found:
        one.released_at = now
        one.revision += 1
    session.flush()
    event = events.InterviewQuestionsReleased(
        interview.application_id, interview_id=interview.id,
        question_ids=tuple(one.id for one in found),
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)
    return len(found)


def _require_prepare(session: Session, interview: Interview, actor: Actor) -> None:
    hold_row(session, interview, None)
    challenge = interview.application.challenge
    require(
        rules.may_prepare(
            actor, interview,
            is_frozen=is_frozen(session, challenge),
            has_open_review=queries.has_open_review(session, actor, interview.application_id),
        )
    )  # fmt: skip


def _hold(session: Session, question: InterviewQuestion, revision: int) -> None:
    session.refresh(question)
    if question.revision != revision:
        raise Conflict(STALE)
    if question.released_at is not None:
        raise NotAllowed(msg("The firm reads this question already. Add another one instead."))


def _check(text: str) -> None:
    if not text:
        raise Invalid({"text": msg("Please fill in this field.")})


def _record_kept(
    session: Session,
    interview: Interview,
    question: InterviewQuestion,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    event = events.InterviewQuestionKept(
        interview.application_id, interview_id=interview.id, question_id=question.id,
        revision=question.revision,
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)

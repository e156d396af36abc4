"""Trade secrets: marked by the firm, stated with each version, asked about, answered, decided."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from govmatch.applications import call, queries, secrecy_rules
from govmatch.applications.events import (
    SecrecyAnswered,
    SecrecyAsked,
    SecrecyDecided,
    SecrecyReminded,
    SecretsStated,
)
from govmatch.applications.models import Application, How, Version
from govmatch.applications.receipts import hash_of
from govmatch.applications.secrecy import (
    Mark,
    canonical,
    kept_answers,
    kept_files,
    marks_in,
    stands_in,
    texts_of,
)
from govmatch.applications.secrecy_models import SecrecyInquiry, SecrecyStatement, SecretMarks
from govmatch.files.queries import of_owner
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import public_id, token
from govmatch.kit.limits import Limit, spend

MOST_PASSAGES, SHORTEST_PASSAGE, LONGEST_PASSAGE = 40, 3, 2000
LONGEST_REASON, LONGEST_TEXT = 1000, 5000
STATEMENTS = Limit("secrecy_statements", 60, timedelta(days=1))
"""Of one application: each of them is kept for as long as the case is."""


def mark(
    session: Session,
    application: Application,
    marks: Sequence[Mark],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> SecretMarks:
    """Keep what the firm marks; where a version counts already, it holds for that one at once.

    `revision` is that of the page, 0 for none. Refused as `secrecy_rules.may_mark` says. Raises
    `Conflict` where somebody else saved meanwhile, and `Invalid` by field for marks without a
    reason and passages that stand in no answer.
    """
    require(secrecy_rules.may_mark(actor, application))
    row = queries.secret_marks(session, application)
    if revision != (row.revision if row is not None else 0):
        raise Conflict(msg("Somebody else has changed these marks in the meantime."))
    _check(session, application, marks)
    if row is None:
        row = SecretMarks(application_id=application.id, revision=0)
        session.add(row)
    row.answers, row.files = kept_answers(marks), kept_files(marks)
    row.revision += 1
    assert actor.person_id is not None
    row.saved_by, row.saved_at = actor.person_id, now
    session.flush()
    version = queries.find_version(session, application, application.current_version)
    if version is not None:
        spend(session, STATEMENTS, str(application.id), now=real_now)
        state(session, application, version, actor=actor, now=now)
    return row


def state(
    session: Session, application: Application, version: Version, *, actor: Actor, now: datetime
) -> SecrecyStatement | None:
    """Freeze what is marked beside a submitted version, with its hash in the journal.

    Nothing is stated where nothing was ever marked, nor twice where nothing has changed.
    """
    row = queries.secret_marks(session, application)
    if row is None:
        return None
    last = queries.last_statement(session, application)
    is_said = last is not None and last.version == version.number
    if last is not None and is_said and (last.answers, last.files) == (row.answers, row.files):
        return last
    salt = token()
    marks = marks_in(row.answers, row.files)
    content = canonical(application.reference, version.number, version.content_hash, marks)
    made = SecrecyStatement(
        application_id=application.id,
        number=last.number + 1 if last is not None else 1,
        version=version.number,
        answers=row.answers,
        files=row.files,
        salt=salt,
        sha256=hash_of(salt, content),
        at=now,
        by=actor.person_id,
    )
    session.add(made)
    session.flush()
    event = SecretsStated(
        application.id, number=made.number, version=version.number, sha256=made.sha256
    )
    journal.record(session, event, actor=actor, now=now)
    return made


def _check(session: Session, application: Application, marks: Sequence[Mark]) -> None:
    version = queries.find_version(session, application, application.current_version)
    answers = [application.answers, version.answers if version is not None else {}]
    files = {one.public_id for one in of_owner(session, "application", application.id)}
    questions = {one.id for one in call.form(application.challenge).questions}
    questions |= {question for kept in answers for question in kept}
    errors: dict[str, Message] = {}
    for one in marks:
        if (one.question and one.question not in questions) or (one.file and one.file not in files):
            raise NotFound
        field = f"reason-{one.question or one.file}"
        if not one.reason:
            errors[field] = msg("Please say why it is a trade secret.")
        elif len(one.reason) > LONGEST_REASON:
            errors[field] = msg("Please use at most {limit} characters.", limit=LONGEST_REASON)
        wrong = _wrong_passage(one, [texts_of(kept.get(one.question)) for kept in answers])
        if wrong is not None:
            errors[f"passages-{one.question}"] = wrong
    if errors:
        raise Invalid(errors)


def _wrong_passage(one: Mark, texts: Collection[str]) -> Message | None:
    if len(one.passages) > MOST_PASSAGES:
        return msg("At most {n} passages fit here.", n=MOST_PASSAGES)
    for passage in one.passages:
        if not SHORTEST_PASSAGE <= len(passage) <= LONGEST_PASSAGE:
            return msg(
                "A passage has {low} to {high} characters: “{passage}”.",
                low=SHORTEST_PASSAGE, high=LONGEST_PASSAGE, passage=passage[:40],
            )  # fmt: skip
        if not any(stands_in(passage, text) for text in texts):
            return msg(
                "This does not stand in the answer: “{passage}”. Copy it from there word by word.",
                passage=passage[:80],
            )
    return None


def ask(
    session: Session,
    application: Application,
    text: str,
    *,
    doubted: Collection[str],
    due_at: datetime,
    actor: Actor,
    now: datetime,
) -> SecrecyInquiry:
    """Ask the firm by a date what is a trade secret, or why marks that are doubted should hold.

    Refused as `secrecy_rules.may_ask` says and to whom the application is closed. Raises `Invalid`
    without a text and for a date that is too near or too far.
    """
    asked = queries.inquiries(session, application)
    waits = any(not secrecy_rules.is_over(one, now) for one in asked)
    require(secrecy_rules.may_ask(actor, application, is_waiting=waits))
    if queries.how_of(session, actor, application) is not How.FULL:
        raise NotFound
    known = {one.key for one in queries.secrecy_of(session, application, now=now).holding}
    errors = _wrong_with(text, "text")
    if not secrecy_rules.SHORTEST_TIME <= due_at - now <= secrecy_rules.LONGEST_TIME:
        errors["due"] = msg("Please give the firm from 14 to 90 days.")
    if not set(doubted) <= known:
        errors["doubted"] = msg("Please choose from what stands here.")
    if errors:
        raise Invalid(errors)
    inquiry = SecrecyInquiry(
        public_id=public_id(), application_id=application.id, text=text, due_at=due_at,
        doubted=sorted(set(doubted)), asked_by=actor.person_id, asked_at=now,
    )  # fmt: skip
    session.add(inquiry)
    session.flush()
    event = SecrecyAsked(application.id, inquiry=inquiry.id, due_at=due_at.isoformat())
    journal.record(session, event, actor=actor, now=now)
    return inquiry


def _wrong_with(text: str, field: str) -> dict[str, Message]:
    if not text:
        return {field: msg("Please write a text here.")}
    if len(text) > LONGEST_TEXT:
        return {field: msg("Please use at most {limit} characters.", limit=LONGEST_TEXT)}
    return {}


def answer(
    session: Session,
    application: Application,
    inquiry: SecrecyInquiry,
    text: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what the firm says, for good; who asked is told. Refused as `may_answer` says."""
    require(secrecy_rules.may_answer(actor, application, inquiry))
    if errors := _wrong_with(text, "answer"):
        raise Invalid(errors)
    inquiry.answer, inquiry.answered_by, inquiry.answered_at = text, actor.person_id, now
    event = SecrecyAnswered(application.id, inquiry=inquiry.id)
    journal.record(session, event, actor=actor, now=now)


def decide(
    session: Session,
    application: Application,
    inquiry: SecrecyInquiry,
    *,
    lifted: Iterable[str],
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Note which of the doubted marks hold and which do not, and why; the firm is told.

    What is lifted counts as lifted a month later, so that the firm can object before. Refused as
    `secrecy_rules.may_decide` says: the firm is always heard first.
    """
    require(secrecy_rules.may_decide(actor, application, inquiry, now))
    if queries.how_of(session, actor, application) is not How.FULL:
        raise NotFound
    chosen = sorted(set(lifted))
    errors = _wrong_with(reason, "decision")
    if not set(chosen) <= set(inquiry.doubted):
        errors["lifted"] = msg("Please choose from what stands here.")
    if errors:
        raise Invalid(errors)
    inquiry.lifted, inquiry.reason = chosen, reason
    inquiry.decided_by, inquiry.decided_at = actor.person_id, now
    event = SecrecyDecided(
        application.id,
        inquiry=inquiry.id,
        lifted=len(chosen),
        kept=len(inquiry.doubted) - len(chosen),
    )
    journal.record(session, event, actor=actor, now=now)


def remind(session: Session, inquiry: SecrecyInquiry, *, days: int, now: datetime) -> None:
    """Note that the firm is reminded; the notices follow from it, once for each step."""
    if inquiry.reminded_days is not None and inquiry.reminded_days <= days:
        return
    inquiry.reminded_days = days
    event = SecrecyReminded(inquiry.application_id, inquiry=inquiry.id, days=days)
    journal.record(session, event, actor=VISITOR, now=now)

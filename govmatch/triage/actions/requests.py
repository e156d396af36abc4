"""Asking a firm for what is formally missing, its answer, and what staff make of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from govmatch.applications.actions.moving import move as set_state
from govmatch.applications.models import Application, State
from govmatch.files import actions as files
from govmatch.files.actions import Owner, Upload
from govmatch.files.refused import Refused
from govmatch.kit import journal
from govmatch.kit.actor import Actor, No
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Gone, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import public_id
from govmatch.programmes.letters import MISSING
from govmatch.settings import Settings
from govmatch.triage import queries, rules
from govmatch.triage.actions.holding import hold, require_seen
from govmatch.triage.events import RequestAnswered, RequestSent, RequestSettled
from govmatch.triage.models import Deficiency

LONGEST_REQUEST = 4_000
LONGEST_ANSWER = 10_000
MOST_FILES = 3
FILE_MB = 10


def ask(
    session: Session,
    application: Application,
    text: str,
    *,
    due_at: datetime,
    revision: int,
    actor: Actor,
    now: datetime,
) -> Deficiency:
    """Ask the firm for a formal thing until `due_at`; the application is incomplete until settled.

    The firm gets at least two days. Refused while another request is open, and to everybody but
    managers of the programme. Raises `Invalid` for a text or a date that is not right.
    """
    handling = hold(session, application, actor=actor, now=now)
    is_waiting = queries.open_request(session, application) is not None
    require(rules.may_run(actor, application))
    require_seen(handling, revision)
    require(rules.may_ask(actor, application, is_waiting=is_waiting))
    text = text.strip()
    errors = _wrong_request(text, due_at, now)
    if errors:
        raise Invalid(errors)
    asked = Deficiency(
        public_id=public_id(),
        application=application,
        text=text,
        asked_by=actor.person_id,
        asked_at=now,
        due_at=due_at,
    )
    session.add(asked)
    set_state(session, application, State.INCOMPLETE, actor=actor, now=now)
    handling.state_since = now
    handling.revision += 1
    session.flush()
    event = RequestSent(
        application.id, deficiency_id=asked.id, due_at=due_at.isoformat(timespec="seconds")
    )
    journal.record(session, event, actor=actor, now=now)
    return asked


def _wrong_request(text: str, due_at: datetime, now: datetime) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if not text or f"{{{MISSING}}}" in text:
        errors["text"] = msg("Please say what is missing.")
    elif len(text) > LONGEST_REQUEST:
        errors["text"] = msg("Please use at most {limit} characters.", limit=LONGEST_REQUEST)
    if wrong := rules.wrong_due(due_at, now=now):
        errors["due"] = wrong
    return errors


def answer(
    session: Session,
    asked: Deficiency,
    text: str,
    *,
    uploads: Sequence[Upload] = (),
    removed: Collection[str] = (),
    seen: str,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Keep the firm's answer, text or files or both; it may be changed until the date.

    `removed` names files by public id that go; `seen` is the `answer_mark` that the page showed.
    The caller has locked the application. Raises `Gone` once the time is over or it is settled,
    `Conflict` where a colleague answered since, and `Invalid` for what is missing or refused.
    """
    ruling = rules.may_answer(actor, asked, now=now)
    if isinstance(ruling, No):
        raise Gone(ruling.reason)
    if answer_mark(asked) != seen:
        raise Conflict(msg("A colleague has answered meanwhile. Their answer stands here now."))
    text = text.strip()
    there = [one for one in queries.files_of(session, asked) if one.public_id not in removed]
    fresh = [one for one in uploads if one.content or one.name]
    errors = _wrong_answer(text, len(there) + len(fresh))
    if errors:
        raise Invalid(errors)
    _store(session, asked, fresh, settings=settings, actor=actor, real_now=real_now)
    for file in queries.files_of(session, asked):
        if file.public_id in removed:
            files.remove(session, file, now=real_now)
    is_first = asked.answered_at is None
    asked.answer, asked.answered_by, asked.answered_at = text, actor.person_id, now
    session.flush()
    event = RequestAnswered(asked.application_id, deficiency_id=asked.id, is_first=is_first)
    journal.record(session, event, actor=actor, now=now)


def answer_mark(asked: Deficiency) -> str:
    """Return what an answer's page carries along, so that a colleague's answer is noticed."""
    return asked.answered_at.isoformat() if asked.answered_at else ""


def _wrong_answer(text: str, number: int) -> dict[str, Message]:
    if not text and not number:
        return {"answer": msg("Please write an answer or add a file.")}
    if len(text) > LONGEST_ANSWER:
        return {"answer": msg("Please use at most {limit} characters.", limit=LONGEST_ANSWER)}
    if number > MOST_FILES:
        return {"files": msg("At most {n} files are possible.", n=MOST_FILES)}
    return {}


def _store(
    session: Session,
    asked: Deficiency,
    uploads: Sequence[Upload],
    *,
    settings: Settings,
    actor: Actor,
    real_now: datetime,
) -> None:
    for upload in uploads:
        try:
            files.store(
                session,
                upload,
                settings=settings,
                owner=Owner(queries.OWNER, asked.id),
                slot="answer",
                allowed=(),
                max_mb=FILE_MB,
                actor=actor,
                now=real_now,
            )
        except Refused as error:
            name = " ".join(upload.name.split())[:80] or "–"
            reason = msg("{name}: {reason}", name=name, reason=error.reason)
            raise Invalid({"files": reason}) from error


def settle(
    session: Session,
    asked: Deficiency,
    *,
    is_mended: bool,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Close a request: mended, and the application is back in the formal check, or ineligible.

    That it is not mended can be said only once the firm's time is over. For managers.
    """
    application = asked.application
    handling = hold(session, application, actor=actor, now=now)
    session.refresh(asked)
    require(rules.may_run(actor, application))
    require_seen(handling, revision)
    require(rules.may_settle(actor, asked, is_mended=is_mended, now=now))
    asked.settled_by, asked.settled_at, asked.is_mended = actor.person_id, now, is_mended
    to = State.SUBMITTED if is_mended else State.INELIGIBLE
    set_state(session, application, to, actor=actor, now=now)
    handling.state_since = now
    handling.revision += 1
    session.flush()
    event = RequestSettled(application.id, deficiency_id=asked.id, is_mended=is_mended)
    journal.record(session, event, actor=actor, now=now)

"""The log, documents, and the final presentation."""

from datetime import datetime

from govmatch.files import actions as files
from govmatch.files.actions import Owner, Upload
from govmatch.files.models import StoredFile
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.markdown import render
from govmatch.pilots import queries, rules
from govmatch.pilots.actions.holding import hold
from govmatch.pilots.events import (
    DocumentAdded,
    DocumentRemoved,
    LogNoted,
    PresentationHeld,
    PresentationPlanned,
)
from govmatch.pilots.models import LogEntry, Pilot
from govmatch.settings import Settings

MAX_ENTRY = 10_000
MAX_FILE_MB = 10


def note(session: Session, pilot: Pilot, *, text: str, actor: Actor, now: datetime) -> LogEntry:
    """Put an entry into the log, which nobody can change afterwards."""
    require(rules.may_note(actor, pilot))
    said = text.strip()
    if not said:
        raise Invalid({"text": msg("Please fill in this field.")})
    if len(said) > MAX_ENTRY:
        raise Invalid({"text": msg("At most {limit} characters fit here.", limit=MAX_ENTRY)})
    entry = LogEntry(
        pilot_id=pilot.id, by=actor.person_id, at=now, text=said, html=str(render(said))
    )
    session.add(entry)
    session.flush()
    event = LogNoted(subject_id=pilot.id, entry_id=entry.id)
    journal.record(session, event, actor=actor, now=now)
    return entry


def add_document(
    session: Session,
    pilot: Pilot,
    upload: Upload,
    *,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> StoredFile:
    """Keep a document for everybody who sees the pilot in full.

    Raises `files.refused.Refused` for a file that is not taken.
    """
    hold(session, pilot)
    require(rules.may_add_document(actor, pilot))
    if len(queries.documents(session, pilot)) >= rules.MOST_DOCUMENTS:
        raise NotAllowed(msg("A pilot has at most {n} documents.", n=rules.MOST_DOCUMENTS))
    file = files.store(
        session, upload, settings=settings, owner=Owner(queries.PILOT, pilot.id),
        slot="document", allowed=(), max_mb=MAX_FILE_MB, actor=actor, now=real_now,
    )  # fmt: skip
    event = DocumentAdded(subject_id=pilot.id, file_id=file.id)
    journal.record(session, event, actor=actor, now=now)
    return file


def remove_document(
    session: Session,
    pilot: Pilot,
    file: StoredFile,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Let go of a document that the actor added; the journal keeps that it was there."""
    hold(session, pilot)
    require(rules.may_remove_document(actor, pilot, file.uploaded_by))
    files.remove(session, file, now=real_now)
    event = DocumentRemoved(subject_id=pilot.id, file_id=file.id)
    journal.record(session, event, actor=actor, now=now)


def plan_presentation(
    session: Session, pilot: Pilot, *, at: datetime, place: str, actor: Actor, now: datetime
) -> None:
    """Set time and place of the final presentation, or set them anew."""
    hold(session, pilot)
    require(rules.may_plan_presentation(actor, pilot))
    if at <= now:
        raise Invalid({"at": msg("This time is past.")})
    if (pilot.presentation_at, pilot.presentation_place) == (at, place):
        return
    pilot.presentation_at, pilot.presentation_place = at, place
    event = PresentationPlanned(subject_id=pilot.id, at=at.isoformat(timespec="seconds"))
    journal.record(session, event, actor=actor, now=now)


def hold_presentation(session: Session, pilot: Pilot, *, actor: Actor, now: datetime) -> None:
    """Keep that the final presentation took place; once."""
    hold(session, pilot)
    if pilot.presented_at is not None:
        raise Conflict(msg("The final presentation has taken place."))
    require(rules.may_note_presentation(actor, pilot, now))
    pilot.presented_at = now
    journal.record(session, PresentationHeld(subject_id=pilot.id), actor=actor, now=now)

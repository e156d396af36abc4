"""Internal notes: for staff, never for the applicant or a reviewer."""

from datetime import datetime

from govmatch.applications.models import Application
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.markdown import render
from govmatch.triage import rules
from govmatch.triage.actions.holding import hold
from govmatch.triage.events import NoteDeleted, NoteWritten
from govmatch.triage.models import Note

LONGEST_NOTE = 10_000


def add_note(
    session: Session, application: Application, text: str, *, actor: Actor, now: datetime
) -> Note:
    """Keep an internal note in Markdown; raises `Invalid` for none and for one too long.

    Refused to auditors, who change nothing.
    """
    hold(session, application, actor=actor, now=now)
    require(rules.may_remark(actor, application))
    text = text.strip()
    if not text:
        raise Invalid({"note": msg("Please fill in this field.")})
    if len(text) > LONGEST_NOTE:
        limit = msg("Please use at most {limit} characters.", limit=LONGEST_NOTE)
        raise Invalid({"note": limit})
    note = Note(
        public_id=public_id(),
        application_id=application.id,
        by=actor.person_id,
        at=now,
        text=text,
        html=str(render(text)),
    )
    session.add(note)
    session.flush()
    event = NoteWritten(application.id, note_id=note.id)
    journal.record(session, event, actor=actor, now=now)
    return note


def delete_note(
    session: Session, application: Application, note: Note, *, actor: Actor, now: datetime
) -> None:
    """Empty a note; that there was one, by whom and when, stays. For its author, and managers."""
    hold(session, application, actor=actor, now=now)
    require(rules.may_remark(actor, application))
    if note.by != actor.person_id and not rules.runs(actor, application.challenge):
        raise NotAllowed(msg("Only who wrote a note, or a manager, can delete it."))
    if note.deleted_at is not None:
        return
    note.text, note.html, note.deleted_at = "", "", now
    session.flush()
    event = NoteDeleted(application.id, note_id=note.id)
    journal.record(session, event, actor=actor, now=now)

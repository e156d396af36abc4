"""What is kept of a gathering: who was there, certificates, notes, recordings and papers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from govmatch.files import actions as files
from govmatch.files.actions import Owner, Upload
from govmatch.files.models import StoredFile
from govmatch.gatherings import queries, rules
from govmatch.gatherings.actions.holding import hold
from govmatch.gatherings.events import (
    AttendanceNoted,
    CertificateIssued,
    CertificateRevoked,
    NotesPublished,
    PaperAdded,
    PaperRemoved,
)
from govmatch.gatherings.models import Gathering, Registration, Seat
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.settings import Settings

MAX_NOTES = 20_000
MOST_RECORDINGS = 10
MOST_PAPERS = 20
MAX_FILE_MB = 10


@dataclass(frozen=True)
class Recording:
    """A recording, or slides, that lie elsewhere."""

    title: str
    url: str


def note_attendance(
    session: Session,
    gathering: Gathering,
    *,
    shown: Collection[str],
    present: Collection[str],
    actor: Actor,
    now: datetime,
) -> int:
    """Keep who of those `shown` (public ids) was there; return how many rows changed.

    Somebody who was at a course gets a certificate with a code; who turns out not to have been
    there loses it. Only who has a place can have been there.
    """
    hold(session, gathering)
    require(rules.may_note_attendance(actor, gathering, now))
    changed = 0
    for one in queries.registered(session, gathering.id, [Seat.TAKEN]):
        was, is_there = one.attended_at is not None, one.public_id in present
        if one.public_id not in shown or was == is_there:
            continue
        changed += 1
        one.attended_at = now if is_there else None
        if rules.earns_certificate(gathering):
            _certify(session, one, is_there=is_there, actor=actor, now=now)
    if changed:
        event = AttendanceNoted(subject_id=gathering.id, changed=changed)
        journal.record(session, event, actor=actor, now=now)
    return changed


def _certify(
    session: Session, one: Registration, *, is_there: bool, actor: Actor, now: datetime
) -> None:
    one.certificate = public_id() + public_id() if is_there else None
    happened = CertificateIssued if is_there else CertificateRevoked
    event = happened(subject_id=one.gathering_id, registration_id=one.id)
    journal.record(session, event, actor=actor, now=now)


def keep_notes(
    session: Session,
    gathering: Gathering,
    *,
    notes: Mapping[str, str],
    recordings: Sequence[Recording],
    tells: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Publish notes (Markdown, by language) and recordings; with `tells` those registered hear.

    They hear of it once, however often it is saved.
    """
    hold(session, gathering)
    require(rules.may_keep_notes(actor, gathering, now))
    said = {lang: text.strip() for lang, text in notes.items() if text.strip()}
    if any(len(text) > MAX_NOTES for text in said.values()):
        raise Invalid({"notes": msg("At most {limit} characters fit here.", limit=MAX_NOTES)})
    if len(recordings) > MOST_RECORDINGS:
        raise Invalid({"recordings": msg("At most {n} links fit here.", n=MOST_RECORDINGS)})
    gathering.notes = said
    gathering.notes_html = {lang: str(render(text)) for lang, text in said.items()}
    gathering.recordings = [{"title": one.title, "url": one.url} for one in recordings]
    gathering.updated_at = now
    tells = tells and gathering.notes_told_at is None and bool(said or recordings)
    if tells:
        gathering.notes_told_at = now
    event = NotesPublished(subject_id=gathering.id, tells=tells)
    journal.record(session, event, actor=actor, now=now)


def add_paper(
    session: Session,
    gathering: Gathering,
    upload: Upload,
    *,
    settings: Settings,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> StoredFile:
    """Publish a file, such as slides; raises `files.refused.Refused` for one that is not taken."""
    hold(session, gathering)
    require(rules.may_keep_notes(actor, gathering, now))
    if len(queries.papers(session, gathering)) >= MOST_PAPERS:
        raise NotAllowed(msg("An event has at most {n} files.", n=MOST_PAPERS))
    file = files.store(
        session, upload, settings=settings, owner=Owner(queries.GATHERING, gathering.id),
        slot="paper", allowed=(), max_mb=MAX_FILE_MB, actor=actor, now=real_now,
    )  # fmt: skip
    event = PaperAdded(subject_id=gathering.id, file_id=file.id)
    journal.record(session, event, actor=actor, now=now)
    return file


def remove_paper(
    session: Session,
    gathering: Gathering,
    file: StoredFile,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Let go of a file; the journal keeps that it was there."""
    hold(session, gathering)
    require(rules.may_keep_notes(actor, gathering, now))
    files.remove(session, file, now=real_now)
    event = PaperRemoved(subject_id=gathering.id, file_id=file.id)
    journal.record(session, event, actor=actor, now=now)

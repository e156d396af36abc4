"""What was found in a content: noted once, whoever finds it again."""

from datetime import datetime
from pathlib import Path

from govmatch.files import storage
from govmatch.files.events import ContentBlocked, ContentRead, ContentReleased
from govmatch.files.looking import Seen
from govmatch.files.models import FileContent, Look, Scan
from govmatch.files.scanner import Verdict
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session

MOST_TRIES = 5
"""After so many answers of the scanner that it cannot say anything, a content stays blocked."""

_SCANNED = {Verdict.CLEAN: Scan.CLEAN, Verdict.INFECTED: Scan.INFECTED}


def note_scan(session: Session, content: FileContent, verdict: Verdict, *, now: datetime) -> None:
    """Release a content from quarantine, or block it for good."""
    if content.scan not in {Scan.WAITING, Scan.NOT_ASKED}:
        return
    content.scanned_at, content.scan_tries = now, content.scan_tries + 1
    if verdict is Verdict.FAILED and content.scan_tries < MOST_TRIES:
        return
    content.scan = _SCANNED.get(verdict, Scan.UNCHECKABLE)
    happened = (
        ContentReleased(content.id)
        if content.scan == Scan.CLEAN
        else ContentBlocked(content.id, scan=content.scan)
    )
    journal.record(session, happened, actor=VISITOR, now=now)


def release(session: Session, content: FileContent, *, now: datetime) -> None:
    """Let a content out of quarantine because the operator has no scanner any more."""
    if content.scan == Scan.WAITING:
        content.scan = Scan.NOT_ASKED
        journal.record(session, ContentReleased(content.id), actor=VISITOR, now=now)


def note_look(
    session: Session, content: FileContent, seen: Seen, *, folder: Path, now: datetime
) -> None:
    """Keep what a content says, and its pictures beside it in the folder of files."""
    for number, picture in enumerate(seen.pictures, start=1):
        storage.keep_picture(folder, content.sha256, number, picture)
    content.text, content.pages, content.pictures = seen.text, seen.pages, len(seen.pictures)
    content.look = Look.BROKEN if seen.is_broken else Look.DONE
    content.looked_at = now
    journal.record(session, ContentRead(content.id), actor=VISITOR, now=now)

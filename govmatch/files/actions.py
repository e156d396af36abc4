"""Taking files in, and letting go of them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import text

from govmatch.files import storage
from govmatch.files.checks import identify
from govmatch.files.checks.plain import is_utf8
from govmatch.files.cleaning import cleaned, names_left
from govmatch.files.cleaning.left import Left
from govmatch.files.kinds import MEDIA_TYPES, Kind, allowed_kinds
from govmatch.files.models import FileContent, Look, Scan, StoredFile
from govmatch.files.names import clean_name
from govmatch.files.queries import content_of, same_content
from govmatch.files.refused import INFECTED, Refused
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session, insert_once
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.kit.spooled import Content
from govmatch.settings import Settings

MEGABYTE = 1_000_000
UPLOADS = Limit("uploads", 60, timedelta(hours=1))
_SWEEP_LOCK = 7_305_101  # any number, the same for all that take or sweep files


class Upload(Protocol):
    """A file as it came in; its name is what the sender claims."""

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> Content: ...


@dataclass(frozen=True)
class Owner:
    """Whose file it is: a table's thing in one word, and its id."""

    kind: str
    id: int


def store(
    session: Session,
    upload: Upload,
    *,
    settings: Settings,
    owner: Owner,
    slot: str,
    allowed: Collection[str],
    max_mb: int,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """Keep an upload: its bytes are on disk, durably, and its row is in this transaction.

    What a person sends in loses the properties that name people; the same content in the same slot
    is the same file. `allowed` names extensions, none means all
    kinds we take; `max_mb` is in units of 1,000,000 bytes and never exceeds what the site takes.
    `now` is the machine's time, which limits and clean-up go by.

    Raises `Refused` for what is too large, of another kind or not safe, and `TooMany` beyond 60
    uploads of one person within an hour.
    """
    is_from_person = actor.person_id is not None  # what comes from content files is no upload
    if is_from_person:
        spend(session, UPLOADS, str(actor.person_id), now=now)
    check_size(len(upload.content), max_mb=max_mb, settings=settings)
    kind = identify(upload.content, upload.name, allowed_kinds(allowed))
    content = cleaned(upload.content, kind) if is_from_person else upload.content
    return keep(
        session,
        content,
        left=names_left(upload.content, kind) if is_from_person else None,
        settings=settings,
        owner=owner,
        slot=slot,
        name=upload.name,
        kind=kind,
        actor=actor,
        now=now,
    )


def keep(
    session: Session,
    content: Content,
    *,
    settings: Settings,
    owner: Owner,
    slot: str,
    name: str,
    kind: Kind,
    actor: Actor,
    now: datetime,
    left: Left | None = None,
) -> StoredFile:
    """Keep a content whose kind was found by `checks.identify`, such as a paper from content/.

    Its row is what keeps the bytes from being swept; the same content in the same slot is the same
    file. `left` says why it may still name people after it was cleaned.
    """
    hold_back_sweeping(session)
    sha256 = storage.keep(settings.files_dir, content)
    media_type = _media_type(kind, content)
    _note_content(session, sha256, media_type=media_type, settings=settings)
    there = same_content(session, owner.kind, owner.id, slot=slot, sha256=sha256)
    if there is not None:
        return there
    file = StoredFile(
        public_id=public_id(),
        owner_kind=owner.kind,
        owner_id=owner.id,
        slot=slot,
        name=clean_name(name, kind),
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        uploaded_by=actor.person_id,
        uploaded_at=now,
        names_left=left or "",
    )
    session.add(file)
    session.flush()
    return file


def _note_content(session: Session, sha256: str, *, media_type: str, settings: Settings) -> None:
    """Have a content scanned and looked into; raises `Refused` for one that is known to be bad."""
    values = {
        "sha256": sha256,
        "media_type": media_type,
        "scan": Scan.WAITING if settings.scanner else Scan.NOT_ASKED,
        "scan_tries": 0,
        "look": Look.WAITING,
        "text": "",
        "pictures": 0,
    }
    session.execute(insert_once(session, FileContent).values(values))
    there = content_of(session, sha256)
    if there is not None and there.scan == Scan.INFECTED:
        raise Refused(INFECTED)


def check_size(size: int, *, max_mb: int, settings: Settings) -> None:
    """Raise `Refused` for more than `max_mb`, or than the site's `max_upload_mb` (in MiB)."""
    most = min(max_mb * MEGABYTE, settings.max_upload_mb * 1024 * 1024)
    if size > most:
        limit = most // MEGABYTE
        raise Refused(msg("The file is too large. At most {limit} MB are possible.", limit=limit))


def remove(session: Session, file: StoredFile, *, now: datetime) -> None:
    """Let go of a file: nobody gets it any more, and due work removes it after a day."""
    file.removed_at = now
    session.flush()


def hold_back_sweeping(session: Session) -> None:
    """Make the sweeping of files wait for this transaction.

    Between finding a content on disk and committing its row it must not be swept. On SQLite the
    write lock sees to that; PostgreSQL has locks that stand for whatever we say.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:n)"), {"n": _SWEEP_LOCK})


def wait_to_sweep(session: Session) -> None:
    """Wait until nobody is taking a file in, and hold back whoever wants to."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _SWEEP_LOCK})


def _media_type(kind: Kind, content: Content) -> str:
    if kind in {Kind.CSV, Kind.TXT}:
        charset = "utf-8" if is_utf8(content) else "windows-1252"
        return f"{MEDIA_TYPES[kind]}; charset={charset}"
    return MEDIA_TYPES[kind]

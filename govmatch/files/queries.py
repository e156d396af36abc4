"""Which files there are. Whose right it is to see one, the owner's package says."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import defer

from govmatch.files.models import FileContent, Look, Scan, StoredFile
from govmatch.kit.db import ReadSession


def of_owner(session: ReadSession, kind: str, owner_id: int) -> list[StoredFile]:
    """Return the files of one thing that were not removed, oldest first."""
    found = select(StoredFile).where(
        StoredFile.owner_kind == kind,
        StoredFile.owner_id == owner_id,
        StoredFile.removed_at.is_(None),
    )
    return list(session.scalars(found.order_by(StoredFile.id)))


def of_owner_by_id(
    session: ReadSession, kind: str, owner_id: int, public_id: str
) -> StoredFile | None:
    """Return one file, only where it belongs to this very thing and was not removed."""
    found = select(StoredFile).where(
        StoredFile.public_id == public_id,
        StoredFile.owner_kind == kind,
        StoredFile.owner_id == owner_id,
        StoredFile.removed_at.is_(None),
    )
    return session.scalars(found).first()


def same_content(
    session: ReadSession, kind: str, owner_id: int, *, slot: str, sha256: str
) -> StoredFile | None:
    """Return the file of this content that one slot of one thing already has."""
    found = select(StoredFile).where(
        StoredFile.owner_kind == kind,
        StoredFile.owner_id == owner_id,
        StoredFile.slot == slot,
        StoredFile.sha256 == sha256,
        StoredFile.removed_at.is_(None),
    )
    return session.scalars(found).first()


def removed_before(session: ReadSession, instant: datetime, *, most: int) -> list[StoredFile]:
    """Return files whose removal is due for good, oldest first."""
    found = select(StoredFile).where(StoredFile.removed_at < instant)
    return list(session.scalars(found.order_by(StoredFile.id).limit(most)))


def known_contents(session: ReadSession, sha256s: Collection[str]) -> set[str]:
    """Return those of the contents that some row still names."""
    found = select(StoredFile.sha256).where(StoredFile.sha256.in_(sha256s))
    return set(session.scalars(found.distinct()))


def uploaded_by(session: ReadSession, person_id: int) -> list[StoredFile]:
    found = select(StoredFile).where(StoredFile.uploaded_by == person_id)
    return list(session.scalars(found.order_by(StoredFile.id)))


RELEASED = (Scan.NOT_ASKED, Scan.CLEAN)
"""The states in which whoever may have a file gets it."""


def content_of(session: ReadSession, sha256: str) -> FileContent | None:
    """Return what is known of a content."""
    return session.scalars(select(FileContent).where(FileContent.sha256 == sha256)).first()


def contents_of(session: ReadSession, files: Collection[StoredFile]) -> dict[str, FileContent]:
    """Return what is known of the contents of some files, by SHA-256, without their texts."""
    wanted = {file.sha256 for file in files}
    if not wanted:
        return {}
    found = select(FileContent).where(FileContent.sha256.in_(wanted))
    return {one.sha256: one for one in session.scalars(found.options(defer(FileContent.text)))}


def to_examine(session: ReadSession, *, asks: bool, most: int) -> list[FileContent]:
    """Return contents that are to be scanned or looked into, those that came first first.

    `asks`: a scanner is set. Then what came while none was set is scanned too.
    """
    to_scan = (Scan.WAITING, Scan.NOT_ASKED) if asks else (Scan.WAITING,)
    ready = (Scan.CLEAN,) if asks else RELEASED
    found = select(FileContent).where(
        or_(
            FileContent.scan.in_(to_scan),
            (FileContent.look == Look.WAITING) & FileContent.scan.in_(ready),
        )
    )
    return list(
        session.scalars(
            found.options(defer(FileContent.text))
            .order_by(FileContent.scan_tries, FileContent.id)
            .limit(most)
        )
    )


def owners(session: ReadSession, content_id: int, *, kind: str) -> list[int]:
    """Return the ids of the things of one kind that have a file with this content."""
    found = (
        select(StoredFile.owner_id)
        .join(FileContent, FileContent.sha256 == StoredFile.sha256)
        .where(FileContent.id == content_id, StoredFile.owner_kind == kind)
        .where(StoredFile.removed_at.is_(None))
    )
    return list(session.scalars(found.distinct()))


def changes(kind: str) -> Mapping[str, Callable[[ReadSession, int], Iterable[int]]]:
    """Return, by the events of contents, which things of a kind then say something else.

    It is what the index entries of a package name as `after`.
    """
    changed = partial(owners, kind=kind)
    return {"ContentRead": changed, "ContentReleased": changed, "ContentBlocked": changed}


def with_content(session: ReadSession, content_id: int) -> list[StoredFile]:
    """Return the files of a content that were not removed, oldest first."""
    found = (
        select(StoredFile)
        .join(FileContent, FileContent.sha256 == StoredFile.sha256)
        .where(FileContent.id == content_id, StoredFile.removed_at.is_(None))
    )
    return list(session.scalars(found.order_by(StoredFile.id)))


def texts_of(session: ReadSession, files: Collection[StoredFile]) -> str:
    """Return the names and texts of files as search reads them; what is held back says nothing."""
    found = select(FileContent.sha256, FileContent.text).where(
        FileContent.sha256.in_({file.sha256 for file in files}), FileContent.scan.in_(RELEASED)
    )
    texts = {row.sha256: row.text for row in session.execute(found)}
    return "\n\n".join(
        f"{file.name}\n{texts[file.sha256]}" for file in files if file.sha256 in texts
    )


def text_of(session: ReadSession, file: StoredFile) -> str:
    """Return what stands in one file, without its name; nothing of what is held back."""
    found = select(FileContent.text).where(
        FileContent.sha256 == file.sha256, FileContent.scan.in_(RELEASED)
    )
    return session.scalars(found).first() or ""


def orphaned(session: ReadSession, *, most: int) -> list[FileContent]:
    """Return contents that no file has any more."""
    has_file = exists().where(StoredFile.sha256 == FileContent.sha256)
    return list(session.scalars(select(FileContent).where(~has_file).limit(most)))

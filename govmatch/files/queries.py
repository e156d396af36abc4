"""Which files there are. Whose right it is to see one, the owner's package says."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from govmatch.files.models import StoredFile
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

"""The table of uploaded papers; their bytes lie in the data folder under their SHA-256."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class StoredFile(Base):
    """One upload: who owns it is (owner_kind, owner_id); whose right to see it that owner says."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_owner", "owner_kind", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    owner_kind: Mapped[str]
    owner_id: Mapped[int]
    slot: Mapped[str] = mapped_column(default="")
    """What it was uploaded for, such as the id of a question."""
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""What people left out of copies for the public, and who read what goes out."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class PublicReading(Base):
    """How far the reading of one application is, before anything of it goes to the public."""

    __tablename__ = "public_readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    answers: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Question id -> why its whole answer is left out."""
    passages: Mapped[list[str]] = mapped_column(Json, default=list)
    """What is left out wherever it stands, as it was typed."""
    reason: Mapped[str] = mapped_column(default="")
    """Why the passages are left out."""
    files: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Public id of a file -> words, whole or out (`proposed.Way`)."""
    file_reason: Mapped[str] = mapped_column(default="")
    """Why the files that are left out by hand are."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    saved_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of exactly what was read and may go out; what is another thing by now does not."""
    released_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""What people changed in the copies of applications that are read without names."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class RedactedCopy(Base):
    """By hand: what is hidden and shown beside what the site proposes, and who read it.

    The copy itself is made when it is read, from the version that counts: so a new version is
    proposed anew, and what was marked by hand holds in it wherever it still stands.
    """

    __tablename__ = "redacted_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    hidden: Mapped[list[str]] = mapped_column(Json, default=list)
    """Passages that are hidden wherever they stand, as they were typed."""
    whole: Mapped[list[str]] = mapped_column(Json, default=list)
    """Ids of the questions whose answers are hidden as a whole."""
    shown: Mapped[list[str]] = mapped_column(Json, default=list)
    """Digests of the places that are shown although the site proposed to hide them: each holds for
    one place with what stands around it, so that no other is shown by it."""
    files: Mapped[list[str]] = mapped_column(Json, default=list)
    """Public ids of the files whose words, without names, are shown; no other file is."""
    names: Mapped[list[str]] = mapped_column(Json, default=list)
    """What was proposed when it was last approved: still hidden where a profile drops it since."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_version: Mapped[int] = mapped_column(default=0)
    """Number of the version that was read and found to name nobody; 0 for none."""
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

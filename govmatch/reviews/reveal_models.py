"""The table of acts by which names are shown to those who assessed without them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class NameReveal(Base):
    """Somebody revealed the names of some applications; which ones, the journal says.

    From `at` on a reviewer reads them who has declared their ties since.
    """

    __tablename__ = "name_reveals"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str]
    """For those who audit the case; never for the firm."""

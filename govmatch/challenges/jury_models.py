"""Who sits on a jury although they sat on as many as a programme allows."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class JuryException(Base):
    """Somebody is invited to one jury more than the programme allows, and why."""

    __tablename__ = "jury_exceptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rounds: Mapped[int]
    """On the juries of how many other rounds they sat then."""
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

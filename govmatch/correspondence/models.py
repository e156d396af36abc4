"""Tables of threads: between two sides, about one thing."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.kit.db import Base, UtcDateTime


class Thread(Base):
    """All messages about one thing, such as ("application", 7)."""

    __tablename__ = "threads"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_thread", "thread_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    side: Mapped[str]
    """firm or authority: whom it is from."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str]
    html: Mapped[str]
    thread: Mapped[Thread] = relationship()

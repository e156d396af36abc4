"""Tables of what people are told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class Mail(Base):
    """One mail to one recipient; `key` and the Message-ID made of it keep it one and the same."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_waiting", "sent_at", "refused_at", "next_try"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    address: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    lang: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    secret: Mapped[bool]
    ends_at: Mapped[str] = mapped_column(default="", server_default="")
    """Where one POST ends mails of this kind (RFC 8058); empty for those that nobody ordered."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InboxItem(Base):
    """Something a person is told on the site; `key` keeps it one however often it is delivered."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_inbox_person", "person_id", "read_at", "id"),
        Index("ix_inbox_digest", "digest_day", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    """The mail's subject, in the person's language at that time."""
    path: Mapped[str]
    """Where on this site it is to be read."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_day: Mapped[str | None]
    """For the daily mail: the day (ISO) whose mail took it up; "" while it waits for one."""


class Preference(Base):
    """How a person wants to hear of one topic: at_once, daily or never."""

    __tablename__ = "notification_preferences"
    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    topic: Mapped[str]
    how: Mapped[str]

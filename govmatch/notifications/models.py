"""Tables of what people are told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
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
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""What tells that two applications say the same, or come from the same actor."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, UtcDateTime


class Reading(Base):
    """Which version of an application was read for its prints and traces, and when."""

    __tablename__ = "application_readings"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    version: Mapped[int]
    words: Mapped[str]
    """Digest of the words by which it was read; with others it is read again."""
    firm_revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Print(Base):
    """A run of words or a concept that an application has, as a number: 64 bits of its hash."""

    __tablename__ = "application_prints"
    __table_args__ = (
        Index("ix_application_prints_key", "key", "application_id"),
        {"sqlite_with_rowid": False},
    )

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id"), primary_key=True, autoincrement=False
    )
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class TraceKind(StrEnum):
    """What two firms may have in common that are one actor. Nothing about devices is collected."""

    REGISTRATION = "registration"
    VAT = "vat"
    WEBSITE = "website"
    MAIL_DOMAIN = "mail_domain"
    PHONE = "phone"
    PERSON = "person"


class Trace(Base):
    """Something by which an application's firms can be recognised, as a digest."""

    __tablename__ = "application_traces"
    __table_args__ = (
        Index("ix_application_traces_key", "key", "application_id"),
        {"sqlite_with_rowid": False},
    )

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id"), primary_key=True, autoincrement=False
    )
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """64 bits of the hash of kind and value."""
    kind: Mapped[str]
    """One of `TraceKind`."""


class Likeness(Base):
    """Two applications that say the same, the one with the lower id first.

    Whoever reads one sees that there is another only where they may read that too.
    """

    __tablename__ = "application_likenesses"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        Index("ix_application_likenesses_other_id", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[str]
    """One of `matching.alike.NEAR_DUPLICATES`."""
    told: Mapped[float]
    """How much of the shorter text stands in both, from 0 to 1."""
    one_version: Mapped[int]
    other_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Verdict(StrEnum):
    """What people found about two applications that were found to be alike."""

    SAME = "same"
    """One proposal, handed in twice."""
    DIFFERENT = "different"
    CONTINUED = "continued"
    """The later one goes on from the earlier one, such as in another round."""


class LikenessMark(Base):
    """What somebody found about two applications and why; the latest counts, all are kept."""

    __tablename__ = "application_likeness_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    likeness_id: Mapped[int] = mapped_column(ForeignKey("application_likenesses.id"), index=True)
    verdict: Mapped[str]
    """One of `Verdict`."""
    reason: Mapped[str]
    one_version: Mapped[int]
    other_version: Mapped[int]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

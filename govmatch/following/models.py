"""Tables of what people keep an eye on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.kit.db import Base, Json, UtcDateTime


class SavedSearch(Base):
    """A search that one person keeps: what stands after `/search?`, without page and language."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("person_id", "query"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Kind(StrEnum):
    CHALLENGE = "challenge"
    THEME = "theme"
    AUTHORITY = "authority"
    SEARCH = "search"
    MATCHES = "matches"
    """The key is the public id of a firm; only its own people follow them."""


class HowOften(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Subscriber(Base):
    """An address of mail without an account, confirmed from its mailbox.

    It is there while it follows something; the last follow that ends takes it away.
    """

    __tablename__ = "subscribers"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    lang: Mapped[str]
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Follow(Base):
    """That a person, or an address without an account, wants to hear of one thing.

    `key` names the thing within its kind: a public id, a slug, or what stands after `/search?`.
    `titles` is what it was called when it was followed, by language.
    """

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        UniqueConstraint("subscriber_id", "kind", "key"),
        Index("ix_follows_thing", "kind", "key"),
        Index("ix_follows_next_at", "next_at"),
        {"sqlite_autoincrement": True},  # rows are deleted; the journal names ids
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    subscriber_id: Mapped[int | None] = mapped_column(ForeignKey("subscribers.id"))
    kind: Mapped[str]
    key: Mapped[str]
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    path: Mapped[str]
    how: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_id: Mapped[int]
    """The last journal id of which it was told, or that was there when it began."""
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The site's time until which a search was looked through."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its next digest is due, by the machine's clock; None where it is told at once."""
    told: Mapped[list[int]] = mapped_column(Json, default=list)
    """What was named already where the thing itself has no date: the ids of challenges."""
    person: Mapped[Person | None] = relationship()
    subscriber: Mapped[Subscriber | None] = relationship()


class FollowRequest(Base):
    """A wish to follow something by an address that was not confirmed for it yet.

    It is 48 hours old at most. `mailed` says whether a mail goes out for it; where it does not, the
    one that went to this address within the last day stands for it too.
    """

    __tablename__ = "follow_requests"
    __table_args__ = (
        Index("ix_follow_requests_email", "email", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    kind: Mapped[str]
    key: Mapped[str]
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    path: Mapped[str]
    how: Mapped[str]
    lang: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed: Mapped[bool]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Moment(Base):
    """An instant that was reached and noted in the journal, such as a deadline in seven days."""

    __tablename__ = "moments"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

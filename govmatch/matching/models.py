"""Tables of matching: profiles as they were last read, what fits what, and what firms say to it.

All but the opinions are made from other tables and can be made anew at any time. Things are named
by kind and id, since matching knows no domain.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class KeptProfile(Base):
    """A profile that was read: enough to rank it and to explain a match without its texts."""

    __tablename__ = "match_profiles"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_proposed: Mapped[bool]
    """False for what gets matches and is no match of others: a draft, a firm that is not listed."""
    digest: Mapped[str]
    """Of the profile and of the words it was read with: the same where there is nothing to do."""
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    """Codes, what it has and what it asks, as `matching.keeping` writes them."""
    terms: Mapped[bytes] = mapped_column(LargeBinary)
    """As `reading.Terms.dumps` writes them."""


class KeptMatch(Base):
    """That `other` was found for a thing; what it fits both ways is two rows with one score."""

    __tablename__ = "matches"
    __table_args__ = (Index("ix_matches_other", "other_kind", "other_id"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_kind: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    score: Mapped[float] = mapped_column(Float)
    """The same from both sides."""
    lowered: Mapped[float] = mapped_column(Float, default=0.0)
    """What the thing's own opinions of alike others take off, in its own list alone."""
    is_ruled_out: Mapped[bool]
    """A gate is not met."""
    parts: Mapped[dict[str, float]] = mapped_column(Json)
    """text, codes, facts: what the score is made of."""


class KeptNear(Base):
    """Everything that is about the same as a thing, however many: to be counted, not to be listed.

    Facts are left out, so that it can be said what would remain without one of them.
    """

    __tablename__ = "match_near"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_ids: Mapped[bytes] = mapped_column(LargeBinary)
    """Ids of the kind that it is matched with, as `array("q")` writes them, in no order."""


class TermCount(Base):
    """How many proposed profiles have a term of their texts, or a code."""

    __tablename__ = "match_terms"

    space: Mapped[str] = mapped_column(primary_key=True)
    """text or codes"""
    term: Mapped[str] = mapped_column(primary_key=True)
    profiles: Mapped[int]


class MatchState(Base):
    """One row: how far matching has followed the journal, and what it was last counted with."""

    __tablename__ = "match_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cursor: Mapped[int]
    """The last journal row that is taken in."""
    reader: Mapped[str]
    """The digest of the words and trees that everything was read with."""
    profiles: Mapped[int]
    """How many profiles `match_terms` were counted over."""
    changed: Mapped[int]
    """Profiles that have changed since then."""


class Reason(StrEnum):
    """Why something that was found is not for somebody."""

    TOPIC = "topic"
    REQUIREMENTS = "requirements"
    BUDGET = "budget"
    PLACE = "place"
    CAPACITY = "capacity"
    KNOWN = "known"
    OTHER = "other"


class Opinion(Base):
    """Somebody's word that a match is not for them; it holds until it is taken back."""

    __tablename__ = "match_opinions"
    __table_args__ = (Index("ix_match_opinions_thing", "kind", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    thing_id: Mapped[int]
    other_kind: Mapped[str]
    other_id: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

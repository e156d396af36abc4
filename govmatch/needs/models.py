"""Tables of needs, of the voices for them, and which state may follow which.

Scores and points are kept in hundredths, weights in per cent, so that all sums are whole numbers.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.organisations.models import Authority, Firm
from govmatch.programmes.models import Programme


class State(StrEnum):
    PROPOSED = "proposed"
    GATHERING = "gathering"
    ANALYSED = "analysed"
    TAKEN_UP = "taken_up"
    SOLVED = "solved"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({
        State.GATHERING, State.ANALYSED, State.TAKEN_UP, State.DECLINED, State.MERGED,
        State.WITHDRAWN,
    }),
    State.GATHERING: frozenset({
        State.ANALYSED, State.TAKEN_UP, State.DECLINED, State.MERGED,
    }),
    State.ANALYSED: frozenset({State.TAKEN_UP, State.DECLINED, State.MERGED, State.SOLVED}),
    State.TAKEN_UP: frozenset({State.SOLVED, State.ANALYSED, State.GATHERING}),
    State.SOLVED: frozenset(),
    State.DECLINED: frozenset({State.GATHERING}),
    State.MERGED: frozenset(),
    State.WITHDRAWN: frozenset(),
}  # fmt: skip
"""From taken up a need goes back to where it was when the draft made of it is deleted."""

RANKED = frozenset({State.PROPOSED, State.GATHERING, State.ANALYSED})
"""What voices are given to, and what the ranking orders."""

LISTED = frozenset(State) - {State.MERGED, State.WITHDRAWN}
"""What stands in lists and in the search; the others answer at their address alone."""


class Need(Base):
    """Something that somebody suffers from, in words of their own."""

    __tablename__ = "needs"
    __table_args__ = (Index("ix_needs_programme", "programme_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authorities.id"), index=True)
    """Whose work it is about, and who therefore has no voice for it; None where nobody knows."""
    theme: Mapped[str]
    country: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    main_lang: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.PROPOSED.value)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"))
    """The firm that it is proposed for; None where a person speaks for themselves."""
    analysis: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """What the analysis found, by language, for everybody to read."""
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why it is in its state (declined, merged, withdrawn, solved, gathering again), by language,
    for everybody to read."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    voices_at_end: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """firms and people that stood behind it when it was merged."""
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hidden_reason: Mapped[str] = mapped_column(default="")
    """Why nobody but its proposer and the programme sees it, for these to read."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    programme: Mapped[Programme] = relationship()
    authority: Mapped[Authority | None] = relationship()
    firm: Mapped[Firm | None] = relationship()
    texts: Mapped[list["NeedText"]] = relationship(
        back_populates="need", order_by="NeedText.lang", cascade="all, delete-orphan"
    )


class NeedText(Base):
    """The words of a need in one language: plain text, at least a title."""

    __tablename__ = "need_texts"
    __table_args__ = (UniqueConstraint("need_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    lang: Mapped[str]
    title: Mapped[str]
    suffering: Mapped[str] = mapped_column(default="")
    """Who suffers from what."""
    extent: Mapped[str] = mapped_column(default="")
    """How often it happens, and to how many."""
    change: Mapped[str] = mapped_column(default="")
    """What would be better without it."""
    need: Mapped[Need] = relationship(back_populates="texts")


class Support(Base):
    """A voice for a need: of a firm, or of a person who speaks for themselves."""

    __tablename__ = "need_supports"
    __table_args__ = (
        UniqueConstraint("need_id", "person_id"),
        UniqueConstraint("need_id", "firm_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"), index=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_to: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    """The need that it was given to: another one where that was merged into this."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Rank(Base):
    """A need's place among the ten that a firm finds most pressing in a programme."""

    __tablename__ = "need_ranks"
    __table_args__ = (
        UniqueConstraint("firm_id", "need_id"),
        UniqueConstraint("firm_id", "programme_id", "place"),
        Index("ix_need_ranks_need", "need_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    place: Mapped[int]
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Survey(Base):
    """How a programme counts voices; without a row the usual way (`survey.USUAL`)."""

    __tablename__ = "need_surveys"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    person_points: Mapped[int]
    firm_points: Mapped[int]
    sizes: Mapped[dict[str, int]] = mapped_column(Json)
    """Size class (empty for a firm that does not state it) -> weight in per cent."""
    sectors: Mapped[dict[str, int]] = mapped_column(Json)
    """Theme -> weight in per cent of firms that name it; 100 where none is set."""
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on nothing is proposed and no voice is given."""
    chambers_vote: Mapped[bool] = mapped_column(default=True)
    """False where chambers and associations speak in the steering group and have no vote."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Ranking(Base):
    """What the voices of one moment add up to, and how it was worked out; its places stay."""

    __tablename__ = "need_rankings"
    __table_args__ = (Index("ix_need_rankings_programme", "programme_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    journal_id: Mapped[int]
    """The last journal row about a need that it knows of."""
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was last found to hold; no page says it, since what is hidden moves it too."""
    digest: Mapped[str]
    """SHA-256 over what was counted: equal means the same ranking."""
    seed: Mapped[str]
    """From the digest, so that nobody chooses it; 16 hexadecimal digits."""
    draws: Mapped[int]
    missing: Mapped[int]
    """Ballots left out in each draw."""
    ballots: Mapped[int]
    firms: Mapped[int]
    """Ballots of firms among them."""
    milliseconds: Mapped[int]
    """CPU time that the counting took."""
    survey: Mapped[dict[str, Any]] = mapped_column(Json)
    """The points and weights that held, as `survey.Counting.as_data` writes them."""
    is_kept: Mapped[bool] = mapped_column(default=False)
    """True where a sitting of the steering group speaks of it; others go when a newer one comes."""
    places: Mapped[list["Place"]] = relationship(
        back_populates="ranking", order_by="Place.place, Place.need_id", cascade="all"
    )


class Place(Base):
    """Where a need stands in a ranking, and where it stood while a tenth of the voices was left
    out.
    """

    __tablename__ = "need_places"

    ranking_id: Mapped[int] = mapped_column(ForeignKey("need_rankings.id"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    place: Mapped[int]
    score: Mapped[int]
    """In hundredths of a point."""
    in_top: Mapped[int]
    """Draws in which it was among the first ten."""
    best: Mapped[int]
    worst: Mapped[int]
    parts: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """What the score is made of, as `counting.Part.as_data` writes it."""
    ranking: Mapped[Ranking] = relationship(back_populates="places")


class Outcome(StrEnum):
    """What a sitting of the steering group ended with."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    RETURNED = "returned"


class Seat(StrEnum):
    """For whom a member of the steering group speaks."""

    AUTHORITY = "authority"
    CHAMBER = "chamber"


class Sitting(Base):
    """A list laid before the steering group, what its members said, and how it ended: public."""

    __tablename__ = "need_sittings"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    number: Mapped[int]
    ranking_id: Mapped[int] = mapped_column(ForeignKey("need_rankings.id"))
    laid: Mapped[list[int]] = mapped_column(Json)
    """Ids of needs in the order in which they were laid before the group."""
    opened_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None]
    """An `Outcome`; None while the group speaks."""
    decided: Mapped[list[int]] = mapped_column(Json, default=list)
    """Ids in the order that holds afterwards; empty where the list was returned."""
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why it was changed or returned, by language."""
    minutes: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """What was said, by language, as the programme wrote it down."""
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    programme: Mapped[Programme] = relationship()
    ranking: Mapped[Ranking] = relationship()


class Opinion(Base):
    """What one member of the steering group says to a list."""

    __tablename__ = "need_opinions"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("need_sittings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    seat: Mapped[str]
    """A `Seat`."""
    counts: Mapped[bool]
    """False for a voice without a vote."""
    outcome: Mapped[str]
    """The `Outcome` that the member is for."""
    remark: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sitting: Mapped[Sitting] = relationship()

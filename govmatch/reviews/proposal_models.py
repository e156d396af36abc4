"""Tables of what reviewers know, and of the proposal who should review what."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json, UtcDateTime


class Expertise(Base):
    """What a reviewer says to know and to read, and how much they can take; for every jury."""

    __tablename__ = "reviewer_expertise"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    themes: Mapped[list[str]] = mapped_column(Json, default=list)
    technologies: Mapped[list[str]] = mapped_column(Json, default=list)
    cpv: Mapped[list[str]] = mapped_column(Json, default=list)
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    most: Mapped[int | None]
    """Reviews that they can have open at the same time, of all challenges; None: not said."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)


class Stage(StrEnum):
    ASKED = "asked"
    """It is being worked out."""
    MADE = "made"
    FAILED = "failed"


class Proposal(Base):
    """Who should review what of a challenge: asked for, worked out, changed, and then taken over.

    Gone once it is taken over or dropped; the journal keeps who did that.
    """

    __tablename__ = "assignment_proposals"
    __table_args__ = (
        UniqueConstraint("challenge_id"),
        # The journal must never name another proposal by the same id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    stage: Mapped[str] = mapped_column(default=Stage.ASKED.value)
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    application_ids: Mapped[list[int]] = mapped_column(Json)
    """What whoever asked may assign."""
    wanted: Mapped[int]
    """Reviews for each application, those that it has among them."""
    most: Mapped[int]
    """What those can take who did not say."""
    heeds_languages: Mapped[bool]
    seed: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each change, so that nobody takes over what they have not seen."""
    lacking: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Where something is missing: by language, and what could be given up instead."""


class Proposed(Base):
    """One application for one reviewer in a proposal, and why."""

    __tablename__ = "proposed_reviews"
    __table_args__ = (UniqueConstraint("proposal_id", "application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("assignment_proposals.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    is_by_hand: Mapped[bool] = mapped_column(default=False)
    why: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """`knows`: codes that the reviewer named and that fit, best first; `reads`: a language."""

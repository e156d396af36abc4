"""Tables of the interviews, and which state may follow which."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Base, Json, UtcDateTime


class State(StrEnum):
    INVITED = "invited"
    """The firm has no slot yet, or gave it up."""
    BOOKED = "booked"
    HELD = "held"
    CALLED_OFF = "called_off"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.INVITED: frozenset({State.INVITED, State.BOOKED, State.CALLED_OFF}),
    State.BOOKED: frozenset({State.BOOKED, State.INVITED, State.HELD, State.CALLED_OFF}),
    State.HELD: frozenset({State.HELD}),
    State.CALLED_OFF: frozenset({State.INVITED}),
}

LIVE = frozenset({State.INVITED, State.BOOKED})
"""States in which a firm is still to come."""


class Offer(StrEnum):
    """What a room or a call offers, so that everybody can take part."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    TOILET = "toilet"
    HEARING_LOOP = "hearing_loop"
    CAPTIONS = "captions"
    SIGN_LANGUAGE = "sign_language"
    INTERPRETATION = "interpretation"
    PHONE = "phone"


class Because(StrEnum):
    """Why the reviews suggest a question."""

    DISAGREEMENT = "disagreement"
    CONFIDENCE = "confidence"
    ABSTENTION = "abstention"


class Slot(Base):
    """A time at which a firm can come, at a place, by video, or both."""

    __tablename__ = "interview_slots"
    __table_args__ = (
        Index("ix_interview_slots_challenge", "challenge_id", "starts"),
        # A free slot may be taken away, and the journal must never name another by the same id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Random, so that it tells nothing of how many there are."""
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    starts: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    """An accessible room, and how to reach it."""
    video: Mapped[str] = mapped_column(default="")
    """The address at which to join."""
    offers: Mapped[list[str]] = mapped_column(Json, default=list)
    """Of `Offer`, in its order."""
    access: Mapped[str] = mapped_column(default="")
    """What else makes it possible for everybody to take part, and whom to ask."""
    revision: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    challenge: Mapped[Challenge] = relationship()

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


class Interview(Base):
    """The interview of one application, from the invitation on; called off, it may come again."""

    __tablename__ = "interviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Also the UID of its calendar entry, for good."""
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    state: Mapped[str] = mapped_column(default=State.INVITED.value)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each act of staff on its page, so that an old page is noticed."""
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until when the firm books, changes and gives up its slot."""
    message: Mapped[str] = mapped_column(default="")
    """What the invitation says beside the slots; for the firm."""
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("interview_slots.id"), unique=True)
    """Of each slot at most one interview, whoever books at the same moment."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Of the calendar entry (RFC 5545): grows with each change of its time, place or state."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the calendar entry last changed."""
    last_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the slot began that was booked last; its calendar entry is cancelled with it."""
    needs: Mapped[str] = mapped_column(default="")
    """What the people of the firm need to take part, in the firm's words."""
    invited_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    booked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was called off; the firm reads it."""
    urged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the firm was reminded to book; forgotten when the date is moved."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When everybody was reminded of the slot; forgotten when another is booked."""
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    firm_people: Mapped[str] = mapped_column(default="")
    """Who came for the firm, as somebody of the jury wrote it down."""
    notes: Mapped[str] = mapped_column(default="")
    """What was heard; for the jury and those who oversee it, never for the firm."""
    notes_revision: Mapped[int] = mapped_column(default=1)
    application: Mapped[Application] = relationship()
    slot: Mapped[Slot | None] = relationship()


class Listener(Base):
    """Somebody of the jury who took part in an interview."""

    __tablename__ = "interview_people"
    __table_args__ = (UniqueConstraint("interview_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()


class InterviewQuestion(Base):
    """One question for an interview; the firm reads it once it is released."""

    __tablename__ = "interview_questions"
    __table_args__ = (
        Index("ix_interview_questions_interview", "interview_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    criterion: Mapped[str] = mapped_column(default="")
    """What the reviews suggested it for; empty where somebody thought of it."""
    because: Mapped[list[str]] = mapped_column(Json, default=list)
    """Of `Because`, in its order; never for the firm."""
    text: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """Who wrote it last."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    interview: Mapped[Interview] = relationship()


class EarlierSheet(Base):
    """A submitted review as it stood when the interview was over; never changed."""

    __tablename__ = "interview_earlier_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), unique=True)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mean: Mapped[float | None]
    points: Mapped[dict[str, int | None]] = mapped_column(Json)
    """By criterion, 0 to 5."""
    comments: Mapped[dict[str, str]] = mapped_column(Json)
    comment: Mapped[str]
    private_note: Mapped[str]
    confidence: Mapped[str]

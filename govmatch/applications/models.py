"""Tables of applications, and which state may follow which."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.applications import redaction_models, secrecy_models  # noqa: F401 -- tables of this
from govmatch.challenges.models import Amendment, Challenge
from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.organisations.models import Firm


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    INELIGIBLE = "ineligible"
    IN_REVIEW = "in_review"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset(
        {
            State.SUBMITTED,
            State.WITHDRAWN,
            State.INCOMPLETE,
            State.INELIGIBLE,
            State.IN_REVIEW,
            State.NOT_SELECTED,
        }
    ),
    State.WITHDRAWN: frozenset({State.SUBMITTED}),
    State.INCOMPLETE: frozenset(
        {State.SUBMITTED, State.INELIGIBLE, State.NOT_SELECTED, State.WITHDRAWN}
    ),
    State.INELIGIBLE: frozenset(
        {State.SUBMITTED, State.IN_REVIEW, State.SHORTLISTED, State.WITHDRAWN}
    ),
    State.IN_REVIEW: frozenset(
        {
            State.SUBMITTED,
            State.INELIGIBLE,
            State.SHORTLISTED,
            State.SELECTED,
            State.RESERVE,
            State.NOT_SELECTED,
            State.WITHDRAWN,
        }
    ),
    State.SHORTLISTED: frozenset(
        {
            State.IN_REVIEW,
            State.INELIGIBLE,
            State.SELECTED,
            State.RESERVE,
            State.NOT_SELECTED,
            State.WITHDRAWN,
        }
    ),
    State.RESERVE: frozenset({State.SELECTED, State.NOT_SELECTED, State.WITHDRAWN}),
    State.SELECTED: frozenset({State.CONFIRMED, State.DECLINED, State.WITHDRAWN}),
    State.NOT_SELECTED: frozenset(),
    State.CONFIRMED: frozenset({State.WITHDRAWN}),
    State.DECLINED: frozenset(),
}
"""What was never taken up becomes not selected where its challenge does not proceed."""


ASSESSING = frozenset(
    {
        State.SUBMITTED,
        State.INCOMPLETE,
        State.INELIGIBLE,
        State.IN_REVIEW,
        State.SHORTLISTED,
    }
)
"""States in which staff and reviewers work on an application; what follows is decided."""


class Application(Base):
    __tablename__ = "applications"
    __table_args__ = (
        Index("ix_applications_firm", "firm_id", "id"),
        # Lists of cases count and date from the index alone: the rows are long by their answers.
        Index(
            "ix_applications_challenge",
            "challenge_id",
            "state",
            "decision_released_at",
            "confirm_by",
            "assessed_as",
            "emptied_at",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """What people quote: random, so that it tells nothing of number or order."""
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    single_key: Mapped[str | None] = mapped_column(unique=True)
    """"challenge:firm" where only one application per firm is allowed, else None."""
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The draft: everything as typed, also what is not right yet."""
    title: Mapped[str] = mapped_column(default="")
    """How the draft's first text answer begins: what lists call it by."""
    saved: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Per section: {"at": instant, "by": person id, "revision": n, "page": digest of the page,
    "sequence": n of the page's save, "joined": whether it holds what somebody else wrote}."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save of any section, so that a check of older answers is noticed."""
    lang: Mapped[str] = mapped_column(default="en")
    """The language that the answers are written in."""
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    current_version: Mapped[int] = mapped_column(default=0)
    """Number of the version that counts; 0 before the first submission."""
    alias: Mapped[int | None]
    """The n of "Applicant n", for those who read without names; drawn at random at the opening."""
    decision_released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Pushed down by the release of its decision; until then the firm sees no result."""
    confirm_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when a selected firm confirms; pushed down by the release."""
    assessed_as: Mapped[str | None]
    """How far the assessment had come when it was decided on or withdrawn, as a state; None while
    it is still in one of those states. Reports count by it; nobody outside reads it."""
    is_pilot_agreed: Mapped[bool] = mapped_column(default=False)
    """Pushed down by the pilot's agreement; from then on nothing is withdrawn."""
    partner_firms: Mapped[list[int]] = mapped_column(Json, default=list)
    """Ids of the firms that take part beside `firm`: those that accepted, in their order."""
    lead_part: Mapped[str] = mapped_column(default="")
    """What `firm` itself does in a consortium, in its own words."""
    interview_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when its firm books an interview; pushed down by the invitation, None without one."""
    interview_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its interview is; pushed down by the booking."""
    names_shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when whoever declares anew reads names; pushed down when they were revealed."""
    emptied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Pushed down when its time of keeping was over: what it said is deleted, and nobody sees it;
    its number, state and days stay, so that reports count on."""
    challenge: Mapped[Challenge] = relationship()
    firm: Mapped[Firm] = relationship()


class SectionWriter(Base):
    """Who has a section of a draft open, so that two colleagues see each other."""

    __tablename__ = "section_writers"
    __table_args__ = (UniqueConstraint("application_id", "section_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    section_id: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When their page was last there, by the machine's clock; older rows are taken away."""


class Version(Base):
    """One submission: the answers as they were, when, by whom, and their hash."""

    __tablename__ = "application_versions"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    form: Mapped[dict[str, Any]] = mapped_column(Json)
    """The questionnaire that was answered, as it stood."""
    form_digest: Mapped[str]
    salt: Mapped[str]
    content_hash: Mapped[str]
    """SHA-256 of salt and canonical content: what the receipt shows and the journal keeps."""
    lang: Mapped[str] = mapped_column(default="en")
    """The language that the answers are written in."""
    gates: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{kind, wanted, met}]: how the firm's profile met the eligibility at that moment."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    """The last change of its challenge before it was submitted; None where there was none yet."""
    consortium: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{firm, name, country, share, part}] as it was, the lead first; empty for a firm alone."""
    application: Mapped[Application] = relationship()


class Confirmation(Base):
    """That a submitted version still holds after a change of its challenge, up to and with it."""

    __tablename__ = "application_confirmations"
    __table_args__ = (UniqueConstraint("version_id", "amendment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("application_versions.id"))
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    amendment: Mapped[Amendment] = relationship()
    version: Mapped[Version] = relationship()


class How(StrEnum):
    """How somebody may see an application: with names, without, or not at all."""

    FULL = "full"
    BLIND = "blind"
    CLOSED = "closed"


class Access(Base):
    """How one person beyond the firm may see an application, and why; written downwards.

    `CLOSED` wins over every role: it is what a conflict of interest leaves behind.
    """

    __tablename__ = "application_access"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    how: Mapped[str]
    why: Mapped[str]
    """A word such as review or conflict, never a name."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class LateCode(Base):
    """Lets one person submit after the deadline, until it expires or the opening begins."""

    __tablename__ = "late_codes"
    __table_args__ = (Index("ix_late_codes_challenge", "challenge_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    address: Mapped[str]
    """Canonical mail address of the only person who may use it."""
    code_digest: Mapped[str] = mapped_column(unique=True)
    lang: Mapped[str]
    """The language of the mail, where the address has no account that says."""
    reason: Mapped[str]
    issued_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person entered it; shown to nobody else before the opening."""
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class LateEntryEnd(Base):
    """From when on nobody enters a challenge late, whatever codes there are: its opening began."""

    __tablename__ = "late_entry_ends"

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PartnerState(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"
    """Taken out by the lead, or an invitation that it took back."""


class Partner(Base):
    """A firm that is asked to take part in an application, and what it agreed to."""

    __tablename__ = "application_partners"
    __table_args__ = (
        Index("ix_application_partners_application", "application_id", "id"),
        Index("ix_application_partners_firm", "firm_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"))
    """None while somebody was asked by mail and has not said for which firm."""
    name: Mapped[str] = mapped_column(default="")
    """What the lead called a firm that it asked by mail."""
    address: Mapped[str] = mapped_column(default="", index=True)
    """Where it was asked by mail, canonical; empty for a firm from the directory."""
    lang: Mapped[str]
    state: Mapped[str] = mapped_column(default=PartnerState.INVITED.value)
    share: Mapped[int]
    """Percent of the work; what the partners leave of 100 is the lead's."""
    part: Mapped[str] = mapped_column(default="")
    """What it does, in the lead's words."""
    agreed: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """{share, part} that it said yes to; other terms since have to be agreed to anew."""
    single_key: Mapped[str | None] = mapped_column(unique=True)
    """"challenge:firm" while it takes part and one application per firm is allowed, else None."""
    invited_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    firm: Mapped[Firm | None] = relationship()

"""Tables of challenges, and which state may follow which.

Scheduled, open and closed are no stored states: they follow from the dates of an approved and
published challenge and the clock (`challenges.rules.phase`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.challenges import jury_models  # noqa: F401 - so that the metadata knows its tables
from govmatch.kit.db import Base, Json, UtcDateTime
from govmatch.needs.models import Need
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme, ProgrammeVersion, Round


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    IN_SELECTION = "in_selection"
    DECIDED = "decided"
    PILOTING = "piloting"
    COMPLETED = "completed"
    DID_NOT_PROCEED = "did_not_proceed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.IN_REVIEW, State.APPROVED, State.CANCELLED}),
    State.IN_REVIEW: frozenset({State.RETURNED, State.APPROVED, State.DRAFT}),
    State.RETURNED: frozenset({State.IN_REVIEW, State.DRAFT, State.CANCELLED}),
    State.APPROVED: frozenset({State.PUBLISHED, State.RETURNED, State.DRAFT, State.CANCELLED}),
    State.PUBLISHED: frozenset(
        {State.IN_SELECTION, State.DID_NOT_PROCEED, State.CANCELLED, State.APPROVED}
    ),
    State.IN_SELECTION: frozenset({State.DECIDED, State.DID_NOT_PROCEED}),
    State.DECIDED: frozenset({State.PILOTING, State.DID_NOT_PROCEED, State.COMPLETED}),
    State.PILOTING: frozenset({State.COMPLETED, State.DID_NOT_PROCEED}),
    State.COMPLETED: frozenset({State.ARCHIVED}),
    State.DID_NOT_PROCEED: frozenset({State.ARCHIVED}),
    State.CANCELLED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}
"""From published on, a challenge has a `published_at`; as long as that is to come it can be taken
back, and is approved again. A file's approval leads from draft straight to approved; a file that
changes what is in review, returned or approved leads back to draft."""

AFTER_PUBLICATION = frozenset(State) - {
    State.DRAFT,
    State.IN_REVIEW,
    State.RETURNED,
    State.APPROVED,
}


class Challenge(Base):
    __tablename__ = "challenges"
    __table_args__ = (
        Index("ix_challenges_listed", "published_at", "state", "closes"),
        Index("ix_challenges_authority", "authority_id", "state"),
        Index("ix_challenges_opens", "opens"),
        Index("ix_challenges_questions_until", "questions_until"),
        Index("ix_challenges_closes", "closes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("programme_versions.id"))
    """The programme as it was when this was submitted for approval; None in drafts."""
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), index=True)
    """The need that it was taken up from."""
    open_questions: Mapped[int] = mapped_column(default=0)
    """How many questions wait for an answer; pushed down by whatever happens to a question."""
    state: Mapped[str] = mapped_column(default=State.DRAFT.value)
    zone: Mapped[str]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From this instant everybody sees it; set by publication, never later than `opens`."""
    promised_days: Mapped[int | None]
    """Within how many days from `closes` its programme promised the decision when it was published:
    0 for no promise, None where that was before this was kept."""
    answer_days: Mapped[int | None]
    """How many days after `questions_until` its programme had questions answered when it was
    published; None where that was before this was kept. See `rules.answering`."""
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    questions_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the sealed applications were opened; pushed down by the act of opening."""
    budget_min: Mapped[int | None]
    budget_max: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="EUR")
    pilots_max: Mapped[int] = mapped_column(default=3)
    eligibility: Mapped[dict[str, list[str]]] = mapped_column(Json, default=dict)
    """countries, size, languages, requires: lists of codes."""
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{id, weight, minimum}], the weights in whole points that sum to 100."""
    questions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Own questions, as questionnaires read them, on top of the programme's form."""
    cpv: Mapped[list[str]] = mapped_column(Json, default=list)
    contact: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """name (of an office), email, phone."""
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{name, title {lang}, media_type, size, sha256}]; the bytes lie in the site's file store."""
    main_lang: Mapped[str] = mapped_column(default="en")
    source_path: Mapped[str | None]
    """content/challenges/<slug> when files are the source; then the site shows it read-only."""
    source_digest: Mapped[str | None]
    """SHA-256 over its files as last loaded: equal means that there is nothing to do."""
    source_facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the files say beyond the columns: their dates, demo, approved, amendment."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    editors: Mapped[list[int]] = mapped_column(Json, default=list)
    """Ids of the people who wrote in it, its author among them: none of them approves it."""
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_in_file: Mapped[str | None]
    """Who approved the file, where the review of files counts as approval."""
    end_reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Why it was cancelled or did not proceed, by language, for everybody to read."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    authority: Mapped[Authority] = relationship()
    programme: Mapped[Programme] = relationship()
    round: Mapped[Round | None] = relationship()
    version: Mapped[ProgrammeVersion | None] = relationship()
    need: Mapped[Need | None] = relationship()
    texts: Mapped[list["ChallengeText"]] = relationship(
        back_populates="challenge", order_by="ChallengeText.lang", cascade="all, delete-orphan"
    )
    terms: Mapped[list["ChallengeTerm"]] = relationship(
        back_populates="challenge", order_by="ChallengeTerm.position", cascade="all, delete-orphan"
    )


class ChallengeText(Base):
    """The words of a challenge in one language; `html` is made from `body` on save."""

    __tablename__ = "challenge_texts"
    __table_args__ = (UniqueConstraint("challenge_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    lang: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")
    challenge: Mapped[Challenge] = relationship(back_populates="texts")


class ChallengeTerm(Base):
    """A theme or technology of a challenge."""

    __tablename__ = "challenge_terms"
    __table_args__ = (
        UniqueConstraint("challenge_id", "kind", "slug"),
        Index("ix_challenge_terms_slug", "kind", "slug", "challenge_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    kind: Mapped[str]
    slug: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    challenge: Mapped[Challenge] = relationship(back_populates="terms")


class ChallengeVersion(Base):
    """What a challenge said after one save on the site, and who saved it.

    Saves of one person shortly after each other become one version after some days
    (`challenges.actions.versions`). What lives in files has none here.
    """

    __tablename__ = "challenge_versions"
    __table_args__ = (UniqueConstraint("challenge_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    revision: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who saved it; None for what was there before versions were kept."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[list[str]] = mapped_column(Json)
    """Names of the pieces that were other ones before, as `challenges.pieces` names them."""
    confirmed: Mapped[list[str]] = mapped_column(Json, default=list)
    """Names of translated texts that somebody read again and found still right."""
    restored: Mapped[int | None]
    """The revision that was taken back with this save."""
    statement: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    """Read through `challenges.keeping`."""


class Amendment(Base):
    """A change after publication, with its reason; `changes` names what was before and after."""

    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reasons: Mapped[dict[str, str]] = mapped_column(Json)
    """Why, by language; at least in one."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """[{field, lang or null, before, after}]; read through `challenges.differences`."""
    asks_confirmation: Mapped[bool] = mapped_column(default=False)
    """Whoever has applied says once more that they do; what `rules.asks_confirmation` found."""
    challenge: Mapped[Challenge] = relationship()


class FormVersion(Base):
    """The whole form of a published challenge as firms were asked it, from one change to the next.

    Rows are made by the first change of the form: one for what it was, one for each that follows.
    A form that never changed has none, and is the first version.
    """

    __tablename__ = "challenge_forms"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        Index("ix_challenge_forms_digest", "challenge_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    number: Mapped[int]
    digest: Mapped[str]
    """SHA-256 of `form`, as `questionnaires.digest` makes it."""
    form: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    """The change that brought it; None for the form that was published."""


class Submission(Base):
    """A challenge as it was laid before its approvers: one round of its approval."""

    __tablename__ = "challenge_submissions"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    number: Mapped[int]
    """1 is the first round."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None where files were approved with their review."""
    revision: Mapped[int]
    statement: Mapped[dict[str, Any]] = mapped_column(Json)
    """What it said, as `challenges.keeping` writes and reads it."""


class Remark(Base):
    """What somebody who approves wants changed in one section, or in the whole."""

    __tablename__ = "challenge_remarks"
    __table_args__ = (Index("ix_challenge_remarks_challenge", "challenge_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_submissions.id"))
    """The round in which it was returned; None until then, and where rounds were not kept yet."""
    section: Mapped[str | None]
    """None for a remark on the whole."""
    text: Mapped[str]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was returned with the challenge; until then nobody but its writer reads it."""
    is_done: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    """What its authors answered."""
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PreviewLink(Base):
    """A secret address at which somebody reads a challenge before it is published."""

    __tablename__ = "challenge_previews"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret, which is kept nowhere."""
    label: Mapped[str]
    """Whom it is for."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Real time, which no clock of a demonstration moves."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened: Mapped[int] = mapped_column(default=0)
    """How often its page was opened."""
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    challenge: Mapped[Challenge] = relationship()


class RouteChoice(Base):
    """By which procurement route it is to be awarded, as somebody chose it; the last one counts."""

    __tablename__ = "route_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    """The value and the route with limit and source as they were shown; `challenges.routing`."""
    reason: Mapped[str]

"""Tables of authorities and firms. Membership is a role; it lives in accounts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.accounts.models import Person
from govmatch.kit.db import Base, Json, UtcDateTime


class Authority(Base):
    __tablename__ = "authorities"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, str]] = mapped_column(Json)
    descriptions: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    country: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    contact: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    source_path: Mapped[str | None]
    """The file below content/ that this came from, or None when made on the site."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Size(StrEnum):
    """EU size classes (Commission Recommendation 2003/361/EC)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class EvidenceKind(StrEnum):
    """What a challenge may ask a firm to show; the same words as in content/challenges."""

    COMPANY_REGISTRATION = "company-registration"
    GDPR_PROCESSING_AGREEMENT = "gdpr-processing-agreement"
    LIABILITY_INSURANCE = "liability-insurance"
    ISO_27001 = "iso-27001"
    HOSTING_IN_EEA = "hosting-in-eea"
    BSI_C5 = "bsi-c5"
    ISAE_3000 = "isae-3000"
    PENETRATION_TEST = "penetration-test"
    ACCESSIBILITY_REPORT = "accessibility-report"
    ISO_9001 = "iso-9001"
    TAX_CLEARANCE = "tax-clearance"
    PREQUALIFICATION = "prequalification"


class Firm(Base):
    __tablename__ = "firms"
    __table_args__ = (
        Index("ix_firms_name_key", "name_key"),
        Index("ix_firms_registration_key", "registration_key"),
        # Summed to see whether the directory reads otherwise; the index alone answers that.
        Index("ix_firms_revision", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    """Names the firm where its members work on it."""
    slug: Mapped[str] = mapped_column(unique=True)
    """Names it in the directory: the public id until it is listed for the first time, then readable
    and never changed, so that no address tells the name of a firm that is not listed."""
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default="")
    """The name as `names.name_key` folds it: the same for «Nordlys ApS» and «NORDLYS A/S»."""
    country: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    size: Mapped[str | None]
    founded: Mapped[int | None]
    website: Mapped[str] = mapped_column(default="")
    registration: Mapped[str] = mapped_column(default="")
    """Number in the business register of its country, as `registrations` writes it."""
    registration_key: Mapped[str] = mapped_column(default="")
    """Country and number as `names.registration_key` folds them; empty without a number."""
    vat: Mapped[str] = mapped_column(default="")
    """Its number for value-added tax, as `vat_numbers` writes it; empty where it has none."""
    summary: Mapped[str] = mapped_column(default="")
    products: Mapped[str] = mapped_column(default="")
    references: Mapped[str] = mapped_column(default="")
    text_lang: Mapped[str] = mapped_column(default="en")
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    cpv: Mapped[list[str]] = mapped_column(Json, default=list)
    is_public: Mapped[bool] = mapped_column(default=False)
    """True where the firm wants to be in the directory; else its members alone see it."""
    matching: Mapped[bool] = mapped_column(default=True)
    """False where the firm has switched matching off."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each save, so that a save on an old page is noticed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FirmTerm(Base):
    """A theme or technology of a firm; the slugs are those of `taxonomy`."""

    __tablename__ = "firm_terms"
    __table_args__ = (
        UniqueConstraint("firm_id", "kind", "slug"),
        Index("ix_firm_terms_slug", "kind", "slug", "firm_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    kind: Mapped[str]
    slug: Mapped[str]


class Evidence(Base):
    """Something a firm can show, such as ISO 27001, and until when it is valid."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(default="", server_default="")
    """A number or an address by which others can check it; `note` is for the firm alone."""
    told_days: Mapped[int | None]
    """The latest reminder of its last day, as days before it; None when none was sent."""
    firm: Mapped[Firm] = relationship()


class JoinState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class JoinRequest(Base):
    """Somebody's wish to belong to a firm; open until it is answered, taken back or too old."""

    __tablename__ = "join_requests"
    __table_args__ = (
        Index("ix_join_requests_firm", "firm_id", "state"),
        Index("ix_join_requests_person", "person_id", "firm_id"),
        Index(
            "uq_join_requests_open",
            "firm_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    """One of `JoinState`."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """By the machine's clock, as for roles and invitations."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    firm: Mapped[Firm] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

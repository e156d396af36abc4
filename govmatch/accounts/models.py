"""Tables of people: who they are, how they sign in, and what they may do for what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govmatch.kit.db import Base, Json, UtcDateTime


class Role(StrEnum):
    """What a person may be, always *for* an object of one of the kinds in `HELD_FOR`."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MANAGER = "manager"
    STEERING = "steering"
    APPROVER = "approver"
    STAFF = "staff"
    FINANCE = "finance"
    REVIEWER = "reviewer"
    CHAIR = "chair"
    MENTOR = "mentor"
    LEAD = "lead"
    MEMBER = "member"
    READER = "reader"


HELD_FOR: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"site"}),
    Role.AUDITOR: frozenset({"site", "programme", "authority"}),
    Role.MANAGER: frozenset({"programme"}),
    Role.STEERING: frozenset({"programme"}),
    Role.APPROVER: frozenset({"authority", "programme"}),
    Role.STAFF: frozenset({"authority"}),
    Role.FINANCE: frozenset({"authority", "firm"}),
    Role.REVIEWER: frozenset({"challenge"}),
    Role.CHAIR: frozenset({"challenge"}),
    Role.MENTOR: frozenset({"pilot"}),
    Role.LEAD: frozenset({"firm"}),
    Role.MEMBER: frozenset({"firm"}),
    Role.READER: frozenset({"firm"}),
}
"""Each role and the kinds of object it is held for; "site" has the id 0."""

NEEDS_FACTOR = frozenset({"site", "programme", "authority", "challenge", "pilot"})
"""A role for one of these needs a second factor; a role for a firm does not."""


class Purpose(StrEnum):
    """What a mailed link is for."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    CHANGE_ADDRESS = "change_address"
    SHELL = "shell"
    """Printed by a command for whoever runs the server; no mail goes out."""


class Person(Base):
    """Somebody with an account; after erasure the row stays, without name and address."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    """Canonical: NFKC, lower case, ASCII domain; see `accounts.rules.canonical_email`."""
    name: Mapped[str]
    lang: Mapped[str | None]
    zone: Mapped[str | None]
    salt: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    terms_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the terms of use were agreed to; None for people made from the shell."""
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_seed: Mapped[str | None]
    """What the secret is derived from, together with the site's key; worthless without that key."""
    totp_count: Mapped[int] = mapped_column(default=0)
    """How often a second factor was set up, so that no two set-ups share a secret."""
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_last_step: Mapped[int | None]
    """The time step of the last code taken, so that no code works twice (RFC 6238, 5.2)."""


class RoleRow(Base):
    """One person's role for one object, from `since` until `until` (None: until it is ended)."""

    __tablename__ = "roles"
    __table_args__ = (
        Index("ix_roles_person", "person_id", "until"),
        Index("ix_roles_object", "object_kind", "object_id", "role"),
        Index(
            "uq_roles_in_force",
            "person_id",
            "role",
            "object_kind",
            "object_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int]
    object_label: Mapped[str] = mapped_column(default="")
    """What the object was called when the role was given: for mails, and for the person's page."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    granted_by: Mapped[int | None]
    person: Mapped[Person] = relationship()


class SessionRow(Base):
    """A browser in which somebody is signed in; the cookie's token is kept as a digest only."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_person", "person_id", "ended_at"),
        # Old rows are deleted, and the journal must never name another row by the same id.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_agent: Mapped[str]
    flashes: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    is_shared: Mapped[bool] = mapped_column(default=False)
    """Others use the device too: nothing is kept in this browser, and the session is short."""
    person: Mapped[Person] = relationship()


class RecoveryCode(Base):
    """A code that replaces the second factor once; kept as a digest."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code_digest: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LinkRequest(Base):
    """Somebody asked for a sign-in link for an address, known or not; the worker finds out."""

    __tablename__ = "link_requests"
    __table_args__ = ({"sqlite_autoincrement": True},)  # as in sessions

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    purpose: Mapped[str]
    """One of `Purpose`."""
    name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    old_address: Mapped[str] = mapped_column(default="")
    """What the account's address was before this request changed it, so that it can be told."""
    lang: Mapped[str]
    next_path: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """A role for an object, offered to an address until it expires, is taken or is revoked."""

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_object", "object_kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    role: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int]
    object_label: Mapped[str] = mapped_column(default="")
    lang: Mapped[str]
    invited_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

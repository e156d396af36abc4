"""near-duplicates and traces of applications, suspected conflicts, exceptions for juries"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _readings()
    _likenesses()
    _suspicions()
    _exceptions()


def _readings() -> None:
    op.create_table(
        "application_readings",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("firm_revision", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to("applications", "application_readings", "application_id"),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_readings")),
    )
    op.create_table(
        "application_prints",
        sa.Column("application_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        _to("applications", "application_prints", "application_id"),
        sa.PrimaryKeyConstraint("application_id", "key", name=op.f("pk_application_prints")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_application_prints_key", "application_prints", ["key", "application_id"])
    op.create_table(
        "application_traces",
        sa.Column("application_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _to("applications", "application_traces", "application_id"),
        sa.PrimaryKeyConstraint("application_id", "key", name=op.f("pk_application_traces")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_application_traces_key", "application_traces", ["key", "application_id"])


def _likenesses() -> None:
    op.create_table(
        "application_likenesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("told", sa.Double(), nullable=False),
        sa.Column("one_version", sa.Integer(), nullable=False),
        sa.Column("other_version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to("applications", "application_likenesses", "one_id"),
        _to("applications", "application_likenesses", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_likenesses")),
        sa.UniqueConstraint(
            "one_id", "other_id", name=op.f("uq_application_likenesses_one_id_other_id")
        ),
    )
    op.create_index("ix_application_likenesses_other_id", "application_likenesses", ["other_id"])
    op.create_table(
        "application_likeness_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("likeness_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("one_version", sa.Integer(), nullable=False),
        sa.Column("other_version", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to("people", "application_likeness_marks", "by"),
        _to("application_likenesses", "application_likeness_marks", "likeness_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_likeness_marks")),
    )
    op.create_index(
        op.f("ix_application_likeness_marks_likeness_id"),
        "application_likeness_marks",
        ["likeness_id"],
    )


def _suspicions() -> None:
    op.create_table(
        "conflict_suspicions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=True),
        _to("applications", "conflict_suspicions", "application_id"),
        _to("people", "conflict_suspicions", "by"),
        _to("people", "conflict_suspicions", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_suspicions")),
        sa.UniqueConstraint(
            "application_id",
            "person_id",
            name=op.f("uq_conflict_suspicions_application_id_person_id"),
        ),
    )
    op.create_index("ix_conflict_suspicions_person_id", "conflict_suspicions", ["person_id"])
    op.create_table(
        "conflict_suspected",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        _to("challenges", "conflict_suspected", "challenge_id"),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_conflict_suspected")),
    )


def _exceptions() -> None:
    op.create_table(
        "jury_exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to("people", "jury_exceptions", "by"),
        _to("challenges", "jury_exceptions", "challenge_id"),
        _to("people", "jury_exceptions", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_exceptions")),
    )
    op.create_index(op.f("ix_jury_exceptions_challenge_id"), "jury_exceptions", ["challenge_id"])


def _to(table: str, own: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{own}_{column}"))

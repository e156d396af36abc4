"""trade secrets that firms mark, what was asked about them, reading before release, dates"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _marks()
    _statements()
    _inquiries()
    _readings()
    op.add_column("letters", sa.Column("question_due_at", TIME, nullable=True))
    op.add_column("letters", sa.Column("question_reminded_days", sa.Integer(), nullable=True))


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([one], ["people.id"], name=op.f(f"fk_{table}_{one}"))
        for one in columns
    ]


def _application(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_application_id")
    return sa.ForeignKeyConstraint(["application_id"], ["applications.id"], name=name)


def _marks() -> None:
    op.create_table(
        "secret_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        _application("secret_marks"),
        *_people("secret_marks", "saved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_marks")),
        sa.UniqueConstraint("application_id", name=op.f("uq_secret_marks_application_id")),
    )


def _statements() -> None:
    op.create_table(
        "secrecy_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        _application("secrecy_statements"),
        *_people("secrecy_statements", "by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrecy_statements")),
        sa.UniqueConstraint(
            "application_id", "number", name=op.f("uq_secrecy_statements_application_id_number")
        ),
    )


def _inquiries() -> None:
    op.create_table(
        "secrecy_inquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("doubted", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("lifted", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        _application("secrecy_inquiries"),
        *_people("secrecy_inquiries", "asked_by", "answered_by", "decided_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrecy_inquiries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_secrecy_inquiries_public_id")),
    )
    op.create_index(
        "ix_secrecy_inquiries_application", "secrecy_inquiries", ["application_id", "id"]
    )
    op.create_index("ix_secrecy_inquiries_due", "secrecy_inquiries", ["answered_at", "due_at"])


def _readings() -> None:
    op.create_table(
        "public_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("file_reason", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("released_digest", sa.String(), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_at", TIME, nullable=True),
        _application("public_readings"),
        *_people("public_readings", "saved_by", "released_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_readings")),
        sa.UniqueConstraint("application_id", name=op.f("uq_public_readings_application_id")),
    )

"""redacted copies; confidence, and criteria that a reviewer leaves out"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "redacted_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_version", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_redacted_copies_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["people.id"], name=op.f("fk_redacted_copies_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["people.id"], name=op.f("fk_redacted_copies_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redacted_copies")),
        sa.UniqueConstraint("application_id", name=op.f("uq_redacted_copies_application_id")),
    )
    # Nobody said so far how sure they are, and nobody left a single criterion out.
    op.add_column(
        "reviews", sa.Column("confidence", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "scores", sa.Column("abstain_reason", sa.String(), nullable=False, server_default="")
    )

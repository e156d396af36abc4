"""saved and shared views of triage, and how each person wants its table"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "triage_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("is_board", sa.Boolean(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_triage_views_by")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_triage_views_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_views")),
        sa.UniqueConstraint("public_id", name=op.f("uq_triage_views_public_id")),
    )
    op.create_index(op.f("ix_triage_views_by"), "triage_views", ["by"])
    op.create_index("ix_triage_views_programme_id", "triage_views", ["programme_id"])
    op.create_table(
        "triage_preferences",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=True),
        sa.Column("has_keys", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_triage_preferences_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_triage_preferences")),
    )

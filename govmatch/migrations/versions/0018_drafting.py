"""who writes in which section of a draft, and sessions on a device that others use"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sessions",
        sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "section_writers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_section_writers_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_section_writers_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_writers")),
        sa.UniqueConstraint(
            "application_id",
            "section_id",
            "person_id",
            name=op.f("uq_section_writers_application_id_section_id_person_id"),
        ),
    )
    op.create_index(op.f("ix_section_writers_person_id"), "section_writers", ["person_id"])

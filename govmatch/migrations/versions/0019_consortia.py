"""partners of an application"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application_partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("single_key", sa.String(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_application_partners_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_partners_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["people.id"], name=op.f("fk_application_partners_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firms.id"], name=op.f("fk_application_partners_firm_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["people.id"], name=op.f("fk_application_partners_invited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_partners")),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_partners_public_id")),
        sa.UniqueConstraint("single_key", name=op.f("uq_application_partners_single_key")),
    )
    op.create_index(
        "ix_application_partners_application", "application_partners", ["application_id", "id"]
    )
    op.create_index("ix_application_partners_firm", "application_partners", ["firm_id", "state"])
    op.create_index("ix_application_partners_address", "application_partners", ["address"])
    # No firm had a partner so far.
    op.add_column(
        "applications",
        sa.Column("partner_firms", sa.Text(), nullable=False, server_default="[]"),
    )
    op.add_column(
        "applications", sa.Column("lead_part", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "application_versions",
        sa.Column("consortium", sa.Text(), nullable=False, server_default="[]"),
    )

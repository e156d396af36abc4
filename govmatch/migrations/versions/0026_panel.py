"""meetings of juries: agenda, points, minutes"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _panels()
    _members()
    _items()


def _panels() -> None:
    op.create_table(
        "panels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("video", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("called_by", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_panels_challenge_id")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["people.id"], name=op.f("fk_panels_called_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panels_public_id")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_panels_challenge_id")),
    )


def _members() -> None:
    op.create_table(
        "panel_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panels.id"], name=op.f("fk_panel_members_panel_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_panel_members_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_members")),
        sa.UniqueConstraint(
            "panel_id", "person_id", name=op.f("uq_panel_members_panel_id_person_id")
        ),
    )
    op.create_index("ix_panel_members_person_id", "panel_members", ["person_id"])
    op.create_index(
        "uq_panel_members_chair",
        "panel_members",
        ["panel_id"],
        unique=True,
        sqlite_where=sa.text("is_chair"),
        postgresql_where=sa.text("is_chair"),
    )


def _items() -> None:
    op.create_table(
        "panel_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("discussed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_panel_items_panel_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_panel_items_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_items")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_items_public_id")),
        sa.UniqueConstraint(
            "panel_id", "application_id", name=op.f("uq_panel_items_panel_id_application_id")
        ),
    )
    op.create_index("ix_panel_items_application_id", "panel_items", ["application_id"])
    op.create_table(
        "panel_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["panel_items.id"], name=op.f("fk_panel_scores_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_scores")),
        sa.UniqueConstraint("item_id", "criterion", name=op.f("uq_panel_scores_item_id_criterion")),
    )

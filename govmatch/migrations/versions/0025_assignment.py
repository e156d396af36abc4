"""what reviewers know, and proposed assignments"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviewer_expertise",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("technologies", sa.Text(), nullable=False),
        sa.Column("cpv", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reviewer_expertise_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reviewer_expertise")),
    )
    op.create_table(
        "assignment_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_ids", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("heeds_languages", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("lacking", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_assignment_proposals_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_assignment_proposals_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_proposals")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_assignment_proposals_challenge_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposed_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_proposed_reviews_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_proposed_reviews_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["assignment_proposals.id"],
            name=op.f("fk_proposed_reviews_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_reviews")),
        sa.UniqueConstraint(
            "proposal_id",
            "application_id",
            "person_id",
            name=op.f("uq_proposed_reviews_proposal_id_application_id_person_id"),
        ),
    )
    op.create_index(op.f("ix_proposed_reviews_person_id"), "proposed_reviews", ["person_id"])

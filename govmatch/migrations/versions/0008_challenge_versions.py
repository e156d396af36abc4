"""what a challenge said after each save, and who saved it"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenge_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_versions_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_challenge_versions_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_versions")),
        sa.UniqueConstraint(
            "challenge_id", "revision", name=op.f("uq_challenge_versions_challenge_id_revision")
        ),
    )
    with op.batch_alter_table("challenge_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_challenge_versions_person_id"), ["person_id"], unique=False
        )

"""versions of a challenge's form"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty at first: a form that never changed is its first version and needs no row.
    op.create_table(
        "challenge_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendments.id"], name=op.f("fk_challenge_forms_amendment_id")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_forms_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_forms")),
        sa.UniqueConstraint(
            "challenge_id", "number", name=op.f("uq_challenge_forms_challenge_id_number")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_challenge_forms_digest", "challenge_forms", ["challenge_id", "digest"])

"""procurement routes that were chosen, and which firms are near to a challenge"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "route_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_route_choices_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_route_choices_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_choices")),
    )
    with op.batch_alter_table("route_choices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_route_choices_challenge_id"), ["challenge_id"], unique=False
        )

    op.create_table(
        "match_near",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_ids", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_match_near")),
    )
    # Matching reads everything anew where it does not know with what it was read.
    op.execute(sa.text("UPDATE match_state SET reader = ''"))

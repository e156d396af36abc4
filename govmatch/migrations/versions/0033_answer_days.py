"""until when questions are answered, as it was when a challenge was published"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("challenges", sa.Column("answer_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("challenges", "answer_days")

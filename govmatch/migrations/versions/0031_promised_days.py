"""what was promised when a challenge was published"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("challenges", sa.Column("promised_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("challenges", "promised_days")

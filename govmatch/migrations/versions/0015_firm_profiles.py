"""VAT numbers of firms, and which reminder of its last day a piece of evidence has had"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("firms") as batch:
        batch.add_column(sa.Column("vat", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("told_days", sa.Integer(), nullable=True))
        batch.create_index("ix_evidence_valid_until", ["valid_until"])

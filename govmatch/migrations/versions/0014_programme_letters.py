"""letters of programmes and of their versions; authorities and fixed dates of rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty means: the letters that come with govmatch, which are those that were sent so far.
    for table in ("programmes", "programme_versions"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("letters", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("rounds") as batch:
        batch.add_column(sa.Column("authorities", sa.Text(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("fixed", sa.Text(), nullable=False, server_default="{}"))

"""what is left in files"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("files") as batch:
        batch.add_column(sa.Column("names_left", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("reference", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.drop_column("reference")
    with op.batch_alter_table("files") as batch:
        batch.drop_column("names_left")

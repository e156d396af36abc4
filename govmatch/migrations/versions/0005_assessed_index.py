"""how far an assessment had come stands in the index that reports count from"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "ix_applications_challenge"
COLUMNS = ("challenge_id", "state", "decision_released_at", "confirm_by")


def upgrade() -> None:
    op.drop_index(INDEX, table_name="applications")
    op.create_index(INDEX, "applications", [*COLUMNS, "assessed_as"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="applications")
    op.create_index(INDEX, "applications", list(COLUMNS))

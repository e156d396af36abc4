"""which changes of a challenge ask applicants to confirm, and who did"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LAST_BEFORE = """
UPDATE application_versions SET amendment_id = (
    SELECT max(amendments.id) FROM amendments
    JOIN applications ON applications.challenge_id = amendments.challenge_id
    WHERE applications.id = application_versions.application_id
    AND amendments.at <= application_versions.at
)
"""


def upgrade() -> None:
    # Nobody was asked to confirm what changed before this column was there.
    op.add_column(
        "amendments",
        sa.Column("asks_confirmation", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("application_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("amendment_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_application_versions_amendment_id"), "amendments", ["amendment_id"], ["id"]
        )
    op.execute(LAST_BEFORE)
    op.create_table(
        "application_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"],
            ["amendments.id"],
            name=op.f("fk_application_confirmations_amendment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["people.id"], name=op.f("fk_application_confirmations_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["application_versions.id"],
            name=op.f("fk_application_confirmations_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_confirmations")),
        sa.UniqueConstraint(
            "version_id",
            "amendment_id",
            name=op.f("uq_application_confirmations_version_id_amendment_id"),
        ),
    )

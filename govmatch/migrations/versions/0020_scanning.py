"""what is found in the contents of files: viruses, text, pictures"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_contents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("scan_tries", sa.Integer(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look", sa.String(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_contents")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_contents_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_file_contents_scan"), "file_contents", ["scan"])
    op.create_index(op.f("ix_file_contents_look"), "file_contents", ["look"])
    # What is there already was handed out before; it is looked into like what comes from now on.
    op.execute(
        "INSERT INTO file_contents (sha256, media_type, scan, scan_tries, look, text, pictures) "
        "SELECT sha256, MIN(media_type), 'not_asked', 0, 'waiting', '', 0 FROM files "
        "GROUP BY sha256"
    )

"""rounds of approval, remarks section by section, links to previews"""

import secrets

import sqlalchemy as sa
from alembic import op

from govmatch.kit.ids import ALPHABET, PUBLIC_ID_LENGTH

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _submissions()
    _remarks()
    _previews()
    _keep_old_remarks()
    op.drop_column("challenges", "remarks")


def _submissions() -> None:
    op.create_table(
        "challenge_submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_challenge_submissions_by")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_submissions_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_submissions")),
        sa.UniqueConstraint(
            "challenge_id", "number", name=op.f("uq_challenge_submissions_challenge_id_number")
        ),
    )


def _remarks() -> None:
    op.create_table(
        "challenge_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_challenge_remarks_answered_by")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_challenge_remarks_by")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_remarks_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["challenge_submissions.id"],
            name=op.f("fk_challenge_remarks_submission_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_remarks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_challenge_remarks_public_id")),
    )
    op.create_index("ix_challenge_remarks_by", "challenge_remarks", ["by"])
    op.create_index("ix_challenge_remarks_challenge", "challenge_remarks", ["challenge_id", "id"])


def _previews() -> None:
    op.create_table(
        "challenge_previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_challenge_previews_by")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_previews_challenge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_previews")),
        sa.UniqueConstraint("digest", name=op.f("uq_challenge_previews_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_challenge_previews_public_id")),
    )
    op.create_index("ix_challenge_previews_by", "challenge_previews", ["by"])
    op.create_index("ix_challenge_previews_challenge_id", "challenge_previews", ["challenge_id"])


def _keep_old_remarks() -> None:
    """Keep why a challenge was returned before rounds were kept, as a remark on the whole."""
    connection = op.get_bind()
    challenges = sa.table(
        "challenges",
        *(sa.column(name) for name in ("id", "remarks", "updated_at")),
    )
    remarks = sa.table(
        "challenge_remarks",
        *(sa.column(name) for name in ("public_id", "challenge_id", "text", "at", "given_at")),
        sa.column("is_done", sa.Boolean()),
        sa.column("note"),
    )
    found = connection.execute(sa.select(challenges).where(challenges.c.remarks != "")).all()
    for challenge_id, text, at in found:
        public_id = "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
        values = {"challenge_id": challenge_id, "text": text, "at": at, "given_at": at}
        connection.execute(
            sa.insert(remarks).values(public_id=public_id, is_done=False, note="", **values)
        )

"""needs, their voices and rankings, and the challenges that they became"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need_rankings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("draws", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("firms", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_need_rankings_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_rankings")),
    )
    op.create_index("ix_need_rankings_programme", "need_rankings", ["programme_id", "id"])

    op.create_table(
        "need_surveys",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_points", sa.Integer(), nullable=False),
        sa.Column("firm_points", sa.Integer(), nullable=False),
        sa.Column("sizes", sa.Text(), nullable=False),
        sa.Column("sectors", sa.Text(), nullable=False),
        sa.Column("closes", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chambers_vote", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_need_surveys_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_need_surveys")),
    )
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("main_lang", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("voices_at_end", sa.Text(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_needs_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_needs_by")),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_needs_firm_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["needs.id"], name=op.f("fk_needs_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_needs_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_needs_public_id")),
    )
    op.create_index("ix_needs_authority_id", "needs", ["authority_id"])
    op.create_index("ix_needs_by", "needs", ["by"])
    op.create_index("ix_needs_programme", "needs", ["programme_id", "state"])

    op.create_table(
        "need_places",
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("in_top", sa.Integer(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=False),
        sa.Column("worst", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_places_need_id")),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["need_rankings.id"], name=op.f("fk_need_places_ranking_id")
        ),
        sa.PrimaryKeyConstraint("ranking_id", "need_id", name=op.f("pk_need_places")),
    )
    op.create_table(
        "need_ranks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_need_ranks_by")),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_need_ranks_firm_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_ranks_need_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_need_ranks_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_ranks")),
        sa.UniqueConstraint("firm_id", "need_id", name=op.f("uq_need_ranks_firm_id_need_id")),
        sa.UniqueConstraint(
            "firm_id",
            "programme_id",
            "place",
            name=op.f("uq_need_ranks_firm_id_programme_id_place"),
        ),
    )
    op.create_index("ix_need_ranks_need", "need_ranks", ["need_id"])

    op.create_table(
        "need_sittings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("laid", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["people.id"], name=op.f("fk_need_sittings_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["people.id"], name=op.f("fk_need_sittings_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_need_sittings_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["need_rankings.id"], name=op.f("fk_need_sittings_ranking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_sittings")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_need_sittings_programme_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_need_sittings_public_id")),
    )
    op.create_table(
        "need_supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("given_to", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_need_supports_by")),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_need_supports_firm_id")),
        sa.ForeignKeyConstraint(["given_to"], ["needs.id"], name=op.f("fk_need_supports_given_to")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_supports_need_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_need_supports_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_supports")),
        sa.UniqueConstraint("need_id", "firm_id", name=op.f("uq_need_supports_need_id_firm_id")),
        sa.UniqueConstraint(
            "need_id", "person_id", name=op.f("uq_need_supports_need_id_person_id")
        ),
    )
    op.create_index("ix_need_supports_firm_id", "need_supports", ["firm_id"])
    op.create_index("ix_need_supports_person_id", "need_supports", ["person_id"])

    op.create_table(
        "need_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("suffering", sa.String(), nullable=False),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_texts_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_texts")),
        sa.UniqueConstraint("need_id", "lang", name=op.f("uq_need_texts_need_id_lang")),
    )
    op.create_table(
        "need_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_need_opinions_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["need_sittings.id"], name=op.f("fk_need_opinions_sitting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_opinions")),
        sa.UniqueConstraint(
            "sitting_id", "person_id", name=op.f("uq_need_opinions_sitting_id_person_id")
        ),
    )
    # SQLite adds a column with its reference in one statement, or copies the whole table.
    op.execute(
        "ALTER TABLE challenges ADD COLUMN need_id INTEGER"
        " CONSTRAINT fk_challenges_need_id REFERENCES needs (id)"
    )
    op.create_index("ix_challenges_need_id", "challenges", ["need_id"])

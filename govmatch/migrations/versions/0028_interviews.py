"""interviews: slots, invitations, questions, earlier scores; names revealed as an act"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_PUSHED = ("interview_until", "interview_at", "names_shown_at")


def upgrade() -> None:
    for name in _PUSHED:
        op.add_column("applications", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "conflict_declarations",
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
    )
    _reveals()
    _slots()
    _interviews()
    _people()
    _questions()
    _sheets()


def _reveals() -> None:
    op.create_table(
        "name_reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_name_reveals_challenge_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_name_reveals_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_reveals")),
    )
    op.create_index("ix_name_reveals_challenge_id", "name_reveals", ["challenge_id"])
    op.create_index("ix_name_reveals_by", "name_reveals", ["by"])


def _slots() -> None:
    op.create_table(
        "interview_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("video", sa.String(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenges.id"], name=op.f("fk_interview_slots_challenge_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_interview_slots_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slots")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interview_slots_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interview_slots_challenge", "interview_slots", ["challenge_id", "starts"])
    op.create_index("ix_interview_slots_made_by", "interview_slots", ["made_by"])


def _interviews() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.Integer(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("firm_people", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("notes_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_interviews_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["interview_slots.id"], name=op.f("fk_interviews_slot_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_interviews_{name}"))
            for name in ("invited_by", "booked_by", "held_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interviews_public_id")),
        sa.UniqueConstraint("application_id", name=op.f("uq_interviews_application_id")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_interviews_slot_id")),
    )
    for name in ("invited_by", "booked_by", "held_by"):
        op.create_index(f"ix_interviews_{name}", "interviews", [name])


def _people() -> None:
    op.create_table(
        "interview_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_interview_people_interview_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_interview_people_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_people")),
        sa.UniqueConstraint(
            "interview_id", "person_id", name=op.f("uq_interview_people_interview_id_person_id")
        ),
    )
    op.create_index("ix_interview_people_person_id", "interview_people", ["person_id"])


def _questions() -> None:
    op.create_table(
        "interview_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_interview_questions_interview_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_interview_questions_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interview_questions_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interview_questions_interview", "interview_questions",
                    ["interview_id", "id"])  # fmt: skip
    op.create_index("ix_interview_questions_by", "interview_questions", ["by"])


def _sheets() -> None:
    op.create_table(
        "interview_earlier_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("private_note", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_earlier_sheets_interview_id"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_interview_earlier_sheets_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_earlier_sheets")),
        sa.UniqueConstraint("review_id", name=op.f("uq_interview_earlier_sheets_review_id")),
    )
    op.create_index(
        "ix_interview_earlier_sheets_interview_id", "interview_earlier_sheets", ["interview_id"]
    )

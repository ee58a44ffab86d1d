"""What a sign-up needs: files, questions, dishes, documents, waiting list, words of mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0012"
down_revision = "0011"

# Table, column, type, what the rows that are there get; None: may be empty, and is.
ADDED = (
    ("application", "appliances", sa.JSON(), "[]"),
    ("application", "declares_background_checks", sa.Boolean(), sa.false()),
    ("application", "has_liability_insurance", sa.Boolean(), None),
    ("application", "is_below_food_limit", sa.Boolean(), sa.false()),
    ("application", "near_wish", sa.String(), ""),
    ("application", "apart_wish", sa.String(), ""),
    ("application", "kept_note", sa.String(), ""),
    ("application", "announced_note", sa.String(), ""),
    ("application", "asked", sa.JSON(), "{}"),
    ("application", "waitlist_rank", sa.Integer(), None),
    ("application", "search_text", sa.String(), ""),
    ("edition", "call_grace_hours", sa.Integer(), "0"),
    ("edition", "offer_hours", sa.Integer(), "72"),
    ("message", "calendar", sa.String(), ""),
)
OPEN_TO_US = "state NOT IN ('rejected', 'withdrawn')"
OPEN_TO_ANYBODY = f"{OPEN_TO_US} OR announced_state NOT IN ('rejected', 'withdrawn')"
# Table, name of the check, before and after.
CHECKS = {
    "application": {
        "ck_application_announced_after_decision": ("announced_at IS NULL OR decided_at IS NOT NULL", ""),
        "ck_application_announced_is_told": ("announced_at IS NULL OR state = announced_state", ""),
        "ck_application_waitlist_rank": (
            "",
            "(state = 'waitlisted' OR announced_state = 'waitlisted') = (waitlist_rank IS NOT NULL)",
        ),
    },
    "edition": {
        "ck_edition_call_grace_hours": ("", "call_grace_hours BETWEEN 0 AND 720"),
        "ck_edition_offer_hours": ("", "offer_hours BETWEEN 1 AND 720"),
    },
    "message": {
        "ck_message_messagestate": (
            "state IN ('queued', 'sent', 'caught', 'failed')",
            "state IN ('queued', 'sent', 'caught', 'bounced', 'failed')",
        ),
        "ck_message_sent_at": (
            "(state = 'sent' OR state = 'caught') = (sent_at IS NOT NULL)",
            "(state = 'sent' OR state = 'caught') = (sent_at IS NOT NULL) OR state = 'bounced'",
        ),
    },
}


def upgrade() -> None:
    """Forwards."""
    _make_ground()
    _make_questions_and_limits()
    _make_parts_of_applications()
    _add_columns()


def _make_ground() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("code", name=op.f("uq_stored_file_code")),
    )
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("scope", "template", "language", name=op.f("uq_wording_scope_template_language")),
    )
    with op.batch_alter_table("wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wording_scope"), ["scope"], unique=False)


def _make_questions_and_limits() -> None:
    op.create_table(
        "place_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("association", "restaurant", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_place_limit_places")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_place_limit_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_limit")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_place_limit_edition_id_kind")),
    )
    with op.batch_alter_table("place_limit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_limit_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "short_text",
                "long_text",
                "number",
                "yes_no",
                "one_of",
                "several_of",
                "date",
                name="questiontype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("association", "restaurant", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("help", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("shown_if", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_question_key")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_question_version")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_question_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("code", name=op.f("uq_question_code")),
        sa.UniqueConstraint("edition_id", "key", "version", name=op.f("uq_question_edition_id_key_version")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(
            "uq_question_current",
            ["edition_id", "key"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )


def _make_parts_of_applications() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "logo",
                "food_control",
                "gas_certificate",
                "insurance",
                "booth_photo",
                "other",
                name="attachmentpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_attachment_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_attachment_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("file_id", name=op.f("uq_attachment_file_id")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_application_id"), ["application_id"], unique=False)

    op.create_table(
        "dish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("allergens", sa.JSON(), nullable=False),
        sa.Column("dietary", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_dish_name")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_dish_position")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_dish_application_id_application"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dish")),
        sa.UniqueConstraint("code", name=op.f("uq_dish_code")),
        sa.UniqueConstraint("application_id", "position", name=op.f("uq_dish_application_id_position")),
    )
    with op.batch_alter_table("dish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dish_application_id"), ["application_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "declined",
                "expired",
                "retracted",
                name="offeroutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_offer_closed")),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_offer_expires")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id_application"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_offer_open",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "question_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_question_answer_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_answer_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answer")),
        sa.UniqueConstraint(
            "application_id", "question_id", name=op.f("uq_question_answer_application_id_question_id")
        ),
    )
    with op.batch_alter_table("question_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_answer_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_answer_question_id"), ["question_id"], unique=False)


def _add_columns() -> None:
    for table, column, kind, given in ADDED:
        op.add_column(table, sa.Column(column, kind, nullable=given is None, server_default=given))
    op.execute("UPDATE application SET waitlist_rank = id WHERE state = 'waitlisted' OR announced_state = 'waitlisted'")
    op.execute("UPDATE application SET announced_note = decision_note WHERE state = announced_state")
    _index_open(OPEN_TO_ANYBODY)
    op.execute(
        "UPDATE application SET search_text = lower(reference || ' ' || email) || ' ' || "
        "(SELECT name_key FROM organisation WHERE organisation.id = organisation_id)"
    )
    for table, checks in CHECKS.items():
        for name, (before, after) in checks.items():
            if before:
                drop_check(table, name)
            if after:
                add_check(table, name, after)


def _index_open(condition: str) -> None:
    """At most one application of an organisation at an edition may be open; open in which sense changes."""
    op.drop_index("uq_application_open", "application")
    op.create_index(
        "uq_application_open",
        "application",
        ["edition_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )


def downgrade() -> None:
    """Back."""
    op.execute("UPDATE message SET state = 'failed' WHERE state = 'bounced'")
    # What the older checks hold: told is what stands, and decided.
    op.execute("UPDATE application SET announced_at = NULL WHERE state <> announced_state OR decided_at IS NULL")
    _index_open(OPEN_TO_US)
    for table, checks in CHECKS.items():
        for name, (before, after) in checks.items():
            if after:
                drop_check(table, name)
            if before:
                add_check(table, name, before)
    for table, column, _kind, _given in ADDED:
        op.drop_column(table, column)
    op.drop_table("question_answer")
    op.drop_table("offer")
    op.drop_table("dish")
    op.drop_table("attachment")
    op.drop_table("question")
    op.drop_table("place_limit")
    op.drop_table("wording")
    op.drop_table("stored_file")

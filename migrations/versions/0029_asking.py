"""Who is asked, half-finished responses, and items that hang on an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0029"
down_revision = "0028"

REMINDERS = "second_reminder_at IS NULL OR first_reminder_at IS NOT NULL AND second_reminder_at > first_reminder_at"
AUDIENCES = ("association", "restaurant", "requester", "crew", "volunteer", "guest", "visitor")


def _audience(name: str) -> sa.Enum:
    return sa.Enum(*AUDIENCES, name=name, native_enum=False, create_constraint=True, length=40)


def _survey_columns() -> None:
    for name in ("first_reminder_at", "second_reminder_at", "rewritten_at"):
        op.add_column("survey", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def _survey_audience() -> None:
    op.create_table(
        "survey_audience",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("audience", _audience("audience"), nullable=False),
        sa.Column("is_attributed", sa.Boolean(), nullable=False),
        sa.Column("poster_code", sa.String(), nullable=True),
        sa.Column("kiosk_code", sa.String(), nullable=True),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "is_attributed = false OR audience IN ('association', 'restaurant')",
            name=op.f("ck_survey_audience_attributed"),
        ),
        sa.CheckConstraint("(poster_code IS NULL) = (kiosk_code IS NULL)", name=op.f("ck_survey_audience_kiosk")),
        sa.CheckConstraint("replaced >= 0", name=op.f("ck_survey_audience_replaced")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_audience_survey_id_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "audience", name=op.f("pk_survey_audience")),
        sa.UniqueConstraint(
            "survey_id", "audience", "is_attributed", name=op.f("uq_survey_audience_survey_id_audience_is_attributed")
        ),
        sa.UniqueConstraint("poster_code", name=op.f("uq_survey_audience_poster_code")),
        sa.UniqueConstraint("kiosk_code", name=op.f("uq_survey_audience_kiosk_code")),
    )


def _survey_invitation() -> None:
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("audience", _audience("invited_audience"), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_spent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_survey_invitation_random_id")),
        sa.CheckConstraint("organisation_id IS NOT NULL OR email IS NOT NULL", name=op.f("ck_survey_invitation_whom")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_survey_invitation_email_lower")),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name=op.f("ck_survey_invitation_reminders")),
        sa.CheckConstraint("reminders = 0 OR invited_at IS NOT NULL", name=op.f("ck_survey_invitation_invited")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_survey_invitation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "audience"],
            ["survey_audience.survey_id", "survey_audience.audience"],
            name=op.f("fk_survey_invitation_survey_id_survey_audience"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint(
            "survey_id", "organisation_id", name=op.f("uq_survey_invitation_survey_id_organisation_id")
        ),
        sa.UniqueConstraint(
            "survey_id", "audience", "email", name=op.f("uq_survey_invitation_survey_id_audience_email")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_survey_invitation_token_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_invitation_organisation_id", "survey_invitation", ["organisation_id"])


def _survey_draft() -> None:
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(id) = 64", name=op.f("ck_survey_draft_id")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_draft_survey_id_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_draft")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_draft_survey_id", "survey_draft", ["survey_id"])


def _attribution() -> None:
    op.create_table(
        "attribution",
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("audience", _audience("attributed_audience"), nullable=False),
        sa.Column("is_attributed", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_attributed = true", name=op.f("ck_attribution_is_attributed")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attribution_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_attribution_response_id_response"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "audience", "is_attributed"],
            ["survey_audience.survey_id", "survey_audience.audience", "survey_audience.is_attributed"],
            name=op.f("fk_attribution_survey_id_survey_audience"),
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_attribution")),
        sa.UniqueConstraint("survey_id", "organisation_id", name=op.f("uq_attribution_survey_id_organisation_id")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attribution_organisation_id", "attribution", ["organisation_id"])


def upgrade() -> None:
    """Forwards."""
    op.add_column("item", sa.Column("shown_if", sa.JSON(), nullable=False, server_default="{}"))
    _survey_columns()
    add_check("survey", "ck_survey_reminders", REMINDERS)
    _survey_audience()
    _survey_invitation()
    _survey_draft()
    _attribution()


def downgrade() -> None:
    """Back."""
    for table in ("attribution", "survey_draft", "survey_invitation", "survey_audience"):
        op.drop_table(table)
    drop_check("survey", "ck_survey_reminders")
    for name in ("rewritten_at", "second_reminder_at", "first_reminder_at"):
        op.drop_column("survey", name)
    op.drop_column("item", "shown_if")

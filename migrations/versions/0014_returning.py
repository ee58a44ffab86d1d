"""Coming back, and what comes in by files: requests for access, whom a link was mailed to, spreadsheets, dates to tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "queued",
                "running",
                "finished",
                name="sheetstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(finished_at IS NULL) = (state <> 'finished')", name=op.f("ck_sheet_import_finished")),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_sheet_import_done")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_sheet_import_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sheet_import_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        sa.UniqueConstraint("code", name=op.f("uq_sheet_import_code")),
    )
    op.create_index(op.f("ix_sheet_import_edition_id"), "sheet_import", ["edition_id"], unique=False)
    op.create_index(op.f("ix_sheet_import_state"), "sheet_import", ["state"], unique=False)
    op.create_index(op.f("ix_sheet_import_user_id"), "sheet_import", ["user_id"], unique=False)
    op.create_table(
        "access_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("granted", "denied", name="accessoutcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name=op.f("ck_access_request_answered")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_access_request_email_lower")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["application.id"], name=op.f("fk_access_request_draft_id_application"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_access_request_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_access_request_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_request_token_hash")),
    )
    op.create_index(op.f("ix_access_request_draft_id"), "access_request", ["draft_id"], unique=False)
    op.create_index(op.f("ix_access_request_edition_id"), "access_request", ["edition_id"], unique=False)
    op.create_index(op.f("ix_access_request_organisation_id"), "access_request", ["organisation_id"], unique=False)
    op.create_index(
        "uq_access_request_open",
        "access_request",
        ["edition_id", "organisation_id", "email"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.add_column("applicant_link", sa.Column("email", sa.String(), server_default="", nullable=False))
    # Until now a link went to the address of its application.
    op.execute(
        "UPDATE applicant_link SET email ="
        " (SELECT email FROM application WHERE application.id = applicant_link.application_id)"
    )
    op.add_column("edition", sa.Column("decisions_by", sa.Date(), nullable=True))
    op.add_column("edition", sa.Column("booths_by", sa.Date(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("edition", "booths_by")
    op.drop_column("edition", "decisions_by")
    op.drop_column("applicant_link", "email")
    op.drop_index(
        "uq_access_request_open",
        table_name="access_request",
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index(op.f("ix_access_request_organisation_id"), table_name="access_request")
    op.drop_index(op.f("ix_access_request_edition_id"), table_name="access_request")
    op.drop_index(op.f("ix_access_request_draft_id"), table_name="access_request")
    op.drop_table("access_request")
    op.drop_index(op.f("ix_sheet_import_user_id"), table_name="sheet_import")
    op.drop_index(op.f("ix_sheet_import_state"), table_name="sheet_import")
    op.drop_index(op.f("ix_sheet_import_edition_id"), table_name="sheet_import")
    op.drop_table("sheet_import")

"""Spreadsheets that are tried by the worker and undone as a whole; whiles in which a question wasn't asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0020"
down_revision = "0019"

BEFORE = "'waiting', 'queued', 'running', 'finished'"
SINCE = "'waiting', 'trying', 'queued', 'running', 'finished', 'undoing', 'undone'"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "question_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("restored_at > retired_at", name=op.f("ck_question_pause_restored")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_pause_question_id_question"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_pause")),
    )
    op.create_index(op.f("ix_question_pause_question_id"), "question_pause", ["question_id"], unique=False)
    op.add_column("sheet_import", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sheet_import", sa.Column("taken", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("sheet_import", sa.Column("undone_by", sa.String(), server_default="", nullable=False))
    op.add_column("sheet_import", sa.Column("undone", sa.Integer(), server_default="0", nullable=False))
    op.add_column("sheet_import", sa.Column("stayed", sa.JSON(), server_default="[]", nullable=False))
    _states(SINCE, "(finished_at IS NULL) = (state IN ('waiting', 'trying', 'queued', 'running'))")
    add_check("sheet_import", "ck_sheet_import_undone", "undone BETWEEN 0 AND accepted")


def downgrade() -> None:
    """Back. What was being tried waits again; what was undone is in no list of what can be."""
    drop_check("sheet_import", "ck_sheet_import_undone")
    op.execute("UPDATE sheet_import SET state = 'waiting' WHERE state = 'trying'")
    op.execute("UPDATE sheet_import SET state = 'finished' WHERE state IN ('undoing', 'undone')")
    _states(BEFORE, "(finished_at IS NULL) = (state <> 'finished')")
    for column in ("stayed", "undone", "undone_by", "taken", "tried_at"):
        op.drop_column("sheet_import", column)
    op.drop_index(op.f("ix_question_pause_question_id"), table_name="question_pause")
    op.drop_table("question_pause")


def _states(names: str, finished: str) -> None:
    drop_check("sheet_import", "ck_sheet_import_finished")
    drop_check("sheet_import", "ck_sheet_import_sheetstate")
    add_check("sheet_import", "ck_sheet_import_sheetstate", f"state IN ({names})")
    add_check("sheet_import", "ck_sheet_import_finished", finished)

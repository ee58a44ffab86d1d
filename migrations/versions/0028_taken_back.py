"""Scans that were taken back, numbered as they became known: phones ask for what is new."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "taken_back",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_taken_back_edition_id_edition")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.scan_id"], name=op.f("fk_taken_back_scan_id_scan")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_taken_back")),
        sa.UniqueConstraint("edition_id", "seq", name=op.f("uq_taken_back_edition_id_seq")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("taken_back")

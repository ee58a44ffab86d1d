"""What was taken out of a draft of a questionnaire, and drafts that were thrown away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Forwards."""
    op.add_column("instrument", sa.Column("removed_items", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("instrument", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    add_check("instrument", "ck_instrument_removed", "removed_at IS NULL OR state = 'draft'")


def downgrade() -> None:
    """Back. A draft that was thrown away goes for good: without the column it would be back."""
    op.execute("DELETE FROM item WHERE instrument_id IN (SELECT id FROM instrument WHERE removed_at IS NOT NULL)")
    op.execute("DELETE FROM instrument WHERE removed_at IS NOT NULL")
    drop_check("instrument", "ck_instrument_removed")
    op.drop_column("instrument", "removed_at")
    op.drop_column("instrument", "removed_items")

"""Scans of a pass by an index that begins with the pass.

Before PostgreSQL has counted a day's scans it takes an edition for a handful of rows, and read all of them for each batch.
"""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Forwards."""
    op.create_index("ix_scan_pass_id", "scan", ["pass_id"])
    op.drop_index("ix_scan_edition_pass", "scan")


def downgrade() -> None:
    """Back."""
    op.create_index("ix_scan_edition_pass", "scan", ["edition_id", "pass_id"])
    op.drop_index("ix_scan_pass_id", "scan")

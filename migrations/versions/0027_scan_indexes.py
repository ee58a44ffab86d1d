"""Fewer indexes on the scan log: nothing is looked up by gate alone, and few scans take another one back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Forwards."""
    op.drop_index("ix_scan_gate_id", "scan")
    op.drop_index("ix_scan_voids", "scan")
    is_void = sa.text("voids IS NOT NULL")
    op.create_index("ix_scan_voids", "scan", ["voids"], sqlite_where=is_void, postgresql_where=is_void)


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_scan_voids", "scan")
    op.create_index("ix_scan_voids", "scan", ["voids"])
    op.create_index("ix_scan_gate_id", "scan", ["gate_id"])

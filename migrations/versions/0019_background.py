"""A picture beneath the plan of a site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "site_background",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_site_background_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_background_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_background")),
        sa.UniqueConstraint("file_id", name=op.f("uq_site_background_file_id")),
        sa.UniqueConstraint("site_id", name=op.f("uq_site_background_site_id")),
    )


def downgrade() -> None:
    """Back. The pictures go; a file that nothing else refers to stays behind in the folder of files, and is harmless there."""
    op.drop_table("site_background")

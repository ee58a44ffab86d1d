"""What was held against an applicant stays in the history; who was held back at announcing; views with a name of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

OWN, SHARED = "user_id IS NOT NULL", "user_id IS NULL"


def upgrade() -> None:
    """Forwards. Of views with one name the later ones get their code behind it."""
    op.add_column("transition", sa.Column("kept", sa.String(), server_default="", nullable=False))
    op.add_column("application", sa.Column("is_held_back", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE saved_view SET name = name || ' (' || code || ')' WHERE EXISTS (SELECT 1 FROM saved_view AS other "
        "WHERE other.edition_id = saved_view.edition_id AND other.name = saved_view.name AND other.id < saved_view.id "
        "AND coalesce(other.user_id, 0) = coalesce(saved_view.user_id, 0))"
    )
    _name_index("uq_saved_view_own", ["edition_id", "user_id", "name"], OWN)
    _name_index("uq_saved_view_shared", ["edition_id", "name"], SHARED)


def downgrade() -> None:
    """Back."""
    op.drop_index("uq_saved_view_shared", table_name="saved_view")
    op.drop_index("uq_saved_view_own", table_name="saved_view")
    op.drop_column("application", "is_held_back")
    op.drop_column("transition", "kept")


def _name_index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, "saved_view", columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )

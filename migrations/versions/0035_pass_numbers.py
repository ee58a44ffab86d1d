"""A crew's passes keep their numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0035"
down_revision = "0034"

# As the page of the crew counted them until now: those that count, in the order of issue. Which number a pass had that
# ended before is not known.
NUMBERED = """
    UPDATE pass SET number = (
        SELECT count(*) FROM pass AS other
        WHERE other.application_id = pass.application_id AND other.kind = 1 AND other.id <= pass.id
        AND other.pass_id NOT IN (SELECT pass_id FROM revocation)
    )
    WHERE kind = 1 AND pass_id NOT IN (SELECT pass_id FROM revocation)
"""


def upgrade() -> None:
    """Forwards."""
    op.add_column("pass", sa.Column("number", sa.Integer(), nullable=True))
    op.execute(NUMBERED)
    add_check("pass", op.f("ck_pass_number"), "number IS NULL OR (kind = 1 AND number >= 1)")


def downgrade() -> None:
    """Back."""
    drop_check("pass", op.f("ck_pass_number"))
    op.drop_column("pass", "number")

"""Tags on free text, by the text itself: none leads to a response."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "text_tag",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("length(text_key) = 64", name=op.f("ck_text_tag_text_key")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 40", name=op.f("ck_text_tag_name")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_text_tag_survey_id_survey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_text_tag_item_id_item"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("survey_id", "item_id", "text_key", "name", name=op.f("pk_text_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_text_tag_item_id", "text_tag", ["item_id"])


def downgrade() -> None:
    """Back."""
    op.drop_table("text_tag")

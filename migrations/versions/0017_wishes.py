"""Wishes for single booths, kept apart without a word, sources of the rules, and the wish for a part of the street."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0017"
down_revision = "0016"

RULES = (
    "'keep_apart', 'near', 'same_cuisine', 'restaurants_spread', 'same_area', 'last_place', 'turn_taking', 'sensitive', "
    "'stay', 'fire_lane', 'pitch_gap', 'fire_gap', 'quiet'"
)


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "booth_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("wants_two", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_booth_wish_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_wish")),
        sa.UniqueConstraint("application_id", name=op.f("uq_booth_wish_application_id")),
    )
    op.create_table(
        "apart_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_apart_wish_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["application.id"], name=op.f("fk_apart_wish_other_id_application"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apart_wish")),
        sa.UniqueConstraint("application_id", "other_id", name=op.f("uq_apart_wish_application_id_other_id")),
    )
    op.create_index(op.f("ix_apart_wish_application_id"), "apart_wish", ["application_id"], unique=False)
    op.create_index(op.f("ix_apart_wish_other_id"), "apart_wish", ["other_id"], unique=False)
    op.add_column("street_rule", sa.Column("source", sa.String(), server_default="", nullable=False))
    drop_check("street_rule", "ck_street_rule_rule")
    add_check("street_rule", "ck_street_rule_rule", f"rule IN ({RULES}, 'zone')")


def downgrade() -> None:
    """Back. The setting of the wish for a part of the street has no place there."""
    op.execute("DELETE FROM street_rule WHERE rule = 'zone'")
    drop_check("street_rule", "ck_street_rule_rule")
    add_check("street_rule", "ck_street_rule_rule", f"rule IN ({RULES})")
    op.drop_column("street_rule", "source")
    op.drop_index(op.f("ix_apart_wish_other_id"), table_name="apart_wish")
    op.drop_index(op.f("ix_apart_wish_application_id"), table_name="apart_wish")
    op.drop_table("apart_wish")
    op.drop_table("booth_wish")

"""The ground: what else stands or lies on it, boards with phases and a place, a version of the drawing, measured rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0016"
down_revision = "0015"

KINDS = (
    "water_point", "fire_lane", "stage", "gate", "drive_in", "first_aid", "toilet", "quiet_zone", "obstacle",
)  # fmt: skip
RULES = "'keep_apart', 'near', 'same_cuisine', 'restaurants_spread', 'same_area', 'last_place', 'turn_taking', 'sensitive', 'stay'"
MEASURED = "'fire_lane', 'pitch_gap', 'fire_gap', 'quiet'"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "site_feature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="featurekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("geometry", sa.JSON(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=True),
        sa.CheckConstraint("width_cm IS NULL OR width_cm > 0", name=op.f("ck_site_feature_width_cm")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_feature_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_feature")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_site_feature_site_id_code")),
    )
    op.create_index(op.f("ix_site_feature_site_id"), "site_feature", ["site_id"], unique=False)
    op.add_column("site", sa.Column("version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("board", sa.Column("phases", sa.Integer(), server_default="3", nullable=False))
    op.add_column("board", sa.Column("position", sa.JSON(), nullable=True))
    add_check("board", "ck_board_phases", "phases IN (1, 3)")
    drop_check("street_rule", "ck_street_rule_rule")
    add_check("street_rule", "ck_street_rule_rule", f"rule IN ({RULES}, {MEASURED})")


def downgrade() -> None:
    """Back. Settings of the rules that are measured have no place there."""
    op.execute("DELETE FROM street_rule WHERE rule IN ('fire_lane', 'pitch_gap', 'fire_gap', 'quiet')")
    drop_check("street_rule", "ck_street_rule_rule")
    add_check("street_rule", "ck_street_rule_rule", f"rule IN ({RULES})")
    drop_check("board", "ck_board_phases")
    op.drop_column("board", "position")
    op.drop_column("board", "phases")
    op.drop_column("site", "version")
    op.drop_index(op.f("ix_site_feature_site_id"), table_name="site_feature")
    op.drop_table("site_feature")

"""The tables of indicators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "count",
                "visitors",
                "share",
                "survey_share",
                "follow_up",
                "growth",
                "resource",
                "external",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("target", sa.JSON(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_indicator_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_indicator_edition_id_key")),
    )

    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("evaluation", sa.JSON(), nullable=False),
        sa.Column("inputs_hash", sa.String(), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.CheckConstraint("length(inputs_hash) = 64", name=op.f("ck_measurement_inputs_hash")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_measurement_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )

    with op.batch_alter_table("measurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measurement_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "recorded_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "associations",
                "restaurants",
                "visits",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("day_count", sa.Integer(), nullable=True),
        sa.Column(
            "quality",
            sa.Enum(
                "counted",
                "sampled",
                "estimated",
                "expected",
                name="quality",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("day_count IS NULL OR day_count >= 1", name=op.f("ck_recorded_figure_day_count")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_recorded_figure_value")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_recorded_figure_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_figure")),
        sa.UniqueConstraint("event_id", "year", "subject", name=op.f("uq_recorded_figure_event_id_year_subject")),
    )

    with op.batch_alter_table("recorded_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recorded_figure_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("recorded_figure")
    op.drop_table("measurement")
    op.drop_table("indicator")

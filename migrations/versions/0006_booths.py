"""The tables of booths."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_site_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_site_edition_id")),
    )

    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("capacity_watts", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity_watts >= 0", name=op.f("ck_board_capacity_watts")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_board_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_board_site_id_code")),
    )

    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_site_id"), ["site_id"], unique=False)

    op.create_table(
        "pitch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("width_cm", sa.Integer(), nullable=False),
        sa.Column("depth_cm", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("along_cm", sa.Integer(), nullable=True),
        sa.Column("has_three_phase", sa.Boolean(), nullable=False),
        sa.Column("has_water", sa.Boolean(), nullable=False),
        sa.Column("allows_gas", sa.Boolean(), nullable=False),
        sa.Column("allows_open_fire", sa.Boolean(), nullable=False),
        sa.Column("allows_amplified_sound", sa.Boolean(), nullable=False),
        sa.Column("has_vehicle_access", sa.Boolean(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.CheckConstraint("depth_cm > 0", name=op.f("ck_pitch_depth_cm")),
        sa.CheckConstraint("width_cm > 0", name=op.f("ck_pitch_width_cm")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_pitch_board_id_board")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_pitch_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_pitch_site_id_number")),
    )

    with op.batch_alter_table("pitch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pitch_site_id"), ["site_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "superseded",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name=op.f("ck_plan_published_at")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_version")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_plan_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("site_id", "version", name=op.f("uq_plan_site_id_version")),
    )

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_site_id"), ["site_id"], unique=False)
        batch_op.create_index(
            "uq_plan_published",
            ["site_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_assignment_application_id_application")
        ),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_assignment_day_id_day")),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitch.id"], name=op.f("fk_assignment_pitch_id_pitch")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id_plan"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("plan_id", "pitch_id", "day_id", name=op.f("uq_assignment_plan_id_pitch_id_day_id")),
    )

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_pitch_id"), ["pitch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("assignment")
    op.drop_table("plan")
    op.drop_table("pitch")
    op.drop_table("board")
    op.drop_table("site")

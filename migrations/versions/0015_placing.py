"""Placing by hand and by rule: locks, overrides, weights, proposals in the making."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "street_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "keep_apart",
                "near",
                "same_cuisine",
                "restaurants_spread",
                "same_area",
                "last_place",
                "turn_taking",
                "sensitive",
                "stay",
                name="rule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("distance_cm", sa.Integer(), nullable=False),
        sa.CheckConstraint("distance_cm BETWEEN 0 AND 50000", name=op.f("ck_street_rule_distance_cm")),
        sa.CheckConstraint("weight BETWEEN -50 AND 50", name=op.f("ck_street_rule_weight")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_street_rule_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street_rule")),
        sa.UniqueConstraint("edition_id", "rule", name=op.f("uq_street_rule_edition_id_rule")),
    )
    op.create_index(op.f("ix_street_rule_edition_id"), "street_rule", ["edition_id"], unique=False)
    op.create_table(
        "proposal_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued", "running", "finished", name="runstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("work", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (state = 'queued' OR state = 'running')", name=op.f("ck_proposal_run_finished")
        ),
        sa.CheckConstraint("work > 0", name=op.f("ck_proposal_run_work")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_proposal_run_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_proposal_run_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_run")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_run_code")),
    )
    op.create_index(op.f("ix_proposal_run_edition_id"), "proposal_run", ["edition_id"], unique=False)
    op.create_index(op.f("ix_proposal_run_state"), "proposal_run", ["state"], unique=False)
    op.create_index(op.f("ix_proposal_run_user_id"), "proposal_run", ["user_id"], unique=False)
    op.add_column("assignment", sa.Column("is_locked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("assignment", sa.Column("override_reason", sa.String(), server_default="", nullable=False))
    op.add_column("pitch", sa.Column("is_remote", sa.Boolean(), server_default=sa.false(), nullable=False))
    add_check("assignment", "ck_assignment_override_is_locked", "override_reason = '' OR is_locked")


def downgrade() -> None:
    """Back."""
    drop_check("assignment", "ck_assignment_override_is_locked")
    op.drop_column("pitch", "is_remote")
    op.drop_column("assignment", "override_reason")
    op.drop_column("assignment", "is_locked")
    op.drop_index(op.f("ix_proposal_run_user_id"), table_name="proposal_run")
    op.drop_index(op.f("ix_proposal_run_state"), table_name="proposal_run")
    op.drop_index(op.f("ix_proposal_run_edition_id"), table_name="proposal_run")
    op.drop_table("proposal_run")
    op.drop_index(op.f("ix_street_rule_edition_id"), table_name="street_rule")
    op.drop_table("street_rule")

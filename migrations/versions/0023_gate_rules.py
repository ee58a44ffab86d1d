"""Whom a gate takes, by day and hour: rules that count from a moment on; how many scans stayed behind on a phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0023"
down_revision = "0021"

ACTS = ("update", "delete")


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "gate_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name=op.f("ck_gate_rule_both_hours")),
        sa.CheckConstraint("day_number BETWEEN 1 AND 16", name=op.f("ck_gate_rule_day_number")),
        sa.CheckConstraint("is_open OR opens_at IS NULL", name=op.f("ck_gate_rule_open_hours")),
        sa.CheckConstraint("kinds BETWEEN 1 AND 15", name=op.f("ck_gate_rule_kinds")),
        sa.CheckConstraint("opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_gate_rule_hours")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_rule_gate_id_gate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_rule")),
        sa.UniqueConstraint("gate_id", "day_number", "since", name=op.f("uq_gate_rule_gate_id_day_number_since")),
    )
    for act in ACTS:
        _refuse(act)
    op.add_column("device", sa.Column("queued", sa.Integer(), nullable=True))
    add_check("device", "ck_device_queued", "queued IS NULL OR queued >= 0")


def downgrade() -> None:
    """Back."""
    drop_check("device", "ck_device_queued")
    op.drop_column("device", "queued")
    op.drop_table("gate_rule")
    if _is_postgresql():
        for act in ACTS:
            op.execute(f"DROP FUNCTION gate_rule_refuses_{act}()")


def _refuse(act: str) -> None:
    name = f"gate_rule_refuses_{act}"
    if _is_postgresql():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'gate_rule only grows' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON gate_rule FOR EACH ROW EXECUTE FUNCTION {name}()")
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON gate_rule BEGIN SELECT RAISE(ABORT, 'gate_rule only grows'); END"
        )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"

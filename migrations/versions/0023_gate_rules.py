"""Whom a gate takes, by day and hour: rules that count from a moment on; closed days; what stayed behind on a phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0023"
down_revision = "0022"

ACTS, ONLY_GROWING = ("update", "delete"), ("gate_rule", "day_closing")


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
    op.create_table(
        "day_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("day_number BETWEEN 1 AND 16", name=op.f("ck_day_closing_day_number")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_day_closing_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_closing")),
        sa.UniqueConstraint(
            "edition_id", "day_number", "closed_at", name=op.f("uq_day_closing_edition_id_day_number_closed_at")
        ),
    )
    for table in ONLY_GROWING:
        for act in ACTS:
            _refuse(table, act)
    op.add_column("device", sa.Column("queued", sa.Integer(), nullable=True))
    add_check("device", "ck_device_queued", "queued IS NULL OR queued >= 0")


def downgrade() -> None:
    """Back."""
    drop_check("device", "ck_device_queued")
    op.drop_column("device", "queued")
    for table in ONLY_GROWING:
        op.drop_table(table)
        for act in ACTS if _is_postgresql() else ():
            op.execute(f"DROP FUNCTION {table}_refuses_{act}()")


def _refuse(table: str, act: str) -> None:
    name = f"{table}_refuses_{act}"
    if _is_postgresql():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{table} only grows' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"

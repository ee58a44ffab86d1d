"""Counts that are put right afterwards: why, and the desk of a gate that stands in the log for those who do it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ACTS = ("update", "delete")


def upgrade() -> None:
    """Forwards."""
    op.add_column("device", sa.Column("is_desk", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "uq_device_desk", "device", ["gate_id"], unique=True,
        sqlite_where=sa.text("is_desk"), postgresql_where=sa.text("is_desk"),
    )  # fmt: skip
    op.create_table(
        "scan_reason",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 300", name=op.f("ck_scan_reason_reason")),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name=op.f("fk_scan_reason_said_by_id_user")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.scan_id"], name=op.f("fk_scan_reason_scan_id_scan")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan_reason")),
    )
    op.create_index(op.f("ix_scan_reason_said_by_id"), "scan_reason", ["said_by_id"], unique=False)
    for act in ACTS:
        _refuse("scan_reason", act)


def downgrade() -> None:
    """Back. What was put right stays in the log; why is lost, and a desk becomes a phone that nobody has."""
    op.drop_table("scan_reason")
    for act in ACTS if _is_postgresql() else ():
        op.execute(f"DROP FUNCTION scan_reason_refuses_{act}()")
    op.drop_index("uq_device_desk", table_name="device")
    op.drop_column("device", "is_desk")


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

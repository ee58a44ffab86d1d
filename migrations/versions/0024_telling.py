"""Messages to the phones at the gates, with what phones say of them; what is to be looked at, as a cache of the log.

The cache begins empty: where scans are stored already, `flask gate rebuild --edition SLUG` fills it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

ACTS = ("update", "delete")
ONLY_GROWING = ("gate_message", "gate_message_retraction", "gate_message_receipt")


def upgrade() -> None:
    """Forwards."""
    _add_messages()
    _add_remarks()
    for table in ONLY_GROWING:
        for act in ACTS:
            _refuse(table, act)


def _add_messages() -> None:
    op.create_table(
        "gate_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 160", name=op.f("ck_gate_message_text")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_gate_message_edition_id_edition")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_message_gate_id_gate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_message")),
        sa.UniqueConstraint("code", name=op.f("uq_gate_message_code")),
    )
    op.create_index("ix_gate_message_edition_sent", "gate_message", ["edition_id", "sent_at"])
    op.create_index(op.f("ix_gate_message_gate_id"), "gate_message", ["gate_id"])
    op.create_table(
        "gate_message_retraction",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["gate_message.id"], name=op.f("fk_gate_message_retraction_message_id_gate_message")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_gate_message_retraction")),
    )
    op.create_table(
        "gate_message_receipt",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received", "acknowledged", name="receiptkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_gate_message_receipt_device_id_device")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["gate_message.id"], name=op.f("fk_gate_message_receipt_message_id_gate_message")
        ),
        sa.PrimaryKeyConstraint("message_id", "device_id", "kind", name=op.f("pk_gate_message_receipt")),
    )
    op.create_index(op.f("ix_gate_message_receipt_device_id"), "gate_message_receipt", ["device_id"])


def _add_remarks() -> None:
    op.create_table(
        "remark",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("before_scan_id", sa.String(), nullable=True),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_gate_id", sa.Integer(), nullable=True),
        sa.Column("is_no_fault", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(before_scan_id IS NULL) = (before_at IS NULL) AND (before_at IS NULL) = (before_gate_id IS NULL)",
            name=op.f("ck_remark_before"),
        ),
        sa.CheckConstraint("before_at IS NULL OR pass_id IS NOT NULL", name=op.f("ck_remark_again")),
        sa.ForeignKeyConstraint(["before_gate_id"], ["gate.id"], name=op.f("fk_remark_before_gate_id_gate")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_remark_edition_id_edition")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_remark_gate_id_gate")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_edition_day", "remark", ["edition_id", "day_number", "at"])


def downgrade() -> None:
    """Back."""
    op.drop_table("remark")
    for table in reversed(ONLY_GROWING):
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

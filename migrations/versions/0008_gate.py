"""The tables of gate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "gate_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("scan", "supervise", name="devicerole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("most_devices", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(code_hash IS NULL) = (code_expires_at IS NULL)", name=op.f("ck_gate_link_code")),
        sa.CheckConstraint("most_devices >= 1", name=op.f("ck_gate_link_most_devices")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_gate_link_window")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_link_gate_id_gate"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_link")),
        sa.UniqueConstraint("code", name=op.f("uq_gate_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_gate_link_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_gate_link_token_hash")),
    )

    with op.batch_alter_table("gate_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_link_gate_id"), ["gate_id"], unique=False)

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("gate_link_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("scan", "supervise", name="devicerole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_device_window")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_device_gate_id_gate")),
        sa.ForeignKeyConstraint(["gate_link_id"], ["gate_link.id"], name=op.f("fk_device_gate_link_id_gate_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("code", name=op.f("uq_device_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )

    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_gate_link_id"), ["gate_link_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("in", "out", name="direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("pass_id", sa.String(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("voids", sa.String(), nullable=True),
        sa.Column("tally", sa.Integer(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("clock_doubt_ms", sa.BigInteger(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_revocation", sa.Boolean(), nullable=False),
        sa.Column("phone_verdict", sa.String(), nullable=True),
        sa.Column("let_in", sa.Boolean(), nullable=False),
        sa.Column(
            "entry",
            sa.Enum(
                "camera",
                "typed",
                "wedge",
                "photo",
                "tap",
                name="entry",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(CASE WHEN pass_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN code_hash IS NULL THEN 0 ELSE 1 END) + (CASE WHEN tally IS NULL THEN 0 ELSE 1 END) + (CASE WHEN voids IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_scan_names_one_thing"),
        ),
        sa.CheckConstraint("clock_doubt_ms >= 0", name=op.f("ck_scan_clock_doubt_ms")),
        sa.CheckConstraint("code_hash IS NULL OR length(code_hash) = 64", name=op.f("ck_scan_code_hash")),
        sa.CheckConstraint("length(scan_id) = 36", name=op.f("ck_scan_scan_id")),
        sa.CheckConstraint("pass_id IS NULL OR length(pass_id) = 16", name=op.f("ck_scan_pass_id")),
        sa.CheckConstraint("tally IS NULL OR tally <> 0", name=op.f("ck_scan_tally")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_scan_device_id_device")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_scan_edition_id_edition")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_scan_gate_id_gate")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scan")),
    )

    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_device_id"), ["device_id"], unique=False)
        batch_op.create_index("ix_scan_edition_at", ["edition_id", "corrected_at"], unique=False)
        batch_op.create_index("ix_scan_edition_pass", ["edition_id", "pass_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scan_voids"), ["voids"], unique=False)

    op.create_table(
        "admission",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("is_inside", sa.Boolean(), nullable=False),
        sa.Column("first_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_gate_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_admission_edition_id_edition")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_admission_gate_id_gate")),
        sa.ForeignKeyConstraint(["last_gate_id"], ["gate.id"], name=op.f("fk_admission_last_gate_id_gate")),
        sa.PrimaryKeyConstraint("edition_id", "day_number", "pass_id", name=op.f("pk_admission")),
        sa.UniqueConstraint("edition_id", "seq", name=op.f("uq_admission_edition_id_seq")),
    )

    with op.batch_alter_table("admission", schema=None) as batch_op:
        batch_op.create_index("ix_admission_edition_day", ["edition_id", "day_number"], unique=False)

    op.create_table(
        "quarter_count",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crew_admitted", sa.Integer(), nullable=False),
        sa.Column("volunteers_admitted", sa.Integer(), nullable=False),
        sa.Column("guests_admitted", sa.Integer(), nullable=False),
        sa.Column("visitors_admitted", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("let_in_against", sa.Integer(), nullable=False),
        sa.Column("tallied_in", sa.Integer(), nullable=False),
        sa.Column("tallied_out", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_quarter_count_edition_id_edition")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_quarter_count_gate_id_gate")),
        sa.PrimaryKeyConstraint("edition_id", "gate_id", "day_number", "starts_at", name=op.f("pk_quarter_count")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("quarter_count")
    op.drop_table("admission")
    op.drop_table("scan")
    op.drop_table("device")
    op.drop_table("gate_link")

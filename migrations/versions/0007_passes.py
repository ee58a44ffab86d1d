"""The tables of passes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "pass_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id BETWEEN 1 AND 255", name=op.f("ck_pass_key_fits_pass")),
        sa.CheckConstraint("length(public_key) = 64", name=op.f("ck_pass_key_public_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_key")),
        sa.UniqueConstraint("public_key", name=op.f("uq_pass_key_public_key")),
    )

    op.create_table(
        "pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("bearer_name", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(pass_id) = 16 AND pass_id <> '0000000000000000'", name=op.f("ck_pass_pass_id")),
        sa.CheckConstraint("days BETWEEN 1 AND 65535", name=op.f("ck_pass_days")),
        sa.CheckConstraint("kind <> 1 OR application_id IS NOT NULL", name=op.f("ck_pass_crew_has_application")),
        sa.CheckConstraint("kind BETWEEN 1 AND 4", name=op.f("ck_pass_kind")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_pass_application_id_application")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_pass_edition_id_edition")),
        sa.ForeignKeyConstraint(["key_id"], ["pass_key.id"], name=op.f("fk_pass_key_id_pass_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass")),
        sa.UniqueConstraint("pass_id", name=op.f("uq_pass_pass_id")),
        sa.UniqueConstraint("text", name=op.f("uq_pass_text")),
    )

    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pass_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pass_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index("ix_pass_edition_kind", ["edition_id", "kind"], unique=False)

    op.create_table(
        "revocation",
        sa.Column("pass_id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_revocation_edition_id_edition")),
        sa.ForeignKeyConstraint(["pass_id"], ["pass.pass_id"], name=op.f("fk_revocation_pass_id_pass")),
        sa.PrimaryKeyConstraint("pass_id", name=op.f("pk_revocation")),
        sa.UniqueConstraint("edition_id", "seq", name=op.f("uq_revocation_edition_id_seq")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("revocation")
    op.drop_table("pass")
    op.drop_table("pass_key")

"""Passes that people get themselves: visitors' sign-up, links for volunteers and guests, passes behind a link of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "visitor_sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("most_per_day", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("most_per_day IS NULL OR most_per_day >= 0", name=op.f("ck_visitor_sign_up_most_per_day")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_visitor_sign_up_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_sign_up")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_visitor_sign_up_edition_id")),
    )
    op.create_table(
        "pass_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind BETWEEN 2 AND 3", name=op.f("ck_pass_link_kind")),
        sa.CheckConstraint("days BETWEEN 1 AND 65535", name=op.f("ck_pass_link_days")),
        sa.CheckConstraint("most >= 1", name=op.f("ck_pass_link_most")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_pass_link_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_link")),
        sa.UniqueConstraint("code", name=op.f("uq_pass_link_code")),
    )
    op.create_index(op.f("ix_pass_link_edition_id"), "pass_link", ["edition_id"], unique=False)
    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("row_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_bundle_email_lower")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_bundle_edition_id_edition")),
        sa.ForeignKeyConstraint(["link_id"], ["pass_link.id"], name=op.f("fk_bundle_link_id_pass_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("code", name=op.f("uq_bundle_code")),
        sa.UniqueConstraint("edition_id", "row_key", name=op.f("uq_bundle_edition_id_row_key")),
    )
    op.create_index(op.f("ix_bundle_edition_id"), "bundle", ["edition_id"], unique=False)
    op.create_index(op.f("ix_bundle_link_id"), "bundle", ["link_id"], unique=False)
    # Alembic would add the constraint by itself, which SQLite can't; both databases take it with the column.
    op.execute(
        'ALTER TABLE "pass" ADD COLUMN bundle_id INTEGER CONSTRAINT fk_pass_bundle_id_bundle REFERENCES bundle (id)'
    )
    op.create_index(op.f("ix_pass_bundle_id"), "pass", ["bundle_id"], unique=False)


def downgrade() -> None:
    """Back. The passes stay; the links by which people see them go."""
    op.drop_index(op.f("ix_pass_bundle_id"), table_name="pass")
    op.drop_column("pass", "bundle_id")
    for name in ("ix_bundle_link_id", "ix_bundle_edition_id"):
        op.drop_index(op.f(name), table_name="bundle")
    op.drop_table("bundle")
    op.drop_index(op.f("ix_pass_link_edition_id"), table_name="pass_link")
    op.drop_table("pass_link")
    op.drop_table("visitor_sign_up")

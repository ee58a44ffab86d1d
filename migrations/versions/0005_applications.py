"""The tables of applications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "changes_requested",
                "waitlisted",
                "approved",
                "rejected",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "announced_state",
            sa.Enum(
                "draft",
                "submitted",
                "changes_requested",
                "waitlisted",
                "approved",
                "rejected",
                "withdrawn",
                name="announced_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("crew", sa.Integer(), nullable=True),
        sa.Column("width_cm", sa.Integer(), nullable=True),
        sa.Column("power_watts", sa.Integer(), nullable=True),
        sa.Column("needs_three_phase", sa.Boolean(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("uses_gas", sa.Boolean(), nullable=False),
        sa.Column("uses_open_fire", sa.Boolean(), nullable=False),
        sa.Column("plays_amplified_sound", sa.Boolean(), nullable=False),
        sa.Column("needs_vehicle_access", sa.Boolean(), nullable=False),
        sa.Column("needs_step_free", sa.Boolean(), nullable=False),
        sa.Column("has_children_activities", sa.Boolean(), nullable=False),
        sa.Column("sells_food", sa.Boolean(), nullable=False),
        sa.Column("cuisine", sa.String(), nullable=False),
        sa.Column("dietary", sa.JSON(), nullable=False),
        sa.Column("allergens", sa.JSON(), nullable=True),
        sa.Column("food_registration", sa.String(), nullable=False),
        sa.Column("has_taken_part_before", sa.Boolean(), nullable=False),
        sa.Column("is_in_development_course", sa.Boolean(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("keep_apart", sa.JSON(), nullable=False),
        sa.Column("next_to", sa.JSON(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR submitted_at IS NOT NULL", name=op.f("ck_application_submitted_at")
        ),
        sa.CheckConstraint(
            "announced_at IS NULL OR decided_at IS NOT NULL", name=op.f("ck_application_announced_after_decision")
        ),
        sa.CheckConstraint(
            "announced_at IS NULL OR state = announced_state", name=op.f("ck_application_announced_is_told")
        ),
        sa.CheckConstraint("crew IS NULL OR crew >= 0", name=op.f("ck_application_crew")),
        sa.CheckConstraint("days BETWEEN 0 AND 65535", name=op.f("ck_application_days")),
        sa.CheckConstraint("power_watts IS NULL OR power_watts >= 0", name=op.f("ck_application_power_watts")),
        sa.CheckConstraint("width_cm IS NULL OR width_cm > 0", name=op.f("ck_application_width_cm")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_application_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_application_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("code", name=op.f("uq_application_code")),
        sa.UniqueConstraint("edition_id", "reference", name=op.f("uq_application_edition_id_reference")),
    )

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_announced_state"), ["announced_state"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_application_open",
            ["edition_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
        )

    op.create_table(
        "transition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "submit",
                "request_changes",
                "waitlist",
                "approve",
                "reject",
                "withdraw",
                "reopen",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_state",
            sa.Enum(
                "draft",
                "submitted",
                "changes_requested",
                "waitlisted",
                "approved",
                "rejected",
                "withdrawn",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "draft",
                "submitted",
                "changes_requested",
                "waitlisted",
                "approved",
                "rejected",
                "withdrawn",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("from_state <> to_state OR act = 'submit'", name=op.f("ck_transition_changes_state")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_transition_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
    )

    with op.batch_alter_table("transition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transition_application_id"), ["application_id"], unique=False)

    op.create_table(
        "applicant_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_applicant_link_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_applicant_link_token_hash")),
    )

    with op.batch_alter_table("applicant_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applicant_link_application_id"), ["application_id"], unique=False)


def downgrade() -> None:
    """Back."""
    op.drop_table("applicant_link")
    op.drop_table("transition")
    op.drop_table("application")

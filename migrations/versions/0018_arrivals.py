"""Arrivals of vehicles: kerbs, times, who comes when, what participants were told; a picture in a mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Forwards."""
    _create_ground()
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seat BETWEEN 1 AND 50", name=op.f("ck_arrival_seat")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_arrival_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_arrival_day_id_day"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["arrival_slot.id"], name=op.f("fk_arrival_slot_id_arrival_slot"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sa.UniqueConstraint("application_id", "day_id", name=op.f("uq_arrival_application_id_day_id")),
        sa.UniqueConstraint("slot_id", "seat", name=op.f("uq_arrival_slot_id_seat")),
    )  # fmt: skip
    for column in ("application_id", "day_id", "slot_id"):
        op.create_index(op.f(f"ix_arrival_{column}"), "arrival", [column], unique=False)
    _create_of_applications()
    op.add_column("message", sa.Column("picture", sa.LargeBinary(), nullable=True))
    op.add_column("message", sa.Column("picture_alt", sa.String(), server_default="", nullable=False))
    _note_what_was_told()


def _create_ground() -> None:
    op.create_table(
        "kerb",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("most_vehicles", sa.Integer(), nullable=False),
        sa.Column("is_entered_from_end", sa.Boolean(), nullable=False),
        sa.Column("route", sa.JSON(), nullable=False),
        sa.CheckConstraint("most_vehicles BETWEEN 1 AND 50", name=op.f("ck_kerb_most_vehicles")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_kerb_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kerb")),
        sa.UniqueConstraint("site_id", "side", name=op.f("uq_kerb_site_id_side")),
    )
    op.create_index(op.f("ix_kerb_site_id"), "kerb", ["site_id"], unique=False)
    op.create_table(
        "arrival_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kerb_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("most_vehicles", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_arrival_slot_hours")),
        sa.CheckConstraint("most_vehicles BETWEEN 1 AND 50", name=op.f("ck_arrival_slot_most_vehicles")),
        sa.ForeignKeyConstraint(["day_id"], ["day.id"], name=op.f("fk_arrival_slot_day_id_day"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["kerb_id"], ["kerb.id"], name=op.f("fk_arrival_slot_kerb_id_kerb"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_slot")),
        sa.UniqueConstraint("kerb_id", "starts_at", name=op.f("uq_arrival_slot_kerb_id_starts_at")),
    )
    for column in ("day_id", "kerb_id"):
        op.create_index(op.f(f"ix_arrival_slot_{column}"), "arrival_slot", [column], unique=False)


def _create_of_applications() -> None:
    for table, column in (
        (
            "vehicle",
            sa.Column(
                "kind",
                sa.Enum(
                    "car", "van", "trailer", "food_truck", "lorry", "cargo_bike", name="vehiclekind",
                    native_enum=False, create_constraint=True, length=40,
                ),
                nullable=False,
            ),
        ),
        ("place_told", sa.Column("told", sa.JSON(), nullable=False)),
    ):  # fmt: skip
        more = [sa.Column("told_at", sa.DateTime(timezone=True), nullable=False)] if table == "place_told" else []
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("application_id", sa.Integer(), nullable=False),
            column,
            *more,
            sa.ForeignKeyConstraint(
                ["application_id"], ["application.id"], name=op.f(f"fk_{table}_application_id_application"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("application_id", name=op.f(f"uq_{table}_application_id")),
        )  # fmt: skip


def _note_what_was_told() -> None:
    """Who has a place in a plan that counts was told of it when it was published."""
    bind = op.get_bind()
    rows = bind.execute(
        sa.text(
            "SELECT DISTINCT assignment.application_id, day.number AS day, pitch.number, plan.published_at FROM assignment"
            " JOIN plan ON plan.id = assignment.plan_id JOIN pitch ON pitch.id = assignment.pitch_id"
            " JOIN day ON day.id = assignment.day_id"
            " WHERE plan.state = 'published'"
        ).columns(published_at=sa.DateTime(timezone=True))
    )
    told: dict[int, tuple[dict[int, set[str]], object]] = {}
    for application_id, day, number, published_at in rows:
        told.setdefault(application_id, ({}, published_at))[0].setdefault(day, set()).add(number)
    table = sa.table(
        "place_told",
        sa.column("application_id", sa.Integer()),
        sa.column("told", sa.JSON()),
        sa.column("told_at", sa.DateTime(timezone=True)),
    )
    for application_id, (by_day, published_at) in told.items():
        places = [[day, sorted(numbers)] for day, numbers in sorted(by_day.items())]
        what = {"places": places, "times": [], "route": ""}
        bind.execute(table.insert().values(application_id=application_id, told=what, told_at=published_at))


def downgrade() -> None:
    """Back."""
    op.drop_column("message", "picture_alt")
    op.drop_column("message", "picture")
    for table in ("place_told", "vehicle", "arrival", "arrival_slot", "kerb"):
        op.drop_table(table)

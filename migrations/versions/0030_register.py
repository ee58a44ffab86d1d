"""Programme years with their register and criteria, and figures that others publish."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, add_reference, drop_check, drop_reference, let_be_empty, let_be_full

revision = "0030"
down_revision = "0029"

KINDS = (
    "requisition", "advice", "support", "administration", "project", "initiative", "event", "attendance", "person",
    "organisation", "school_class", "plan", "partner", "campaign", "publication", "district", "steering_group", "day",
    "hours",
)  # fmt: skip
QUALITIES = ("counted", "sampled", "estimated", "expected")
LONGEST = 120
HOLDER = "(edition_id IS NULL) <> (programme_year IS NULL)"


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "programme_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_programme_year_year")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_programme_year")),
    )
    _make_register()
    _make_published_figures()
    let_be_empty("indicator", "edition_id")
    op.add_column("indicator", sa.Column("programme_year", sa.Integer(), nullable=True))
    add_reference(
        "indicator", "fk_indicator_programme_year_programme_year", "programme_year", to="programme_year(year)"
    )
    op.create_index("uq_indicator_programme_year_key", "indicator", ["programme_year", "key"], unique=True)
    add_check("indicator", "ck_indicator_holder", HOLDER)


def downgrade() -> None:
    """Back. What hangs on a programme year is lost, with what was frozen of it."""
    _remove_what_hangs_on_years()
    drop_check("indicator", "ck_indicator_holder")
    op.drop_index("uq_indicator_programme_year_key", table_name="indicator")
    drop_reference(
        "indicator", "fk_indicator_programme_year_programme_year", "programme_year", to="programme_year(year)"
    )
    op.drop_column("indicator", "programme_year")
    let_be_full("indicator", "edition_id")
    op.drop_table("published_figure")
    op.drop_table("register_entry")
    op.drop_table("programme_year")


def _make_register() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", _enum(KINDS, "entrykind"), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("quality", _enum(QUALITIES, "quality"), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("hundredths BETWEEN 0 AND 100000000", name=op.f("ck_register_entry_hundredths")),
        sa.CheckConstraint("kind = 'hours' OR hundredths % 100 = 0", name=op.f("ck_register_entry_whole")),
        sa.CheckConstraint(f'length("group") <= {LONGEST}', name=op.f("ck_register_entry_group")),
        sa.CheckConstraint(f"length(note) <= {LONGEST}", name=op.f("ck_register_entry_note")),
        sa.ForeignKeyConstraint(["year"], ["programme_year.year"], name=op.f("fk_register_entry_year_programme_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_register_entry_code")),
    )
    op.create_index("ix_register_entry_year_kind", "register_entry", ["year", "kind"], unique=False)


def _make_published_figures() -> None:
    op.create_table(
        "published_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("strand", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"length(strand) BETWEEN 1 AND {LONGEST}", name=op.f("ck_published_figure_strand")),
        sa.CheckConstraint("length(source) >= 1", name=op.f("ck_published_figure_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint("code", name=op.f("uq_published_figure_code")),
        sa.UniqueConstraint("strand", "published_on", name=op.f("uq_published_figure_strand_published_on")),
    )


def _enum(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _remove_what_hangs_on_years() -> None:
    """Frozen measurements only grow: the trigger that says so steps aside for the rows that lose what they are of."""
    ours = "(SELECT id FROM indicator WHERE programme_year IS NOT NULL)"
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE measurement DISABLE TRIGGER USER")
        op.execute(f"DELETE FROM measurement WHERE indicator_id IN {ours}")  # noqa: S608
        op.execute("ALTER TABLE measurement ENABLE TRIGGER USER")
    else:
        found = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'measurement'")
        triggers = bind.execute(found).all()
        for name, _words in triggers:
            op.execute(f"DROP TRIGGER {name}")
        op.execute(f"DELETE FROM measurement WHERE indicator_id IN {ours}")  # noqa: S608
        for _name, words in triggers:
            op.execute(words)
    op.execute("DELETE FROM indicator WHERE programme_year IS NOT NULL")

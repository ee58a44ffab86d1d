"""Logs only grow, and what is published stays: the database itself refuses changes."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

APPEND_ONLY = ("audit_entry", "transition", "scan", "measurement")
ACTS = ("update", "delete")
# A published version of a questionnaire never changes, nor do its items.
PUBLISHED = {
    "instrument": "OLD.state = 'published'",
    "item": "(SELECT state FROM instrument WHERE id = OLD.instrument_id) = 'published'",
}


def upgrade() -> None:
    """Forwards."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table, act, condition in _triggers():
        name = f"{table}_refuses_{act}"
        if op.get_bind().dialect.name == "postgresql":
            # A trigger's WHEN may not hold a subquery there, so items ask inside the function's sibling.
            op.execute(_postgresql(name, table, act=act, condition=condition))
        else:
            when = f" WHEN {condition}" if condition else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}{when} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


def downgrade() -> None:
    """Back."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, act, _condition in _triggers():
        name = f"{table}_refuses_{act}"
        op.execute(f"DROP TRIGGER {name} ON {table}" if is_postgresql else f"DROP TRIGGER {name}")
    if is_postgresql:
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION refuse_change_of_published()")


def _triggers() -> list[tuple[str, str, str]]:
    return [(table, act, "") for table in APPEND_ONLY for act in ACTS] + [
        (table, act, condition) for table, condition in PUBLISHED.items() for act in ACTS
    ]


def _postgresql(name: str, table: str, *, act: str, condition: str) -> str:
    if condition and table == "item":
        return (
            "CREATE OR REPLACE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION 'item only grows' USING ERRCODE = 'restrict_violation'; "
            "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$; "
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published()"
        )
    when = f" WHEN ({condition})" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION refuse_change()"

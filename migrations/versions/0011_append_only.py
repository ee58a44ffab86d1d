"""Logs only grow, and what is published stays: the database itself refuses changes."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

APPEND_ONLY = ("audit_entry", "transition", "scan", "measurement")
IN_PUBLISHED = "EXISTS (SELECT 1 FROM instrument WHERE state = 'published' AND id IN ({}))"
# Table, act, when it is refused. A published version of a questionnaire never changes, nor do its items.
TRIGGERS = (
    *((table, act, "1 = 1") for table in APPEND_ONLY for act in ("update", "delete")),
    ("instrument", "update", "OLD.state = 'published'"),
    ("instrument", "delete", "OLD.state = 'published'"),
    ("item", "insert", IN_PUBLISHED.format("NEW.instrument_id")),
    ("item", "update", IN_PUBLISHED.format("OLD.instrument_id, NEW.instrument_id")),
    ("item", "delete", IN_PUBLISHED.format("OLD.instrument_id")),
)


def upgrade() -> None:
    """Forwards."""
    for table, act, condition in TRIGGERS:
        name = f"{table}_refuses_{act}"
        if _is_postgresql():
            row = "OLD" if act == "delete" else "NEW"
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{table} only grows' USING ERRCODE = 'restrict_violation'; END IF; RETURN {row}; END $$"
            )
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


def downgrade() -> None:
    """Back."""
    for table, act, _condition in TRIGGERS:
        name = f"{table}_refuses_{act}"
        if _is_postgresql():
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
        else:
            op.execute(f"DROP TRIGGER {name}")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"

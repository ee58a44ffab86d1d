"""Check constraints on tables that are there: PostgreSQL alters the table, SQLite's text of the table is edited.

SQLite has no statement for it; editing the stored text is the way that its manual describes for changes that
leave the rows as they are (lang_altertable, "other kinds of table schema changes"). Copying the table, as
Alembic's batch mode does, would lose the other checks and the triggers.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text


def add_check(table: str, name: str, condition: str) -> None:
    """Add a check constraint. The rows that are there must keep it: SQLite doesn't look."""
    if _is_sqlite():
        words = _words(table)
        end = words.rindex(")")
        _rewrite(table, f"{words[:end].rstrip()}, CONSTRAINT {name} CHECK ({condition})\n)")
    else:
        op.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} CHECK ({condition})')


def drop_check(table: str, name: str) -> None:
    """Take a check constraint away."""
    if _is_sqlite():
        words = _words(table)
        start = words.index(f"CONSTRAINT {name} CHECK (")
        end = _closing(words, words.index("(", start)) + 1
        before, after = words[:start].rstrip(), words[end:]
        _rewrite(table, before.removesuffix(",") + after if before.endswith(",") else before + after.lstrip(" ,"))
    else:
        op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')


def change_unique(table: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Other columns for a unique constraint, named by them; SQLite builds its index anew, and refuses where rows are alike."""
    old, new = (
        f"CONSTRAINT uq_{table}_{'_'.join(columns)} UNIQUE ({', '.join(columns)})" for columns in (before, after)
    )
    if _is_sqlite():
        _rewrite(table, _words(table).replace(old, new, 1))
        op.get_bind().exec_driver_sql(f'REINDEX "{table}"')
    else:
        op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT uq_{table}_{"_".join(before)}')
        op.execute(f'ALTER TABLE "{table}" ADD {new}')


def let_be_empty(table: str, column: str) -> None:
    """A column may be empty from now on."""
    if _is_sqlite():
        words = _words(table)
        _rewrite(table, words.replace(f"{column} INTEGER NOT NULL", f"{column} INTEGER", 1))
    else:
        op.alter_column(table, column, nullable=True)


def let_be_full(table: str, column: str) -> None:
    """A column may be empty no longer; the rows that are there must keep it: SQLite doesn't look."""
    if _is_sqlite():
        words = _words(table)
        _rewrite(table, words.replace(f"{column} INTEGER", f"{column} INTEGER NOT NULL", 1))
    else:
        op.alter_column(table, column, nullable=False)


def add_reference(table: str, name: str, column: str, *, to: str) -> None:
    """Add a foreign key on a column that is there; `to` names table and column: `programme_year(year)`."""
    reference = f"CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {to}"
    if _is_sqlite():
        words = _words(table)
        _rewrite(table, f"{words[: words.rindex(')')].rstrip()}, {reference}\n)")
    else:
        op.execute(f'ALTER TABLE "{table}" ADD {reference}')


def drop_reference(table: str, name: str, column: str, *, to: str) -> None:
    """Take such a foreign key away."""
    if _is_sqlite():
        words = _words(table)
        _rewrite(table, words.replace(f", CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {to}", "", 1))
    else:
        op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _words(table: str) -> str:
    found = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return str(op.get_bind().execute(found, {"name": table}).scalar_one())


def _closing(words: str, opening: int) -> int:
    """Where the bracket that opens here is closed; brackets within quotes don't count."""
    depth, is_quoted = 0, False
    for place in range(opening, len(words)):
        sign = words[place]
        if sign == "'":
            is_quoted = not is_quoted
        elif not is_quoted:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return place
    raise ValueError("a bracket is not closed")


def _rewrite(table: str, words: str) -> None:
    bind = op.get_bind()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.execute(
        text("UPDATE sqlite_master SET sql = :words WHERE type = 'table' AND name = :name"),
        {"words": words, "name": table},
    )
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")

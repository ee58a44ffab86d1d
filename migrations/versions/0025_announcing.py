"""Decisions are announced by the worker, once at a time; applications are found by their diets and allergens."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.checks import add_check, drop_check

revision = "0025"
down_revision = "0024"

BEFORE = "'approve', 'waitlist', 'reject', 'request_changes', 'reopen', 'tag', 'untag', 'assign', 'mail'"
ANNOUNCING = "act = 'announce' AND finished_at IS NULL"
LONGEST = 20_000
# What each is called in Danish and in English, folded as the search folds it.
CALLED = {
    "halal": "halal", "kosher": "kosher", "vegetarian": "vegetarisk vegetarian", "vegan": "vegansk vegan",
    "gluten": "korn med gluten cereals with gluten", "crustaceans": "krebsdyr crustaceans", "eggs": "aeg eggs",
    "fish": "fisk fish", "peanuts": "jordnoedder peanuts", "soybeans": "sojaboenner soybeans", "milk": "maelk milk",
    "nuts": "noedder nuts", "celery": "selleri celery", "mustard": "sennep mustard", "sesame": "sesamfroe sesame",
    "sulphites": "sulfitter sulphites", "lupin": "lupin", "molluscs": "bloeddyr molluscs",
}  # fmt: skip


def upgrade() -> None:
    """Forwards."""
    drop_check("batch", "ck_batch_batchact")
    add_check("batch", "ck_batch_batchact", f"act IN ({BEFORE}, 'announce')")
    op.create_index(
        "uq_batch_announcing", "batch", ["edition_id"], unique=True,
        sqlite_where=sa.text(ANNOUNCING), postgresql_where=sa.text(ANNOUNCING),
    )  # fmt: skip
    _find_by_food()


def downgrade() -> None:
    """Back. What was announced stays so, but how far the worker was is forgotten; the words that were added to find by stay."""
    op.drop_index("uq_batch_announcing", table_name="batch")
    op.execute("DELETE FROM batch WHERE act = 'announce'")
    drop_check("batch", "ck_batch_batchact")
    add_check("batch", "ck_batch_batchact", f"act IN ({BEFORE})")


def _find_by_food() -> None:
    """Add the words for diets and for what food contains or may contain to the text by which applications are found."""
    application = sa.table(
        "application", sa.column("id", sa.Integer), sa.column("dietary", sa.JSON), sa.column("allergens", sa.JSON),
        sa.column("search_text", sa.String),
    )  # fmt: skip
    dish = sa.table(
        "dish", sa.column("application_id", sa.Integer), sa.column("dietary", sa.JSON), sa.column("allergens", sa.JSON)
    )
    bind = op.get_bind()
    keys: dict[int, set[str]] = {}
    for row in bind.execute(sa.select(application.c.id, application.c.dietary, application.c.allergens)):
        keys[row.id] = {*(row.dietary or ()), *(row.allergens or ())}
    for row in bind.execute(sa.select(dish.c.application_id, dish.c.dietary, dish.c.allergens)):
        inside = {key for key, said in (row.allergens or {}).items() if said != "free_of"}
        keys.setdefault(row.application_id, set()).update(inside, row.dietary or ())
    changes: list[dict[str, Any]] = [{"key": key, "words": _words(said)} for key, said in keys.items() if _words(said)]
    if changes:
        longer = sa.func.substr(application.c.search_text + sa.bindparam("words"), 1, LONGEST)
        bind.execute(
            sa.update(application).where(application.c.id == sa.bindparam("key")).values(search_text=longer), changes
        )


def _words(keys: set[str]) -> str:
    return "".join(f" {CALLED[key]}" for key in sorted(keys) if key in CALLED)

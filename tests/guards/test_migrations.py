"""Migrations: they make what the models say, go both ways with data inside, and stand in one line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text
from sqlalchemy import table as named

from config import ROOT, from_environment
from eventsys.app import create_app
from eventsys.base.db import db, writing
from tests.conftest import BACKENDS, empty_database, settings
from tests.guards import rows

MIGRATIONS = ROOT / "migrations"
FILES = sorted((MIGRATIONS / "versions").glob("*.py"))
BEFORE_FOOD_WAS_FOUND = "0024"
NEWEST = (MIGRATIONS / "HEAD").read_text().strip()


@pytest.fixture(scope="module", params=BACKENDS)
def app_alone(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose database is its own, to be taken down and up."""
    folder = tmp_path_factory.mktemp("migrations")
    token = writing.set(True)
    with empty_database(request.param, folder, "migrations") as url:
        app = create_app(from_environment(settings(url, folder)))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
    writing.reset(token)


@pytest.fixture
def at_head(app_alone: Flask) -> Flask:
    """Its database at the newest migration."""
    upgrade()
    return app_alone


def names() -> set[str]:
    return {name for name in inspect(db.engine).get_table_names() if not name.startswith(("huey", "alembic"))}


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in sorted(names())}


def test_migrated_database_is_what_the_models_say(at_head: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _o, name, kind, _r, _c: not (kind == "table" and name.startswith("huey")),
            },
        )
        assert compare_metadata(context, db.metadata) == []
    assert names() == {table.name for table in rows.tables()}


def test_each_step_down_and_up_keeps_the_rows_of_tables_that_stay(at_head: Flask) -> None:
    with db.engine.begin() as connection:
        rows.fill(connection, 1)
        rows.fill(connection, 2)
    filled = counts()
    assert set(filled.values()) == {2}

    for _step in FILES:
        before = counts()
        downgrade(revision="-1")
        below = counts()
        assert below == {name: before[name] for name in below}
        upgrade(revision="+1")
        assert {name: count for name, count in counts().items() if name in below} == below
        downgrade(revision="-1")
    assert names() == set()

    upgrade()
    assert counts() == dict.fromkeys(filled, 0)
    with db.engine.begin() as connection:
        rows.fill(connection, 1)


def test_applications_are_found_by_their_food_once_migrated(at_head: Flask) -> None:
    """What was told before the search knew of it: 0025 adds the words, and keeps those that are there."""
    downgrade(revision="base")
    upgrade()
    with db.engine.begin() as connection:
        rows.fill(connection, 1)
        rows.fill(connection, 2)
    downgrade(revision=BEFORE_FOOD_WAS_FOUND)
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE application SET search_text = 'kor', dietary = '[\"halal\"]', allergens = NULL")
        )
        connection.execute(
            text("UPDATE dish SET dietary = '[]', allergens = :said WHERE application_id = 1"),
            {"said": '{"milk": "contains", "nuts": "free_of"}'},
        )
    upgrade()

    with db.engine.connect() as connection:
        found = connection.scalars(text("SELECT search_text FROM application ORDER BY id")).all()
    assert found == ["kor halal maelk milk", "kor halal"]
    downgrade(revision="base")
    upgrade()


def test_emptied_database_has_nothing_left_behind(at_head: Flask) -> None:
    downgrade(revision="base")

    assert names() == set()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            ours = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            assert connection.scalar(text(ours)) == 0
    upgrade()


def test_head_names_the_newest_of_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert script.get_heads() == [NEWEST]
    line = [revision.revision for revision in script.walk_revisions()]
    assert list(reversed(line)) == [f"{number:04d}" for number in range(1, len(FILES) + 1)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_migration_is_numbered_says_what_it_does_and_knows_no_model(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    assert re.fullmatch(r"\d{4}_[a-z_]+", path.stem)
    assert f'revision = "{path.stem[:4]}"' in path.read_text()
    assert ast.get_docstring(tree)
    assert "eventsys" not in imported
    assert {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} >= {"upgrade", "downgrade"}

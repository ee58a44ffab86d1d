"""What the import contracts can't say: who commits, whose forms, which way relationships point."""

from __future__ import annotations

import ast
import re

from sqlalchemy import JSON, Column, Enum, String
from sqlalchemy.orm import configure_mappers

from eventsys.app import FEATURES, GROUND
from eventsys.base.db import DataClass, db
from tests.guards import rows
from tests.guards.source import decorators, functions, imported, level_of, modules, package_of, tree_of, where

STORY = (*GROUND, *FEATURES)
SILENT = {"actions", "queries", "rules", "models", "forms", "texts", "documents"}
LAZY = {"lazy_gettext", "lazy_ngettext"}


def mappers() -> list[object]:
    rows.tables()
    configure_mappers()
    return list(db.Model.registry.mappers)


def test_nobody_below_the_views_commits() -> None:
    found = [
        f"{where(path, node)}: {node.func.attr}() belongs to views, api, commands and jobs"
        for path in modules("eventsys/**/*.py")
        if level_of(path) in SILENT
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"commit", "rollback"}
    ]
    assert found == []


def test_forms_are_imported_by_their_own_feature_alone() -> None:
    found = [
        f"{where(path, node)}: {name}"
        for path in modules("eventsys/**/*.py")
        for node, name in imported(path)
        if (match := re.match(r"eventsys\.(\w+)\.forms\b", name)) and match[1] != package_of(path)
    ]
    assert found == []


def test_relationships_point_down_the_story_and_not_back() -> None:
    upwards, backwards = [], []
    for mapper in mappers():
        for relation in mapper.relationships:  # type: ignore[attr-defined]
            here = relation.parent.class_.__module__.split(".")[1]
            there = relation.mapper.class_.__module__.split(".")[1]
            if STORY.index(there) > STORY.index(here):
                upwards.append(str(relation))
            if relation.backref or relation.back_populates:
                backwards.append(str(relation))

    assert upwards == []
    assert backwards == []


def test_foreign_keys_point_down_the_story() -> None:
    package = {mapper.local_table.name: mapper.class_.__module__.split(".")[1] for mapper in mappers()}  # type: ignore[attr-defined]
    upwards = [
        f"{table.name}.{key.parent.name} -> {key.column.table.name}"
        for table in rows.tables()
        for key in table.foreign_keys
        if STORY.index(package[key.column.table.name]) > STORY.index(package[table.name])
    ]
    assert upwards == []


def says_whom_it_concerns(column: Column[object]) -> bool:
    kind = DataClass(column.info["class"]) if column.info.get("class") in set(DataClass) else None
    if kind in {DataClass.PERSONAL, DataClass.SENSITIVE}:
        return bool(column.info.get("purpose")) and column.info.get("keep_days", 0) > 0
    return kind is not None


def holds_text(column: Column[object]) -> bool:
    # A foreign key of text is a key, classed where it comes from.
    is_text = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    return is_text and not column.foreign_keys


def test_every_text_column_says_whom_it_concerns() -> None:
    silent = [
        f"{table.name}.{column.name}: declare it with public(), internal(), personal() or sensitive()"
        for table in rows.tables()
        for column in table.columns
        if holds_text(column) and not says_whom_it_concerns(column)
    ]
    assert silent == []


def test_lazy_texts_hold_no_values() -> None:
    """A lazy text goes into a page as markup, unescaped: what somebody typed must not stand in it."""
    found = []
    for path in modules("eventsys/**/*.py"):
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
            for alias in node.names
            if alias.name in LAZY
        }
        at_once = {
            id(node.args[0])
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args
        }
        found += [
            where(path, node)
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
            if node.keywords and id(node) not in at_once
        ]
    assert found == []


def test_only_acts_take_keywords_by_and_now() -> None:
    """An action is told who acts and when; it asks nobody."""
    found = [
        f"{where(path, node)}: {name}"
        for path in modules("eventsys/**/*.py")
        if level_of(path) in SILENT - {"rules"}
        for node, name in imported(path)
        if name in {"eventsys.base.clock.now", "eventsys.base.clock.today"}
    ]
    asked = [
        f"{where(path, node)}: {ast.unparse(node)}"
        for path in modules("eventsys/**/*.py")
        if level_of(path) in {"actions", "queries", "rules", "models"}
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"clock.now", "clock.today"}
    ]
    assert found + asked == []


def test_views_say_whom_they_let_in_right_below_their_address() -> None:
    unmarked = [
        where(path, node)
        for path in modules("eventsys/*/views.py", "eventsys/*/views/*.py", "eventsys/*/api.py", "eventsys/*/api/*.py")
        for node in functions(path)
        if any(re.fullmatch(r"bp\.(get|post|route)", name) for name in decorators(node))
        if "access" not in decorators(node)
    ]
    assert unmarked == []


def test_reactions_stay_few() -> None:
    from eventsys import reactions

    source = tree_of(next(modules("eventsys/reactions.py")))
    connected = [n for n in ast.walk(source) if isinstance(n, ast.Attribute) and n.attr.startswith("connect")]
    assert reactions.__doc__
    assert len(connected) <= 12

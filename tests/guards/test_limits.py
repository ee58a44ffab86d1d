"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from config import ROOT
from tests.guards.source import decorators, functions, modules, tree_of, where

MODULE, FUNCTION, VIEW, TEMPLATE, TEST_MODULE, SCRIPT = 400, 40, 25, 150, 500, 400
LONGEST_WALK = 60  # Lines of a test: arranging takes room.
SHORT = re.compile(r"(^|_)(util|utils|helper|helpers|common|misc|stuff)(_|$)")


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{where(path)}: {lines(path)} lines, at most {limit}" for path in paths if lines(path) > limit]


@pytest.mark.parametrize(
    ("patterns", "limit"),
    [
        (["eventsys/**/*.py", "*.py", "tools/*.py", "migrations/**/*.py"], MODULE),
        (["tests/**/*.py"], TEST_MODULE),
        (["templates/**/*.html", "templates/**/*.txt"], TEMPLATE),
        (["static/scanner/*.js", "static/js/**/*.js"], SCRIPT),
    ],
    ids=["modules", "tests", "templates", "scripts"],
)
def test_files_are_short(patterns: list[str], limit: int) -> None:
    assert too_long(list(modules(*patterns)), limit) == []


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    long = [
        f"{where(path, node)}: {node.name} has {length(node)} lines, at most {FUNCTION}"
        for path in modules("eventsys/**/*.py", "*.py", "tools/*.py")
        for node in functions(path)
        if length(node) > FUNCTION
    ]
    assert long == []


def test_views_are_shorter() -> None:
    long = [
        f"{where(path, node)}: {node.name} has {length(node)} lines, at most {VIEW}"
        for path in modules("eventsys/*/views.py", "eventsys/*/views/*.py")
        for node in functions(path)
        if any(name.startswith("bp.") for name in decorators(node)) and length(node) > VIEW
    ]
    assert long == []


def test_tests_are_short() -> None:
    long = [
        f"{where(path, node)}: {node.name} has {length(node)} lines, at most {LONGEST_WALK}"
        for path in modules("tests/**/*.py")
        for node in functions(path)
        if length(node) > LONGEST_WALK and "journeys" not in path.parts
    ]
    assert long == []


def test_every_module_is_called_after_what_it_is_about() -> None:
    assert [where(path) for path in modules("eventsys/**/*.py", "tests/**/*.py") if SHORT.search(path.stem)] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        where(p)
        for p in modules("eventsys/**/*.py", "tests/**/*.py")
        if p.read_text().strip() and not ast.get_docstring(tree_of(p))
    ]
    assert silent == []


def test_nothing_is_left_to_do_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{where(path)}:{number}"
        for pattern in ("eventsys/**/*.py", "templates/**/*.html", "static/js/*.js", "static/scanner/*.js", "tools/*")
        for path in sorted(ROOT.glob(pattern))
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if words.search(line)
    ]
    assert found == []

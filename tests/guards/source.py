"""Reading the project's own source, for guards."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config import ROOT
from eventsys.app import FEATURES, GROUND

PACKAGES = (*GROUND, *FEATURES)


def modules(*patterns: str) -> Iterator[Path]:
    """Python files of the program, or those that match a pattern under the root."""
    for pattern in patterns or ("eventsys/**/*.py", "config.py", "wsgi.py"):
        yield from sorted(ROOT.glob(pattern))


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text())


def where(path: Path, node: ast.AST | None = None) -> str:
    """A place as people write it."""
    line = f":{getattr(node, 'lineno', 0)}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"


def package_of(path: Path) -> str:
    """The package directly under `eventsys` that a file belongs to; empty for `app.py` and its kin."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if len(parts) > 2 else ""


def level_of(path: Path) -> str:
    """What part of its feature a file is: `views`, `actions`, `rules` …, also when that part is a folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[2] if len(parts) > 2 else ""


def imported(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a file names in an import, with names imported from packages as modules too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names of the decorators of a function, as written: `bp.get`, `access`."""
    return [ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list]

"""The words of code, database, addresses and audit come from docs/glossary.md."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

from flask import Flask
from sqlalchemy import Enum

from config import ROOT
from eventsys.applications.rules.states import Act
from tests.guards import rows
from tests.guards.source import modules, tree_of, where

PAGE = (ROOT / "docs" / "glossary.md").read_text()
# Names that the code needs although the glossary has another word for the thing of ours.
ELSEWHERE = {
    "ticket": "the number of one filled-in form, so that sending it twice makes one application",
    "formula": "what a spreadsheet runs when a cell begins with one",
    "instance": "Python's own word",
}


def words() -> set[str]:
    """Every word in backticks, in parts."""
    return {part for word in re.findall(r"`([^`\n]+)`", PAGE) for part in re.split(r"[_\s-]", word)}


def never() -> set[str]:
    things = PAGE.partition("## Things")[2].partition("##")[0]
    cells = [line.split("|")[-2] for line in things.splitlines() if line.startswith("| **")]
    return {word.strip() for cell in cells for word in cell.split(",") if word.strip()}


def unknown(found: dict[str, str]) -> list[str]:
    """Lines for the reader: what was found where, with a word that the glossary hasn't got."""
    missing = []
    for text, place in sorted(found.items()):
        parts = {part for part in re.split(r"[_.\s-]", text) if part and not part.isdigit()}
        if parts - words():
            missing.append(f"{place}: {text}: add {sorted(parts - words())} to docs/glossary.md, or use its word")
    return missing


def test_glossary_is_read() -> None:
    assert {"submitted", "supervisor", "changes", "requested"} <= words()
    assert {"vendor", "attendee", "kpi"} <= never()


def test_values_in_the_database_are_words_of_the_glossary() -> None:
    values = {
        value: f"{table.name}.{column.name}"
        for table in rows.tables()
        for column in table.columns
        if isinstance(column.type, Enum)
        for value in column.type.enums
    }
    assert unknown(values) == []


def test_words_of_addresses_are_words_of_the_glossary(app: Flask) -> None:
    parts = {
        re.sub(r"<[^>]*>|\.[a-z]+$", "", part): rule.rule
        for rule in app.url_map.iter_rules()
        for part in rule.rule.split("/")
        if part
    }
    assert unknown(parts) == []


def test_audit_acts_are_words_of_the_glossary() -> None:
    acts = {
        node.args[0].value: where(path, node)
        for path in modules("eventsys/**/*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"record", "audit.record"} and node.args
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(acts) > 20
    assert unknown(acts) == []
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", act) for act in acts)
    assert {act.value.split("_")[0] for act in Act} <= words()


def names_in(tree: ast.AST) -> set[str]:
    fields = ("id", "attr", "name", "arg", "asname")
    return {
        value for node in ast.walk(tree) for field in fields if isinstance(value := getattr(node, field, None), str)
    }


def test_names_in_code_avoid_the_other_words() -> None:
    avoided = never() - set(ELSEWHERE)
    found = []
    for path in modules("eventsys/**/*.py"):
        for name in names_in(tree_of(path)):
            parts = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")
            together = {a + b for a, b in pairwise(parts)}
            bad = {part for part in {*parts, *(p.rstrip("s") for p in parts), *together} if part in avoided}
            found += [f"{where(path)}: {name}: the glossary has another word for {word!r}" for word in sorted(bad)]

    assert found == []

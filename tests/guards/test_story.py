"""The order of the story is told in four places, the same in each."""

from __future__ import annotations

import re
import tomllib

from config import ROOT
from eventsys.app import FEATURES, GROUND, TOP
from eventsys.editions.rules import TAKEN
from tests.guards.source import PACKAGES


def layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    story = next(contract for contract in contracts if contract["name"] == "The story runs one way")
    return [re.sub(r"[()\s]", "", name) for layer in story["layers"] for name in re.split(r"[|:]", layer)]


def test_import_contract_tells_the_story_backwards() -> None:
    known = [layer for layer in layers() if layer in FEATURES]

    assert known == list(reversed(FEATURES))
    assert layers()[-len(GROUND) :] == list(GROUND)


def test_readme_tells_the_story() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)

    assert [row for row in rows if row in FEATURES] == list(FEATURES)


def test_docs_tell_the_story() -> None:
    told = re.findall(r"`([a-z]+)`", (ROOT / "docs" / "architecture.md").read_text().partition("## The packages")[2])
    first = list(dict.fromkeys(name for name in told if name in FEATURES))

    assert first == list(FEATURES)


def test_every_package_has_its_place() -> None:
    there = {path.parent.name for path in (ROOT / "eventsys").glob("*/__init__.py")}

    assert there == {*PACKAGES, *TOP}


def test_every_feature_says_what_it_is_for() -> None:
    silent = [
        name
        for name in (*PACKAGES, *TOP)
        if not (ROOT / "eventsys" / name / "__init__.py").read_text().startswith('"""')
    ]
    assert silent == []


def test_no_edition_can_be_called_like_a_page_of_ours(app: object) -> None:
    rules = app.url_map.iter_rules()  # type: ignore[attr-defined]
    first = {rule.rule.split("/")[1] for rule in rules}

    assert {word for word in first if word and not word.startswith("<")} <= TAKEN

"""Addresses are kebab-case words and typed places; endpoint, function and template share a name."""

from __future__ import annotations

import re

from flask import Flask

from config import ROOT

WORD = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)"
PLACE = r"<(?:(?:edition|int|path):)?[a-z_]+>"
PART = re.compile(rf"(?:(?:{WORD}|{PLACE}|{WORD}-{PLACE})(?:\.[a-z]+)?)?")


def test_addresses_are_kebab_case(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not all(PART.fullmatch(part) for part in rule.rule.strip("/").split("/"))
    ]
    assert odd == []


def test_pattern_sees_other_spellings() -> None:
    for odd in ("someWords", "some_words", "some--words", "<string:x>", "Some", "-a", "a-"):
        assert not PART.fullmatch(odd), odd
    assert PART.fullmatch("figures-<language>.pdf")


def test_no_address_shows_a_key_of_the_database(app: Flask) -> None:
    counted = [
        rule.rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule or re.search(r"<\w*_?id>", rule.rule)
    ]

    assert counted == []


def test_functions_are_called_as_their_endpoints(app: Flask) -> None:
    """So one word finds view, template and test. Libraries' endpoints are theirs."""
    for endpoint, view in app.view_functions.items():
        if view.__module__.startswith("eventsys.") and view.__name__ != "<lambda>":
            assert endpoint.rpartition(".")[2] == view.__name__.rstrip("_"), endpoint


def test_every_feature_with_pages_has_flows() -> None:
    features = {path.parent.name for path in ROOT.glob("eventsys/*/views.py")} | {
        path.parent.name for path in ROOT.glob("eventsys/*/views/")
    }
    tested = {path.parent.name for path in ROOT.glob("tests/flows/*/test_*.py")}

    assert features
    assert sorted(features - tested) == []

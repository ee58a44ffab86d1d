"""Every text that a person reads is translated to Danish, and every translation keeps its placeholders.

`make texts` collects the texts of code and templates into translations/; then translate what is new in the .po files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale, gettext

from config import ROOT
from eventsys.base.i18n import LANGUAGES
from tests.guards.source import modules, tree_of, where

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMPLETE = ["da"]  # English is the source; Arabic is as complete as its translators have come.
LEFT_IN_ENGLISH = 0.0  # Share of Arabic texts that may still be missing.


@cache
def texts() -> dict[str, str]:
    """Every text in code and templates, and where it stands."""
    found: dict[str, str] = {}
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for folder in ("eventsys", "templates"):
        for name, line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), method_map=methods, options_map=options, keywords=KEYWORDS
        ):
            text = message if isinstance(message, str) else message[0]
            found.setdefault(text, f"{folder}/{name}:{line}")
    return found


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def test_danish_quotes_and_names_things_in_one_way() -> None:
    """Marks as »these«; a booth is a stand, an event a begivenhed (docs/glossary.md)."""
    wrong = re.compile(r"[“”„]|\b(bod|boder|boden|boderne|arrangement|arrangementer|arrangementet)\b", re.IGNORECASE)
    said = [form for message in catalogue("da") if message.id for form in forms(message)]
    assert [form for form in said if wrong.search(form)] == []


def test_arabic_has_marks_and_a_pitch_of_its_own() -> None:
    """Marks as «these», its own comma, semicolon and question mark; a pitch is a موقع and never a موضع."""
    wrong = re.compile(r"[“”„;?]|[\u0600-\u06ff»], |موضع|مواضع")
    said = [form for message in catalogue("ar") if message.id for form in forms(message)]
    assert [form for form in said if wrong.search(form)] == []


def translated(language: str) -> set[str]:
    return {
        text_of(message) for message in catalogue(language) if message.id and all(forms(message)) and not message.fuzzy
    }


def text_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_texts_are_found() -> None:
    assert len(texts()) > 300
    assert "Sign in" in texts()


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    missing = [f"{place}: {text!r}" for text, place in sorted(texts().items(), key=lambda item: item[1])]

    assert [line for line in missing if line.partition(": ")[2] not in {repr(t) for t in translated(language)}] == []


def test_arabic_is_nearly_complete() -> None:
    missing = sorted(set(texts()) - translated("ar"))

    assert len(missing) <= LEFT_IN_ENGLISH * len(texts()), missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    idle = {text_of(message) for message in catalogue(language) if message.id} - set(texts())

    assert sorted(idle) == [], "run `make texts`"


def placeholders(text: str, *, is_plural: bool) -> list[str]:
    """Those of a text, in order of the alphabet. A form for exactly one or two things may leave their number out."""
    found = sorted(PLACEHOLDER.findall(text))
    return [each for each in found if not (is_plural and each.startswith("%(num)"))]


def wrong_placeholders(language: str) -> Iterator[str]:
    for message in catalogue(language):
        is_plural = not isinstance(message.id, str)
        for form in forms(message):
            has = placeholders(form, is_plural=is_plural)
            if message.id and form and has != placeholders(text_of(message), is_plural=is_plural):
                yield f"{text_of(message)!r} -> {form!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    assert list(wrong_placeholders(language)) == []


@pytest.mark.parametrize("language", COMPLETE)
def test_compiled_catalogue_is_used(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert gettext("Sign in") != "Sign in"


def test_texts_take_named_placeholders_alone() -> None:
    positional = re.compile(r"%(?!\(|%)[sdrf]")

    assert [f"{place}: {text!r}" for text, place in texts().items() if positional.search(text)] == []


def test_no_text_hides_in_an_f_string() -> None:
    """Only what stands outside is collected into the catalogues; what stands inside stays English."""
    hidden = [
        f"{where(path, call)}: {ast.unparse(call)}"
        for path in modules()
        for string in ast.walk(tree_of(path))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and called_by(call) in KEYWORDS
    ]

    assert hidden == []


def called_by(call: ast.Call) -> str:
    """The last name of what is called: `gettext` of `flask_babel.gettext(…)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")

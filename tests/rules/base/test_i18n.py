"""Texts kept per language, and the direction they are read in."""

from __future__ import annotations

import pytest

from eventsys.base.i18n import LANGUAGES, direction_of, in_language, page_language
from eventsys.base.web.language import is_own_path

BOTH = {"da": "Gaden", "en": "The street"}


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        (BOTH, "en", "The street"),
        (BOTH, "ar", "The street"),
        ({"da": "Gaden", "ur": "گلی"}, "ar", "Gaden"),
        ({"en": "The street", "ur": "گلی"}, "ar", "The street"),
        ({"ur": "گلی"}, "da", "گلی"),
        ({"da": "", "en": "The street"}, "da", "The street"),
        ({"da": ""}, "da", ""),
        ({}, "da", ""),
        (None, "da", ""),
    ],
)
def test_text_is_shown_in_the_nearest_language(texts: dict[str, str] | None, language: str, shown: str) -> None:
    assert in_language(texts, language) == shown


def test_directions() -> None:
    assert {language: direction_of(language) for language in (*LANGUAGES, "ur", "tr")} == {
        "da": "ltr",
        "en": "ltr",
        "ar": "rtl",
        "ur": "rtl",
        "tr": "ltr",
    }


def test_readers_of_other_languages_get_english() -> None:
    assert [page_language(language) for language in ("da", "ar", "tr", "")] == ["da", "ar", "en", "en"]


@pytest.mark.parametrize("target", ["/", "/organise/?page=2", "/a//b", "/#main"])
def test_paths_of_ours_are_ours(target: str) -> None:
    assert is_own_path(target)


@pytest.mark.parametrize(
    "target", ["", "organise", "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "javascript:x"]
)
def test_other_addresses_are_not(target: str) -> None:
    assert not is_own_path(target)

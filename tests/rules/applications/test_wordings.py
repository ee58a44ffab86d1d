"""What may stand in a mail's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.wordings import NEEDED, Words, check_wording, placeholders_of
from eventsys.base.refusals import Refusal


@pytest.mark.parametrize(
    ("template", "words", "code", "field"),
    [
        ("approved", Words("", "{link}"), Code.MISSING, "subject"),
        ("approved", Words("Hej", "  "), Code.MISSING, "text"),
        ("approved", Words("Hej", "Velkommen!"), Code.PLACEHOLDER_NEEDED, "text"),
        ("approved", Words("Hej {navn}", "{link}"), Code.PLACEHOLDER_UNKNOWN, "subject"),
        ("approved", Words("Hej", "{link} {until}"), Code.PLACEHOLDER_UNKNOWN, "text"),
        ("withdrawn", Words("Hej", "{note}"), Code.PLACEHOLDER_UNKNOWN, "text"),
        ("approved", Words("Hej", "{link}" + "x" * 6000), Code.TOO_LONG, "text"),
        ("approved", Words("Hej\x00", "{link}"), Code.CONTROL_CHARACTER, "subject"),
        ("rejected", Words("Hej", "Nej {}{note}"), Code.PLACEHOLDER_UNKNOWN, "text"),
    ],
)
def test_words_that_are_refused(template: str, words: Words, code: Code, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_wording(template, words)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_good_words_are_kept_as_they_are() -> None:
    words = Words("Velkommen, {organisation}", "Linje 1\n\n{note}\n{link} { ikke et felt\n}")
    assert check_wording("approved", words) == words


def test_every_mail_has_its_template_and_needs_what_it_may_hold() -> None:
    there = {path.stem for path in Path("templates/mail/applications").glob("[!_]*.txt")}
    assert set(NEEDED) <= there
    for template, needed in NEEDED.items():
        assert set(needed) <= set(placeholders_of(template))

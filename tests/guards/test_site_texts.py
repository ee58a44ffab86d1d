"""The editor of the street has no words of its own: every sentence that its script asks for is on the page, and none is idle."""

from __future__ import annotations

import re

from config import ROOT
from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.booths.site_texts import DONE, DRAWING, SAVING, TABLE

SCRIPTS = ROOT / "static" / "js" / "site"
# Made of a part that is known and one that is not.
MADE = {"column_", "count_", "kind_"}
# Kinds of answers, said by their own names.
ANSWERS = {"refused", "meanwhile", "in_use", "signed_out", "lost", "broken"}


def asked_for() -> set[str]:
    source = "\n".join(path.read_text() for path in SCRIPTS.glob("*.js") if not path.name.endswith(".test.js"))
    called = re.findall(r"\b(?:say|announce|ask)\((.*)", source)
    quoted = {word for call in called for word in re.findall(r"\"([a-z][a-z_0-9]+)\"", call)}
    return quoted | set(re.findall(r"\"((?:lay|point|line|area)_[a-z_0-9]+)\"", source)) | ANSWERS


def known() -> set[str]:
    return {*DONE, *DRAWING, *SAVING, *TABLE}


def test_every_sentence_that_is_asked_for_is_there() -> None:
    shapes = {"row", "tape", "spot"}
    missing = asked_for() - known() - shapes - set(FLAGS)
    assert {key for key in missing if "_" in key} == set()


def test_no_sentence_is_idle() -> None:
    idle = {key for key in known() - asked_for() if not key.startswith(tuple(MADE))}
    assert idle == set()

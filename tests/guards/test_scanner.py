"""The scanner and the server say the same: one list of verdicts, and a text for everything that the page asks for."""

from __future__ import annotations

import re
from pathlib import Path

from eventsys.gate.rules.verdicts import Verdict
from eventsys.gate.scanner_texts import PAGE, VERDICT_SENTENCES, VERDICT_TITLES
from eventsys.passes.rules.codes import Code

ROOT = Path(__file__).parents[2]
SCANNER = ROOT / "static" / "scanner"
TEMPLATES = sorted((ROOT / "templates" / "gate").glob("*scanner*.html"))
PAGE_PARTS = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
MODULES = {path.name: path.read_text(encoding="utf-8") for path in SCANNER.glob("*.js") if ".test." not in path.name}
# Keys that are put together: `check_camera_good`, `camera_denied`, `kind_4`, `theme_dark`, and the codes of a wrong short code.
COMPOSED = {
    key
    for key in PAGE
    if re.match(r"(check_.*_|camera_(?!again)|kind_|theme_|vehicle_)", key) or re.match(r"check_(good|bad|open)$", key)
}


def test_verdicts_and_severities_are_those_of_the_scanner() -> None:
    table = re.search(r"SEVERITIES = \{(.*?)\}", MODULES["verdict.js"], re.DOTALL)
    assert table is not None

    in_scanner = dict(re.findall(r'(\w+): "(\w+)"', table[1]))

    assert in_scanner == {verdict.value: verdict.severity.value for verdict in Verdict}


def test_every_verdict_has_its_words() -> None:
    assert set(VERDICT_TITLES) == set(VERDICT_SENTENCES) == set(Verdict)


def test_every_text_that_the_scanner_asks_for_is_there_and_none_is_idle() -> None:
    in_page = {key for pair in re.findall(r'words\.(\w+)|data-text="(\w+)"', PAGE_PARTS) for key in pair if key}
    code = "\n".join(MODULES.values())
    in_modules = set(re.findall(r'\b(?:t|alarm)\((?:[^"()`]*\? )?"(\w+)"', code))
    asked = in_page | in_modules | COMPOSED | {code.value for code in Code if code.value.startswith("short_code_")}
    quoted = set(re.findall(r'"(\w+)"', code))

    assert asked <= set(PAGE), "asked for, and not there"
    assert set(PAGE) - asked <= quoted, "asked for by nobody"


def test_the_browser_is_never_asked_whether_there_is_a_network() -> None:
    assert [name for name, code in MODULES.items() if "onLine" in code] == []

"""An organiser with many applications: asks for changes, approves thirty at once, is interrupted, takes two back, releases."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, ROOT, Site, check, sign_in
from tests.journeys.test_story import coming

pytestmark = pytest.mark.xdist_group("journeys")
THIRTY = 30
HEADER = "reference;kind;name;email;days;crew;width_m;power_kw;cuisine;about_en"


def import_thirty(site: Site, edition: str, folder: Path) -> None:
    """Thirty choirs, as an organiser's spreadsheet brings them."""
    lines = [
        f"CH-{n:02};association;Choir {n:02};choir{n:02}@example.org;1;4;3;0;;We sing." for n in range(1, THIRTY + 1)
    ]
    file = folder / "choirs.csv"
    file.write_text("\n".join([HEADER, *lines]))
    environment = {**os.environ, "EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(site.var), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "import", "applications", str(file), "--edition", edition],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def decide(page: Page, edition: str, name: str, button: str) -> None:
    page.goto(f"/organise/{edition}/applications?text={name.replace(' ', '+')}")
    page.locator("[data-rows] a").first.click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    check(page)


def test_thirty_at_once(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = open_page("en", DESKTOP)
    edition = coming(page)
    import_thirty(site, edition, tmp_path)
    sign_in(page, site)

    page.goto(f"/organise/{edition}/applications?text=choir+01")
    page.locator("[data-rows] a").first.click()
    page.locator("#note").fill("Tell us more about your songs.")
    page.get_by_text("Name the fields that are to be changed").click()
    page.locator("input[name=asked][value=about]").check()
    page.get_by_role("button", name="Ask for changes", exact=True).click()

    page.goto(f"/organise/{edition}/applications?text=choir&state=submitted&kind=association")
    check(page)
    page.locator("#pick-all").check()
    page.locator("#batch-act").select_option("approve")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"This concerns {THIRTY - 1} applications.")
    check(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    progress = page.url
    page.goto("/organise/")  # Interrupted: the telephone rings.
    page.goto(progress)
    expect(page.locator("main")).to_contain_text(f"{THIRTY - 1} applications are done.", timeout=30_000)
    check(page)

    for name in ("Choir 02", "Choir 03"):
        decide(page, edition, name, "Take the decision back")

    page.goto(f"/organise/{edition}/applications/announce")
    page.locator("main details summary").first.click()
    check(page)
    page.get_by_role("button", name="Announce and send the mails").click()
    expect(page.locator("main")).to_contain_text(re.compile(rf"{THIRTY - 2} decisions are announced"))

    for name, subject in (("choir04", "I er med"), ("choir01", "Taste the World")):
        page.goto(f"/dev/mail?to={name}@example.org")
        expect(page.locator("main table a").first).to_contain_text(subject)
    page.goto("/dev/mail?to=choir02@example.org")
    expect(page.locator("main")).to_contain_text("No mail to this address")

"""A spreadsheet brought in with a browser: chosen, its columns named, tried, taken in; too large a file stays here."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Site, check, sign_in
from tests.journeys.test_story import coming

pytestmark = pytest.mark.xdist_group("journeys")
SHEET = """Nr;Slags;Forening;Mail;Dage;Antal
BR-1;forening;Bro Kor;bro1@example.org;1;4
BR-2;forening;Bro Dans;bro2@example.org;1;mange
"""


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(files=file(name, content))  # type: ignore[arg-type]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "without-scripts"])
def test_a_spreadsheet_comes_in(open_page: Callable[..., Page], site: Site, has_scripts: bool) -> None:
    page = open_page("en", DESKTOP, java_script_enabled=has_scripts)
    edition = coming(page)
    sign_in(page, site)
    page.goto(f"/organise/{edition}/applications/import")
    mark = "a" if has_scripts else "b"
    choose(page, "bridge.csv", SHEET.replace("BR-", f"BR{mark}-").replace("Bro ", f"Bro {mark} ").encode())
    page.get_by_role("button", name="Look at it").click()

    expect(page.get_by_role("heading", name="What would happen")).to_be_visible()
    expect(page.locator("main h1")).to_have_text("bridge.csv")
    page.get_by_label("What “Antal” is").select_option("crew")
    page.get_by_role("button", name="Keep the columns and try").click()
    expect(page.locator("main")).to_contain_text("“mange” is not a number that fits here.")
    if has_scripts:
        check(page)
    page.get_by_role("button", name="Take 1 application in").click()
    page.wait_for_load_state()
    if has_scripts:
        expect(page.locator("main")).to_contain_text("1 application is taken in.", timeout=30_000)
    else:  # Then it looks again when it is asked to.
        expect(page.locator("main")).to_contain_text(re.compile("of 2 rows|is taken in"))


def test_a_file_that_is_too_large_is_not_sent(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("da", DESKTOP)
    edition = coming(page)
    sign_in(page, site)
    page.goto(f"/organise/{edition}/applications/import")
    choose(page, "all.csv", bytes(11 * 1024 * 1024))

    expect(page.locator("[data-upload-large]")).to_be_visible()
    page.locator("main form button[type=submit]").first.click()

    expect(page.locator("[data-upload-large]")).to_be_visible()
    assert page.url.endswith("/import")
    choose(page, "few.csv", SHEET.encode())
    expect(page.locator("[data-upload-large]")).to_be_hidden()


def test_a_list_of_volunteers_and_a_street_come_in_too(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    edition = coming(page)
    sign_in(page, site)

    page.goto(f"/organise/{edition}/passes/import")
    choose(page, "list.csv", b"bearer;email;days\nvolunteer;vera@example.org;1\n")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator("main").inner_text().count("vera@example.org") + page.get_by_text("What would happen").count()

    page.goto(f"/organise/{edition}/booths/import")
    page.locator("#pitches").set_input_files(
        files=file("street.geojson", b'{"type":"FeatureCollection","features":[]}')
    )  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("main h2").first).to_be_visible()

"""Forms on paper: printed, typed in by keys alone, taken back; a file of answers looked at first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_answering import opened
from tests.journeys.test_tour import SLUG

pytestmark = pytest.mark.xdist_group("journeys")


def survey_page(page: Page, site: Site, folder: Path, *, key: str, language: str) -> str:
    """The page of a survey that is open now, found by its name among those that other journeys open."""
    opened(site, folder, key, name=dict.fromkeys(("da", "en", "ar"), key))
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(f"/organise/{SLUG}/surveys")
    page.get_by_role("link", name=key, exact=True).click()
    page.wait_for_load_state()
    return page.url


def test_a_form_is_typed_in_by_keys(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = open_page("en", DESKTOP)
    survey_page(page, site, tmp_path, key="days-on-paper", language="en")
    page.locator("main a[href$='/paper']").click()
    check(page)
    form = page.locator("main a[href$='form-ar.pdf']").first.get_attribute("href") or ""
    assert page.request.get(form).body().startswith(b"%PDF")
    page.locator("main a[href$='/type/visitor']").click()
    check(page)

    expect(page.locator("input[name=community]").first).to_be_focused()
    for key in ("2", "Enter", "1", "0", "Enter", "2", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("input[name=community]").nth(1)).to_be_checked()
    expect(page.locator("input[name=rating][value='10']")).to_be_checked()
    expect(page.locator("textarea[name=why]")).to_be_focused()
    page.keyboard.type("Too far")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Typed in today: 1.")
    expect(page.locator("input[name=community]:checked")).to_have_count(0)
    check(page)
    page.get_by_role("button", name="Take the last form back").click()
    expect(page.get_by_role("status").first).to_contain_text("Typed in today: 0.")
    expect(page.locator("textarea[name=why]")).to_have_value("Too far")
    check(page)


@pytest.mark.parametrize("language", ["da", "ar"])
def test_papers_and_files_on_a_phone(open_page: Callable[..., Page], site: Site, tmp_path: Path, language: str) -> None:
    page = open_page(language, PHONE)
    here = survey_page(page, site, tmp_path, key=f"days-by-file-{language}", language=language)
    for path in ("/paper", "/type/visitor", "/import"):
        page.goto(f"{here}{path}")
        check(page)
    page.locator("input[type=file]").set_input_files(
        {
            "name": "answers.csv",
            "mimeType": "text/csv",
            "buffer": b"audience,language,community,rating,again,why\nvisitor,da,never,,,\n",
        }
    )
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("never")
    check(page)

"""Half-written words beside others: what is typed for a decision stays while something else on the page is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, check, sign_in, take_in
from tests.journeys.test_story import coming

pytestmark = pytest.mark.xdist_group("journeys")
LAPTOP = {"width": 1366, "height": 768}


def test_a_reason_stays_while_a_note_and_a_tag_are_kept(
    open_page: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    page = open_page("en", LAPTOP)
    edition = coming(page)
    take_in(site, edition, tmp_path, ["KEEP-1;association;Keep Singers;keep@example.org;1;4;3;0;;We sing."])
    sign_in(page, site)
    page.goto(f"/organise/{edition}/applications?text=KEEP-1")
    page.locator("[data-rows] tbody a").first.click()
    page.locator("#note").fill("Too many singers this")
    page.get_by_text("Name the fields that are to be changed").click()
    page.locator("input[name=asked][value=about]").check()
    page.locator("#word-about").fill("In Danish too")

    page.locator("#new-note").fill("Ask them about the tent.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#notes")).to_contain_text("Ask them about the tent.")
    expect(page.locator("#new-note")).to_have_value("")
    page.locator("#tag").fill("singers")
    page.get_by_role("button", name="Add the tag").click()

    expect(page.locator("#tags")).to_contain_text("singers")
    expect(page.locator("#note")).to_have_value("Too many singers this")
    expect(page.locator("#word-about")).to_be_visible()
    expect(page.locator("#word-about")).to_have_value("In Danish too")
    check(page)
    page.locator("#note").fill("Too many singers this year.")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator("main")).to_contain_text("Too many singers this year.")
    expect(page.locator("#note")).to_have_value("")
    page.locator("#note").fill("Not these words")
    page.get_by_role("button", name="Take the decision back").click()  # So that other journeys find nothing staged.
    expect(page.locator("#note")).to_have_value("Not these words")
    check(page)


def test_answers_stand_beside_the_review(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("da", LAPTOP)
    sign_in(page, site)
    page.goto("/organise/taste-the-world-2011/applications")
    page.locator("[data-rows] tbody a").first.click()
    page.locator("main a[href$='/review']").click()
    check(page)

    form, told = page.locator(".beside-form").bounding_box(), page.locator(".beside-told").bounding_box()
    assert form and told
    assert form["x"] > told["x"] + told["width"] - 1
    assert abs(form["y"] - told["y"]) < 40
    page.mouse.wheel(0, 600)
    expect(page.locator("#has_conflict")).to_be_in_viewport()

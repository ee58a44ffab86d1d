"""A visitor in the street, on a phone: searches, taps, sees where it is; avoids nuts; sends the link; without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, check
from tests.journeys.test_tour import SLUG

pytestmark = pytest.mark.xdist_group("journeys")


def is_seen(page: Page, selector: str) -> bool:
    """Whether something lies within what the phone shows."""
    box = page.locator(selector).first.bounding_box()
    return (
        box is not None
        and 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
        and 0 <= box["y"] <= box["y"] + box["height"] <= PHONE["height"]
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_booth_is_found_and_seen_without_hunting(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page("da", PHONE, java_script_enabled=scripts)
    page.goto(f"/{SLUG}/?language=da")
    page.locator("#words").fill("Hvor er den somaliske teaterforening?")
    page.locator("main form button").click()
    page.wait_for_url("**/map?**")

    assert page.locator("svg a.map-found").count() == 1
    assert is_seen(page, "svg a.map-found")
    page.locator("svg a.map-found").click()
    entry = page.locator(".booths li:target")
    expect(entry).to_contain_text("Bispebjerg Somalisk Teaterforening")
    entry.locator(".booths-spots a").click()
    assert is_seen(page, "svg a.map-shape:target")
    page.locator(".booths h3 a").click()
    page.locator("main a[href*='/map?booth=']").click()
    assert page.locator("svg a.map-found").count() == 1
    assert is_seen(page, "svg a.map-found")


def test_who_avoids_nuts_reads_what_is_stated_and_sends_the_link(open_page: Callable[..., Page]) -> None:
    page = open_page("en", PHONE)
    page.goto(f"/{SLUG}/map?language=en")
    page.locator("summary").first.click()
    page.locator("label[for=avoid-nuts]").click()
    page.locator("label[for=diet-vegan]").click()
    page.locator("main form button").click()
    page.wait_for_url("**/map?**avoid=nuts**")

    fits, asked = page.locator(".booths").first, page.locator(".booths").last
    both = fits.locator("li").filter(has_text="Not stated: ask at the booth").first
    expect(both).to_contain_text("Fits your choice")
    expect(asked.locator("li").first).not_to_contain_text("Fits your choice")
    expect(page.locator(".map-legend").first).to_contain_text("Other booth")
    check(page)
    friend = open_page("ar", PHONE)
    friend.goto(page.url)
    assert friend.locator("svg a.map-found").count() == page.locator("svg a.map-found").count()
    check(friend)


def test_nothing_found_leads_on(open_page: Callable[..., Page]) -> None:
    page = open_page("en", PHONE)
    page.goto(f"/{SLUG}/map?words=somali+women&language=en")
    check(page)

    page.get_by_role("link", name="Only “somali”").click()

    assert page.locator("svg a.map-found").count() > 1


def test_keyboard_reaches_every_booth_of_the_map(open_page: Callable[..., Page]) -> None:
    page = open_page("en", PHONE)
    page.goto(f"/{SLUG}/map?words=teaterforening&language=en")
    shapes = page.locator("svg a.map-shape")
    shapes.first.focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") == shapes.nth(1).get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue/**")

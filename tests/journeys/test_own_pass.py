"""A visitor takes a pass on a phone, goes where no network is, opens it again, and a scanner reads it from the screen."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, check
from tests.journeys.test_story import coming

pytestmark = pytest.mark.xdist_group("journeys")


def codes_on(page: Page) -> list[str]:
    """The signed texts that a scanner reads from what the phone shows."""
    screen = Image.open(BytesIO(page.screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(screen)]


def taken(page: Page, *, people: int = 1) -> None:
    """Passes for the first day, taken on the public page; the phone has kept them."""
    page.goto("/language/ar")
    page.goto(f"/{coming(page)}/pass")
    check(page)
    page.locator("#days-0").check()
    page.locator("#people").select_option(str(people))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/passes/*")
    expect(page.locator("[data-kept]")).to_be_visible()


def test_a_visitors_pass_is_read_from_the_screen_without_a_network(open_page: Callable[..., Page]) -> None:
    page = open_page("ar", PHONE)
    taken(page)
    check(page)
    address, short = page.url, page.locator(".pass-code").inner_text()
    page.goto("about:blank")
    page.context.set_offline(True)

    page.goto(address)

    [code] = codes_on(page)
    assert code.startswith("TW1:")
    assert page.locator(".pass-code").inner_text() == short
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.pass')).textAlign") == "center"
    )  # The sheet is kept too.
    expect(page.locator(".pass-code")).to_be_in_viewport()


def test_several_passes_stand_side_by_side_and_each_is_read(open_page: Callable[..., Page]) -> None:
    page = open_page("ar", PHONE)
    taken(page, people=3)
    check(page)

    read = set()
    for card in page.locator(".pass-deck > li").all():
        card.evaluate("card => card.scrollIntoView({ inline: 'center', block: 'nearest' })")
        read.update(codes_on(page))

    assert len(read) == 3


def test_the_worker_leaves_the_scanner_and_other_pages_alone(open_page: Callable[..., Page]) -> None:
    page = open_page("ar", PHONE)
    taken(page)

    scopes = page.evaluate(
        "navigator.serviceWorker.getRegistrations().then(all => all.map(one => new URL(one.scope).pathname))"
    )
    page.goto("/")
    controlled = page.evaluate("navigator.serviceWorker.controller !== null")

    assert scopes == ["/passes/"]
    assert not controlled


def test_the_whole_code_is_in_view_on_a_small_phone_also_under_a_message(open_page: Callable[..., Page]) -> None:
    page = open_page("ar", {"width": 360, "height": 640})
    taken(page, people=3)

    expect(page.locator(".qr").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".pass-code").first).to_be_in_viewport(ratio=1)

"""The review list on the screen of a common laptop: lines are seen at once, and headings order them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, check, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
LAPTOP = {"width": 1366, "height": 768}
LIST = "/organise/taste-the-world-2011/applications"
LINES = "() => [...document.querySelectorAll('.list tbody tr')].filter(line => line.getBoundingClientRect().bottom <= innerHeight).length"


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_several_lines_are_seen_without_scrolling(open_page: Callable[..., Page], site: Site, language: str) -> None:
    page = open_page(language, LAPTOP)
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(LIST)
    check(page)

    assert page.evaluate(LINES) >= 4
    page.locator(".list thead a").first.click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator(".filter-more[open]")).to_have_count(0)
    assert page.evaluate(LINES) >= 4
    names = page.locator(".list tbody th a").all_inner_texts()
    page.locator(".list thead a").first.click()
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    assert page.locator(".list tbody th a").first.inner_text() not in names[:1]

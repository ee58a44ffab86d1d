"""Results in the browser: bars that begin where reading begins, the same on paper, and free text tagged and narrowed down."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_tour import SLUG

pytestmark = pytest.mark.xdist_group("journeys")


def results(page: Page, site: Site, language: str) -> str:
    """Sign in, and go to the results of what visitors and volunteers said; the address of the survey."""
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(f"/organise/{SLUG}/surveys")
    page.locator("main table a").nth(1).click()
    address = page.url
    page.locator("main a[href$='/results']").click()
    return address


def words_on(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    words = (document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    return re.sub(r"\s+", " ", " ".join(words))


@pytest.mark.parametrize(("language", "is_rtl"), [("da", False), ("ar", True)])
def test_bar_begins_where_reading_begins(
    open_page: Callable[..., Page], site: Site, language: str, is_rtl: bool
) -> None:
    page = open_page(language, PHONE)
    results(page, site, language)
    bar = page.locator(".stacked").first
    whole = bar.bounding_box()
    first = bar.locator(".stacked-piece").first.bounding_box()
    assert whole is not None
    assert first is not None

    starts = [first["x"] - whole["x"], whole["x"] + whole["width"] - first["x"] - first["width"]]
    assert abs(starts[is_rtl]) < 2
    assert abs(starts[not is_rtl]) > 20, "and it isn't all of it"
    assert "url(#pattern-0)" in str(bar.locator(".stacked-piece").first.get_attribute("fill"))
    check(page)


def test_paper_has_the_bars_and_the_figures_and_no_menu(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    results(page, site, "en")
    paper = words_on(page.pdf(format="A4"))
    page.emulate_media(media="print")

    assert "107 of the 126 who had an opinion, 85 %." in paper
    assert "Between 78 % and 90 %, with 95 % confidence." in paper
    assert "Figures as CSV" not in paper
    expect(page.locator(".stacked").first).to_be_visible()
    expect(page.locator("nav.side")).to_be_hidden()


def test_organiser_tags_texts_and_narrows_them_down(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", PHONE)
    results(page, site, "en")
    page.get_by_role("link", name="Read what was written").click()
    text = page.locator(".free-texts > li").filter(has_text="Drikkevand flere steder.")
    text.get_by_label("New tag").fill("water")
    text.get_by_role("button", name="Add tag").click()
    expect(page.get_by_text("The text is tagged")).to_be_visible()
    more = page.locator(".free-texts > li").filter(has_text="More water points, please.")
    more.get_by_label("New tag").fill("water")
    more.get_by_role("button", name="Add tag").click()
    page.get_by_label("Tag", exact=True).select_option("water")
    page.get_by_role("button", name="Show").click()

    expect(page.locator(".free-text")).to_have_count(2)
    check(page)
    page.get_by_role("button", name="Take off").first.click()
    expect(page.locator(".free-text")).to_have_count(1)
    page.get_by_role("button", name="Take off").click()
    expect(page.get_by_text("No text has this tag")).to_be_visible()

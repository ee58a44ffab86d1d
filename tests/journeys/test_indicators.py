"""An organiser builds an indicator and freezes it: the sentence grows while the form is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Site, check, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
LIST = "/organise/taste-the-world-2011/indicators"


def test_an_indicator_is_built_and_frozen(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en")
    sign_in(page, site)
    page.goto(f"{LIST}/add?measure=survey_share")
    said = page.locator("#sentence-said")
    expect(page.get_by_role("button", name="Show the sentence again")).to_be_hidden()
    before = said.inner_text()

    page.locator("select[name=item]").select_option("taste-the-world-2011/community")
    page.locator("input[name=target]").press_sequentially("75")

    expect(said).not_to_have_text(before)
    expect(said).to_contain_text("at least 75 %")
    expect(said).to_contain_text(re.compile(r"As of now: \d+"))
    check(page)
    page.locator("input[name=target]").fill("0")
    expect(said).to_contain_text("A target must be above 0.")
    page.locator("input[name=target]").fill("75")
    page.locator("input[name=name_da]").fill("Styrket fællesskab")
    page.locator("input[name=name_en]").fill("Stronger community")
    page.get_by_role("button", name="Keep the indicator").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Stronger community")
    page.goto(LIST)
    page.get_by_role("button", name="Freeze all figures now").click()
    page.get_by_role("link", name="Stronger community").click()
    expect(page.get_by_role("definition").nth(1)).to_have_text(re.compile(r"\d{4} \d\d:\d\d$"))
    check(page)


def test_without_javascript_a_button_shows_the_sentence(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", PHONE, java_script_enabled=False)
    sign_in(page, site)
    page.goto(f"{LIST}/add?measure=survey_share")
    page.locator("select[name=item]").select_option("taste-the-world-2011/community")
    page.locator("input[name=target]").fill("75")

    page.get_by_role("button", name="Show the sentence again").click()

    expect(page.locator("#sentence-said")).to_contain_text("at least 75 %")

"""Vehicles in a browser: the list at the gate without a network, the small map in a mail, the list for paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.scanning import connect, press

pytestmark = pytest.mark.xdist_group("journeys")
SLUG = "taste-the-world-2011"


def gate_link(page: Page) -> str:
    """A link for phones to a gate of 2011, made as organisers do, for hours that run now."""
    page.goto(f"/organise/{SLUG}/gate")
    page.get_by_role("link", name="Let phones in").click()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return re.sub(r"^https?://[^/]+", "", page.locator(".secret code").inner_text())


def test_who_is_expected_is_found_at_the_gate_without_a_network(open_page: Callable[..., Page], site: Site) -> None:
    organiser = open_page("en", DESKTOP)
    sign_in(organiser, site)
    link = gate_link(organiser)
    phone = open_page("ar", PHONE)
    connect(phone, link)
    press(phone, "menu")
    press(phone, "vehicles")
    phone.context.set_offline(True)

    shown = phone.locator(".vehicles li")
    everybody = shown.count()
    phone.locator("#pitch").fill("a1")
    found = shown.locator("strong").all_inner_texts()

    assert everybody > len(found) > 0
    assert all(number.startswith(("A1", "A01")) for number in found), found
    check(phone)
    phone.locator("#pitch").fill("z9")
    expect(shown).to_have_count(0)
    assert phone.locator("[data-part=vehicles-refusal]").inner_text()
    assert phone.evaluate("document.documentElement.dir") == "rtl"


def test_a_caught_mail_shows_its_map(open_page: Callable[..., Page]) -> None:
    page = open_page("en", PHONE)
    page.goto("/dev/mail?to=kontakt@spisehuset-mango-syd.example")
    page.locator("main table a").first.click()

    picture = page.locator(".mail-text img")

    expect(picture).to_have_attribute("alt", "Map of the street: B12 lies on side B, between B11 and B13.")
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 720
    check(page)


def test_the_list_for_paper_has_a_page_for_each_side_and_day(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("da", DESKTOP)
    sign_in(page, site)
    page.goto(f"/organise/{SLUG}/booths/arrivals/list")

    page.emulate_media(media="print")
    expect(page.locator(".print-bar")).to_be_hidden()
    paper = page.pdf(format="A4")

    assert paper.count(b"/Type /Page\n") == page.locator("section.sheet").count() == 4

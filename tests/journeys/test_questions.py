"""An organiser writes a question with answers to choose from: rows come and go, with the page's script and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Site, check, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
ADD = "/organise/taste-the-world-2011/questions/add"


def fill(page: Page, row: int, word: str) -> None:
    page.locator("fieldset[data-one]").nth(row).get_by_label("Danish").fill(word)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_rows_come_and_go_without_a_reload(open_page: Callable[..., Page], site: Site, language: str) -> None:
    page = open_page(language, PHONE)
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(ADD)
    expect(page.locator("[data-one]")).to_have_count(3)
    expect(page.locator("[data-many]")).to_be_hidden()
    page.locator("select[name=type]").select_option("one_of")
    page.evaluate("() => { window.isSame = true; }")
    page.locator("[name=options-0-da]").fill("Rød")
    page.locator("[name=options-1-da]").fill("Blå")

    page.locator("[data-more]").click()
    expect(page.locator("[name=options-3-da]")).to_be_focused()
    page.keyboard.type("Grøn")
    check(page)
    page.locator("[data-less]").nth(1).click()

    expect(page.locator("[name=options-2-da]")).to_be_focused()
    expect(page.locator("[name=options-0-da]")).to_have_value("Rød")
    expect(page.locator("[name=options-1-da]")).to_have_count(0)
    expect(page.locator("[data-one]").nth(2).locator("legend")).to_contain_text("3")
    assert page.evaluate("() => window.isSame")
    page.locator("[data-less]").nth(2).click()
    expect(page.locator("[data-more]")).to_be_focused()
    for _ in range(28):
        page.locator("[data-more]").click()
    expect(page.locator("[data-one]")).to_have_count(30)
    expect(page.locator("[data-more]")).to_be_hidden()


def test_without_javascript_the_buttons_ask_the_server(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", PHONE, java_script_enabled=False)
    sign_in(page, site)
    page.goto(ADD)
    page.get_by_label("Question in Danish").fill("Hvilken farve?")
    fill(page, 0, "Rød")
    fill(page, 1, "Blå")
    page.get_by_role("button", name="Add an answer").click()

    fill(page, 3, "Grøn")
    page.locator("[data-less]").nth(1).click()

    expect(page.locator("[data-one]")).to_have_count(3)
    assert [one.input_value() for one in page.locator("[name^=options][name$=-da]").all()] == ["Rød", "", "Grøn"]
    page.locator("[name=options-3-da]").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Write the question in Danish and in English.")
    expect(page.locator("[data-one]")).to_have_count(3)

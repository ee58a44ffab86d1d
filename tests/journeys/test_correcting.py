"""After a day at the gates: a count put right, a sheet of paper typed in, both taken back; in all languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_tour import LOOKS, SLUG

pytestmark = pytest.mark.xdist_group("journeys")
END = f"/organise/{SLUG}/gate/end?day=1"


def press(page: Page, name: str = "") -> None:
    """Press the form's first button, or the one of that name, and wait for what comes."""
    button = f"main form button[name={name}]" if name else "main form button[type=submit]"
    with page.expect_navigation():
        page.locator(button).first.click()


def links(page: Page, reason: str) -> int:
    """How many counts with this reason may be taken back."""
    return page.locator("main tr", has_text=reason).locator("a[href$='/back']").count()


def take_back(page: Page, reason: str, *, is_whole: bool = False) -> None:
    page.goto(END)
    page.locator("main a[href$='/back']").first.click()
    if is_whole:
        page.locator("label[for=is_whole]").click()
    page.locator("#reason").fill(reason)
    check(page)
    press(page)


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_counts_are_put_right(open_page: Callable[..., Page], site: Site, language: str, size: dict[str, int]) -> None:
    page = open_page(language, size)
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(END)
    page.locator("main a[href*='/gate/correct?']").click()
    page.locator("#gate").select_option("N")
    page.locator("#at").fill("14:05")
    page.locator("label[for=change-0]").click()
    page.locator("#people").fill("12")
    press(page)
    assert page.locator("#people").input_value() == "12"
    check(page)
    page.locator("#reason").fill(f"Counted at the fence ({language})")
    press(page)
    check(page)
    assert links(page, f"at the fence ({language})") == 1

    take_back(page, "It was the other day")
    check(page)
    assert links(page, f"at the fence ({language})") == 0


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_a_sheet_is_typed_in(open_page: Callable[..., Page], site: Site, language: str, size: dict[str, int]) -> None:
    page = open_page(language, size)
    sign_in(page, site)
    page.goto(f"/language/{language}")
    page.goto(f"/organise/{SLUG}/gate/paper?day=1&gate=N")
    for folded in page.locator("main details").all():
        folded.evaluate("part => { part.open = true }")
    cells = page.locator("main table input")
    cells.nth(0).fill("31")
    cells.nth(1).fill("a few")
    press(page)
    check(page)
    page.locator("main table input").nth(1).fill("4")
    press(page)
    check(page)
    assert page.locator("main tfoot").text_content() is not None
    press(page, "change")
    assert page.locator("main table input").nth(0).input_value() == "31"
    page.locator("#reason").fill(f"Sheet 4 ({language})")
    press(page)
    press(page, "save")
    assert links(page, f"Sheet 4 ({language})") == 2

    take_back(page, "Typed at the wrong gate", is_whole=True)

    assert links(page, f"Sheet 4 ({language})") == 0


def test_save_pressed_twice_counts_once(open_page: Callable[..., Page], site: Site) -> None:
    """As with a slow network: the second press goes out before the first answer is here."""
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    page.goto(f"/organise/{SLUG}/gate/correct?day=1&gate=N")
    page.locator("#at").fill("15:00")
    page.locator("label[for=change-0]").click()
    page.locator("#people").fill("7")
    page.locator("#reason").fill("Pressed twice")
    with page.expect_navigation():
        page.evaluate(
            """async () => {
                const form = document.querySelector("main form");
                const once = () => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
                await Promise.all([once(), once(), once()]);
                form.submit();
            }"""
        )

    assert links(page, "Pressed twice") == 1
    take_back(page, "It was only tried")


def test_sheet_fits_a_phone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("da", PHONE)
    sign_in(page, site)
    page.goto(f"/organise/{SLUG}/gate/paper?day=2&gate=S")

    box = page.locator("main table input").first.bounding_box()
    assert box is not None
    assert box["width"] >= 44
    assert box["height"] >= 40

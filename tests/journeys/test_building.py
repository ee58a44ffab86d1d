"""An organiser builds a questionnaire: library and one question of her own, looked at, tried out, published, put to people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_tour import SLUG

pytestmark = pytest.mark.xdist_group("journeys")
START = f"/organise/{SLUG}/instruments"
ROOM = "Was there room enough at your booth?"


def sent(page: Page) -> None:
    """Press the form's own button, and look at the page that comes."""
    page.locator("main form .button-primary").last.click()
    page.wait_for_load_state()
    check(page)


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()
    page.wait_for_load_state()
    check(page)


def test_from_the_library_to_an_open_survey(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    page.goto("/language/en")
    page.goto(f"/organise/{SLUG}/surveys")
    follow(page, "Questionnaires")
    follow(page, "Make a questionnaire")
    for language, name in (("da", "Dagene i år"), ("en", "The days this year"), ("ar", "أيام هذا العام")):
        page.locator(f"[name=name_{language}]").fill(name)
    page.locator("[name=key]").fill("days-this-year")
    sent(page)

    follow(page, "Add from the library")
    for key in ("community", "again", "next_time"):
        page.locator(f"#tested-{key}").check()
    sent(page)
    expect(page.locator("main tbody tr")).to_have_count(3)
    _write_own(page)
    page.locator("form[action$='/was_there_room_enough/up'] button").click()
    expect(page.locator("main tbody th a").nth(2)).to_have_text(ROOM)

    _publish_is_refused(page)
    follow(page, "As on a phone")
    expect(page.locator(".phone")).to_have_count(2)  # What hangs on an answer stands on a later page.
    expect(page.locator(".phone").nth(1)).to_contain_text(ROOM)
    follow(page, "As on paper")
    expect(page.locator(".paper-questions > li")).to_have_count(4)
    page.get_by_role("link", name="Back").click()
    _try_it_out(page)

    follow(page, "Publish it")
    sent(page)
    follow(page, "Put it to people of this edition")
    expect(page.locator("select[name=instrument] option:checked")).to_have_text("The days this year")
    sent(page)
    expect(page.get_by_role("status")).to_contain_text("Nobody has been asked yet")
    follow(page, "Ask somebody")
    page.locator("input[name=audience][value=visitor]").check()
    sent(page)
    page.goto(page.get_by_role("link", name="Page for a tablet at the exit").get_attribute("href") or "")
    expect(page.locator("h1")).to_have_text("The days this year")


def _write_own(page: Page) -> None:
    """A question that hangs on an answer, in two languages of three."""
    follow(page, "Write a question")
    follow(page, "Yes or no")
    page.locator("[name=text_da]").fill("Var der plads nok ved jeres stand?")
    page.locator("[name=text_en]").fill(ROOM)
    page.locator("details summary", has_text="Shown only after").click()
    page.locator("input[name=condition][value='again=no']").check()
    sent(page)
    expect(page.locator("main tbody").first).to_contain_text("only after “no” to “Would you like to take part again?”")


def _publish_is_refused(page: Page) -> None:
    """Until the third language is there too."""
    follow(page, "Publish it")
    expect(page.locator("h1")).to_have_text("It can't be published yet")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text("missing: the question")
    follow(page, "Back to the questionnaire")
    follow(page, ROOM)
    page.locator("[name=text_ar]").fill("هل كان المكان كافيًا في جناحكم؟")
    sent(page)


def _try_it_out(page: Page) -> None:
    follow(page, "Try it out")
    expect(page.locator("main .alert")).to_contain_text("This is a test")
    page.locator("label[for=item-again-1]").click()
    page.get_by_role("button", name="Next").click()
    check(page)
    page.locator("label[for=item-was_there_room_enough-0]").click()
    page.get_by_role("button", name="Send").click()
    check(page)
    expect(page.locator("main dl")).to_contain_text(ROOM)
    follow(page, "Back to the questionnaire")


def test_without_a_script_on_a_phone_in_arabic(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("ar", PHONE, java_script_enabled=False)
    sign_in(page, site)
    page.goto("/language/ar")
    page.goto(f"{START}/add")
    page.locator("[name=name_ar]").fill("أيام قادمة")
    page.locator("[name=key]").fill("days-to-come")
    page.locator("main form .button-primary").click()
    page.locator("main a[href$='/library']").click()
    for key in ("visible", "community"):
        page.locator(f"#tested-{key}").check()
    page.locator("main form .button-primary").click()
    words = page.locator("main tbody th a")
    first = words.first.inner_text()

    page.locator("form[action$='/visible/down'] button").click()
    expect(words.nth(1)).to_have_text(first)
    page.locator("main tbody tr").nth(1).locator("form[action$='/visible/remove'] button").click()
    expect(words).to_have_count(1)
    page.locator("form[action$='/visible/restore'] button").first.click()
    expect(words).to_have_count(2)

    page.locator("main a[href$='/remove']").last.click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/instruments\?removed="))
    expect(page.locator("main form[action$='/restore'] button")).to_be_visible()

"""Nothing that an applicant types is lost: offline in every form, after the session is over, on the way between pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, check
from tests.journeys.test_sign_up import begin
from tests.journeys.test_story import coming, mailed

pytestmark = pytest.mark.xdist_group("journeys")


def press_offline(page: Page, button: str) -> None:
    """Press a button without a connection: the page stays, and says why."""
    here = page.url
    page.context.set_offline(True)
    page.locator(f"main form:has([data-offline]) {button}").first.click()
    expect(page.locator("[data-offline]").first).to_be_visible()
    check(page)
    assert page.url == here
    page.context.set_offline(False)
    expect(page.locator("[data-offline]").first).to_be_hidden()
    expect(page.locator("[data-online]").first).to_be_visible()
    check(page)


def test_a_start_and_a_dish_outlive_a_lost_connection(open_page: Callable[..., Page]) -> None:
    phone = open_page("da", PHONE)
    edition = coming(phone)
    phone.goto(f"/{edition}/apply")
    phone.locator("input[name=kind][value=restaurant]").check()
    phone.locator("input[name=name]").fill("Café uden net")
    phone.locator("input[name=email]").fill("cafe-uden-net@example.org")
    press_offline(phone, "button[type=submit]")
    phone.goto("/")
    phone.goto(f"/{edition}/apply")
    expect(phone.locator("[data-kept]")).to_be_visible()
    assert phone.locator("input[name=name]").input_value() == "Café uden net"
    assert phone.locator("input[name=kind][value=restaurant]").is_checked()
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_url("**/my/*/organisation")
    address = phone.url.removesuffix("organisation")

    phone.goto(f"{address}dishes/add")
    phone.locator("input[name=name]").fill("Sambusa")
    phone.locator("select[name=allergen_gluten]").select_option("contains")
    press_offline(phone, "[name=another]")
    phone.goto(address)
    kept = phone.locator("[data-kept-any]")
    expect(kept.locator("li:visible")).to_have_count(1)
    check(phone)
    kept.locator("li:visible a").click()
    expect(phone.locator("[data-kept]")).to_be_visible()
    assert phone.locator("select[name=allergen_gluten]").input_value() == "contains"
    press_offline(phone, "[name=another]")
    phone.locator("[name=another]").click()
    phone.wait_for_load_state()
    expect(phone.locator(".alert-success")).to_contain_text("Sambusa")
    assert phone.url.endswith("/dishes/add"), "the button that was pressed counts"
    expect(phone.locator("[data-kept]")).to_be_hidden()
    # A file that was refused is nothing that waits to be saved.
    phone.goto(f"{address}documents")
    phone.locator("select[name=purpose]").select_option(index=2)
    phone.locator("input[type=file]").set_input_files(
        files={"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    phone.locator("main form[data-upload] button[type=submit]").first.click()
    expect(phone.locator(".form-error-message:visible")).to_have_count(1)
    phone.goto(address)
    expect(phone.locator("[data-kept-any]")).to_be_hidden()


def test_people_reasons_and_answers_too_and_they_can_be_thrown_away(open_page: Callable[..., Page]) -> None:
    phone = open_page("ar", PHONE)
    phone.goto("/language/ar")
    edition = coming(phone)
    address = begin(phone, edition, kind="association", name="جمعية الورد", email="ward@example.org")
    phone.goto(f"{address}contacts")
    assert phone.locator("select[name=language]").input_value() == "ar"
    phone.locator("input[name=name]").fill("أمينة")
    press_offline(phone, "button[type=submit]")
    phone.goto(f"{address}withdraw")
    phone.locator("textarea[name=reason]").fill("لا وقت لدينا")
    press_offline(phone, "button[type=submit]")
    phone.goto(f"{address}withdraw")
    assert phone.locator("textarea[name=reason]").input_value() == "لا وقت لدينا"
    phone.goto(f"{address}check")
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_load_state()

    phone.goto(address)
    kept = phone.locator("[data-kept-any]")
    expect(kept.locator("li:visible")).to_have_count(2)
    kept.locator("[data-forget]").click()
    expect(kept).to_be_hidden()
    phone.goto(f"{address}contacts")
    assert phone.locator("input[name=name]").input_value() == ""


def test_after_the_session_the_link_brings_back_what_was_typed(open_page: Callable[..., Page]) -> None:
    phone = open_page("da", PHONE)
    phone.goto("/language/ar")
    edition = coming(phone)
    address = begin(phone, edition, kind="association", name="جمعية العودة", email="auda@example.org")
    phone.goto(f"{address}days")
    phone.locator("input[name=crew]").fill("9")
    phone.context.clear_cookies(name="session")
    phone.locator("main form button[type=submit]").first.click()

    expect(phone.locator("[data-kept-at]")).to_be_visible()
    assert phone.locator("html").get_attribute("lang") == "ar", "in a browser that asks for Danish"
    check(phone)
    phone.locator("main a.button").click()
    phone.locator("#email").fill("auda@example.org")
    phone.locator("main form button[type=submit]").first.click()
    phone.goto(mailed(phone, "auda@example.org", "/my/link/"))
    phone.locator("[data-kept-any] li:visible a").click()
    expect(phone.locator("[data-kept]")).to_be_visible()
    assert phone.locator("input[name=crew]").input_value() == "9"


def test_what_was_wrong_is_said_of_what_stood_there_alone(open_page: Callable[..., Page]) -> None:
    phone = open_page("ar", PHONE)
    phone.goto("/language/ar")
    edition = coming(phone)
    address = begin(phone, edition, kind="association", name="جمعية التصحيح", email="tashih@example.org")
    phone.goto(f"{address}days")
    phone.locator("input[name=days]").first.check()
    phone.locator("input[name=crew]").fill("99999")
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.locator(".form-error")).to_have_count(1)
    phone.locator("input[name=crew]").fill("٨")
    press_offline(phone, "button[type=submit]")
    phone.reload()
    expect(phone.locator("[data-kept]")).to_be_visible()
    assert phone.locator("input[name=crew]").input_value() == "٨"
    expect(phone.locator(".form-error, .error-list")).to_have_count(0)
    check(phone)

    phone.goto(f"{address}documents")
    send = phone.locator("main form[data-upload] button[type=submit]").first
    phone.locator("input[name=file]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no"})
    send.click()
    expect(phone.locator(".form-error, .error-list")).to_have_count(2)
    phone.locator("input[name=file]").set_input_files(
        {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    )
    expect(phone.locator(".form-error, .error-list")).to_have_count(0)
    assert phone.locator("input[name=file]").get_attribute("aria-invalid") is None
    check(phone)

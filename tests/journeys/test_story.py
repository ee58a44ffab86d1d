"""The whole story in a browser: sign up on a phone in Arabic, approve, announce, get passes, scan one at the gate."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
CHAIR = "formand@dabke-koor.example"


def coming(page: Page) -> str:
    """The address word of the festival whose call is open."""
    page.goto("/")
    links = page.locator("main a[href^='/taste-the-world-']")
    found = {link.get_attribute("href") or "" for link in links.all()}
    return next(path.strip("/").split("/")[0] for path in sorted(found) if "2011" not in path)


def next_step(page: Page) -> None:
    check(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def sign_up(page: Page, edition: str) -> None:
    page.goto("/language/ar")
    page.goto(f"/{edition}/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    check(page)
    page.locator(f"a[href='/{edition}/apply']").first.click()
    page.locator("input[name=kind][value=association]").check()
    page.locator("input[name=name]").fill("فرقة الدبكة في نوربرو")
    page.locator("input[name=email]").fill(CHAIR)
    page.locator("input[name=language][value=ar]").check()
    next_step(page)
    page.locator("input[name=native_name]").fill("فرقة الدبكة")
    next_step(page)
    for day in page.locator("input[name=days]").all():
        day.check()
    page.locator("input[name=crew]").fill("2")
    next_step(page)
    page.locator("input[name=width_m]").first.check()
    page.locator("input[name=power_kw]").fill("1,5")
    next_step(page)
    page.locator("textarea[name=about_da]").fill("Vi danser dabke.")
    next_step(page)


def mailed(page: Page, to: str, path: str) -> str:
    """The newest link of a kind in the caught mail to an address."""
    page.goto(f"/dev/mail?to={to}")
    page.locator("main table a").first.click()
    link = page.locator(f"main a[href*='{path}']").first.get_attribute("href")
    assert link
    return re.sub(r"^https?://[^/]+", "", link)


def send(page: Page) -> str:
    """Confirm the address by the mailed link, agree, send; gives the application's code."""
    page.goto(mailed(page, CHAIR, "/my/link/"))
    page.goto(re.sub(r"/my/([^/]+)/.*", r"/my/\1/check", page.url))
    page.locator("input[name=consent]").check()
    next_step(page)
    check(page)
    found = re.search(r"/my/([^/]+)/", page.url)
    assert found
    return found[1]


def approve_and_announce(page: Page, edition: str, code: str) -> None:
    page.goto(f"/organise/{edition}/applications/{code}")
    check(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    page.goto(f"/organise/{edition}/applications/announce")
    check(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def make_gate_link(page: Page, edition: str) -> str:
    page.goto(f"/organise/{edition}/gate")
    check(page)
    page.get_by_role("link", name="Let phones in").click()
    check(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    check(page)
    return re.sub(r"^https?://[^/]+", "", page.locator(".secret code").inner_text())


def scan_offline_and_send(phone: Page, link: str, short_code: str) -> None:
    phone.goto(link)
    expect(phone.get_by_text("Data: fresh")).to_be_visible(timeout=20_000)
    check(phone)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.context.set_offline(True)
    phone.reload()
    phone.get_by_role("button", name="Start scanning").click()
    expect(phone.get_by_text("Welcome in").first).to_be_visible(timeout=20_000)
    check(phone)
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Type").click()
    phone.keyboard.type(short_code)
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Already in").first).to_be_visible()
    expect(phone.locator("[role=status]").first).to_contain_text("Sent: 0")
    phone.context.set_offline(False)
    expect(phone.locator("[role=status]").first).to_contain_text("Waiting here: 0", timeout=30_000)


def test_from_the_first_application_to_the_gate(
    open_page: Callable[..., Page], phone_that_sees: Callable[[bytes], Page], site: Site
) -> None:
    chair, organiser = open_page("ar", PHONE), open_page("en", DESKTOP)
    edition = coming(chair)
    sign_up(chair, edition)
    code = send(chair)
    sign_in(organiser, site)
    approve_and_announce(organiser, edition, code)

    chair.goto(f"/my/{code}/passes")
    check(chair)
    picture = chair.locator("main svg.qr").first.screenshot()
    short_code = chair.locator(".pass-code").first.inner_text()
    scan_offline_and_send(phone_that_sees(picture), make_gate_link(organiser, edition), short_code)

    organiser.goto(f"/organise/{edition}/gate")
    expect(organiser.locator("main")).to_contain_text("1 of 1")

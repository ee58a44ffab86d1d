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
    page.locator("main form button[type=submit]").last.click()
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


def test_from_the_first_application_to_the_gate(open_page: Callable[..., Page], site: Site) -> None:
    chair = open_page("ar", PHONE)
    edition = coming(chair)
    sign_up(chair, edition)

    chair.goto(mailed(chair, CHAIR, "/my/link/"))
    chair.goto(re.sub(r"/my/([^/]+)/.*", r"/my/\1/check", chair.url))
    chair.locator("input[name=consent]").check()
    next_step(chair)
    check(chair)
    code = re.search(r"/my/([^/]+)/", chair.url)
    assert code

    organiser = open_page("en", DESKTOP)
    sign_in(organiser, site)
    organiser.goto(f"/organise/{edition}/applications/{code[1]}")
    check(organiser)
    organiser.get_by_role("button", name="Approve", exact=True).click()
    organiser.goto(f"/organise/{edition}/applications/announce")
    check(organiser)
    organiser.locator("main form button[type=submit]").last.click()
    organiser.wait_for_load_state()

    chair.goto(f"/my/{code[1]}/passes")
    check(chair)
    expect(chair.locator("main svg").first).to_be_visible()
    short_code = chair.locator(".pass-code").first.inner_text()

    organiser.goto(f"/organise/{edition}/gate")
    check(organiser)
    organiser.get_by_role("link", name="Let phones in").click()
    check(organiser)
    organiser.locator("main form button[type=submit]").last.click()
    organiser.wait_for_load_state()
    check(organiser)
    address = organiser.locator(".secret code").inner_text()

    volunteer = open_page("en", PHONE)
    volunteer.goto(re.sub(r"^https?://[^/]+", "", address))
    expect(volunteer.locator("body")).to_contain_text("Start scanning")
    volunteer.context.set_offline(True)
    type_code(volunteer, short_code)
    volunteer.context.set_offline(False)

    organiser.goto(f"/organise/{edition}/gate")
    expect(organiser.locator("main")).to_contain_text("1", timeout=20_000)


def type_code(volunteer: Page, short_code: str) -> None:
    volunteer.get_by_role("button", name="Start scanning").click()
    volunteer.get_by_role("button", name="Type").click()
    volunteer.locator("dialog[open] input, form input:visible").first.fill(short_code)
    volunteer.keyboard.press("Enter")
    expect(volunteer.locator("body")).to_contain_text("Can't decide")

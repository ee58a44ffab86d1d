"""An organiser with many applications: asks for changes, approves thirty at once, is interrupted, takes two back, releases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in, take_in
from tests.journeys.test_story import coming, mailed

pytestmark = pytest.mark.xdist_group("journeys")
THIRTY = 30
CHOIRS = THIRTY + 1  # One of them is asked for changes.


def import_choirs(site: Site, edition: str, folder: Path) -> None:
    """Thirty-one choirs, as an organiser's spreadsheet brings them."""
    lines = [
        f"CH-{n:02};association;Choir {n:02};choir{n:02}@example.org;1;4;3;0;;We sing." for n in range(1, CHOIRS + 1)
    ]
    take_in(site, edition, folder, lines)


def decide(page: Page, edition: str, name: str, button: str) -> None:
    page.goto(f"/organise/{edition}/applications?text={name.replace(' ', '+')}")
    page.locator("[data-rows] tbody a").first.click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    check(page)


def announce(page: Page, edition: str, count: int) -> None:
    """Look at a mail, then announce all that is staged."""
    page.goto(f"/organise/{edition}/applications/announce")
    page.locator("main details summary").first.click()
    expect(page.locator("[data-mail]")).to_contain_text("Taste the World")
    check(page)
    page.get_by_role("button", name="Announce and send the mails").click()
    expect(page.locator("main")).to_contain_text(f"{count} decisions are announced", timeout=30_000)
    check(page)


def test_thirty_at_once(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = open_page("en", DESKTOP)
    edition = coming(page)
    import_choirs(site, edition, tmp_path)
    sign_in(page, site)

    page.goto(f"/organise/{edition}/applications?text=choir+01")
    page.locator("[data-rows] tbody a").first.click()
    page.locator("#note").fill("Tell us more about your songs.")
    page.get_by_text("Name the fields that are to be changed").click()
    page.locator("input[name=asked][value=about]").check()
    page.get_by_role("button", name="Ask for changes", exact=True).click()

    page.goto(f"/organise/{edition}/applications?text=choir&state=submitted&kind=association")
    check(page)
    page.locator("#pick-all").check()
    page.locator("#batch-act").select_option("approve")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"This concerns {THIRTY} applications.")
    check(page)
    page.get_by_role("button", name="Approve", exact=True).click()
    progress = page.url
    page.goto("/organise/")  # Interrupted: the telephone rings.
    page.goto(progress)
    expect(page.locator("main")).to_contain_text(f"{THIRTY} applications are done.", timeout=30_000)
    check(page)

    for name in ("Choir 02", "Choir 03"):
        decide(page, edition, name, "Take the decision back")

    announce(page, edition, CHOIRS - 2)

    applicant = open_page("da", PHONE)
    applicant.goto(mailed(applicant, "choir01@example.org", "/my/link/"))
    check(applicant)
    asked = applicant.locator("main a[href*='/visitors#']").first
    expect(asked).to_be_visible()
    asked.click()
    check(applicant)

    for name, subject in (("choir04", "I er med"), ("choir01", "Taste the World")):
        page.goto(f"/dev/mail?to={name}@example.org")
        expect(page.locator("main table a").first).to_contain_text(subject)
    page.goto("/dev/mail?to=choir02@example.org")
    expect(page.locator("main")).to_contain_text("No mail to this address")


def test_ticks_stay_over_filters_until_something_is_done(
    open_page: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    page = open_page("en", DESKTOP)
    edition = coming(page)
    import_choirs(site, edition, tmp_path)
    sign_in(page, site)
    there = f"/organise/{edition}/applications?text=choir"
    for number in ("07", "08"):
        page.goto(f"{there}+{number}")
        page.locator("[data-pick]").check(force=True)
    page.goto(f"{there}+09")
    expect(page.locator("[data-pick-count]")).to_have_text("Ticked: 2. Of these on other pages: 2.")
    page.locator("[data-pick]").check(force=True)
    check(page)

    page.reload()
    expect(page.locator("[data-pick]")).to_be_checked()
    page.locator("#batch-act").select_option("tag")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("main")).to_contain_text("This concerns 3 applications.")
    page.get_by_role("link", name="No, go back").click()
    page.goto(there)
    expect(page.locator("[data-pick]:checked")).to_have_count(3)
    page.locator("#batch-act").select_option("tag")
    page.get_by_role("button", name="Go on", exact=True).click()
    page.locator("input[name=tag]").fill("Songs")
    page.get_by_role("button", name="Add a tag", exact=True).click()
    expect(page.locator("main")).to_contain_text("3 applications are done.", timeout=30_000)

    page.goto(f"{there}&columns=tags")
    expect(page.locator("[data-rows]")).to_contain_text("Songs")
    expect(page.locator("[data-pick]:checked")).to_have_count(0)
    expect(page.locator("[data-pick-count]")).to_be_empty()


def test_page_ticks_without_javascript(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = open_page("en", PHONE, java_script_enabled=False)
    edition = coming(page)
    import_choirs(site, edition, tmp_path)
    sign_in(page, site)
    page.goto(f"/organise/{edition}/applications?text=choir")
    for pick in page.locator("[data-pick]").all()[:2]:
        pick.check(force=True)
    page.locator("#batch-act").select_option("tag")
    page.get_by_role("button", name="Go on", exact=True).click()

    expect(page.locator("main")).to_contain_text("This concerns 2 applications.")

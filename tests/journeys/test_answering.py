"""A survey from the organiser's page to the thanks: in Arabic on a small phone without a script, by keyboard, on a tablet."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, ROOT, Site, check, sign_in
from tests.journeys.test_story import mailed
from tests.journeys.test_tour import SLUG
from tests.journeys.test_weight import weigh

pytestmark = pytest.mark.xdist_group("journeys")
ASKED = "asked@example.org"
NAME = {"da": "Hvordan var dagene?", "en": "How were the days?", "ar": "كيف كانت الأيام؟"}
FIRST = {
    "da": "Styrkede dagene fællesskabet?",
    "en": "Did the days bring people together?",
    "ar": "هل قرّبت الأيام الناس؟",
}
AGAIN = {"da": "Kommer du igen?", "en": "Will you come again?", "ar": "هل ستأتون مرة أخرى؟"}
WHY = {"da": "Hvorfor ikke?", "en": "Why not?", "ar": "لماذا لا؟"}
RATING = {"da": "Fra 0 til 10?", "en": "From 0 to 10?", "ar": "من 0 إلى 10؟"}
ITEMS = [
    {"key": "community", "kind": "scale", "text": FIRST, "options": "agreement_scale", "required": True},
    {"key": "rating", "kind": "rating", "text": RATING},
    {"key": "again", "kind": "single", "text": AGAIN, "options": "yes_no"},
    {"key": "why", "kind": "text", "text": WHY, "shown_if": {"item": "again", "values": ["no"]}},
]
MOST_BYTES = 60_000
PATIENCE_S = 90


def opened(site: Site, folder: Path, key: str, *, name: dict[str, str] = NAME) -> None:
    """A questionnaire that is published and put to the edition, by the command."""
    file = folder / f"{key}.json"
    file.write_text(json.dumps({"key": key, "name": name, "items": ITEMS}))
    environment = {**os.environ, "EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(site.var), "DATABASE_URL": ""}
    command = ["surveys", "open", str(file), "--edition", SLUG, "--opens", "2026-01-01"]
    done = subprocess.run(
        [sys.executable, "-m", "flask", *command],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def newest(page: Page) -> Locator:
    """The link to the survey that was opened last here, among those that other journeys open."""
    ours = re.compile("|".join(re.escape(name) for name in NAME.values()))
    return page.locator("main table a").filter(has_text=ours).last


def ask(page: Page, site: Site, audience: str, *, addresses: str = "") -> None:
    """An organiser puts people on the list of the newest survey."""
    sign_in(page, site)
    page.goto(f"/organise/{SLUG}/surveys")
    newest(page).click()
    check(page)
    page.locator("main a[href$='/ask']").click()
    check(page)
    page.locator(f"input[name=audience][value={audience}]").check()
    page.locator("textarea[name=addresses]").fill(addresses)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/surveys/[A-Z0-9]+$"))
    check(page)


def test_in_arabic_on_a_small_phone_without_a_script(
    open_page: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    opened(site, tmp_path, "days-by-mail")
    organiser = open_page("da", DESKTOP)
    ask(organiser, site, "requester", addresses=f"{ASKED} ar")
    until = time.monotonic() + PATIENCE_S
    while True:  # The worker mails it.
        organiser.goto(f"/dev/mail?to={ASKED}")
        if organiser.locator("main table a").count() or time.monotonic() > until:
            break
    link = mailed(organiser, ASKED, "/s/")

    phone = open_page("ar", PHONE, java_script_enabled=False)
    phone.goto(link)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    expect(phone.locator("h1")).to_have_text(NAME["ar"])
    phone.locator("input[name=community][value=dont_know]").check()
    phone.locator("input[name=rating][value='7']").check()
    phone.locator("button[name=later]").click()
    phone.goto(link)
    assert phone.locator("input[name=rating][value='7']").is_checked(), "half-finished goes on"
    phone.locator("input[name=again][value=no]").check()
    phone.locator("button[name=on]").click()
    phone.locator("textarea[name=why]").fill("<script>كان بعيداً</script>")
    phone.locator("button[name=on]").click()

    expect(phone.locator("h1")).to_have_text("شكراً لجوابكم")
    organiser.goto(f"/organise/{SLUG}/surveys")
    newest(organiser).click()
    expect(organiser.locator("main table tbody tr").first.locator("td").nth(2)).to_have_text("1")


def test_by_keyboard_and_on_a_tablet(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    opened(site, tmp_path, "days-by-poster")
    organiser = open_page("en", DESKTOP)
    ask(organiser, site, "visitor")
    tablet = organiser.locator("main a[href*='/s/kiosk/']").get_attribute("href")
    organiser.locator("main a[href$='/poster']").click()
    check(organiser)
    poster = (organiser.locator("main p[dir=ltr]").text_content() or "").strip()

    for language in ("da", "ar"):
        assert weigh(open_page(language, PHONE), poster) <= MOST_BYTES, (
            "over the wire, with its sheet, script and fonts"
        )
    visitor = open_page("en", PHONE)
    visitor.goto(poster)
    check(visitor)
    visitor.keyboard.press("Tab")
    visitor.locator("input[name=community]").first.focus()
    visitor.keyboard.press("ArrowDown")
    assert visitor.locator("input[name=community]").nth(1).is_checked()
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Space")
    assert visitor.locator("input[name=rating]").first.is_checked()
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_have_text("Thank you for your answer")
    check(visitor)

    assert tablet
    screen = open_page("en", DESKTOP)
    screen.goto(tablet)
    check(screen)
    screen.locator("main [lang=ar] a").first.click()
    check(screen)
    screen.locator("input[name=community]").first.check()
    screen.locator("button[name=on]").click()
    expect(screen.locator("h1")).to_have_text("شكراً لجوابكم")
    check(screen)
    screen.wait_for_selector("main [lang=da] a", timeout=20_000)

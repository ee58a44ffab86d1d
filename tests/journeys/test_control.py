"""The control room and its large screen, open while phones work: scans appear by themselves, a message goes out and comes back read."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from eventsys.base import clock
from eventsys.base.ids import uuid7
from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_story import coming, make_gate_link

pytestmark = pytest.mark.xdist_group("journeys")
SCREEN = {"width": 1920, "height": 1080}
SOON_MS = 6_000  # A page asks every second; the machine may be busy.


def call(site: Site, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    """A call of the gate API, as a phone makes it."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{site.url}/api/v1/gate/{path}", json.dumps(body).encode(), headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        told: dict[str, Any] = json.load(answer)
    return told


def count_in(site: Site, token: str, people: int) -> None:
    """Let a phone count people by hand."""
    now = clock.now()
    scan = {
        "scan_id": str(uuid7(int(now.timestamp() * 1000), os.urandom(10))), "direction": "in", "tally": people,
        "captured_at": now.isoformat(), "clock_offset_ms": 0, "clock_doubt_ms": 40, "let_in": True, "entry": "tap",
    }  # fmt: skip
    assert call(site, "scans", {"scans": [scan]}, token)["results"][0]["status"] == "stored"


def part(page: Page, name: str) -> str:
    return " ".join(page.locator(f"[data-part={name}]").inner_text().split())


def numbers(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


def loaded(page: Page) -> None:
    """Put a mark on a page, which a reload would take away."""
    page.evaluate("window.isStillHere = true")


def test_a_scan_appears_on_both_without_a_reload(open_page: Callable[..., Page], site: Site) -> None:
    room, screen = open_page("en", DESKTOP), open_page("en", SCREEN)
    edition = coming(room)
    for page in (room, screen):
        sign_in(page, site)
    link = make_gate_link(room, edition)
    token = call(site, "enrol", {"code": link.partition("#")[2]})["token"]
    room.goto(f"/organise/{edition}/gate")
    screen.goto(f"/organise/{edition}/gate/screen")
    for page in (room, screen):
        loaded(page)
        expect(page.locator("[data-live-age]")).to_contain_text(re.compile(r"it was [0-3] s ago"))
    before = numbers(part(screen, "counts"))[-1]

    count_in(site, token, 1_237)

    expect(screen.locator("[data-part=counts]")).to_contain_text(f"{before + 1_237:,}", timeout=SOON_MS)
    expect(room.locator("[data-part=figures]")).to_contain_text(f"{before + 1_237:,}", timeout=SOON_MS)
    for page in (room, screen):
        check(page)
        assert page.evaluate("window.isStillHere")
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight") is (page is screen)


def test_what_is_unfolded_stays_so_while_figures_change(open_page: Callable[..., Page], site: Site) -> None:
    room = open_page("en", DESKTOP)
    edition = coming(room)
    sign_in(room, site)
    token = call(site, "enrol", {"code": make_gate_link(room, edition).partition("#")[2]})["token"]
    count_in(site, token, 1)
    room.goto(f"/organise/{edition}/gate")
    fold = room.locator("[data-part=arrivals] details")
    fold.locator("summary").click()
    before = room.locator("[data-part=arrivals]").text_content() or ""
    expect(room.locator("[data-part=arrivals]")).to_have_text(before)

    count_in(site, token, 911)

    expect(room.locator("[data-part=arrivals]")).not_to_have_text(before, timeout=SOON_MS)
    assert fold.evaluate("fold => [fold.open, fold.contains(document.activeElement)]") == [True, True]


def test_lost_contact_is_said_loudly_and_so_is_signing_out(open_page: Callable[..., Page], site: Site) -> None:
    screen = open_page("da", SCREEN)
    edition = coming(screen)
    sign_in(screen, site)
    screen.goto(f"/language/da?next=/organise/{edition}/gate/screen")
    expect(screen.locator("[data-live-age]")).to_contain_text("det var for")
    lost = screen.locator("[data-live-lost]")
    expect(lost).to_be_hidden()

    screen.context.set_offline(True)
    expect(lost).to_contain_text("Ingen forbindelse til serveren", timeout=15_000)
    check(screen)
    screen.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=15_000)
    screen.context.clear_cookies()
    expect(lost).to_contain_text("Du er logget ud", timeout=15_000)


def test_a_message_goes_to_a_phone_and_comes_back_acknowledged(open_page: Callable[..., Page], site: Site) -> None:
    room, screen, phone = open_page("en", DESKTOP), open_page("en", SCREEN), open_page("en", PHONE)
    edition = coming(room)
    sign_in(room, site)
    sign_in(screen, site)
    phone.goto(make_gate_link(room, edition))
    expect(phone.get_by_text("Data: fresh")).to_be_visible(timeout=20_000)
    screen.goto(f"/organise/{edition}/gate/screen")
    room.goto(f"/organise/{edition}/gate")
    room.get_by_label("Message to the phones").fill("Close gate 3")
    room.get_by_label("To which gate").select_option("N")
    room.get_by_role("button", name="Send …").click()
    check(room)
    room.get_by_role("button", name="Yes, send it").click()
    check(room)
    told = room.locator("[data-part=messages]")

    understood = phone.get_by_role("button", name="Understood")
    expect(understood).to_be_visible(timeout=20_000)
    expect(phone.locator(".told")).to_contain_text("Close gate 3")
    check(phone)
    expect(told).to_contain_text(re.compile(r"Acknowledged at 0 of \d+ phones, received by [1-9]"), timeout=20_000)
    phone.context.set_offline(True)
    understood.click()
    expect(understood).to_be_hidden()
    phone.reload()
    expect(phone.get_by_role("button", name="Start scanning")).to_be_visible(timeout=20_000)
    expect(understood).to_be_hidden()
    phone.get_by_role("button", name="Menu").click()
    expect(phone.locator(".told-before")).to_contain_text("Close gate 3")
    phone.context.set_offline(False)

    expect(told).to_contain_text(re.compile(r"Acknowledged at 1 of \d+ phones"), timeout=40_000)
    expect(screen.locator("[data-part=message]")).to_contain_text(re.compile(r"acknowledged at 1 of \d+ phones"))
    told.get_by_role("link", name="Take back").first.click()
    check(room)
    room.get_by_role("button", name="Yes, take it back").click()
    expect(phone.locator(".told-before")).not_to_contain_text("Close gate 3", timeout=40_000)

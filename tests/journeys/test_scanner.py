"""The scanner on a phone: what is missing is said, everything is under the thumb, every way of reading a code works."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from eventsys.gate.rules.devices import DeviceRole
from tests.journeys.conftest import AXE, check
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import connect, press, says, scan, start

pytestmark = pytest.mark.xdist_group("journeys")
LEAST = 48
SIZES = [{"width": 360, "height": 740}, {"width": 412, "height": 860}]
LOOKS = [("da", SIZES[0], "light"), ("en", SIZES[1], "contrast"), ("ar", SIZES[0], "dark")]
# Everything that can be pressed and is on the screen: its words, its height, and where its middle is.
TARGETS = """() => [...document.querySelectorAll("button, select, main input:not([type]), .bar label, .way label")]
  .filter((one) => one.checkVisibility() && !one.closest(".quiet") && !one.matches(".quiet"))
  .map((one) => [one.innerText || one.id, one.getBoundingClientRect()])
  .map(([words, box]) => ({ words, height: box.height, width: box.width, middle: (box.top + box.bottom) / 2 }))"""
MAIN = "[...document.querySelectorAll('.main-act, .bar > *, .way label')].filter((one) => one.checkVisibility() && !one.matches('.quiet, dialog *'))"


def blank_picture() -> bytes:
    """A photo in which there is nothing to read."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "PNG")
    return out.getvalue()


def at_hand(phone: Page) -> None:
    """Nothing is too small for a thumb, and the main buttons are in the lower half of the screen."""
    small = [one for one in phone.evaluate(TARGETS) if one["height"] < LEAST or one["width"] < LEAST]
    assert not small, small
    tops = phone.evaluate(f"{MAIN}.map((one) => one.getBoundingClientRect().top / innerHeight)")
    assert tops
    assert min(tops) > 0.5, tops
    assert phone.evaluate(f"{MAIN}.every((one) => one.getBoundingClientRect().bottom <= innerHeight)")


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS, ids=[f"{look[0]}-{look[2]}" for look in LOOKS])
def test_every_screen_is_at_hand_in_every_look(
    open_phone: Callable[..., Page], gate_day: GateDay, language: str, size: dict[str, int], theme: str
) -> None:
    phone = open_phone(language=language, viewport=size)
    phone.goto("/gate/")
    expect(phone.locator("#code")).to_be_visible()
    at_hand(phone)
    check(phone)
    connect(phone, gate_day.link(role=DeviceRole.SUPERVISE))
    press(phone, "menu")
    phone.locator("#theme").select_option(theme)

    for screen in ("menu", "search", "ready", "scan", "tally", "verdict"):
        if screen == "search":
            press(phone, "search-screen")
        if screen == "ready":
            press(phone, "menu")
            press(phone, "ready")
        if screen == "scan":
            start(phone)
        if screen == "tally":
            press(phone, "tally-screen")
        if screen == "verdict":
            press(phone, "scan")
            scan(phone, "https://example.org/no-pass")
            says(phone, "unreadable")
        at_hand(phone)
        check(phone)
        if theme == "contrast":
            assert enhanced(phone) == [], screen
    phone.reload()
    expect(phone.locator("html")).to_have_attribute("data-theme", theme)


def enhanced(phone: Page) -> list[str]:
    """What is not seven times as bright as its ground, or the other way round (WCAG 2.2, 1.4.6)."""
    phone.evaluate(AXE.read_text())
    found = phone.evaluate("axe.run(document, {runOnly: ['color-contrast-enhanced']})")
    return [str(node["target"]) for one in found["violations"] for node in one["nodes"]]


def test_what_is_missing_is_said_in_words_and_looked_at_again(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())
    rows = phone.locator("[data-part=checks] li")
    expect(rows).to_have_text(
        [
            "Not checked: Does the camera work?",
            "Not checked: Do scans stay on the phone?",
            "OK: Keys and withdrawn passes are fresh.",
            "Not checked: Scan the training pass once. Nothing is counted.",
        ]
    )
    press(phone, "check")
    expect(rows.nth(0)).to_contain_text("Missing: This phone has no camera that a page may use.")
    expect(rows.nth(1)).to_contain_text("Missing: The browser may drop scans")
    press(phone, "train")
    expect(phone.locator("[data-part=no-camera-why]")).to_contain_text("no camera that a page may use")
    press(phone, "training-pass")
    says(phone, "admitted")

    press(phone, "menu")
    press(phone, "ready")

    expect(rows.nth(3)).to_have_text("OK: You have scanned the training pass.")
    expect(phone.locator("[data-part=training-banner]")).to_be_hidden()
    assert gate_day.log() == [], "training touches nothing"
    phone.context.set_offline(True)
    press(phone, "check")
    expect(phone.locator("[data-part=net]")).to_have_text("Offline")


def test_a_phone_that_lacks_nothing_is_told_so(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone([(visitor.text, 4)])
    # What Chromium promises to a page on the home screen, and to none in a test.
    phone.context.add_init_script("navigator.storage.persist = async () => true")
    connect(phone, gate_day.link())
    press(phone, "check")
    expect(phone.locator("[data-part=checks] li").first).to_have_text("OK: The camera works and reads codes.")
    press(phone, "train")
    says(phone, "cannot_decide")
    press(phone, "training-pass")
    says(phone, "admitted")
    press(phone, "menu")
    press(phone, "ready")

    expect(phone.locator("[data-part=readiness]")).to_have_text("This phone is ready.")
    assert phone.locator("[data-state=good]").count() == 4
    start(phone)
    says(phone, "admitted")


def test_what_was_seen_here_is_known_after_a_reload_without_a_network(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone()
    connect(phone, gate_day.link())
    phone.context.set_offline(True)
    start(phone)
    scan(phone, visitor.text)
    says(phone, "admitted")
    phone.reload()
    start(phone)

    scan(phone, visitor.text)

    says(phone, "already_admitted")
    expect(phone.locator("[data-part=verdict-detail]")).to_contain_text("North gate")


def test_what_the_browser_says_of_the_network_is_never_believed(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone(service_workers="block")
    phone.context.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    phone.goto(gate_day.link())
    expect(phone.locator("[data-part=net]")).to_have_text("Online")
    start(phone)
    scan(phone, visitor.text)
    expect(phone.locator("[data-part=sent]")).to_have_text("Sent: 1")
    assert len(gate_day.log()) == 1

    # A network that takes everything and answers nothing: given up after two seconds, though the browser says "on line".
    phone.route("**/api/v1/gate/**", lambda _route: None)
    press(phone, "menu")
    press(phone, "send")
    expect(phone.locator("[data-part=net]")).to_have_text("Offline", timeout=10_000)
    phone.unroute_all(behavior="ignoreErrors")


def test_who_is_let_in_all_the_same_is_acknowledged_and_a_bad_photo_leaves_no_old_verdict(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    gate_day.revoke(visitor)
    phone = open_phone()
    connect(phone, gate_day.link())
    start(phone)
    scan(phone, visitor.text)
    says(phone, "revoked")
    first = phone.locator("[data-part=verdict]").get_attribute("data-scan")

    press(phone, "let-in")

    expect(phone.locator("[data-part=verdict]")).not_to_have_attribute("data-scan", str(first))
    noted = "It is noted that this person was let in all the same."
    expect(phone.locator("[data-part=verdict-sentence]")).to_have_text(noted)
    check(phone)
    phone.locator("#photo").set_input_files(
        files={"name": "blank.png", "mimeType": "image/png", "buffer": blank_picture()}
    )
    expect(phone.locator("[data-part=verdict]")).to_be_hidden()
    expect(phone.get_by_text("There is no code in this photo.")).to_be_visible()


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_counting_is_in_reach_on_a_small_phone_while_a_message_stands(
    open_phone: Callable[..., Page], gate_day: GateDay, language: str
) -> None:
    phone = open_phone(language=language, viewport={"width": 360, "height": 640})
    connect(phone, gate_day.link())
    start(phone)
    press(phone, "tally-screen")
    gate_day.tell("Gate 3 is closed. " * 8)
    expect(phone.locator(".told")).to_be_visible(timeout=30_000)

    press(phone, "tally")

    expect(phone.locator("[data-part=tally-in]")).to_have_text("1")
    for button in phone.locator("button:visible, label:visible").all():
        expect(button).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_nothing_stays_in_the_language_before(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())
    start(phone)
    scan(phone, "https://example.org/no-pass")
    says(phone, "unreadable")
    phone.context.set_offline(True)
    press(phone, "menu")
    phone.evaluate("location.hash = 'cut-off'")
    expect(phone.locator("[data-part=alarm]")).to_contain_text("This phone stays connected to “North gate”.")

    phone.locator("#language").select_option("da")

    expect(phone.locator("[data-part=facts] dt").first).to_have_text("Denne telefon")
    expect(phone.locator("[data-part=alarm]")).to_contain_text("Telefonen er stadig tilsluttet »Nordporten«.")
    expect(phone).to_have_title("Scanner – eventsys")
    press(phone, "scan")
    expect(phone.locator("[data-part=last]")).to_contain_text("Sidst: Ikke et adgangskort")

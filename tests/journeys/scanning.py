"""What volunteers do with the scanner, as steps of a journey."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

# Tells the test what was shown to the volunteer, at the moment it stands on the screen: scan id, verdict, saved or not.
WATCH = """
addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-part=verdict]");
  let last = null;
  new MutationObserver(() => {
    if (panel.hidden || panel.dataset.scan === last) return;
    last = panel.dataset.scan;
    window.shown?.({ scan: last, verdict: panel.dataset.verdict, isSaved: panel.dataset.saved === "true" });
  }).observe(panel, { attributes: true });
});
"""


def press(phone: Page, action: str) -> None:
    """Press what is there to be pressed for an action."""
    phone.locator(f"[data-action='{action}']:visible").first.click()


def connect(phone: Page, link: str) -> None:
    """Open a link; the phone has its data, and works without a network from then on."""
    phone.goto(link)
    expect(phone.locator("[data-part=readiness]")).to_be_visible()
    expect(phone.locator("body[data-age=fresh]")).to_be_attached()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")


def start(phone: Page) -> None:
    """From the list of what is looked at to the camera."""
    press(phone, "start")
    expect(phone.locator("body[data-screen=scan]")).to_be_attached()


# All at once: on a busy machine the pauses between keys that a test presses are longer than a scanner's.
TYPE = """(text) => [...text, "Enter"].forEach((key) =>
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""


def scan(phone: Page, text: str) -> None:
    """Read a code with a scanner that types."""
    phone.evaluate(TYPE, text)


def says(phone: Page, verdict: str) -> None:
    """The verdict is on the screen."""
    expect(phone.locator(f"[data-part=verdict][data-verdict={verdict}]")).to_be_visible()


def waits(phone: Page, count: int) -> None:
    """So many scans are on the phone and not sent."""
    expect(phone.locator("[data-part=saved]")).to_have_text(re.compile(rf": {count}$"), timeout=60_000)


def send(phone: Page) -> None:
    """Have everything sent, from the menu."""
    press(phone, "menu")
    press(phone, "send")
    waits(phone, 0)


def device_of(phone: Page) -> str:
    """The phone's code, as the menu tells it."""
    return phone.locator("[data-part=facts] dd").first.inner_text()

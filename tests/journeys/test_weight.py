"""What a first visit weighs over the wire. Each step of the sign-up and the map of the street: page, sheet, script, fonts, at
most 100 kB. The scanner: at most 150 kB until the camera shows, 500 kB with the decoder and what its worker keeps."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.journeys.conftest import PHONE, Site
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import press
from tests.journeys.test_story import coming
from tests.journeys.test_tour import SLUG, STEPS
from tests.journeys.wire import wire_to

pytestmark = pytest.mark.xdist_group("journeys")
MOST_BYTES = 100_000
# The camera has shown its picture for so many seconds.
SHOWS = """(seconds) => new Promise((done) => {
  const video = document.querySelector("video");
  const look = () => (video.videoWidth > 0 && video.currentTime > seconds ? done(true) : requestAnimationFrame(look));
  look();
})"""
MOST_UNTIL_CAMERA, MOST_WITH_DECODER = 150_000, 500_000


def weigh(page: Page, path: str) -> int:
    """What the browser got for a page that it sees for the first time, in bytes."""
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", keep)
    page.goto(path)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    return sum(request.sizes()["responseBodySize"] for request in requests)


@pytest.mark.parametrize("language", ["da", "ar"])
def test_steps_are_light(open_page: Callable[..., Page], language: str) -> None:
    page = open_page(language, PHONE)
    edition = coming(page)
    page.goto(f"/language/{language}")
    page.goto(f"/{edition}/apply")
    page.locator("input[name=kind][value=restaurant]").check()
    page.locator("input[name=name]").fill(f"Let café {language}")
    page.locator("input[name=email]").fill(f"let-{language}@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/my/*/organisation")
    start = re.sub(r"^.*(/my/[^/]+/).*", r"\1", page.url)
    cookies = page.context.cookies()

    heavy = {}
    for path in (f"/{edition}/apply", *(start + step for step in STEPS)):
        fresh = open_page(language, PHONE)
        fresh.context.add_cookies(cookies)  # type: ignore[arg-type]
        weight = weigh(fresh, path)
        fresh.context.close()
        if weight > MOST_BYTES:
            heavy[path] = weight
    assert heavy == {}


@pytest.mark.parametrize("language", ["da", "ar"])
def test_the_map_is_light(open_page: Callable[..., Page], language: str) -> None:
    page = open_page(language, PHONE)

    assert weigh(page, f"/{SLUG}/map?language={language}") <= MOST_BYTES
    assert "104" in page.locator("#found-heading").inner_text()


def test_the_scanner_is_light(open_phone: Callable[..., Page], gate_day: GateDay, site: Site) -> None:
    """Every byte that comes back is counted, also what the worker fetches; the decoder is held back until the camera shows."""
    [visitor] = gate_day.passes()
    held: list[Route] = []
    with wire_to(site.url) as wire:
        phone = open_phone([(visitor.text, 4)], base_url=wire.url)
        phone.route("**/zxing_reader.wasm", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
        phone.goto(gate_day.link())
        expect(phone.locator("[data-part=readiness]")).to_be_visible()
        press(phone, "start")
        assert phone.evaluate(SHOWS, 0)
        until_camera = wire.received
        assert phone.evaluate(SHOWS, 1)
        assert phone.locator("[data-part=verdict]").is_hidden()

        assert len(held) == 1
        held.pop().continue_()
        phone.unroute_all()
        expect(phone.locator("[data-part=verdict]")).to_be_visible()
        phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
        with_decoder = wire.received

        assert 10_000 < until_camera <= MOST_UNTIL_CAMERA
        assert 300_000 < with_decoder <= MOST_WITH_DECODER

"""Each step of the sign-up and the map of the street weigh at most 100 kB over the wire on a first visit: page, sheet, script, fonts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from tests.journeys.conftest import PHONE
from tests.journeys.test_story import coming
from tests.journeys.test_tour import SLUG, STEPS

pytestmark = pytest.mark.xdist_group("journeys")
MOST_BYTES = 100_000


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

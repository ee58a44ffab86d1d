"""A real server with the example festival, and a real browser."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.journeys.film import flags_for, frame_of, frame_with
from tests.journeys.gate_day import GateDay, demo_environment

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "vendor" / "axe" / "axe.min.js"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 180
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EDITIONS = count(1)
NO_MARGIN = "ShouldRemainAvailableBytes/1/MustRemainAvailableBytes/1"


@dataclass(frozen=True)
class Site:
    """A running demo: where it is, and who can sign in."""

    url: str
    passwords: dict[str, str]
    var: Path
    signed_in: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo as `make run` serves it, with its own database, worker and port."""
    var = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "EVENTSYS_MODE": "demo",
        "EVENTSYS_VAR": str(var),
        "DATABASE_URL": "",
        # A browser trusts localhost with camera and service worker.
        "EVENTSYS_BASE_URL": f"http://localhost:{port}",
        "PORT": str(port),
    }
    log = (var / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "flask", "demo", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_for(f"http://localhost:{port}/healthz", server, var / "server.log")
        yield Site(f"http://localhost:{port}", json.loads((var / "demo-credentials.json").read_text()), var)
    finally:
        server.terminate()
        server.wait(timeout=60)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    pause = Event()
    for _ in range(PATIENCE * 4):
        if server.poll() is not None:
            raise AssertionError(f"the server stopped: {log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError):
            pause.wait(0.25)
        else:
            return
    raise AssertionError(f"no answer from {url}: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser, or the one that EVENTSYS_CHROMIUM names."""
    names = [os.environ.get("EVENTSYS_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "no Chromium: run `make test`, which installs it"
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def phone_that_sees(playwright: Playwright, chromium: str, site: Site) -> Iterator[Callable[[bytes], Page]]:
    """A phone whose camera sees a picture of a QR code, as Chromium's fake camera plays it from a file."""
    launched: list[Browser] = []

    def open_(picture: bytes) -> Page:
        camera = flags_for(site.var / f"camera-{len(launched)}.mjpeg", [frame_with(Image.open(BytesIO(picture)))] * 4)
        launched.append(playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *camera]))
        context = launched[-1].new_context(base_url=site.url, viewport=PHONE, locale="en", permissions=["camera"])  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        return context.new_page()

    yield open_
    for one in launched:
        one.close()


@pytest.fixture
def open_phone(playwright: Playwright, chromium: str, site: Site, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A browser of its own with a camera: `open_phone([(text, frames), …], language="ar", …)`; a text of None shows nothing.

    Errors on the page fail the test. Without a film there is no camera; with `room` the disk has so many bytes.
    """
    opened: list[Browser | BrowserContext] = []
    errors: list[str] = []

    def open_(
        seen: list[tuple[str | None, int]] | None = None, language: str = "en", room: int = 0, **options: Any
    ) -> Page:
        flags = list(FLAGS)
        if seen is not None:
            frames = [frame_of(text) for text, count in seen for _ in range(count)]
            flags += flags_for(tmp_path / f"camera-{len(opened)}.mjpeg", frames)
        permissions = ["camera"] if seen is not None else []
        options = {"viewport": PHONE, "base_url": site.url, "locale": language, "permissions": permissions, **options}
        chosen: dict[str, Any] = {"executable_path": chromium, "args": flags}
        if room:
            # Chromium gives every site together so many bytes; only a profile on disk has an end.
            flags.append(f"--enable-features=StorageQuotaSettings:PoolSizeBytes/{room}/{NO_MARGIN}")
            profile = tmp_path / f"profile-{len(opened)}"
            context = playwright.chromium.launch_persistent_context(profile, **chosen, **options)
            opened.append(context)
        else:
            opened.append(playwright.chromium.launch(**chosen))
            context = opened[-1].new_context(**options)
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        return context.new_page()

    yield open_
    for one in opened:
        one.close()
    assert not errors, errors


@pytest.fixture
def gate_day(site: Site) -> GateDay:
    """An edition of its own at the served site that runs today, with two gates."""
    return GateDay(demo_environment(site.var, site.url), f"gate-day-{next(EDITIONS)}")


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own: `open_page(language="ar", size=PHONE, …)`; errors on any page fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(language: str = "en", size: dict[str, int] | None = None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport=size or PHONE,
            locale=language,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors, errors


def sign_in(page: Page, site: Site, role: str = "organiser") -> None:
    """Sign in as one of the demo's people: by the form the first time, later by the cookie that the form gave.

    All journeys come from one address, and the site lets one address sign in ten times a minute.
    """
    if role not in site.signed_in:
        site.signed_in[role] = _cookie_of(page, site, role)
    page.context.add_cookies([site.signed_in[role]])
    page.goto("/organise/")
    assert page.url.startswith(f"{site.url}/organise/"), page.url


def _cookie_of(page: Page, site: Site, role: str) -> Any:
    """The cookie of somebody who has just signed in by the form, in a browser of their own."""
    email = f"{role}@eventsys.example"
    assert page.context.browser
    with page.context.browser.new_context(base_url=site.url) as context:
        form = context.new_page()
        form.goto("/account/login")
        form.locator("input[name=email]").fill(email)
        form.locator("input[name=password]").fill(site.passwords[email])
        form.locator("main form button[type=submit]").click()
        form.wait_for_url("**/organise/**")
        [cookie] = [cookie for cookie in context.cookies() if cookie["name"] == "session"]
    return cookie


HEADER = "reference;kind;name;email;days;crew;width_m;power_kw;cuisine;about_en"


def take_in(site: Site, edition: str, folder: Path, lines: list[str]) -> None:
    """Applications as an organiser's spreadsheet brings them, by the command; those that are in already stay as they are."""
    file = folder / "applications.csv"
    file.write_text("\n".join([HEADER, *lines]))
    environment = {**os.environ, "EVENTSYS_MODE": "demo", "EVENTSYS_VAR": str(site.var), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "import", "applications", str(file), "--edition", edition],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def check(page: Page) -> None:
    """Nothing sideways, and axe finds nothing."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => true)")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px"
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    told = [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not told, f"{page.url}: {told[:5]}"

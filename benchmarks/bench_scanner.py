"""From a readable frame to the verdict on the screen, in Chromium whose processor is slowed down four times.

A film of passes is held before a fake camera, half a second each. A corner of the picture turns black while a code is in
view: the page's own clock tells when such a frame was first presented, and when the verdict had been painted. The yardstick
is the same film in the same run at full speed. What comes over the wire is counted, headers and the worker's fetches included.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import urllib.request
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask_migrate import upgrade
from playwright.sync_api import Playwright, sync_playwright

from benchmarks.bench_applications import served
from tests.conftest import settings
from tests.journeys.conftest import FLAGS, PHONE
from tests.journeys.film import flags_for, frame_of
from tests.journeys.gate_day import GateDay
from tests.journeys.wire import Wire, wire_to

PASSES, SHOWN, BLANK, SLOWDOWN, GOAL_MS = 60, 18, 18, 4, 200
MEASURE = """() => {
  const video = document.querySelector("[data-part=video]"), panel = document.querySelector("[data-part=verdict]");
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  window.measured = { frames: [], verdicts: [] };
  let isMarked = false;
  const look = (now, { presentationTime }) => {
    context.drawImage(video, 20, 20, 20, 20, 0, 0, 1, 1);
    const isDark = context.getImageData(0, 0, 1, 1).data[1] < 100;
    if (isDark && !isMarked) measured.frames.push(presentationTime);
    isMarked = isDark;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  let last = null;
  new MutationObserver(() => {
    if (panel.hidden || panel.dataset.scan === last) return;
    last = panel.dataset.scan;
    // After the frame that shows it: a task behind the next painting.
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => measured.verdicts.push(performance.now()); port2.postMessage(0); });
  }).observe(panel, { attributes: true });
}"""


def delays(measured: dict[str, list[float]]) -> tuple[list[float], int]:
    """Milliseconds from each code's first frame to the first verdict after it; and how many codes had none in their time."""
    found, missed = [], 0
    frames = measured["frames"]
    for begins, ends in pairwise(frames):
        inside = [at for at in measured["verdicts"] if begins <= at < ends]
        found += [inside[0] - begins] if inside else []
        missed += not inside
    return found, missed


def run(playwright: Playwright, day: GateDay, wire: Wire, *, folder: Path, slow: int) -> dict[str, list[float]]:
    """What one phone measured while the film ran once."""
    frames = [frame_of(None)] * BLANK
    for one in day.passes(PASSES):
        frames += [frame_of(one.text, mark=True)] * SHOWN + [frame_of(None)] * BLANK
    found = os.environ.get("EVENTSYS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    flags = [*FLAGS, *flags_for(folder / f"film-{slow}.mjpeg", frames)]
    browser = playwright.chromium.launch(executable_path=found, args=flags)
    context = browser.new_context(base_url=wire.url, viewport=PHONE, permissions=["camera"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(day.link())
    page.locator("[data-part=readiness]").wait_for(timeout=60_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.evaluate(MEASURE)
    page.locator("[data-action=start]:visible").click()
    page.wait_for_timeout(len(frames) * 1000 / 30 + 3000)
    measured: dict[str, list[float]] = page.evaluate("measured")
    browser.close()
    return measured


def told(name: str, measured: dict[str, list[float]]) -> float:
    """Print one run; its 95th percentile."""
    found, missed = delays(measured)
    ordered = sorted(found)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(
        f"  {name}: p50 {statistics.median(ordered):4.0f} ms, p95 {p95:4.0f} ms, longest {ordered[-1]:4.0f} ms; {len(ordered)} codes, {missed} not read"
    )
    return p95


def main() -> None:
    """Two runs, at full speed and slowed down, against a server of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = settings(f"sqlite:///{folder / 'bench.sqlite3'}", folder)
        day = GateDay(environment, "bench", prepare=upgrade)
        with served(environment) as port, sync_playwright() as playwright:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/gate/", timeout=120).close()
            results = {}
            for slow in (1, SLOWDOWN):
                with wire_to(f"http://127.0.0.1:{port}") as wire:
                    measured = run(playwright, day, wire, folder=folder, slow=slow)
                    results[slow] = told(f"{slow}x slower" if slow > 1 else "full speed", measured)
                    weight = wire.received
    print(
        f"  frame to verdict, p95: {results[SLOWDOWN]:.0f} ms at {SLOWDOWN}x (goal {GOAL_MS}), {results[SLOWDOWN] / results[1]:.1f} times that of full speed"
    )
    print(f"  over the wire with decoder, worker and the scans' own calls: {weight / 1000:.0f} kB")


main()

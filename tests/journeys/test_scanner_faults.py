"""What the scanner must survive at a gate: after each fault every scan that was shown as saved is in the log exactly once."""

from __future__ import annotations

import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from eventsys.base import clock
from tests.journeys.conftest import Site
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import WATCH, connect, device_of, press, says, scan, send, start, waits

pytestmark = pytest.mark.xdist_group("journeys")
MOMENT = timedelta(minutes=5)


def assert_once(day: GateDay, shown: list[dict[str, Any]]) -> None:
    """Every scan that was shown as saved is in the log exactly once, and every figure is what the log says."""
    in_log = Counter(row.scan_id for row in day.log())
    assert {said["scan"]: in_log[said["scan"]] for said in shown if said["isSaved"]} == {
        said["scan"]: 1 for said in shown if said["isSaved"]
    }
    assert day.is_sound()


def watched(phone: Page) -> list[dict[str, Any]]:
    """What the phone shows from now on, kept outside of it."""
    shown: list[dict[str, Any]] = []
    phone.context.expose_function("shown", lambda said: shown.append(said))  # noqa: PLW0108 - Playwright marks what it is given
    phone.context.add_init_script(WATCH)
    return shown


def test_a_code_before_the_camera_without_a_network_arrives_later(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone([(visitor.text, 4)])
    shown = watched(phone)
    connect(phone, gate_day.link())
    phone.context.set_offline(True)
    phone.reload()

    start(phone)
    says(phone, "admitted")
    expect(phone.locator("[data-part=net]")).to_have_text("Offline")
    waits(phone, 1)
    assert gate_day.log() == []
    phone.context.set_offline(False)

    waits(phone, 0)
    [row] = gate_day.log()
    assert (row.pass_id, row.phone_verdict, row.entry.value) == (visitor.pass_id, "admitted", "camera")
    assert gate_day.inside() == 1
    assert_once(gate_day, shown)


def killed(phone: Page, kind: str = "renderer") -> None:
    """Its process is gone at once, as when the phone runs out of memory: no event, no last word."""
    browser = phone.context.browser
    assert browser is not None
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    for process in processes:
        if process["type"].startswith(kind):
            os.kill(process["id"], signal.SIGKILL)


def test_a_tab_killed_between_camera_and_verdict_loses_nothing(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    visitors = gate_day.passes(20)
    phone = open_phone([frames for one in visitors for frames in ((one.text, 8), (None, 3))])
    shown, chance, context = watched(phone), random.Random(2011), phone.context  # noqa: S311 - the same in each run
    connect(phone, gate_day.link())
    context.set_offline(True)

    for _ in range(10):
        start(phone)
        phone.locator("[data-part=verdict]").wait_for()
        phone.wait_for_timeout(chance.randrange(700))  # Anywhere between two codes: that is what is tried.
        with phone.expect_event("crash"):
            killed(phone)
        phone.close()
        phone = context.new_page()
        phone.goto("/gate/")
        expect(phone.locator("[data-part=readiness]")).to_be_visible()

    expect(phone.locator("[data-part=saved]")).to_have_text(re.compile(r"\d"))
    kept = int(re.sub(r"\D", "", phone.locator("[data-part=saved]").inner_text()))
    assert kept >= len(shown) >= 10
    context.set_offline(False)
    send(phone)
    assert len(gate_day.log()) == kept
    admitted = [row.pass_id for row in gate_day.log() if row.phone_verdict == "admitted"]
    assert len(admitted) == len(set(admitted)), "who was seen before a kill is known after it"
    assert_once(gate_day, shown)


def test_a_browser_that_loses_its_storage_for_a_moment_goes_on_saving(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    visitors = gate_day.passes(4)
    phone = open_phone()
    shown = watched(phone)
    connect(phone, gate_day.link())
    start(phone)
    phone.context.set_offline(True)
    for visitor in visitors:
        scan(phone, visitor.text)
        says(phone, "admitted")
        phone.locator("[data-action=next]").click()
        killed(phone, "storage")
    phone.reload()
    waits(phone, 4)
    phone.context.set_offline(False)
    waits(phone, 0)
    assert_once(gate_day, shown)


# Another database of the site takes all room that is left, as photos and other pages do on a real phone.
FILL = """() => new Promise((full, failed) => {
  const opening = indexedDB.open("photos", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("photos", { autoIncrement: true });
  opening.onerror = failed;
  opening.onsuccess = () => {
    const db = opening.result;
    let size = 100_000;
    const more = () => {
      const transaction = db.transaction("photos", "readwrite");
      transaction.objectStore("photos").add(crypto.getRandomValues(new Uint8Array(Math.min(size, 60_000))));
      transaction.oncomplete = more;
      transaction.onabort = () => { size /= 4; size < 50 ? (db.close(), full(transaction.error.name)) : more(); };
    };
    more();
  };
})"""
EMPTY = "() => new Promise((done) => { indexedDB.deleteDatabase('photos').onsuccess = done; }).then(() => true)"
# Chromium gives the room of a deleted database back a little later, and not to every database at once: a write is tried.
HAS_ROOM = """() => new Promise((tried) => {
  const opening = indexedDB.open("gate-queue");
  opening.onsuccess = () => {
    const db = opening.result;
    const ended = (fits) => { db.close(); tried(fits); };
    const adding = db.transaction("scans", "readwrite", { durability: "strict" });
    adding.objectStore("scans").put({ scan_id: "tried", filling: "x".repeat(10_000) });
    adding.onabort = () => ended(false);
    adding.oncomplete = () => {
      const removing = db.transaction("scans", "readwrite");
      removing.objectStore("scans").delete("tried");
      removing.oncomplete = () => ended(true);
    };
  };
})"""


def test_a_full_disk_is_said_at_once_and_counting_goes_on(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    visitors = gate_day.passes(7)
    phone = open_phone(room=8_000_000)
    shown = watched(phone)
    connect(phone, gate_day.link())
    start(phone)
    phone.context.set_offline(True)
    scan(phone, visitors[0].text)
    says(phone, "admitted")
    assert phone.evaluate(FILL) == "QuotaExceededError"

    for visitor in visitors[1:6]:
        scan(phone, visitor.text)
        expect(phone.locator("[data-part=verdict-unsaved]")).to_be_visible()
        phone.locator("[data-action=next]").click()
    expect(phone.locator("[data-part=trouble]")).to_contain_text("Not saved: 5.")
    press(phone, "tally-screen")
    press(phone, "tally")
    expect(phone.locator("[data-part=alarm]")).to_contain_text("this count is not saved")
    expect(phone.locator("[data-part=trouble]")).to_contain_text("Not saved: 6.")
    assert [said["isSaved"] for said in shown] == [True, *[False] * 5]

    phone.context.set_offline(False)
    waits(phone, 0)
    expect(phone.locator("[data-part=trouble]")).to_be_hidden()
    assert len(gate_day.log()) == 7, "what was in memory alone is sent all the same"
    assert phone.evaluate(EMPTY)
    phone.context.set_offline(True)
    phone.wait_for_function(HAS_ROOM)
    press(phone, "scan")
    scan(phone, visitors[6].text)
    says(phone, "admitted")
    assert shown[-1]["isSaved"], "once there is room it saves again"
    phone.context.set_offline(False)
    waits(phone, 0)
    assert_once(gate_day, shown)


def test_an_answer_lost_after_the_commit_doubles_nothing(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    visitors = gate_day.passes(3)
    phone = open_phone(service_workers="block")
    shown, lost = watched(phone), []

    def lose(route: Route) -> None:
        answer = route.fetch()
        assert answer.status == 200
        lost.append(len(answer.json()["results"]))
        route.abort()

    phone.goto(gate_day.link())
    expect(phone.locator("[data-part=readiness]")).to_be_visible()
    phone.route("**/api/v1/gate/scans", lose)
    start(phone)
    for visitor in visitors:
        scan(phone, visitor.text)
    says(phone, "admitted")
    expect(phone.locator("[data-part=net]")).to_have_text("Offline", timeout=30_000)

    assert lost, "the server had them"
    assert len(gate_day.log()) >= 1
    waits(phone, 3)
    phone.unroute("**/api/v1/gate/scans")
    send(phone)
    assert len(gate_day.log()) == 3
    assert_once(gate_day, shown)


def test_two_phones_offline_admit_the_same_pass(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    [visitor] = gate_day.passes()
    north, south = open_phone(), open_phone()
    shown = [*(watched(phone) for phone in (north, south))]
    for phone, gate in ((north, "N"), (south, "S")):
        connect(phone, gate_day.link(gate))
        start(phone)
        phone.context.set_offline(True)
        scan(phone, visitor.text)
        says(phone, "admitted")

    for phone in (north, south):
        phone.context.set_offline(False)
        waits(phone, 0)

    assert [(row.pass_id, row.phone_verdict) for row in gate_day.log()] == [(visitor.pass_id, "admitted")] * 2
    assert gate_day.inside() == 1, "both are kept, the person counts once"
    assert [found.pass_id for found in gate_day.twice()] == [visitor.pass_id]
    assert_once(gate_day, [said for phone in shown for said in phone])
    scan(north, visitor.text)
    says(north, "already_admitted")


# Keys of everything that the phone holds, by store.
KEPT = """async () => {
  const open = (name) => new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
  const keysOf = (db, store) => new Promise((done) => {
    db.transaction(store).objectStore(store).getAllKeys().onsuccess = ({ target }) => done([store, target.result]);
  });
  const databases = await Promise.all((await indexedDB.databases()).map(({ name }) => open(name)));
  const rows = databases.flatMap((db) => [...db.objectStoreNames].map((store) => keysOf(db, store)));
  return Object.fromEntries(await Promise.all(rows));
}"""


def test_a_signed_out_phone_with_a_full_queue_sends_it_and_then_forgets(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    visitors = gate_day.passes(5)
    phone = open_phone()
    shown = watched(phone)
    connect(phone, gate_day.link())
    press(phone, "menu")
    code = device_of(phone)
    phone.context.set_offline(True)
    press(phone, "scan")
    for visitor in visitors:
        scan(phone, visitor.text)
    press(phone, "tally-screen")
    phone.evaluate("for (let n = 0; n < 1200; n += 1) document.querySelector('[data-count=\"1\"]').click()")
    waits(phone, 1205)
    gate_day.sign_out(code)

    phone.context.set_offline(False)

    expect(phone.locator("[data-part=alarm]")).to_contain_text("Everything was sent", timeout=60_000)
    expect(phone.locator("#code")).to_be_visible()
    rows = gate_day.log()
    assert len(rows) == 1205
    assert all(row.after_revocation for row in rows)
    assert_once(gate_day, shown)
    kept = phone.evaluate(KEPT)
    assert {name: len(keys) for name, keys in kept.items() if name != "facts" and keys} == {}
    assert set(kept["facts"]) == {"language"}
    assert phone.evaluate("fetch('/api/v1/gate/status').then(answer => answer.status)") == 401


@pytest.mark.parametrize("hours", [26, -26])
def test_a_clock_that_is_more_than_a_day_off_changes_nothing(
    open_phone: Callable[..., Page], gate_day: GateDay, hours: int
) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone()
    shown = watched(phone)
    phone.context.add_init_script(f"""
      const Real = Date, off = {hours} * 3_600_000;
      globalThis.Date = class extends Real {{
        constructor(...given) {{ given.length ? super(...given) : super(Real.now() + off); }}
        static now() {{ return Real.now() + off; }}
      }};
    """)
    connect(phone, gate_day.link())
    start(phone)
    phone.context.set_offline(True)
    scan(phone, visitor.text)
    says(phone, "admitted")
    phone.reload()
    start(phone)
    scan(phone, visitor.text)
    says(phone, "already_admitted")
    expect(phone.locator("[data-part=verdict-detail]")).to_contain_text("North gate")
    phone.context.set_offline(False)
    waits(phone, 0)

    first, second = gate_day.log()
    now = clock.now()
    assert all(abs(row.corrected_at - now) < MOMENT for row in (first, second))
    assert abs(first.captured_at - now - timedelta(hours=hours)) < MOMENT
    assert gate_day.inside() == 1
    assert_once(gate_day, shown)


def test_a_phone_signed_out_in_one_page_is_signed_out_in_the_other(
    open_phone: Callable[..., Page], gate_day: GateDay, site: Site
) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())
    other = phone.context.new_page()
    other.goto("/gate/")
    press(other, "menu")
    press(other, "sign-out")
    other.locator("[data-part=ask-yes]").click()

    for page in (other, phone):
        expect(page.locator("#code")).to_be_visible()

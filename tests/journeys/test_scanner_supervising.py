"""A supervisor's phone: finding a scan of any phone, looking a pass up, taking scans back for all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from eventsys.gate.rules.devices import DeviceRole
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import connect, press, says, scan, send, start, waits

pytestmark = pytest.mark.xdist_group("journeys")


def test_a_supervisor_finds_a_scan_of_another_phone_and_takes_it_back(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    visitor, other = gate_day.passes(2)
    phone, supervisor = open_phone(), open_phone()
    connect(phone, gate_day.link("S"))
    start(phone)
    scan(phone, visitor.text)
    says(phone, "admitted")
    waits(phone, 0)
    connect(supervisor, gate_day.link(role=DeviceRole.SUPERVISE))
    start(supervisor)
    scan(supervisor, other.text)
    press(supervisor, "menu")
    press(supervisor, "search-screen")
    found = supervisor.locator("[data-part=found] li")
    expect(found).to_have_count(1)
    supervisor.locator("#search").fill(visitor.short_code)
    expect(found).to_have_count(0)
    supervisor.keyboard.press("Enter")
    expect(found).to_contain_text(["In: Welcome in"])
    expect(found).to_contain_text(["S"])
    found.get_by_role("button", name="Take back").click()
    expect(supervisor.locator("[data-part=ask-question]")).to_contain_text(visitor.short_code)
    supervisor.locator("[data-part=ask-yes]").click()
    expect(found).to_contain_text(["taken back"])
    send(supervisor)

    assert gate_day.inside() == 1
    press(supervisor, "scan")
    scan(supervisor, visitor.text)
    says(supervisor, "admitted")
    assert gate_day.is_sound()
    press(phone, "menu")
    expect(phone.locator("[data-part=to-search]")).to_be_hidden()


def test_a_supervisor_looks_a_pass_up_by_camera_without_a_scan(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    gate_day.revoke(visitor)
    supervisor = open_phone([(visitor.text, 4)])
    connect(supervisor, gate_day.link(role=DeviceRole.SUPERVISE))
    press(supervisor, "menu")
    press(supervisor, "search-screen")
    press(supervisor, "looking")

    expect(supervisor.locator("[data-part=search-heading]")).to_have_text(visitor.short_code)
    expect(supervisor.locator("[data-part=search-note]")).to_have_text("Visitor · Pass withdrawn · never scanned")
    assert gate_day.log() == []


def test_what_a_supervisor_took_back_may_come_in_at_another_phone(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    supervisor, other = open_phone(), open_phone()
    connect(supervisor, gate_day.link(role=DeviceRole.SUPERVISE))
    start(supervisor)
    scan(supervisor, visitor.text)
    says(supervisor, "admitted")
    expect(supervisor.locator("[data-part=sent]")).to_have_text("Sent: 1")
    connect(other, gate_day.link("S"))
    start(other)
    scan(other, visitor.text)
    says(other, "already_admitted")
    expect(other.locator("[data-part=verdict-detail]")).to_contain_text("North gate")
    expect(other.locator("[data-part=sent]")).to_have_text("Sent: 1")

    for _scan in gate_day.log():
        press(supervisor, "menu")
        press(supervisor, "search-screen")
        supervisor.locator("#search").fill(visitor.short_code)
        supervisor.keyboard.press("Enter")
        supervisor.get_by_role("button", name="Take back").first.click()
        supervisor.locator("[data-part=ask-yes]").click()
    expect(supervisor.locator("[data-part=sent]")).to_have_text("Sent: 3")
    press(other, "menu")
    with other.expect_response("**/status"):  # asked once the changes before it are on the disk
        press(other, "send")

    # From the disk, too, and without a network.
    other.context.set_offline(True)
    other.reload()
    start(other)
    scan(other, visitor.text)
    says(other, "admitted")
    other.context.set_offline(False)
    waits(other, 0)
    assert gate_day.inside() == 1
    assert gate_day.is_sound()

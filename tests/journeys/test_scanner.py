"""The scanner on a phone: what is missing is said, everything is under the thumb, every way of reading a code works."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import qrcode
from playwright.sync_api import Page, expect

from eventsys.gate.rules.devices import DeviceRole
from tests.journeys.conftest import AXE, DESKTOP, Site, check, sign_in
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import connect, press, says, scan, send, start, waits

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


def test_a_camera_that_is_forbidden_says_how_to_allow_it(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone([("x", 4)], permissions=[])
    phone.context.add_init_script("""
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
    """)
    connect(phone, gate_day.link())
    press(phone, "check")

    expect(phone.locator("[data-part=checks] li").first).to_contain_text("Allow it in the browser's settings")
    start(phone)
    expect(phone.locator("[data-part=no-camera-why]")).to_contain_text("type codes and take photos")
    expect(phone.get_by_role("button", name="Try the camera again")).to_be_visible()


def photo_of(text: str) -> bytes:
    picture = BytesIO()
    qrcode.make(text, box_size=8).get_image().convert("RGB").save(picture, "PNG")
    return picture.getvalue()


def test_codes_are_read_from_a_photo_a_scanner_that_types_and_by_hand(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    by_photo, by_wedge, with_focus, typed, in_field = gate_day.passes(5)
    phone = open_phone()
    connect(phone, gate_day.link())
    start(phone)

    phone.locator("#photo").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": photo_of(by_photo.text)}
    )
    says(phone, "admitted")
    blank = BytesIO(photo_of(by_photo.text)[:200])
    phone.locator("#photo").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": blank.getvalue()})
    expect(phone.locator("[data-part=alarm]")).to_contain_text("There is no code in this photo.")
    scan(phone, by_wedge.text)
    says(phone, "admitted")
    phone.locator("label[for=way-out]").click()
    scan(phone, by_wedge.text)
    says(phone, "left")
    phone.locator("label[for=way-in]").click()
    phone.locator("[data-action=menu]:visible").focus()
    phone.keyboard.type(with_focus.text)
    phone.keyboard.press("Enter")
    says(phone, "admitted")
    assert phone.locator("body[data-screen=scan]").count() == 1, "its spaces and Enter press nothing"
    press(phone, "type")
    phone.locator("#short-code").fill("38PK-1W2Z")
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-part=typed-refusal]")).to_contain_text("14 characters")
    phone.locator("#short-code").fill(typed.short_code.lower().replace("-", " "))
    phone.keyboard.press("Enter")
    says(phone, "cannot_decide")
    press(phone, "type")
    phone.keyboard.type(in_field.text)
    phone.keyboard.press("Enter")
    says(phone, "admitted")
    send(phone)

    rows = [(row.entry.value, row.pass_id, row.phone_verdict) for row in gate_day.log()]
    assert rows == [
        ("photo", by_photo.pass_id, "admitted"),
        ("wedge", by_wedge.pass_id, "admitted"),
        ("wedge", by_wedge.pass_id, "left"),
        ("wedge", with_focus.pass_id, "admitted"),
        ("typed", typed.pass_id, "cannot_decide"),
        ("wedge", in_field.pass_id, "admitted"),
    ]


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


def test_a_phone_with_a_queue_is_not_signed_out_and_an_organiser_takes_its_file_in(
    open_phone: Callable[..., Page], open_page: Callable[..., Page], gate_day: GateDay, site: Site, tmp_path: Path
) -> None:
    [visitor] = gate_day.passes()
    phone, organiser = open_phone(accept_downloads=True), open_page("en", DESKTOP)
    connect(phone, gate_day.link())
    phone.context.set_offline(True)
    start(phone)
    scan(phone, visitor.text)
    says(phone, "admitted")
    press(phone, "menu")
    press(phone, "sign-out")
    expect(phone.locator("[data-part=alarm]")).to_contain_text("Not sent yet: 1, so this phone can't be signed out.")
    with phone.expect_download() as saved:
        press(phone, "export")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)

    sign_in(organiser, site, "administrator")
    organiser.goto(f"/organise/{gate_day.slug}/gate/import")
    check(organiser)
    organiser.locator("#file").set_input_files(file)
    organiser.get_by_role("button", name="Take it in").click()
    expect(organiser.locator("main")).to_contain_text("The file is taken in.")
    check(organiser)

    assert [row.pass_id for row in gate_day.log()] == [visitor.pass_id]
    phone.context.set_offline(False)
    waits(phone, 0)
    press(phone, "sign-out")
    phone.locator("[data-part=ask-yes]").click()
    expect(phone.locator("#code")).to_be_visible()
    assert len(gate_day.log()) == 1
    assert gate_day.is_sound()


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


def test_an_iphone_is_told_to_connect_inside_the_installed_app(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    tab, app = open_phone(), open_phone()
    tab.context.add_init_script("Object.defineProperty(navigator, 'standalone', { value: false })")
    app.context.add_init_script("Object.defineProperty(navigator, 'standalone', { value: true })")
    link = gate_day.link()
    tab.goto("/gate/")
    expect(tab.locator("[data-part=install]")).to_contain_text("add this page to the home screen")
    app.goto("/gate/")
    expect(app.locator("[data-part=install]")).to_be_hidden()

    app.locator("#code").fill(link)
    app.get_by_role("button", name="Connect").click()

    expect(app.locator("[data-part=readiness]")).to_be_visible()
    connect(tab, link)
    press(tab, "check")
    expect(tab.locator("[data-part=checks]")).to_contain_text("An iPhone's browser may drop scans.")


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


def test_the_light_is_lit_where_the_camera_has_one(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone([(None, 4)])
    # No fake camera has a light.
    phone.context.add_init_script("""
      window.lit = [];
      MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
      MediaStreamTrack.prototype.applyConstraints = async (wanted) => { window.lit.push(wanted.advanced[0].torch); };
    """)
    connect(phone, gate_day.link())
    start(phone)
    light = phone.get_by_role("button", name="Light")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "false")
    assert phone.evaluate("window.lit") == [True, False]
    light.click()
    press(phone, "menu")
    press(phone, "scan")
    expect(light).to_have_attribute("aria-pressed", "false")


def test_every_verdict_comes_with_a_word_a_picture_a_sound_and_a_vibration(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    visitor, revoked = gate_day.passes(2)
    gate_day.revoke(revoked)
    phone = open_phone()
    phone.context.add_init_script("""
      window.felt = []; window.heard = 0;
      Navigator.prototype.vibrate = (pattern) => { window.felt.push(String(pattern)); return true; };
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...given) { window.heard += 1; return start.apply(this, given); };
    """)
    connect(phone, gate_day.link())
    start(phone)
    said = []
    for text, verdict in (
        (visitor.text, "admitted"), (visitor.text, "already_admitted"), (revoked.text, "revoked"),
        (f"{visitor.text[:-4]}0000", "bad_signature"),
    ):  # fmt: skip
        scan(phone, text)
        says(phone, verdict)
        said.append(phone.locator("[data-part=verdict-title]").inner_text())
        assert phone.locator("[data-part=verdict-icon] svg path").count() == 2
        assert re.search(r"\w", phone.locator("[data-part=verdict-sentence]").inner_text())

    assert said == ["Welcome in", "Already in", "Pass withdrawn", "Not a genuine pass"]
    felt = phone.evaluate("window.felt")
    assert len(felt) == len(set(felt)) == 4
    assert phone.evaluate("window.heard") >= 4


def test_a_link_for_another_gate_moves_the_phone(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())
    press(phone, "menu")
    phone.locator("[data-action=enrol]:visible").click()
    phone.locator("#code").fill(gate_day.link("S"))
    phone.get_by_role("button", name="Connect").click()
    phone.locator("[data-part=ask-yes]").click()

    expect(phone.locator("[data-part=gate]")).to_have_text("South gate")
    expect(phone.locator("[data-part=readiness]")).to_be_visible()

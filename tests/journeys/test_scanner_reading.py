"""The ways of reading a code on a phone, what keeps it from one, and what it says with every verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import qrcode
from playwright.sync_api import Page, expect

from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import connect, press, says, scan, send, start

pytestmark = pytest.mark.xdist_group("journeys")


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
    by_photo, by_wedge, with_focus, typed, in_field, short = gate_day.passes(6)
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
    scan(phone, short.short_code)
    says(phone, "cannot_decide")
    send(phone)

    rows = [(row.entry.value, row.pass_id, row.phone_verdict) for row in gate_day.log()]
    assert rows == [
        ("photo", by_photo.pass_id, "admitted"),
        ("wedge", by_wedge.pass_id, "admitted"),
        ("wedge", by_wedge.pass_id, "left"),
        ("wedge", with_focus.pass_id, "admitted"),
        ("typed", typed.pass_id, "cannot_decide"),
        ("wedge", in_field.pass_id, "admitted"),
        ("typed", short.pass_id, "cannot_decide"),
    ]


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

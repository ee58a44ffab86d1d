"""Links on a phone: connecting inside an installed app, other links on a phone that is connected, signing out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Site, check, sign_in
from tests.journeys.gate_day import GateDay
from tests.journeys.scanning import connect, press, says, scan, start, waits

pytestmark = pytest.mark.xdist_group("journeys")


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


UNKNOWN = f"/gate/#{'A' * 43}"


def arrive(phone: Page, link: str) -> None:
    """Open a link as from a message: the page is loaded anew."""
    phone.goto("about:blank")
    phone.goto(link)


def agree(phone: Page) -> None:
    """Say yes to leaving the northern gate for the southern one."""
    question = "This phone is connected to “North gate”. Leave it and connect to “South gate”?"
    expect(phone.locator("[data-part=ask-question]")).to_have_text(question)
    phone.locator("[data-part=ask-yes]").click()


def test_a_link_that_does_not_work_leaves_the_phone_as_it_was(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    [visitor] = gate_day.passes()
    phone = open_phone()
    connect(phone, gate_day.link())

    arrive(phone, UNKNOWN)

    expect(phone.locator("[data-part=alarm]")).to_contain_text("This phone stays connected to “North gate”.")
    expect(phone.locator("dialog[open]")).to_have_count(0)
    assert phone.evaluate("location.hash") == ""
    phone.context.set_offline(True)
    phone.reload()
    start(phone)
    scan(phone, visitor.text)
    says(phone, "admitted")
    phone.context.set_offline(False)
    waits(phone, 0)
    assert [row.pass_id for row in gate_day.log()] == [visitor.pass_id]


@pytest.mark.parametrize("how", ["opened", "typed"])
def test_a_link_that_was_cut_off_says_so_and_where_the_phone_stays(
    open_phone: Callable[..., Page], gate_day: GateDay, how: str
) -> None:
    phone, cut_off = open_phone(), gate_day.link("S")[:-5]
    connect(phone, gate_day.link())

    if how == "opened":
        arrive(phone, cut_off)
    else:
        press(phone, "menu")
        phone.locator("[data-action=enrol]:visible").click()
        phone.locator("#code").fill(cut_off)
        phone.get_by_role("button", name="Connect").click()

    alarm = phone.locator("[data-part=alarm]")
    expect(alarm).to_contain_text("This link or code can't be used: something is missing from it, or mistyped.")
    expect(alarm).to_contain_text("This phone stays connected to “North gate”.")
    assert phone.evaluate("location.hash") == ""


def test_a_link_that_was_cut_off_is_told_to_a_phone_without_a_gate(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    phone = open_phone()

    phone.goto(gate_day.link()[:-5])

    expect(phone.locator("[data-part=alarm]")).to_contain_text("That is neither a link nor six characters.")
    expect(phone.locator("#code")).to_be_visible()


def test_a_link_can_not_be_tried_without_a_network_and_the_phone_stays(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    phone, to_south = open_phone(), gate_day.link("S")
    connect(phone, gate_day.link())
    phone.context.set_offline(True)

    arrive(phone, to_south)

    expect(phone.locator("[data-part=alarm]")).to_contain_text(
        "The server does not answer, so the link can't be tried."
    )
    expect(phone.locator("[data-part=gate]")).to_have_text("North gate")


def test_a_new_link_for_the_same_gate_is_asked_for_as_such(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())

    arrive(phone, gate_day.link())

    expect(phone.locator("[data-part=ask-question]")).to_contain_text("Connect it to the same gate anew")


def test_scans_that_wait_are_kept_when_another_link_is_opened(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    first, second = gate_day.passes(2)
    phone, to_south = open_phone(), gate_day.link("S")
    connect(phone, gate_day.link())
    start(phone)
    # The page and the links work, and the server takes no scans.
    phone.route("**/api/v1/gate/scans", lambda route: route.abort())
    scan(phone, first.text)
    says(phone, "admitted")
    waits(phone, 1)

    arrive(phone, to_south)
    agree(phone)

    expect(phone.locator("[data-part=alarm]")).to_contain_text("Scans on this phone are not sent yet.")
    expect(phone.locator("[data-part=gate]")).to_have_text("North gate")
    start(phone)
    scan(phone, second.text)
    says(phone, "admitted")
    waits(phone, 2)
    phone.unroute_all(behavior="ignoreErrors")
    arrive(phone, to_south)
    agree(phone)
    expect(phone.locator("[data-part=gate]")).to_have_text("South gate")
    assert sorted(row.pass_id for row in gate_day.log()) == sorted([first.pass_id, second.pass_id])
    assert (gate_day.admitted_at("N"), gate_day.admitted_at("S")) == (2, 0)


def test_the_link_that_a_phone_came_by_opens_the_scanner_and_takes_no_second_place(
    open_phone: Callable[..., Page], gate_day: GateDay
) -> None:
    phone, link = open_phone(), gate_day.link(phones=1)
    connect(phone, link)

    arrive(phone, link)

    expect(phone.locator("[data-part=readiness]")).to_be_visible()
    expect(phone.locator("dialog[open]")).to_have_count(0)
    start(phone)


def test_a_second_tab_follows_to_the_new_gate(open_phone: Callable[..., Page], gate_day: GateDay) -> None:
    phone = open_phone()
    connect(phone, gate_day.link())
    tab = phone.context.new_page()
    tab.goto("/gate/")
    expect(tab.locator("[data-part=gate]")).to_have_text("North gate")

    arrive(phone, gate_day.link("S"))
    agree(phone)

    for page in (phone, tab):
        expect(page.locator("[data-part=gate]")).to_have_text("South gate")

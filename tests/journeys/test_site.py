"""An organiser draws the street: a row, a split, by keyboard, with what breaks a rule told at once, and nothing ever lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in

pytestmark = pytest.mark.xdist_group("journeys")
STREET = "/organise/taste-the-world-2011/booths/site"


def celebration(page: Page) -> str:
    """The street of the celebration, on which nothing is drawn yet."""
    page.goto("/organise/")
    link = page.locator("main a[href*='faelles-fejring-']").first.get_attribute("href")
    found = re.search(r"faelles-fejring-\d+", link or "")
    assert found
    return f"/organise/{found[0]}/booths/site"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-site][data-ready]").wait_for()


def spot(page: Page, right: float, down: float) -> tuple[float, float]:
    """Where a point of the plan is on the screen."""
    plan = page.locator("[data-plan]")
    plan.scroll_into_view_if_needed()
    x, y, width, height = (float(part) for part in (plan.get_attribute("viewBox") or "").split())
    box = plan.bounding_box()
    assert box
    return box["x"] + (right - x) / width * box["width"], box["y"] + (down - y) / height * box["height"]


def press(page: Page, right: float, down: float) -> None:
    x, y = spot(page, right, down)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def said(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-said]")).to_contain_text(sentence)


def numbers(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator("[data-column=number]").all() if one.is_visible()]


def draw_row(page: Page) -> None:
    """Ten pitches, along a line of two presses."""
    page.get_by_role("button", name="Row of pitches").click()
    press(page, -30, 0)
    press(page, 10, 0)
    said(page, "11 pitches would stand there")
    page.get_by_label("How many").fill("10")
    page.get_by_role("button", name="Draw the row").click()
    said(page, "10 pitches drawn: C01 to C10.")


def draw_lane(page: Page) -> None:
    """A fire lane right through the row."""
    page.get_by_role("button", name="Draw something else").click()
    page.locator("#add-kind").select_option("fire_lane")
    page.get_by_role("button", name="Draw it on the plan").click()
    press(page, -5, -15)
    press(page, -5, 15)
    page.keyboard.press("Enter")
    said(page, "F1 is drawn")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the drawing").click()
    said(page, re.compile(r"Saved, version \d"))


def test_a_street_is_drawn_checked_and_saved(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site, "administrator")
    opened(page, celebration(page))

    draw_row(page)
    press(page, -28.5, 1.5)
    said(page, "Pitch C01")
    page.keyboard.press("s")
    said(page, "made into two")
    assert numbers(page)[:3] == ["C01", "C01b", "C02"]
    page.keyboard.press("Escape")
    for key in ("n", "n", "Shift+ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    said(page, re.compile(r"Now -2[89]\S* m to the right, -1 m down"))
    page.keyboard.press("Control+z")
    said(page, "Undone.")

    draw_lane(page)
    found = page.locator(".site-finding")
    expect(found.filter(has_text="reaches into the fire lane F1").first).to_be_visible()
    expect(page.locator(".site-badge").first).to_be_visible()
    found.first.click()
    said(page, re.compile("chosen"))
    page.get_by_role("button", name="Undo").click()
    expect(found).to_have_count(0)
    check(page)
    save(page)
    page.reload()
    page.locator("[data-site][data-ready]").wait_for()
    assert numbers(page)[:3] == ["C01", "C01b", "C02"]


def test_who_saves_later_loses_nothing(open_page: Callable[..., Page], site: Site) -> None:
    page, other = open_page("en", DESKTOP), open_page("en", DESKTOP)
    for one in (page, other):
        sign_in(one, site, "administrator")
        opened(one, STREET)
    rename(other, "A02", "X02")
    save(other)
    rename(page, "A03", "Y03")
    page.get_by_role("button", name="Save the drawing").click()
    expect(page.get_by_text("Somebody else has changed the street meanwhile")).to_have_count(2)
    page.get_by_role("button", name="See the newest beneath mine").click()
    said(page, re.compile(r"dashed: 1\d\d things"))
    with page.expect_download() as taken:
        page.locator("[data-notice=meanwhile]").get_by_role("button", name="Export mine as GeoJSON").click()
    drawn = json.loads(taken.value.path().read_text())
    assert "Y03" in {one["properties"].get("number") for one in drawn["features"]}
    page.get_by_role("button", name="Go on from the newest, with my changes").click()
    save(page)
    look_for(page, "X02")
    look_for(page, "Y03")
    rename(page, "X02", "A02")
    rename(page, "Y03", "A03")
    save(page)


def rename(page: Page, number: str, to: str) -> None:
    """In the table, as typing does it."""
    look_for(page, number)
    cell = page.get_by_label(f"{number}, Pitch", exact=True)
    cell.fill(to)
    cell.press("Tab")
    look_for(page, to)


def look_for(page: Page, number: str) -> None:
    """Find a pitch in the table."""
    page.get_by_label("Find", exact=True).fill(number)
    expect(page.get_by_label(f"{number}, Pitch", exact=True)).to_have_value(number)


def test_what_wasn_t_saved_is_there_after_a_broken_visit(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site, "administrator")
    opened(page, STREET)
    rename(page, "A05", "Z05")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/organise/")
    opened(page, STREET)

    expect(page.locator("[data-notice=restored]")).to_contain_text("that wasn't saved is back")
    look_for(page, "Z05")
    check(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Save the drawing").click()
    expect(page.locator("[data-notice=signed_out]")).to_be_visible()
    page.locator("[data-notice=signed_out]").get_by_role("link").wait_for()
    elsewhere = page.context.new_page()
    sign_in(elsewhere, site, "administrator")
    page.get_by_role("button", name="Save again").click()
    said(page, re.compile(r"Saved, version \d"))
    rename(page, "Z05", "A05")
    save(page)


def is_taken(page: Page, number: str) -> bool:
    """Go on to the next pitch, which is this one: whether somebody stands there. Other journeys may have moved them."""
    page.keyboard.press("n")
    said(page, number)
    return "stands here" in page.locator("[data-said]").inner_text()


def test_who_stands_there_keeps_a_pitch_from_going(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    opened(page, STREET)
    page.locator("[data-plan]").focus()
    number = next(f"A{n:02}" for n in range(1, 57) if is_taken(page, f"A{n:02}"))
    page.keyboard.press("Delete")
    said(page, f"Somebody stands on {number}")
    page.get_by_label("A06, Width, m", exact=True).fill("wide")
    page.get_by_label("A06, Width, m", exact=True).press("Tab")
    page.get_by_role("button", name="Save the drawing").click()
    said(page, "Nothing was saved. This can't be kept as it is: A06: “wide” is not a number")
    expect(page.get_by_label("A06, Width, m", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".site-finding").filter(has_text="A06: “wide” is not a number")).to_be_visible()
    expect(page.locator(".site-finding").filter(has_text="The fire lane F2 is 2.8 m wide")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())


def test_what_is_pressed_while_the_drawing_loads_is_done_when_it_is_there(
    open_page: Callable[..., Page], site: Site
) -> None:
    page, held = open_page("en", DESKTOP), list[Route]()
    sign_in(page, site, "administrator")
    page.route("**/booths/site/document", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks what it is given
    page.goto(STREET)
    said(page, "The drawing is on its way.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the plan of the street")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan]")).to_be_focused()
    for key in ("n", "n", "+", "+", "+"):
        page.keyboard.press(key)
    check(page)
    held[0].continue_()

    page.locator("[data-site][data-ready]").wait_for()
    said(page, "Pitch A02")
    plan, chosen = page.locator("[data-plan]").bounding_box(), page.locator(".site-thing.is-chosen").bounding_box()
    assert plan and chosen
    assert plan["x"] <= chosen["x"] <= plan["x"] + plan["width"] - chosen["width"]
    for name in ("Nearer", "Nearer", "Nearer", "Nearer"):
        page.get_by_role("button", name=name).click()
    nearer = page.locator(".site-thing.is-chosen").bounding_box()
    assert nearer and nearer["width"] > 3 * chosen["width"]
    assert plan["x"] <= nearer["x"] <= plan["x"] + plan["width"] - nearer["width"]


def state(page: Page, words: str) -> None:
    expect(page.locator("[data-state]")).to_have_text(words)


def test_a_board_is_called_as_was_typed_and_what_was_drawn_since_is_not_called_saved(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site, "administrator")
    opened(page, STREET)
    state(page, "All is saved.")
    for name, sentence in (("EL4A", "There is a board EL4A already."), ("Torvet", "Press where it stands")):
        page.get_by_role("button", name="Draw something else").click()
        page.locator("#add-kind").select_option("board")
        page.locator("#add-label").fill(name)
        page.get_by_role("button", name="Draw it on the plan").click()
        said(page, sentence)
    press(page, 205.3, 6.8)
    said(page, "Electric board Torvet is drawn.")
    expect(page.locator("#chosen-board-board")).to_have_value("Torvet")
    state(page, "Not saved yet.")
    page.on("dialog", lambda dialog: dialog.accept())

    save(page)
    state(page, "All is saved.")
    page.locator("#site-table-sort").select_option("pitch")
    rename(page, "A05", "Z05")
    said(page, "Not saved yet.")
    rename(page, "Z05", "A05")
    page.locator("#site-table-sort").select_option("board")
    page.get_by_label("Find", exact=True).fill("Torvet")
    page.get_by_role("button", name="Choose all that are found").click()
    page.get_by_role("button", name="Delete").click()
    save(page)


def test_a_neighbour_is_chosen_through_a_grip_and_many_by_a_box_of_keys(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site, "administrator")
    opened(page, celebration(page))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Row of pitches").click()
    for name, value in {"from-right": "100", "from-down": "100", "to-right": "120", "to-down": "100"}.items():
        page.locator(f"#row-{name}").fill(value)
    page.locator("#row-prefix").fill("G")
    page.locator("#row-gap").fill("0,1")
    page.get_by_role("button", name="Draw the row").click()
    said(page, "6 pitches drawn: G01 to G06.")

    press(page, 101.5, 101.5)
    said(page, "Pitch G01")
    press(page, 103.3, 101.5)  # On the grip of its side, over its neighbour.
    said(page, "Pitch G02")
    x, y = spot(page, 106.1, 101.5)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=4)
    page.mouse.up()
    said(page, re.compile(r"Now [\d.]+ m wide"))
    page.keyboard.press("Control+z")

    page.keyboard.press("b")
    said(page, "Set two corners across from each other")
    press(page, 100.5, 100.5)
    for _ in range(8):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    said(page, "3 chosen.")
    page.keyboard.press("Delete")
    said(page, "3 deleted.")


def test_what_the_forms_suggest_is_taken_and_all_columns_are_seen(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site, "administrator")
    opened(page, STREET)
    page.on("dialog", lambda dialog: dialog.accept())
    frame = page.locator(".site-table-frame")
    assert frame.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator("[data-plan]").focus()
    for key in ("n", "Shift+N", "s"):
        page.keyboard.press(key)
    said(page, "2 made into two each.")
    page.get_by_text("Number anew by a rule").click()
    expect(page.locator("#numbers-start")).to_have_value("57")
    page.get_by_role("button", name="Number what is chosen").click()
    said(page, "4 numbered anew.")
    expect(page.locator("#numbers-start")).to_have_value("57")
    for letter in ("C", "D"):
        page.get_by_role("button", name="Row of pitches").click()
        expect(page.locator("#row-prefix")).to_have_value(letter)
        for name, value in {"from-right": "100", "from-down": "60", "to-right": "120", "to-down": "60"}.items():
            page.locator(f"#row-{name}").fill(value)
        page.get_by_role("button", name="Draw the row").click()
        said(page, f"pitches drawn: {letter}01 to")


@pytest.mark.parametrize(("language", "size"), [("da", DESKTOP), ("ar", PHONE)], ids=["danish-desktop", "arabic-phone"])
def test_the_editor_is_for_everybody(
    open_page: Callable[..., Page], site: Site, language: str, size: dict[str, int]
) -> None:
    page = open_page(language, size, has_touch=size is PHONE)
    sign_in(page, site, "administrator")
    page.goto(f"/language/{language}")
    opened(page, STREET)
    for folded in page.locator("details").all():
        folded.evaluate("part => { part.open = true }")
    check(page)
    press(page, 284.4, 16.5)
    expect(page.locator(".site-thing.is-chosen")).to_have_count(1)
    check(page)
    page.locator("[data-tool=row]").click()
    check(page)
    page.locator("[data-tool=add]").click()
    check(page)


def test_without_javascript_the_page_says_what_to_do(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", PHONE, java_script_enabled=False)
    sign_in(page, site)
    page.goto(STREET)

    expect(page.get_by_text("Drawing here needs JavaScript")).to_be_visible()
    expect(page.get_by_text("The fire lane F2 is 2.8 m wide")).to_be_visible()
    assert page.locator("[data-site]").is_hidden()

"""An organiser at the street plan: proposes, pulls a booth onto a pitch against a rule, changes two, takes back, publishes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_tour import SLUG

pytestmark = pytest.mark.xdist_group("journeys")
BOOTHS = f"/organise/{SLUG}/booths"


def pull(page: Page, what: Locator, to: Locator, *, saying: str) -> None:
    """Pull something with the mouse; it is let go once the page says what would come of it."""
    to.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 24, start["y"] + 18)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=6)
    expect(page.locator("[data-said]")).to_contain_text(saying)
    page.mouse.up()


def pitch(page: Page, number: str) -> Locator:
    return page.locator(f"[data-pitch='{number}']")


def fixed_ones(page: Page) -> set[str]:
    return set(page.locator(".map-fixed").evaluate_all("all => all.map(one => one.dataset.pitch)"))


def take_in_hand(page: Page, tone: str, count: int) -> list[tuple[str, str]]:
    """Numbers and names of the first pitches of a tone with one booth each."""
    found = page.locator(f".map-{tone}[data-codes]:not([data-codes*=' '])")
    return [
        (found.nth(n).get_attribute("data-pitch") or "", found.nth(n).get_attribute("data-names") or "")
        for n in range(count)
    ]


def propose(page: Page) -> None:
    page.goto(BOOTHS)
    page.get_by_role("button", name="Make a proposal").click()
    expect(page.locator("main")).to_contain_text("The proposal is ready.", timeout=120_000)
    page.get_by_role("link", name="Look at the proposal").click()


def test_the_plan_is_made_by_hand_and_taken_over(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    propose(page)
    check(page)
    [(_number, name), (one, _name), (other, _other_name)] = take_in_hand(page, "taken", 3)

    take_off(page, name)
    against = put_against_a_rule(page, name)
    change_and_take_back(page, one, other)

    page.get_by_role("link", name="What would change").click()
    expect(page.locator("main")).to_contain_text("Staying where one stands counts 10 points")
    check(page)
    page.get_by_role("link", name="Take the proposal over").click()
    page.get_by_role("button", name="Yes, take it over").click()
    expect(page.locator("main")).to_contain_text("The plan counts from now on.")
    expect(pitch(page, against)).to_have_attribute("aria-label", re.compile("against a rule"))
    paper = page.request.get(page.get_by_role("link", name="English (PDF)").get_attribute("href") or "")
    assert paper.body().startswith(b"%PDF")


def take_off(page: Page, name: str) -> None:
    """One is taken off by clicks, and waits in the list."""
    page.locator(f"[data-names='{name}']").first.click()
    expect(page.locator("[data-name]")).to_have_text(name)
    check(page)
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator("[data-said]")).to_contain_text("Taken off.")
    expect(page.locator(".plan-waiting > li")).to_have_count(1)


def put_against_a_rule(page: Page, name: str) -> str:
    """It is pulled onto a pitch where it doesn't fit: which rule, and why so all the same. Returns the pitch's number."""
    said, waiting, question = (
        page.locator("[data-said]"),
        page.locator(".plan-waiting > li"),
        page.get_by_role("dialog"),
    )
    waiting.get_by_role("button").click()
    expect(said).to_contain_text("is in your hand")
    against = page.locator(".map-free.map-hand-breaks").first.get_attribute("data-pitch") or ""
    page.keyboard.press("Escape")
    expect(said).to_contain_text("is put down again.")
    pull(page, waiting, pitch(page, against), saying=f"{against}: Against a rule:")
    expect(question.locator("[data-rules] li").first).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(waiting).to_have_count(1)
    pitch(page, against).click()
    page.get_by_role("button", name="Yes, so be it").click()
    expect(question).to_contain_text("Write why, or choose another place.")
    question.get_by_label("Why a rule may be broken").fill("They come with a smaller tent.")
    page.get_by_role("button", name="Yes, so be it").click()
    expect(pitch(page, against)).to_have_attribute("aria-label", re.compile(f"{re.escape(name)}, against a rule"))
    expect(page.locator("main")).to_contain_text("They come with a smaller tent.")
    return against


def change_and_take_back(page: Page, one: str, other: str) -> None:
    """Two change places, and it is taken back."""
    question = page.get_by_role("dialog")
    first, second = (pitch(page, number).get_attribute("data-names") or "" for number in (one, other))
    pull(page, pitch(page, one), pitch(page, other), saying=f"{other}: ")
    expect(question).to_contain_text("Let them change places?")
    if question.get_by_label("Why a rule may be broken").is_visible():
        question.get_by_label("Why a rule may be broken").fill("Only for this year.")
    page.get_by_role("button", name="Yes, so be it").click()
    expect(pitch(page, other)).to_have_attribute("data-names", first)
    expect(pitch(page, one)).to_have_attribute("data-names", second)
    page.get_by_role("button", name=re.compile("Take back: .* changed places")).click()
    expect(page.locator("[data-said]")).to_contain_text("Taken back:")
    expect(pitch(page, one)).to_have_attribute("data-names", first)


def test_with_a_day_shown_a_booth_is_moved_on_that_day_alone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    page.goto(f"{BOOTHS}?day=2")
    said, question = page.locator("[data-said]"), page.get_by_role("dialog")
    [(one, first), (other, second)] = take_in_hand(page, "taken", 2)

    pitch(page, one).click()
    expect(said).to_contain_text("Only day 2: on its other days it stays where it is.")
    check(page)
    pitch(page, other).click()
    expect(question).to_contain_text("Only day 2:")
    check(page)
    if question.get_by_label("Why a rule may be broken").is_visible():
        question.get_by_label("Why a rule may be broken").fill("Only for this year.")
    page.get_by_role("button", name="Yes, so be it").click()
    expect(said).to_contain_text("They have changed places on day 2; they are fixed.")
    expect(pitch(page, other)).to_have_attribute("data-names", first)
    page.get_by_role("link", name="Day 1", exact=True).click()
    expect(pitch(page, one)).to_have_attribute("data-names", first)
    expect(pitch(page, other)).to_have_attribute("data-names", second)

    # On all of its days it is only taken where one says so.
    pitch(page, one).click()
    page.get_by_label("Only the day that is shown").uncheck()
    expect(page.locator("[data-scope]").first).to_be_empty()
    page.get_by_role("button", name="Take it off").click()
    expect(said).to_contain_text("Taken off. The next proposal looks for a place.")
    page.goto(f"{BOOTHS}/throw-away")
    page.get_by_role("button", name="Yes, throw it away").click()


def test_the_plan_by_keyboard_alone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("en", DESKTOP)
    sign_in(page, site)
    page.goto(f"{BOOTHS}?day=1")
    said = page.locator("[data-said]")
    [(number, name)] = take_in_hand(page, "taken", 1)

    page.locator("[data-pitch][tabindex='0']").focus()
    page.keyboard.type(number)
    expect(pitch(page, number)).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_contain_text(f"{name} is in your hand")
    page.keyboard.press("ArrowRight")
    expect(pitch(page, number)).not_to_be_focused()
    expect(said).to_contain_text(re.compile(r"It fits|Against a rule"))
    page.keyboard.press("Escape")
    expect(said).to_contain_text(f"{name} is put down again.")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.locator("[data-name]")).to_have_text(name)
    page.get_by_role("button", name="Fix it there").press("Enter")
    expect(said).to_contain_text("Fixed there.")
    expect(pitch(page, number)).to_be_focused()
    assert number in fixed_ones(page)

    page.get_by_role("link", name="Throw the draft away").click()
    check(page)
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.locator("main")).to_contain_text("The draft is thrown away.")


def test_the_plan_on_a_phone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("ar", PHONE, has_touch=True)
    sign_in(page, site)
    page.goto(f"/language/ar?next={BOOTHS}")
    page.goto(f"{BOOTHS}?day=1")
    check(page)
    [(number, name)] = take_in_hand(page, "taken", 1)

    pitch(page, number).tap()
    expect(page.locator("[data-name]")).to_have_text(name)
    check(page)
    page.locator("[data-act='take-off']").tap()
    waiting = page.locator(".plan-waiting > li")
    expect(waiting).to_have_count(1)

    # A finger that rests on it first pulls it; here back to where it was.
    pitch(page, number).scroll_into_view_if_needed()
    waiting.locator("[data-take]").tap()
    expect(page.locator("[data-name]")).to_have_text(name)
    pitch(page, number).tap()
    expect(pitch(page, number)).to_have_attribute("data-names", name)
    check(page)
    page.goto(f"{BOOTHS}/throw-away")
    page.locator("main form button[type=submit]").tap()
    expect(page.locator("[data-act='fix']")).to_be_hidden()

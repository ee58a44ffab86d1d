"""Signing up as it happens: over two evenings with a lost connection between, in Arabic; a restaurant with its dishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import files
from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in
from tests.journeys.test_story import coming, mailed, next_step

pytestmark = pytest.mark.xdist_group("journeys")


def begin(page: Page, edition: str, *, kind: str, name: str, email: str) -> str:
    """Start an application; gives the beginning of its address."""
    page.goto(f"/{edition}/apply")
    page.locator(f"input[name=kind][value={kind}]").check()
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=email]").fill(email)
    next_step(page)
    return re.sub(r"^(.*/my/[^/]+/).*", r"\1", page.url)


def test_two_evenings_in_arabic_with_a_lost_connection(open_page: Callable[..., Page]) -> None:
    first = open_page("ar", PHONE)
    edition = coming(first)
    first.goto("/language/ar")
    address = begin(first, edition, kind="association", name="جمعية الياسمين", email="yasmin@example.org")
    first.locator("input[name=native_name]").fill("جمعية الياسمين")
    first.locator("input[name=cvr]").fill("DK 25 31 37 63")
    first.locator("input[name=contact_name]").fill("سلمى")
    first.locator("input[name=phone]").fill("28 12 34 56")
    next_step(first)
    assert first.url.endswith("/days")
    first.locator("input[name=days]").first.check()
    first.locator("input[name=crew]").fill("7")

    first.context.set_offline(True)
    first.locator("main form button[type=submit]").first.click()
    expect(first.locator("[data-offline]")).to_be_visible()
    check(first)
    first.locator("[data-try-again]").click()
    assert first.url.endswith("/days"), "still here, with what was typed"
    first.context.set_offline(False)
    expect(first.locator("[data-offline]")).to_be_hidden()
    expect(first.locator("[data-online]")).to_be_visible()
    first.goto(address)
    first.goto(f"{address}days")

    assert first.locator("input[name=crew]").input_value() == "7", "another page of ours is no proof that it arrived"
    expect(first.locator("[data-kept]")).to_be_visible()
    check(first)
    first.get_by_role("button").and_(first.locator("[name=later]")).click()
    first.wait_for_load_state()
    first.context.close()

    finish(open_page("ar", PHONE), address)


def finish(second: Page, address: str) -> None:
    """The second evening, on another phone, from the mailed link to the receipt."""
    second.goto(mailed(second, "yasmin@example.org", "/my/link/"))
    assert second.locator("html").get_attribute("dir") == "rtl"
    check(second)
    second.goto(f"{address}days")
    assert second.locator("input[name=crew]").input_value() == "7"
    expect(second.locator("[data-kept]")).to_be_hidden()
    next_step(second)
    second.locator("input[name=width_m]").first.check()
    second.locator("[data-power] summary").click()
    second.locator("input[name=appliance_kettle]").fill("1")
    next_step(second)
    second.locator("textarea[name=about_en]").fill("Jasmine tea and stories.")
    next_step(second)
    second.locator("textarea[name=near_wish]").fill("قرب المسرح")
    next_step(second)
    second.locator("select[name=purpose]").select_option("logo")
    picture = {"name": "شعار.jpg", "mimeType": "image/jpeg", "buffer": files.picture()}
    second.locator("input[name=file]").set_input_files(files=picture)  # type: ignore[arg-type]
    second.locator("main form[enctype] button[type=submit]:not([name])").click()
    expect(second.locator("main")).to_contain_text("شعار.jpg")
    check(second)
    second.goto(f"{address}check")
    expect(second.locator("main")).to_contain_text("25313763")
    expect(second.locator("main")).to_contain_text("قرب المسرح")
    second.locator("input[name=consent]").check()
    next_step(second)

    check(second)
    assert second.url.rstrip("/") == address.rstrip("/")
    second.goto("/dev/mail?to=yasmin@example.org")
    expect(second.locator("main table a").first).to_be_visible()


def test_the_browser_s_own_error_page_takes_nothing_away(open_page: Callable[..., Page]) -> None:
    """As where a phone believes that it has a connection: the form is sent, and only then it shows that there is none."""
    phone = open_page("da", PHONE)
    edition = coming(phone)
    address = begin(phone, edition, kind="association", name="Kor uden net", email="uden-net@example.org")
    phone.goto(f"{address}wishes")
    phone.locator("textarea[name=near_wish]").fill("Tæt på scenen")
    phone.evaluate("Object.defineProperty(window.navigator, 'onLine', { value: true })")
    phone.context.set_offline(True)
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_url("chrome-error://**")
    phone.context.set_offline(False)

    phone.goto(mailed(phone, "uden-net@example.org", "/my/link/"))
    phone.goto(f"{address}days")
    phone.goto(f"{address}wishes")
    assert phone.locator("textarea[name=near_wish]").input_value() == "Tæt på scenen"
    next_step(phone)
    phone.goto(f"{address}wishes")

    assert phone.locator("textarea[name=near_wish]").input_value() == "Tæt på scenen"
    expect(phone.locator("[data-kept]")).to_be_hidden()


def test_appliances_fill_the_figure_and_going_on_takes_the_file_along(open_page: Callable[..., Page]) -> None:
    phone = open_page("da", PHONE)
    edition = coming(phone)
    address = begin(phone, edition, kind="association", name="Kor med kedel", email="kedel@example.org")
    phone.goto(f"{address}booth")
    power = phone.locator("input[name=power_kw]")
    power.fill("6")
    phone.locator("[data-power] summary").click()
    phone.locator("input[name=appliance_kettle]").fill("2")
    phone.locator("input[name=appliance_fridge]").fill("2")
    assert (power.input_value(), power.is_editable()) == ("4,4", False)
    phone.locator("input[name=appliance_kettle]").fill("")
    phone.locator("input[name=appliance_fridge]").fill("")
    assert (power.input_value(), power.is_editable()) == ("6", True)

    phone.goto(f"{address}documents")
    file = phone.locator("input[type=file]")
    file.set_input_files({"name": "big.jpg", "mimeType": "image/jpeg", "buffer": bytes(11 * 1024 * 1024)})
    expect(phone.locator("[data-upload-large]")).to_be_visible()
    logo = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(logo, "PNG")
    file.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": logo.getvalue()})
    expect(phone.locator("[data-upload-large]")).to_be_hidden()
    phone.locator("main button[name=on]").click()
    phone.wait_for_url(re.compile("/(questions|check)$"))
    expect(phone.locator(".alert-success")).to_be_visible()
    phone.goto(f"{address}documents")
    expect(phone.locator("main img.preview")).to_be_visible()


def test_restaurant_with_dishes_reaches_the_catalogue(open_page: Callable[..., Page], site: Site) -> None:
    owner, organiser = open_page("da", PHONE), open_page("en", DESKTOP)
    edition = coming(owner)
    owner.goto("/language/da")
    address = begin(owner, edition, kind="restaurant", name="Café Sambusa", email="sambusa@example.org")
    owner.goto(mailed(owner, "sambusa@example.org", "/my/link/"))
    owner.goto(f"{address}days")
    owner.locator("input[name=days]").first.check()
    owner.locator("input[name=crew]").fill("3")
    next_step(owner)
    owner.locator("input[name=width_m]").first.check()
    owner.locator("input[name=power_kw]").fill("3,5")
    next_step(owner)
    owner.locator("input[name=cuisine]").fill("Somalisk")
    next_step(owner)
    owner.locator("main a[href$='/dishes/add']").click()
    owner.locator("input[name=name]").fill("Sambusa")
    owner.locator("select[name=allergen_gluten]").select_option("contains")
    owner.locator("select[name=allergen_milk]").select_option("may_contain")
    owner.locator("input[name=is_free_of_the_rest]").check()
    next_step(owner)
    check(owner)
    owner.goto(f"{address}visitors")
    owner.locator("textarea[name=about_da]").fill("Sprøde trekanter.")
    next_step(owner)
    owner.goto(f"{address}check")
    owner.locator("input[name=consent]").check()
    next_step(owner)

    approve_and_look(organiser, site, edition, address)


def approve_and_look(organiser: Page, site: Site, edition: str, address: str) -> None:
    """The organiser's side, and what visitors read."""
    sign_in(organiser, site)
    code = address.rstrip("/").rsplit("/", 1)[-1]
    organiser.goto(f"/organise/{edition}/applications/{code}")
    check(organiser)
    organiser.get_by_role("button", name="Approve", exact=True).click()
    organiser.goto(f"/organise/{edition}/applications/announce")
    check(organiser)
    organiser.locator("main form button[type=submit]").first.click()
    organiser.goto(f"/{edition}/catalogue?words=sambusa")
    organiser.locator("main .tile a").first.click()
    check(organiser)
    row = organiser.locator("main table tbody tr").first
    expect(row).to_contain_text("Sambusa")
    expect(row).to_contain_text("Cereals with gluten")

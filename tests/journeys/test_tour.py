"""Every page of the demo on a phone and a desktop, in all languages: nothing sideways, axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, Site, check, sign_in, take_in
from tests.journeys.test_story import coming, mailed

pytestmark = pytest.mark.xdist_group("journeys")
SLUG = "taste-the-world-2011"
NARROW = {"width": 320, "height": 700}
PUBLIC = [
    "/", f"/{SLUG}/", f"/{SLUG}/catalogue", f"/{SLUG}/catalogue?words=nobody-at-all",
    f"/{SLUG}/map", f"/{SLUG}/map?words=somali&avoid=nuts", f"/{SLUG}/map?words=nobody-at-all&day=2", f"/{SLUG}/pass", "/account/login",
    "/account/reset", "/dev/mail", "/dev/components", "/gate/", "/no-such-page",
]  # fmt: skip
TEAM = [
    "/organise/", f"/organise/{SLUG}/", f"/organise/{SLUG}/applications", f"/organise/{SLUG}/applications/announce",
    f"/organise/{SLUG}/applications/import", f"/organise/{SLUG}/mail", f"/organise/{SLUG}/mail/words",
    f"/organise/{SLUG}/mail/words/rejected/ar", f"/organise/{SLUG}/mail/words/offered/da", f"/organise/{SLUG}/waiting-list", f"/organise/{SLUG}/call", f"/organise/{SLUG}/criteria",
    f"/organise/{SLUG}/criteria/add", f"/organise/{SLUG}/questions", f"/organise/{SLUG}/booths", f"/organise/{SLUG}/booths?day=2&which=free", f"/organise/{SLUG}/booths/site", f"/organise/{SLUG}/booths/rules", f"/organise/{SLUG}/booths/wishes", f"/organise/{SLUG}/booths/import",
    f"/organise/{SLUG}/booths/arrivals", f"/organise/{SLUG}/booths/arrivals/list", f"/organise/{SLUG}/booths/arrivals/kerb?side=A",
    f"/organise/{SLUG}/booths/arrivals/slots", f"/organise/{SLUG}/booths/arrivals/slots/remove?side=A&day=1", f"/organise/{SLUG}/passes", f"/organise/{SLUG}/passes/visitors", f"/organise/{SLUG}/passes/import", f"/organise/{SLUG}/passes/links",
    f"/organise/{SLUG}/gate", f"/organise/{SLUG}/gate/rules/N?day=2", f"/organise/{SLUG}/gate/figures?day=2", f"/organise/{SLUG}/gate/figures?gate=N", f"/organise/{SLUG}/gate/capacity", f"/organise/{SLUG}/gate/import", f"/organise/{SLUG}/gate/end?day=1", f"/organise/{SLUG}/gate/close?day=1", f"/organise/{SLUG}/gate/correct?day=1", f"/organise/{SLUG}/gate/paper?day=1&gate=N", f"/organise/{SLUG}/gate/messages", f"/organise/{SLUG}/gate/screen?day=1", f"/organise/{SLUG}/gate/zones/add", f"/organise/{SLUG}/surveys", f"/organise/{SLUG}/surveys/add", f"/organise/{SLUG}/instruments", f"/organise/{SLUG}/instruments/add", f"/organise/{SLUG}/instruments/{SLUG}.1", f"/organise/{SLUG}/instruments/{SLUG}.1/preview", f"/organise/{SLUG}/instruments/{SLUG}.1/paper", f"/organise/{SLUG}/instruments/{SLUG}.1/test", f"/organise/{SLUG}/instruments/{SLUG}.1/publish",
    f"/organise/{SLUG}/indicators", f"/organise/{SLUG}/indicators/visible", f"/organise/{SLUG}/indicators/add", f"/organise/{SLUG}/indicators/add?measure=survey_share", f"/organise/{SLUG}/indicators/visible/change", f"/organise/{SLUG}/indicators/years", f"/organise/{SLUG}/indicators/begin", f"/organise/{SLUG}/register", f"/organise/{SLUG}/register?year=2008", f"/organise/{SLUG}/register/add", f"/organise/{SLUG}/published", f"/organise/{SLUG}/published/add", f"/organise/{SLUG}/team",
    "/account/change",
]  # fmt: skip
DRAFT = [
    "", "/change", "/library", "/write", "/write/scale", "/write/yes_no", "/write/multiple", "/write/number", "/items/again",
    "/items/why_not", "/items/why_not/remove", "/preview", "/paper", "/test", "/publish", "/remove",
]  # fmt: skip
LOOKS = [("da", DESKTOP), ("en", NARROW), ("ar", PHONE)]


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_pages_for_everybody(open_page: Callable[..., Page], language: str, size: dict[str, int]) -> None:
    page = open_page(language, size)
    page.goto(f"/language/{language}")

    for path in PUBLIC:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == (404 if path == "/no-such-page" else 200), path
        check(page)
    page.goto(f"/{SLUG}/catalogue")
    page.locator("main .tile a").first.click()
    check(page)
    page.goto("/dev/mail")
    page.locator("main table a").first.click()
    check(page)


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_pages_for_the_team(open_page: Callable[..., Page], site: Site, language: str, size: dict[str, int]) -> None:
    page = open_page(language, size)
    sign_in(page, site, "administrator")
    page.goto(f"/language/{language}")

    for path in TEAM:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        check(page)
    page.goto(f"/organise/{SLUG}/applications")
    page.locator("[data-rows] tbody a").first.click()
    check(page)
    page.goto(f"/organise/{SLUG}/booths")
    page.locator("main table a").first.click()
    check(page)
    page.goto(f"/organise/{SLUG}/booths/arrivals")
    page.locator("main a[href$='/arrival']").first.click()
    check(page)
    page.goto(f"/organise/{SLUG}/gate?day=1")
    page.locator("main a[href*='/gate/contact/']").first.click()
    check(page)
    page.goto(f"/organise/{SLUG}/mail")
    page.locator("main table a").first.click()
    check(page)
    page.get_by_role("link").and_(page.locator("[href$='/review']")).click()
    check(page)
    page.goto(f"/organise/{SLUG}/surveys")
    page.locator("main table a").nth(1).click()
    check(page)
    page.locator("main a[href$='/results']").click()
    check(page)
    page.locator("main a[href*='/texts/']").click()
    check(page)
    _look_at_a_draft(page, coming(page))


def _look_at_a_draft(page: Page, slug: str) -> None:
    """A questionnaire that is being written."""
    draft = f"/organise/{slug}/instruments/{slug}.1"
    for path in DRAFT:
        answer = page.goto(draft + path)
        assert answer is not None
        assert answer.status == 200, path
        check(page)


def confirmed(page: Page, edition: str, language: str) -> tuple[str, str]:
    """A restaurant whose owner has opened the mailed link: its address and name."""
    email, name = f"keeper-{language}@example.org", f"Spisehuset Granatæblet {language}"
    page.goto(f"/{edition}/apply")
    page.locator("label[for='kind-1']").click()
    page.locator("#name").fill(name)
    page.locator("#email").fill(email)
    page.locator("main form button[type=submit]").first.click()
    page.goto(mailed(page, email, "/my/link/"))
    return email, name


STEPS = [
    "", "organisation", "days", "booth", "food", "dishes", "dishes/add", "visitors", "wishes", "documents", "check",
    "withdraw", "contacts",
]  # fmt: skip


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_pages_for_applicants(open_page: Callable[..., Page], language: str, size: dict[str, int]) -> None:
    page = open_page(language, size)
    page.goto(f"/language/{language}")
    page.goto(f"/{coming(page)}/")
    page.locator("main a[href$='/apply']").first.click()
    check(page)
    page.locator("label[for='kind-1']").click()
    page.locator("#name").fill(f"Café {language}")
    page.locator("#email").fill(f"{language}@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/my/*/organisation")
    start = page.url.removesuffix("organisation")

    for step in STEPS:
        answer = page.goto(start + step)
        assert answer is not None
        assert answer.status == 200, step
        for folded in page.locator("details").all():
            folded.evaluate("part => { part.open = true }")
        check(page)


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_pages_of_who_comes_back(
    open_page: Callable[..., Page], site: Site, language: str, size: dict[str, int]
) -> None:
    """Told that the name is known, asked for by mail, let in; who is in asks for a change."""
    page = open_page(language, size)
    page.goto(f"/language/{language}")
    edition = coming(page)
    keeper, name = confirmed(page, edition, language)
    page.goto(f"/{edition}/apply")
    page.locator("label[for='kind-1']").click()
    page.locator("#name").fill(name)
    page.locator("#email").fill(f"new-{language}@example.org")
    page.locator("main form button[type=submit]").first.click()
    check(page)
    page.locator("button[name=ask]").click()
    check(page)

    page.goto(mailed(page, keeper, "/my/access/"))
    check(page)
    page.locator("#yes").click()
    check(page)


def check_preview(organiser: Page, language: str, size: dict[str, int]) -> None:
    """Look at a mail before it is released; then back where the page stood."""
    announce = organiser.url
    organiser.goto(f"/language/{language}")
    organiser.goto(announce)
    organiser.goto(organiser.locator("main a[href$='/preview']").first.get_attribute("href") or "")
    organiser.set_viewport_size(size)  # type: ignore[arg-type]
    check(organiser)
    organiser.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    organiser.goto("/language/en")
    organiser.goto(announce)


@pytest.mark.parametrize(("language", "size"), LOOKS, ids=["danish-desktop", "english-narrow", "arabic-phone"])
def test_pages_of_who_asks_for_a_change(
    open_page: Callable[..., Page], site: Site, tmp_path: Path, language: str, size: dict[str, int]
) -> None:
    organiser, page = open_page("en", DESKTOP), open_page(language, size)
    edition, email = coming(page), f"tour-{language}@example.org"
    take_in(site, edition, tmp_path, [f"TOUR-{language};association;Tour {language};{email};1;4;3;0;;We walk."])
    sign_in(organiser, site)
    organiser.goto(f"/organise/{edition}/applications?text=TOUR-{language}")
    organiser.locator("[data-rows] tbody a").first.click()
    organiser.get_by_role("button", name="Approve", exact=True).click()
    organiser.goto(f"/organise/{edition}/applications/announce")
    check_preview(organiser, language, size)
    organiser.get_by_role("button", name="Announce and send the mails").click()
    page.goto("/my/link")
    page.locator("#email").fill(email)
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"/language/{language}")
    page.goto(mailed(page, email, "/my/link/"))
    start = page.url
    page.goto(f"{start}booth")
    page.locator("label[for=needs_water]").click()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(start)
    assert page.locator("main table").count() == 1
    check(page)
    ground = page.locator(".alert:has(table)").evaluate("one => getComputedStyle(one).backgroundColor")
    painted = page.locator(".alert .rows-frame").evaluate("one => getComputedStyle(one).backgroundImage")
    assert painted.count(ground) == 2, "the ends of the table are painted in its notice's own colour"
    page.goto(f"{start}passes")
    check(page)
    page.locator(".pass-give a").first.click()
    check(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    check(page)
    page.goto(page.locator("main a.link-address").get_attribute("href") or "")
    check(page)


def test_pages_work_without_javascript(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page("da", PHONE, java_script_enabled=False)
    sign_in(page, site)

    page.goto(f"/organise/{SLUG}/applications?words=somalisk")
    page.get_by_role("link", name="العربية").first.click()

    assert page.locator("html").get_attribute("dir") == "rtl"

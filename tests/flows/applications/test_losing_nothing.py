"""What is typed is lost neither to a lost connection nor to a session that is over: what the pages tell the browser of it.

The browser's own part is walked in tests/journeys/test_losing_nothing.py; tests/client.py looks at every form of the applicant.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import START, hold, mailed_link, mails, post, ticket

pytestmark = pytest.mark.usefixtures("moment")
PERSON = {"name": "Amina", "email": "amina@example.org", "language": "da"}


@pytest.fixture
def draft(client: CarefulClient) -> Application:
    made = factories.application(
        factories.edition("fest"), kind=Kind.RESTAURANT, name="Kor", state=State.DRAFT, email_confirmed_at=None
    )
    hold(client, made)
    return made


def arrived(page: str, path: str) -> bool:
    """Whether a page tells the browser to forget what it keeps of a form."""
    return f'<span hidden data-saved="{path}"></span>' in page


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("organisation", {"name": "Kor"}),
        ("days", {"days": ["1"], "crew": "4"}),
        ("dishes/add", {"name": "Te"}),
        ("dishes/add", {"name": "Te", "another": "1"}),
        ("contacts", PERSON),
        ("documents", {"on": "1"}),
        ("resend-link", {"email": "kor@example.org"}),
        ("withdraw", {"reason": "No time"}),
    ],
)
def test_the_browser_forgets_what_has_arrived(
    client: CarefulClient, draft: Application, form: str, typed: dict[str, Any]
) -> None:
    path = f"/my/{draft.code}/{form}"

    assert arrived(client.post(path, data=typed, follow_redirects=True).text, path)


@pytest.mark.parametrize(
    ("form", "typed"),
    [("dishes/add", {"name": ""}), ("contacts", {"name": ""}), ("resend-link", {"email": "no address"})],
)
def test_and_nothing_of_what_was_refused(
    client: CarefulClient, draft: Application, form: str, typed: dict[str, Any]
) -> None:
    assert "data-saved" not in client.post(f"/my/{draft.code}/{form}", data=typed, follow_redirects=True).text


def test_starts_and_lost_links_arrive_too(client: CarefulClient) -> None:
    edition = factories.edition("fest")
    began = client.post("/fest/apply", data={**START, "ticket": ticket(client, edition)}, follow_redirects=True)
    lost = client.post("/my/link", data={"email": "kor@example.org"})

    assert arrived(began.text, "/fest/apply")
    assert arrived(lost.text, "/my/link")


def test_the_application_s_page_leads_to_what_the_device_keeps(client: CarefulClient, draft: Application) -> None:
    post(client, draft, "dishes/add", name="Te")
    [dish] = queries.dishes_of(draft)

    page = client.get(f"/my/{draft.code}/").text

    for form in ("days", "booth", "dishes/add", f"dishes/{dish.code}", "contacts", "check", "withdraw"):
        assert f'<li data-kept-at="/my/{draft.code}/{form}" hidden>' in page
    assert "<div data-kept-any hidden>" in page


@pytest.mark.parametrize("has_session", [False, True], ids=["cookies gone", "another's session"])
def test_a_form_that_comes_too_late_leads_back_by_the_mailed_link(
    app: Flask, draft: Application, has_session: bool
) -> None:
    late = app.test_client()
    late.get("/language/ar")
    late.get("/language/en")
    late.delete_cookie("session")

    page = late.post(f"/my/{draft.code}/days", data={"days": ["1"], "crew": "4"}, csrf=has_session)

    assert page.status_code == (403 if has_session else 400)
    assert "Open the link in your mail again" in page.text
    assert "<p data-kept-at hidden>What you wrote is kept on this device." in page.text
    assert 'class="button button-primary" href="/my/link"' in page.text
    assert "signed in" not in page.text


def test_a_broken_form_of_who_is_known_is_only_sent_again(client: CarefulClient, draft: Application) -> None:
    page = client.post(f"/my/{draft.code}/days", data={"days": ["1"]}, csrf=False)

    assert "Go back, reload the page" in page.text


def test_the_language_outlives_the_session(app: Flask, client: CarefulClient, draft: Application) -> None:
    client.get("/language/ar")
    client.delete_cookie("session")

    assert '<html lang="ar" dir="rtl"' in client.post(f"/my/{draft.code}/days", data={}, csrf=False).text
    cookie = client.get_cookie("language")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Lax", 365 * 24 * 3600)


def test_a_mailed_link_chooses_no_other_language_than_the_reader_did(client: CarefulClient, draft: Application) -> None:
    client.get("/language/ar")
    client.post("/my/link", data={"email": draft.email})
    client.delete_cookie("session")

    page = client.get(mailed_link(mails(draft.email)[-1]), follow_redirects=True)

    assert '<html lang="ar" dir="rtl"' in page.text

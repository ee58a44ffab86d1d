"""Signing in and out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import from_environment
from eventsys.app import create_app
from eventsys.mail import queries as mail
from tests import factories
from tests.client import CarefulClient
from tests.conftest import settings
from tests.limited import counting

LOGIN = "/account/login"


def failure_of(client: CarefulClient, email: str, password: str) -> str:
    response = client.post(LOGIN, query_string={"language": "en"}, data={"email": email, "password": password})
    assert response.status_code == 200
    return str(response.text.replace(email, "…"))


def test_password_signs_in_and_leads_to_the_editions(client: CarefulClient, moment: datetime) -> None:
    who = factories.user(email="signe@example.org")

    response = client.post(LOGIN, data={"email": " Signe@Example.ORG", "password": factories.PASSWORD})

    assert response.location == "/organise/"
    assert client.get("/organise/").status_code == 200
    assert who.last_signed_in_at == moment


def test_password_with_danish_letters_signs_in_however_they_are_composed(client: CarefulClient) -> None:
    who = factories.user(password="på række står blåbær")
    for form in ("NFC", "NFD"):
        factories.sign_in(client, who, password=unicodedata.normalize(form, "på række står blåbær"))
        factories.sign_out(client)


def test_wrong_password_and_unknown_address_get_the_same_answer(client: CarefulClient) -> None:
    factories.user(email="known@example.org")
    invited = factories.user(email="invited@example.org", password="")

    wrong = failure_of(client, "known@example.org", "not the password")
    unknown = failure_of(client, "nobody@example.org", "not the password")
    not_yet = failure_of(client, invited.email, "not the password")

    assert "Mail address or password is wrong." in wrong
    assert strip_token(wrong) == strip_token(unknown) == strip_token(not_yet)


def strip_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_closed_account_cannot_sign_in(client: CarefulClient, session: Session) -> None:
    who = factories.user()
    who.active = False
    session.commit()

    assert client.post(LOGIN, data={"email": who.email, "password": factories.PASSWORD}).status_code == 200
    assert client.get("/organise/").status_code == 302


def test_closing_an_account_ends_its_session(client: CarefulClient, session: Session) -> None:
    who = factories.user()
    factories.sign_in(client, who)
    who.active = False
    session.commit()

    assert client.get("/organise/").status_code == 302


def test_page_asked_for_comes_after_sign_in(client: CarefulClient) -> None:
    who = factories.organiser(factories.edition("summer"))

    asked = client.get("/organise/summer/team?sort=name")
    assert asked.location == "/account/login?next=/organise/summer/team?sort%3Dname"
    response = client.post(asked.location, data={"email": who.email, "password": factories.PASSWORD})

    assert response.location == "/organise/summer/team?sort=name"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
    ],
)
def test_sign_in_never_leads_away(client: CarefulClient, target: str) -> None:
    who = factories.user()

    by_field = client.post(LOGIN, data={"email": who.email, "password": factories.PASSWORD, "next": target})
    factories.sign_out(client)
    by_address = client.post(
        LOGIN, query_string={"next": target}, data={"email": who.email, "password": factories.PASSWORD}
    )

    for response in (by_field, by_address):
        assert urljoin("http://localhost/", response.location or "").startswith("http://localhost/")


def test_sign_out_takes_a_post_and_ends_the_session(client: CarefulClient) -> None:
    factories.sign_in(client, factories.user())

    assert client.get("/account/logout").status_code == 405
    assert client.post("/account/logout").location == "/"
    assert client.get("/organise/").location.startswith(LOGIN)


def test_sign_in_without_csrf_token_is_refused(client: CarefulClient) -> None:
    who = factories.user()

    response = client.post(LOGIN, data={"email": who.email, "password": factories.PASSWORD}, csrf=False)

    assert response.status_code == 400
    assert client.get("/organise/").status_code == 302


def test_token_in_a_header_or_address_signs_nobody_in(client: CarefulClient) -> None:
    token = factories.user().get_auth_token()

    assert client.get("/organise/", headers={"Authentication-Token": token}).status_code == 302
    assert client.get("/organise/", query_string={"auth_token": token}).status_code == 302


def test_nobody_registers_by_themselves(client: CarefulClient) -> None:
    assert client.get("/account/register").status_code == 404


def test_cookies_are_safe_behind_https(app: Flask, tmp_path: Path) -> None:
    secure = create_app(
        from_environment(settings(app.config["EVENTSYS"].database_url, tmp_path, EVENTSYS_BASE_URL="https://e.example"))
    )
    secure.config["TESTING"] = True

    with secure.app_context():
        cookies = secure.test_client().get(LOGIN, base_url="https://e.example").headers.getlist("Set-Cookie")

    assert cookies
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert secure.config["REMEMBER_COOKIE_SECURE"]


def test_staying_signed_in_sets_a_safe_cookie_for_two_weeks(client: CarefulClient) -> None:
    who = factories.user()

    response = client.post(LOGIN, data={"email": who.email, "password": factories.PASSWORD, "remember": "y"})
    cookie = next(c for c in response.headers.getlist("Set-Cookie") if c.startswith("remember_token="))

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    client.delete_cookie("session")
    assert client.get("/organise/").status_code == 200


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[CarefulClient]:
    """A browser at an application that counts tries, on a database of its own."""
    with counting(tmp_path) as client:
        yield client


def test_page_after_too_many_tries_says_what_to_do(limited: CarefulClient) -> None:
    limited.get("/language/en")

    answers = [limited.post(LOGIN, data={"email": "a@example.org", "password": "no"}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Wait a minute" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert limited.get(LOGIN).status_code == 200


def test_one_account_is_mailed_six_links_an_hour_at_most(limited: CarefulClient) -> None:
    factories.user(email="asked@example.org")

    for number in range(7):
        limited.post(
            "/account/reset",
            data={"email": "asked@example.org"},
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        )

    assert len(mail.newest()) == 6

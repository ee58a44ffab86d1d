"""Lost, changed and first passwords."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.accounts.credentials import invitation_link
from eventsys.accounts.models import User
from eventsys.base import clock
from eventsys.mail import queries as mail
from eventsys.mail.models import Message
from tests import factories
from tests.client import CarefulClient

NEW = "tre grønne både i havn"
ASK = "/account/reset"


def letters() -> list[Message]:
    return list(mail.newest())


def link_in(message: Message) -> str:
    found = re.search(r"http://localhost(/account/\S+)", message.text)
    assert found, message.text
    return found[1]


def test_lost_password_is_reset_by_mail(client: CarefulClient, session: Session) -> None:
    who = factories.user(email="maja@example.org", language="da")

    asked = client.post(ASK, data={"email": "Maja@example.org"})
    assert "maja@example.org" in asked.text.casefold()
    [message] = letters()
    assert (message.recipient, message.language) == ("maja@example.org", "da")
    answer = client.post(link_in(message), data={"password": NEW, "password_confirm": NEW})

    assert answer.location == "/account/login"
    factories.sign_in(client, who, password=NEW)
    assert [m.template for m in letters()] == ["accounts/reset_notice", "accounts/reset_instructions"]


def test_reset_link_works_once_and_ends_sessions(app: Flask, client: CarefulClient) -> None:
    who = factories.user()
    factories.sign_in(client, who)
    client.post(ASK, data={"email": who.email})
    link = link_in(letters()[0])
    other = app.test_client()

    other.post(link, data={"password": NEW, "password_confirm": NEW})

    assert other.post(link, data={"password": NEW + "!", "password_confirm": NEW + "!"}).location == ASK
    assert client.get("/organise/").status_code == 302
    factories.sign_in(client, who, password=NEW)


def test_link_leads_to_our_own_address_whatever_host_was_asked(client: CarefulClient) -> None:
    who = factories.user()

    form = client.get(ASK, base_url="http://evil.example")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', form.text)
    assert token
    client.post(ASK, base_url="http://evil.example", data={"email": who.email, "csrf_token": token[1]})

    [message] = letters()
    assert "evil.example" not in message.text + message.html
    assert "http://localhost/account/reset/" in message.text


def test_asking_tells_nobody_who_has_an_account(client: CarefulClient) -> None:
    who = factories.user(email="known@example.org")

    known = client.post(ASK, data={"email": who.email})
    unknown = client.post(ASK, data={"email": "other@example.org"})

    def shown(page: str) -> str:
        kept = [line for line in page.splitlines() if "csrf_token" not in line]
        return "\n".join(kept).replace("known@example.org", "…").replace("other@example.org", "…")

    assert known.status_code == unknown.status_code == 200
    assert shown(known.text) == shown(unknown.text)
    assert [m.recipient for m in letters()] == ["known@example.org"]


def test_closed_account_gets_no_link_and_an_old_link_does_not_open_it(client: CarefulClient, session: Session) -> None:
    who = factories.user()
    client.post(ASK, data={"email": who.email})
    link = link_in(letters()[0])
    who.active = False
    session.commit()

    client.post(link, data={"password": NEW, "password_confirm": NEW})
    client.post(ASK, data={"email": who.email})

    session.refresh(who)
    assert not who.active
    assert client.post("/account/login", data={"email": who.email, "password": NEW}).status_code == 200
    assert [m.template for m in letters()].count("accounts/reset_instructions") == 1


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("kort", "kort", "Use 12 to 128 characters"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "easy to guess"),
        (NEW, NEW + "x", "not the same"),
        ("", "", "Give a password"),
    ],
)
def test_poor_passwords_are_refused_with_a_sentence(
    client: CarefulClient, password: str, again: str, sentence: str
) -> None:
    who = factories.user()
    client.post(ASK, data={"email": who.email})

    page = client.post(
        link_in(letters()[0]), data={"password": password, "password_confirm": again}, query_string={"language": "en"}
    )

    assert page.status_code == 200
    assert sentence in page.text


def test_signed_in_person_changes_the_password(client: CarefulClient) -> None:
    who = factories.user()
    factories.sign_in(client, who)
    client.get("/language/en")

    wrong = client.post(
        "/account/change", data={"password": "not mine", "new_password": NEW, "new_password_confirm": NEW}
    )
    assert "This is not your password." in wrong.text
    done = client.post(
        "/account/change", data={"password": factories.PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    )

    assert done.location == "/organise/"
    assert "Your password is changed." in client.get("/organise/").text
    factories.sign_out(client)
    factories.sign_in(client, who, password=NEW)
    assert letters()[0].template == "accounts/change_notice"


def test_changing_needs_somebody_signed_in(client: CarefulClient) -> None:
    assert client.get("/account/change").location == "/account/login?next=/account/change"


def invited(moment: datetime) -> tuple[User, str]:
    who = factories.user(email="ny@example.org", name="Ny Nielsen", password="")
    return who, invitation_link(who, now=moment).removeprefix("http://localhost")


def test_invited_person_chooses_a_password_once(client: CarefulClient, moment: datetime) -> None:
    who, link = invited(moment)

    assert "Ny Nielsen" in client.get(link).text
    answer = client.post(link, data={"password": NEW, "password_confirm": NEW})

    assert answer.location == "/account/login"
    factories.sign_in(client, who, password=NEW)
    factories.sign_out(client)
    assert client.get(link).status_code == 404


def test_poor_first_password_is_refused_by_its_field(client: CarefulClient, moment: datetime) -> None:
    who, link = invited(moment)

    page = client.post(link, data={"password": "ny@example.org1", "password_confirm": "ny@example.org1"})

    assert page.status_code == 200
    assert 'id="password-error"' in page.text
    assert who.is_invited


def test_invitation_ends_after_three_days(client: CarefulClient, moment: datetime) -> None:
    _who, link = invited(moment)

    with clock.standing_at(moment + timedelta(days=3) - timedelta(minutes=1)):
        assert client.get(link).status_code == 200
    with clock.standing_at(moment + timedelta(days=3)):
        assert client.get(link).status_code == 404


def test_forged_invitation_opens_nothing(client: CarefulClient, moment: datetime) -> None:
    _who, link = invited(moment)

    payload, signature = link.rsplit(".", 1)

    assert client.get(f"{payload}.{signature[::-1]}").status_code == 404
    assert client.get(payload).status_code == 404
    assert client.get("/account/invitation/nonsense").status_code == 404


def test_somebody_with_a_password_is_not_invited_again(client: CarefulClient, moment: datetime) -> None:
    link = invitation_link(factories.user(), now=moment).removeprefix("http://localhost")

    assert client.get(link).status_code == 404


def test_late_invited_person_asks_for_a_link_by_mail(client: CarefulClient, moment: datetime) -> None:
    who, _link = invited(moment)

    client.post(ASK, data={"email": who.email})
    client.post(link_in(letters()[0]), data={"password": NEW, "password_confirm": NEW})

    factories.sign_in(client, who, password=NEW)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
@pytest.mark.parametrize("address", ["/account/login", ASK, "/account/invitation/nonsense"])
def test_pages_of_accounts_are_sound_in_every_language(client: CarefulClient, language: str, address: str) -> None:
    page = client.get(address, query_string={"language": language})

    assert f'lang="{language}"' in page.text

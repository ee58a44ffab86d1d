"""Who runs an edition: administrators invite and remove, organisers see."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts import queries as accounts
from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.audit.models import AuditEntry
from eventsys.editions import queries
from eventsys.editions.models import Edition
from eventsys.mail import queries as mail
from tests import factories
from tests.client import CarefulClient

TEAM = "/organise/summer/team"
INVITE = f"{TEAM}/invite"
FORM = {"name": "Ida Ibrahim", "email": "Ida@Example.org ", "role": "organiser", "language": "ar"}


@pytest.fixture
def summer(client: CarefulClient, moment: datetime) -> Edition:
    """An edition, and its administrator signed in and reading English."""
    made = factories.edition("summer", name="Summer 2026")
    factories.sign_in(client, factories.administrator())
    client.get("/language/en")
    return made


def roles_of(edition: Edition) -> list[tuple[str, Role]]:
    return [(member.user.name, member.role) for member in queries.team_of(edition)]


def test_new_person_is_invited_with_a_link_in_their_language(client: CarefulClient, summer: Edition) -> None:
    answer = client.post(INVITE, data=FORM)

    assert answer.location == TEAM
    assert roles_of(summer) == [("Ida Ibrahim", Role.ORGANISER)]
    who = accounts.by_email("ida@example.org")
    assert who is not None
    assert who.is_invited
    [message] = mail.newest()
    assert (message.recipient, message.language, message.template) == ("ida@example.org", "ar", "editions/invitation")
    page = client.get(TEAM).text
    assert "A mail is on its way to ida@example.org." in page
    assert "invited" in page


def test_invited_person_takes_the_link_up_and_works(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)
    factories.sign_out(client)
    link = re.search(r"http://localhost(/account/invitation/\S+)", mail.newest()[0].text)
    assert link

    client.post(link[1], data={"password": factories.PASSWORD, "password_confirm": factories.PASSWORD})
    who = accounts.by_email("ida@example.org")
    assert who is not None
    factories.sign_in(client, who)

    assert client.get(TEAM).status_code == 200


def test_known_person_is_added_and_told(client: CarefulClient, summer: Edition) -> None:
    known = factories.user(email="ida@example.org", name="Ida I.", language="da")

    client.post(INVITE, data=FORM)

    assert roles_of(summer) == [("Ida I.", Role.ORGANISER)]
    [message] = mail.newest()
    assert (message.template, message.language, message.recipient) == ("editions/added_to_team", "da", known.email)
    assert "http://localhost/organise/" in message.text


def test_same_role_twice_is_refused_by_its_field(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)

    page = client.post(INVITE, data=FORM)

    assert "Ida Ibrahim has this role at the edition already." in page.text
    assert len(roles_of(summer)) == 1
    assert len(mail.newest()) == 1


def test_second_role_is_given(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)
    client.post(INVITE, data=FORM | {"role": "evaluator"})

    assert roles_of(summer) == [("Ida Ibrahim", Role.EVALUATOR), ("Ida Ibrahim", Role.ORGANISER)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "nonsense"}, "is not a mail address"),
        ({"email": ""}, "Give a mail address."),
        ({"name": " "}, "Give the person's name."),
        ({"role": ""}, "Choose a role."),
        ({"role": "administrator"}, "Not a valid choice"),
        ({"language": "tlh"}, "Not a valid choice"),
    ],
)
def test_bad_invitations_are_refused(
    client: CarefulClient, summer: Edition, change: dict[str, str], sentence: str
) -> None:
    page = client.post(INVITE, data=FORM | change)

    assert page.status_code == 200
    assert sentence in page.text
    assert roles_of(summer) == []
    assert list(mail.newest()) == []


def test_fresh_link_is_sent_while_the_invitation_is_open(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)
    code = queries.team_of(summer)[0].code

    client.post(f"{TEAM}/{code}/resend")

    assert "A fresh link is on its way" in client.get(TEAM).text
    assert [m.template for m in mail.newest()] == ["editions/invitation"] * 2


def test_no_fresh_link_for_somebody_who_can_sign_in(client: CarefulClient, summer: Edition) -> None:
    factories.organiser(summer, name="Olga")
    code = queries.team_of(summer)[0].code

    client.post(f"{TEAM}/{code}/resend")

    assert "Olga has taken up the invitation already." in client.get(TEAM).text
    assert list(mail.newest()) == []


def test_removal_asks_first_and_then_closes_the_edition(
    client: CarefulClient, summer: Edition, session: Session
) -> None:
    who = factories.organiser(summer, name="Olga")
    code = queries.team_of(summer)[0].code

    assert "Remove Olga, organiser, from the team?" in client.get(f"{TEAM}/{code}/remove").text
    assert len(roles_of(summer)) == 1
    client.post(f"{TEAM}/{code}/remove")

    assert roles_of(summer) == []
    assert session.get(User, who.id) is not None
    factories.sign_out(client)
    factories.sign_in(client, who)
    assert client.get(TEAM).status_code == 403


def test_removing_somebody_who_never_came_forgets_them_and_their_link(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)
    link = re.search(r"http://localhost(/account/invitation/\S+)", mail.newest()[0].text)
    assert link

    client.post(f"{TEAM}/{queries.team_of(summer)[0].code}/remove")

    assert accounts.by_email("ida@example.org") is None
    assert client.get(link[1]).status_code == 404


def test_removing_one_invitation_of_two_keeps_the_other(client: CarefulClient, summer: Edition) -> None:
    client.post(INVITE, data=FORM)
    client.post(INVITE, data=FORM | {"role": "evaluator"})

    client.post(f"{TEAM}/{queries.team_of(summer)[0].code}/remove")

    assert roles_of(summer) == [("Ida Ibrahim", Role.ORGANISER)]


def test_organiser_sees_the_team_and_cannot_change_it(client: CarefulClient, summer: Edition) -> None:
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(summer, name="Olga"))
    code = queries.team_of(summer)[0].code

    page = client.get(TEAM).text

    assert "Olga" in page
    assert INVITE not in page
    assert client.get(INVITE).status_code == 403
    assert client.post(INVITE, data=FORM).status_code == 403
    assert client.post(f"{TEAM}/{code}/remove").status_code == 403
    assert client.post(f"{TEAM}/{code}/resend").status_code == 403
    assert len(roles_of(summer)) == 1


def test_place_on_another_team_cannot_be_reached(client: CarefulClient, summer: Edition) -> None:
    winter = factories.edition("winter")
    factories.organiser(winter)
    code = queries.team_of(winter)[0].code

    assert client.get(f"{TEAM}/{code}/remove").status_code == 404
    assert client.post(f"{TEAM}/{code}/remove").status_code == 404
    assert len(roles_of(winter)) == 1


def test_what_happened_to_the_team_is_audited_without_names(
    client: CarefulClient, summer: Edition, session: Session
) -> None:
    client.post(INVITE, data=FORM)
    client.post(f"{TEAM}/{queries.team_of(summer)[0].code}/remove")

    entries = session.scalars(select(AuditEntry).where(AuditEntry.actor.like("user:%")).order_by(AuditEntry.id)).all()

    assert [entry.act for entry in entries] == [
        "accounts.created",
        "editions.team_added",
        "editions.team_removed",
        "accounts.forgotten",
    ]
    assert not any("ida" in (entry.detail + entry.subject_code).casefold() for entry in entries)


def test_empty_team_says_what_comes_here(client: CarefulClient, summer: Edition) -> None:
    assert "Nobody is on this team yet" in client.get(TEAM).text


def test_team_asks_the_same_for_one_and_three_people(
    client: CarefulClient, summer: Edition, count_queries: list[str]
) -> None:
    factories.organiser(summer)
    count_queries.clear()
    client.get(TEAM)
    one = len(count_queries)
    factories.organiser(summer)
    factories.team_member(summer, Role.REVIEWER)
    count_queries.clear()
    client.get(TEAM)

    assert len(count_queries) == one

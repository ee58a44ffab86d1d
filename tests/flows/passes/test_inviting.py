"""Volunteers and guests: a list that is brought in, links by which they take passes, and finding who has one."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from eventsys.passes import actions, queries
from eventsys.passes.actions import inviting
from eventsys.passes.models import Bundle, Pass, PassLink
from eventsys.passes.rules.codec import PassKind, days_of
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.passes.test_visitors import ticket_of

pytestmark = pytest.mark.usefixtures("moment")
LIST = """kind;days;name;email
volunteer;1,2;Noor Hansen;noor@example.org
guest;2;;
gæst;alle;Ahmad;
guest;2;;
"""


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in."""
    made = factories.edition()
    factories.sign_in(client, factories.organiser(made))
    return made


def look_at(client: CarefulClient, edition: Edition, content: bytes):  # type: ignore[no-untyped-def]  # Werkzeug's own
    file = (BytesIO(content), "people.csv")
    return client.post(f"/organise/{edition.slug}/passes/import", data={"file": file, "language": "da"})


def bring(client: CarefulClient, edition: Edition, content: bytes):  # type: ignore[no-untyped-def]  # Werkzeug's own
    """As people do: look at it, then press the button; the list comes along in the page."""
    looked = look_at(client, edition, content)
    found = re.search(r'name="content"[^>]*value="([^"]+)"', looked.text)
    assert found
    said = {"content": found[1], "language": "da", "take": "1"}
    return client.post(f"/organise/{edition.slug}/passes/import", data=said)


def passes_of(session: Session) -> list[tuple[int, set[int], str]]:
    return [
        (pass_.kind, set(days_of(pass_.days)), pass_.bearer_name)
        for pass_ in session.scalars(select(Pass).order_by(Pass.id))
    ]


def test_a_list_is_looked_at_before_anything_happens(client: CarefulClient, session: Session, edition: Edition) -> None:
    answer = look_at(client, edition, LIST.encode())

    assert answer.status_code == 200
    assert "What would happen" in answer.text
    assert passes_of(session) == []


def test_a_list_gives_each_row_a_pass_and_mails_those_with_an_address(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    bring(client, edition, LIST.encode())

    [mail] = session.scalars(select(Message)).all()
    assert passes_of(session) == [(2, {1, 2}, "Noor Hansen"), (3, {2}, ""), (3, {1, 2}, "Ahmad"), (3, {2}, "")]
    assert (mail.recipient, mail.language) == ("noor@example.org", "da")


def test_the_same_list_again_changes_nothing_and_a_longer_one_adds_what_is_new(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    bring(client, edition, LIST.encode())
    again = look_at(client, edition, LIST.encode())
    longer = bring(client, edition, LIST.encode() + b"guest;1;Sara;\n")

    assert 'name="take"' not in again.text
    assert longer.status_code == 302
    assert len(passes_of(session)) == 5
    assert len(session.scalars(select(Message)).all()) == 1


def test_a_revoked_pass_does_not_come_back_with_the_list(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    bring(client, edition, LIST.encode())
    actions.revoke_several(queries.valid_of(edition), reason="lost", by=BY, now=NOW)
    session.commit()

    assert 'name="take"' not in look_at(client, edition, LIST.encode()).text


def test_bad_rows_are_named_and_the_others_go_on(client: CarefulClient, session: Session, edition: Edition) -> None:
    content = (
        "Type,Dage,Navn,E-mail\nkok,1,A,\nguest,9,B,\nguest,1,C,nobody\nguest,,D,\nguest,1,E,\nguest,2,E,\n"
        "guest,1," + "x" * 81 + ","
    )

    looked = look_at(client, edition, content.encode())
    bring(client, edition, content.encode())

    for told in (
        "kok",
        "The edition has no such day",
        "is no mail address",
        "has a pass for other days",
        "is too long",
    ):
        assert told in looked.text, told
    assert passes_of(session) == [(3, {1}, "E")]


def test_a_workbook_is_read_as_well(client: CarefulClient, session: Session, edition: Edition) -> None:
    book = openpyxl.Workbook()
    for row in (["kind", "days", "name"], ["frivillig", 1, "Noor"]):
        book.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)

    bring(client, edition, out.getvalue())

    assert passes_of(session) == [(2, {1}, "Noor")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\0\1", "be read as a list"),
        (b"", "be read as a list"),
        (b"kind;name\nguest;A", "There is no column called"),
        (b"kind;days\n" + b"guest;1\n" * 2001, "2000 rows at most"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(
    client: CarefulClient, edition: Edition, content: bytes, told: str
) -> None:
    answer = look_at(client, edition, content)

    assert answer.status_code == 422
    assert told in answer.text


def made_link(edition: Edition, *, most: int = 2) -> PassLink:
    said = inviting.LinkSaid("Stage", PassKind.VOLUNTEER, {1}, most, NOW + timedelta(days=3))
    link = inviting.make_link(edition, said, by=BY, now=NOW)
    factories.db.session.commit()
    return link


def join(client: CarefulClient, link: PassLink, **said: str):  # type: ignore[no-untyped-def]  # Werkzeug's own
    address = f"/passes/join/{link.code}"
    ticket = ticket_of(client.get(address).text) if "ticket" not in said else said["ticket"]
    return client.post(address, data={"email": "noor@example.org"} | said | {"ticket": ticket})


def test_an_organiser_makes_a_link_and_closes_it(client: CarefulClient, session: Session, edition: Edition) -> None:
    address = f"/organise/{edition.slug}/passes/links"
    client.get(address)
    said = {"name": "Stage", "kind": "3", "days": ["2"], "most": "20", "closes_at": "2026-08-30T12:00"}

    client.post(address, data=said)
    [link] = session.scalars(select(PassLink)).all()
    listed = client.get(address).text
    asked = client.get(f"{address}/{link.code}/close")
    client.post(f"{address}/{link.code}/close")

    assert (link.kind, days_of(link.days), link.most) == (3, {2}, 20)
    assert f"/passes/join/{link.code}" in listed
    assert "Close the link for Stage?" in asked.text
    assert "gives no more passes" in client.get(f"/passes/join/{link.code}").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "Write for whom the link is."),
        ({"days": []}, "Choose at least one day."),
        ({"days": ["9"]}, "Choose at least one day."),
        ({"most": "0"}, "Between 1 and 5000 passes"),
        ({"most": "many"}, "Between 1 and 5000 passes"),
        ({"closes_at": "2020-01-01T12:00"}, "Choose a time that is still to come."),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(
    client: CarefulClient, session: Session, edition: Edition, said: dict[str, object], told: str
) -> None:
    good = {"name": "Stage", "kind": "2", "days": ["1"], "most": "20", "closes_at": "2026-08-30T12:00"}

    answer = client.post(f"/organise/{edition.slug}/passes/links", data=good | said)

    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalars(select(PassLink)).all() == []


def test_another_editions_organiser_cannot_close_it(client: CarefulClient, edition: Edition) -> None:
    link = made_link(factories.edition())

    assert client.post(f"/organise/{edition.slug}/passes/links/{link.code}/close").status_code == 404


def test_who_has_the_link_gets_a_pass_by_mail_once(client: CarefulClient, session: Session) -> None:
    link = made_link(factories.edition())

    first = join(client, link, name="Noor")
    ticket = "t" * 43
    second, pressed_again = (join(client, link, email="sara@example.org", ticket=ticket) for _ in range(2))
    full = join(client, link, email="late@example.org", ticket="u" * 43)

    assert (first.status_code, second.location) == (302, pressed_again.location)
    assert passes_of(session) == [(2, {1}, "Noor"), (2, {1}, "")]
    assert sorted(session.scalars(select(Message.recipient))) == ["noor@example.org", "sara@example.org"]
    assert full.status_code == 422
    assert "All passes of this link have been taken." in full.text


def test_without_an_address_or_after_closing_a_link_gives_nothing(client: CarefulClient, session: Session) -> None:
    link = made_link(factories.edition())

    nobody = join(client, link, email="")
    inviting.close_link(link, by=BY, now=NOW)
    session.commit()
    late = join(client, link, ticket="t" * 43)

    assert "Write the mail address" in nobody.text
    assert late.status_code == 422
    assert passes_of(session) == []


def test_people_are_found_by_name_and_address_and_get_their_mail_again(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    bring(client, edition, LIST.encode())
    [noor] = session.scalars(select(Pass).where(Pass.bearer_name == "Noor Hansen")).all()
    short, page = to_short_code(noor.pass_id), f"/organise/{edition.slug}/passes"

    by_name, by_mail = client.get(f"{page}?text=noor h"), client.get(f"{page}?text=NOOR@ex")
    nobody = client.get(f"{page}?text=100%25")
    shown = client.get(f"{page}?short_code={short}")
    client.post(f"{page}/{short}/resend")

    assert short in by_name.text
    assert short in by_mail.text
    assert "Ahmad" not in by_name.text
    assert "Nobody with that name" in nobody.text
    assert f"/passes/{session.get(Bundle, noor.bundle_id).code}" in shown.text  # type: ignore[union-attr]
    assert list(session.scalars(select(Message.recipient))) == ["noor@example.org"] * 2


def test_a_pass_that_nobody_was_given_has_no_mail_to_send(client: CarefulClient, edition: Edition) -> None:
    [pass_] = factories.passes(edition)

    answer = client.post(f"/organise/{edition.slug}/passes/{to_short_code(pass_.pass_id)}/resend")

    assert answer.status_code == 404


def test_a_revoked_pass_is_not_mailed(client: CarefulClient, session: Session, edition: Edition) -> None:
    bring(client, edition, LIST.encode())
    [noor] = session.scalars(select(Pass).where(Pass.bearer_name == "Noor Hansen")).all()
    actions.revoke(noor, reason="lost", by=BY, now=NOW)
    session.commit()

    client.post(f"/organise/{edition.slug}/passes/{to_short_code(noor.pass_id)}/resend")

    assert len(session.scalars(select(Message)).all()) == 1

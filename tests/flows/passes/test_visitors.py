"""Visitors take free passes on the public page; organisers open it and set a limit."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from eventsys.passes import actions, queries
from eventsys.passes.actions import handing
from eventsys.passes.models import Bundle, Pass, VisitorSignUp
from eventsys.passes.rules.codec import Outcome, days_of, parse
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

pytestmark = pytest.mark.usefixtures("moment")


def opened(*, most: int | None = None, **more: object) -> Edition:
    edition = factories.edition(**more)  # type: ignore[arg-type]
    handing.open_visitors(edition, is_open=True, most_per_day=most, by=BY, now=NOW)
    factories.db.session.commit()
    return edition


def ticket_of(page: str) -> str:
    found = re.search(r'name="ticket"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def take(client: CarefulClient, edition: Edition, **said: object):  # type: ignore[no-untyped-def]  # Werkzeug's own
    """Ask by the form as it stands there, for one person on day 1 unless something else is said."""
    page = client.get(f"/{edition.slug}/pass")
    said = {"days": ["1"], "people": "1", "ticket": ticket_of(page.text)} | said
    return client.post(f"/{edition.slug}/pass", data=said)


def test_a_visitor_gets_a_pass_that_verifies_and_gives_no_name(client: CarefulClient, session: Session) -> None:
    edition = opened()

    answer = take(client, edition)
    page = client.get(answer.location)

    [pass_] = session.scalars(select(Pass)).all()
    keys = {key: bytes.fromhex(digits) for key, digits in queries.verifying_keys().items()}
    assert parse(pass_.text, keys).outcome is Outcome.OK
    assert (days_of(pass_.days), pass_.bearer_name) == ({1}, "")
    assert to_short_code(pass_.pass_id) in page.text
    assert "Saturday 29 August 2026" in page.text
    assert session.scalars(select(Message)).all() == []


def test_a_family_gets_a_pass_each_with_the_names_that_it_wants(client: CarefulClient, session: Session) -> None:
    edition = opened()

    answer = take(client, edition, days=["1", "2"], people="3", names="Noor Hansen\n")
    page = client.get(answer.location)

    passes = session.scalars(select(Pass).order_by(Pass.id)).all()
    assert [(days_of(pass_.days), pass_.bearer_name) for pass_ in passes] == [
        ({1, 2}, "Noor Hansen"),
        ({1, 2}, ""),
        ({1, 2}, ""),
    ]
    assert page.text.count('class="pass"') == 3
    assert "Noor Hansen" in page.text


def test_with_an_address_the_passes_go_by_mail_in_the_readers_language(client: CarefulClient, session: Session) -> None:
    edition = opened()
    client.get("/language/da")

    answer = take(client, edition, people="2", email="Noor@Example.org")

    [mail] = session.scalars(select(Message)).all()
    [bundle] = session.scalars(select(Bundle)).all()
    codes = [to_short_code(pass_.pass_id) for pass_ in queries.passes_in(bundle)]
    assert (mail.recipient, mail.language, bundle.language) == ("noor@example.org", "da", "da")
    assert answer.location in mail.text
    assert all(code in mail.text for code in codes)
    assert mail.picture is not None
    assert f"cid:{mail.picture_id}" in mail.html


def test_the_page_speaks_the_language_of_the_passes_until_another_is_chosen(
    client: CarefulClient, session: Session
) -> None:
    edition = opened()
    client.get("/language/ar")
    address = take(client, edition).location
    with client.session_transaction() as cookie:
        cookie.clear()

    unchosen = client.get(address)
    client.get("/language/en")
    chosen = client.get(address)

    assert '<html lang="ar" dir="rtl">' in unchosen.text
    assert '<html lang="en" dir="ltr">' in chosen.text


def test_a_double_press_counts_once_and_another_wish_is_another(client: CarefulClient, session: Session) -> None:
    edition = opened()
    ticket = ticket_of(client.get(f"/{edition.slug}/pass").text)

    first = take(client, edition, ticket=ticket)
    again = take(client, edition, ticket=ticket)
    other = take(client, edition, ticket=ticket, days=["2"])

    assert first.location == again.location != other.location
    assert len(session.scalars(select(Pass)).all()) == 2


def test_without_a_sound_ticket_nobody_gets_the_passes_of_another(client: CarefulClient, session: Session) -> None:
    edition = opened()

    answers = [take(client, edition, ticket="x") for _ in range(2)]

    assert answers[0].location != answers[1].location


def test_over_the_limit_is_told_kindly_and_nothing_is_issued(client: CarefulClient, session: Session) -> None:
    edition = opened(most=3)
    take(client, edition, people="2")

    too_many = take(client, edition, people="2", days=["1", "2"])
    last = take(client, edition)
    full = client.get(f"/{edition.slug}/pass")
    late = take(client, edition)

    assert too_many.status_code == 422
    assert re.search(r"Passes left for \W?Saturday 29 August 2026\W?: 1", too_many.text)
    assert last.status_code == 302
    assert "All free passes for 29 August 2026 have been taken." in full.text
    assert 'value="1" type="checkbox"' not in full.text
    assert late.status_code == 422
    assert len(session.scalars(select(Pass)).all()) == 3


def test_a_revoked_pass_makes_room_again(client: CarefulClient, session: Session) -> None:
    edition = opened(most=1)
    take(client, edition)
    [pass_] = session.scalars(select(Pass)).all()
    actions.revoke(pass_, reason="lost", by=BY, now=NOW)
    session.commit()

    assert take(client, edition).status_code == 302


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"days": []}, "Choose at least one day."),
        ({"days": ["9"]}, "There are no passes for one of these days."),
        ({"days": ["x"]}, "Choose at least one day."),
        ({"people": "7"}, "Choose for how many people"),
        ({"people": ""}, "Choose for how many people"),
        ({"people": "²"}, "Choose for how many people"),
        ({"email": "noor at home"}, "is no mail address"),
        ({"names": "a\nb"}, "There are more names (2) than passes (1)"),
        ({"website": "https://example.org"}, "a field that people don&#39;t see"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(
    client: CarefulClient, session: Session, said: dict[str, object], told: str
) -> None:
    edition = opened()

    answer = take(client, edition, **said)

    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalars(select(Pass)).all() == []


def test_closed_means_no_passes_also_for_a_form_from_before(client: CarefulClient, session: Session) -> None:
    edition = opened()
    ticket = ticket_of(client.get(f"/{edition.slug}/pass").text)
    handing.open_visitors(edition, is_open=False, most_per_day=None, by=BY, now=NOW)
    session.commit()

    page = client.get(f"/{edition.slug}/pass")
    late = client.post(f"/{edition.slug}/pass", data={"days": ["1"], "people": "1", "ticket": ticket})

    assert "take passes here at the moment" in page.text
    assert late.status_code == 422
    assert session.scalars(select(Pass)).all() == []


def test_a_day_that_is_over_is_not_offered(client: CarefulClient) -> None:
    edition = opened()
    first, last = (day.closes_at + timedelta(hours=1) for day in edition.days)
    with clock.standing_at(first):
        second_day = client.get(f"/{edition.slug}/pass").text
    with clock.standing_at(last):
        over = client.get(f"/{edition.slug}/pass").text

    assert "Saturday 29 August" not in second_day
    assert "Sunday 30 August" in second_day
    assert "This event is over." in over


def test_an_edition_that_is_not_published_has_no_page(client: CarefulClient) -> None:
    assert client.get(f"/{opened(is_published=False).slug}/pass").status_code == 404


def test_the_public_page_leads_there_while_it_is_open(client: CarefulClient) -> None:
    edition, closed = opened(), factories.edition()

    assert f"/{edition.slug}/pass" in client.get(f"/{edition.slug}/").text
    assert f"/{closed.slug}/pass" not in client.get(f"/{closed.slug}/").text


def test_a_revoked_pass_leaves_the_page_and_a_new_one_takes_its_place(client: CarefulClient, session: Session) -> None:
    address = take(client, opened(), people="2").location
    first, second = session.scalars(select(Pass).order_by(Pass.id)).all()

    new = actions.reissue(first, by=BY, now=NOW)
    session.commit()
    reissued = client.get(address).text
    for pass_ in (second, new):
        actions.revoke(pass_, reason="lost", by=BY, now=NOW)
    session.commit()

    assert to_short_code(first.pass_id) not in reissued
    assert to_short_code(new.pass_id) in reissued
    assert "No longer valid" in client.get(address).text


def test_a_link_that_nobody_was_given_shows_nothing(client: CarefulClient) -> None:
    assert client.get("/passes/0123456789abcdef0123456789abcdef").status_code == 404


def test_the_worker_keeps_to_the_pages_of_passes(client: CarefulClient) -> None:
    answer = client.get("/passes/sw.js")

    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "max-age=0" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]


def test_an_organiser_opens_it_sets_a_limit_and_closes_it(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))
    address = f"/organise/{edition.slug}/passes/visitors"

    client.post(address, data={"is_open": "y", "most_per_day": "250"})
    kept = session.scalar(select(VisitorSignUp))
    assert kept is not None
    assert (kept.is_open, kept.most_per_day) == (True, 250)
    wrong = client.post(address, data={"is_open": "y", "most_per_day": "many"})
    client.post(address, data={"most_per_day": ""})
    session.refresh(kept)

    assert wrong.status_code == 422
    assert "Write a whole number" in wrong.text
    assert (kept.is_open, kept.most_per_day) == (False, None)

"""Limits, the waiting list, and offers: held, accepted, declined, expired, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.actions import places
from eventsys.applications.jobs import EXPIRE
from eventsys.applications.models import Application, Offer
from eventsys.applications.rules.places import OfferOutcome
from eventsys.applications.rules.states import State
from eventsys.base import clock, jobs
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mailed_link, mails

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/waiting-list"


@pytest.fixture
def edition(client: CarefulClient, session: Session) -> Edition:
    """An edition with two places for associations, whose organiser is signed in."""
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    places.set_limit(made, Kind.ASSOCIATION, 2, by=factories.BY, now=factories.NOW)
    session.commit()
    return made


def waiting(edition: Edition, name: str) -> Application:
    return factories.application(edition, name=name, state=State.WAITLISTED)


def line(edition: Edition) -> list[str]:
    return [one.organisation.name for one in queries.waiting_list_of(edition, Kind.ASSOCIATION)]


def approve(client: CarefulClient, application: Application) -> int:
    address = f"/organise/fest/applications/{application.code}/approve"
    status: int = client.post(address, data={"seen": application.changed_at.isoformat()}).status_code
    return status


def offer(client: CarefulClient, application: Application) -> None:
    client.post(f"{PAGE}/{application.code}/offer")


def open_as_applicant(client: CarefulClient, application: Application) -> None:
    client.get(mailed_link(mails(application.email)[-1]))


def test_limit_counts_staged_approvals_of_its_kind_alone(client: CarefulClient, edition: Edition) -> None:
    first, second, third = (factories.application(edition) for _ in range(3))
    restaurant = factories.application(edition, kind=Kind.RESTAURANT)

    assert [approve(client, one) for one in (first, second, third, restaurant)] == [302, 302, 422, 302]
    assert third.state is State.SUBMITTED
    page = client.post(
        f"/organise/fest/applications/{third.code}/approve", data={"seen": third.changed_at.isoformat()}
    ).text
    assert "All 2 places are taken" in page


def test_taking_back_a_staged_rejection_of_somebody_who_is_in_needs_no_place(
    client: CarefulClient, edition: Edition
) -> None:
    applications = [factories.application(edition, state=State.APPROVED) for _ in range(2)]
    one = applications[0]
    address = f"/organise/fest/applications/{one.code}/reopen"

    client.post(address, data={"seen": one.changed_at.isoformat()})
    assert approve(client, factories.application(edition)) == 422, "the place is still theirs, as they were told"
    client.post(address, data={"seen": one.changed_at.isoformat()})

    assert one.state is State.APPROVED


def test_offered_place_is_held_and_taken(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, state=State.APPROVED)
    first, second = waiting(edition, "Et Kor"), waiting(edition, "To Kor")

    assert "Places: 2. Taken: 1, offered: 0, free: 1." in client.get(PAGE).text
    client.post(f"{PAGE}/offer-next", data={"kind": "association"})
    assert mails(first.email)[-1].subject.startswith("A place came free")
    assert ",\n\nA place came free" in mails(first.email)[-1].text, "a sentence of its own"
    assert approve(client, factories.application(edition)) == 422
    offer(client, second)
    assert queries.open_offer(second) is None, "the last place is held"
    assert "offered until" in client.get(PAGE).text

    open_as_applicant(client, first)
    page = client.get(f"/my/{first.code}/").text
    assert "Yes, we take part" in page
    client.post(f"/my/{first.code}/offer/accept")
    assert (first.state, first.announced_state, first.waitlist_rank) == (State.APPROVED, State.APPROVED, None)
    assert mails(first.email)[-1].subject.startswith("You are in")
    client.post(f"/my/{first.code}/offer/accept")
    assert "There is no open offer any more." in client.get(f"/my/{first.code}/").text


def test_whoever_is_next_is_asked_for_while_somebody_is(client: CarefulClient, edition: Edition) -> None:
    button = "Offer a place to the first in line"
    only = waiting(edition, "Et Kor")
    assert button in client.get(PAGE).text

    offer(client, only)

    page = client.get(PAGE).text
    assert "offered until" in page
    assert "Places: 2. Taken: 0, offered: 1, free: 1." in page
    assert button not in page, "nobody is left to be offered the other place"


def test_declining_leads_to_the_end_of_the_line(client: CarefulClient, edition: Edition) -> None:
    first = waiting(edition, "Et Kor")
    waiting(edition, "To Kor")
    offer(client, first)

    open_as_applicant(client, first)
    client.post(f"/my/{first.code}/offer/decline")

    assert line(edition) == ["To Kor", "Et Kor"]
    assert queries.standing_of(edition, Kind.ASSOCIATION).offered == 0
    page = client.get("/organise/fest/waiting-list").text
    assert page.count("offer declined") == 1, "whoever would offer again sees what was answered"


def test_offer_expires_by_itself_and_can_no_longer_be_taken(
    client: CarefulClient, session: Session, edition: Edition, app: Flask
) -> None:
    first = waiting(edition, "Et Kor")
    waiting(edition, "To Kor")
    offer(client, first)
    open_as_applicant(client, first)
    late = factories.NOW + timedelta(hours=edition.offer_hours, seconds=1)

    with clock.standing_at(late):
        client.post(f"/my/{first.code}/offer/accept")
        assert "The time of this offer is over." in client.get(f"/my/{first.code}/").text
        assert first.state is State.WAITLISTED
        jobs.run_now(app, EXPIRE)

    assert session.scalars(select(Offer.outcome)).all() == [OfferOutcome.EXPIRED]
    assert line(edition) == ["To Kor", "Et Kor"]
    assert mails(first.email)[-1].subject.startswith("The offer has expired")


def test_offer_is_taken_back_with_words_and_the_line_stays(client: CarefulClient, edition: Edition) -> None:
    first = waiting(edition, "Et Kor")
    waiting(edition, "To Kor")
    offer(client, first)

    client.post(f"{PAGE}/{first.code}/retract", data={"note": "The street is narrower than we thought."})

    assert line(edition) == ["Et Kor", "To Kor"]
    assert "narrower" in mails(first.email)[-1].text


def test_nothing_else_is_decided_while_an_offer_is_open(client: CarefulClient, edition: Edition) -> None:
    application = waiting(edition, "Et Kor")
    offer(client, application)

    for act in ("approve", "reject", "reopen"):
        address = f"/organise/fest/applications/{application.code}/{act}"
        data = {"seen": application.changed_at.isoformat(), "note": "No."}
        response = client.post(address, data=data)
        assert response.status_code == 422
        assert "Retract the offer first" in response.text
    assert application.state is State.WAITLISTED


def test_withdrawing_frees_the_offered_place(client: CarefulClient, session: Session, edition: Edition) -> None:
    application = waiting(edition, "Et Kor")
    offer(client, application)
    open_as_applicant(client, application)

    client.post(f"/my/{application.code}/withdraw", data={"reason": ""})

    assert session.scalars(select(Offer.outcome)).all() == [OfferOutcome.DECLINED]
    assert application.state is State.WITHDRAWN


def test_line_is_moved(client: CarefulClient, edition: Edition) -> None:
    first, _second, third = (waiting(edition, name) for name in ("Et", "To", "Tre"))

    client.post(f"{PAGE}/{third.code}/first")
    assert line(edition) == ["Tre", "Et", "To"]
    client.post(f"{PAGE}/{first.code}/down")
    assert line(edition) == ["Tre", "To", "Et"]
    client.post(f"{PAGE}/{first.code}/up")
    assert line(edition) == ["Tre", "Et", "To"]


@pytest.mark.parametrize("kind", ["restaurant", "association"])
def test_offering_where_nobody_waits_says_so(client: CarefulClient, edition: Edition, kind: str) -> None:
    client.post(f"{PAGE}/offer-next", data={"kind": kind})

    assert "Nobody is left on this waiting list" in client.get(PAGE).text


def test_taken_back_from_a_staged_approval_it_stands_where_it_stood(client: CarefulClient, edition: Edition) -> None:
    _late, third, first = (waiting(edition, name) for name in ("Late", "Third", "First"))
    client.post(f"{PAGE}/{first.code}/first")
    approve(client, first)

    client.post(f"{PAGE}/{third.code}/up")
    address = f"/organise/fest/applications/{first.code}/reopen"
    client.post(address, data={"seen": first.changed_at.isoformat()})

    assert line(edition) == ["First", "Third", "Late"]

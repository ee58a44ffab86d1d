"""The call's page: moments on Copenhagen's clocks, limits, grace; and what they mean for those who are late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eventsys.applications import queries
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/call"
FORM = {
    "opens_at": "2026-03-01T08:00",
    "closes_at": "2026-04-01T23:59",
    "grace_hours": "24",
    "offer_hours": "48",
    "places_association": "60",
    "places_restaurant": "",
    "decisions_by": "2026-05-01",
    "booths_by": "2026-06-01",
    "contact_email": "fest@example.org",
    "contact_phone": "+45 33 17 00 00",
}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def keep(client: CarefulClient, **said: Any) -> Any:
    return client.post(PAGE, data={**FORM, **said})


def test_call_is_kept_on_copenhagens_clocks(client: CarefulClient, edition: Edition) -> None:
    assert keep(client).status_code == 302

    assert edition.call_opens_at == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert edition.call_closes_at == datetime(2026, 4, 1, 21, 59, tzinfo=UTC), "summer time has begun by then"
    assert (edition.call_grace_hours, edition.offer_hours) == (24, 48)
    assert (edition.decisions_by, edition.booths_by) == (date(2026, 5, 1), date(2026, 6, 1))
    standings = queries.standings_of(edition)
    assert (standings[Kind.ASSOCIATION].places, standings[Kind.RESTAURANT].places) == (60, None)
    page = client.get(PAGE).text
    assert 'value="2026-04-01T23:59"' in page
    keep(client, places_association="")
    assert queries.standing_of(edition, Kind.ASSOCIATION).places is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"closes_at": "2026-02-01T08:00"}, "The call must close after it opens."),
        ({"closes_at": ""}, "Give both moments, or none"),
        ({"grace_hours": "-1"}, "Give a whole number of hours, 0 to 720."),
        ({"offer_hours": "0"}, "Give a whole number of hours, 1 to 720."),
        ({"contact_email": "nobody"}, "is not a mail address"),
        ({"booths_by": "2026-04-30"}, "First the decisions, then the booths"),
        ({"booths_by": "2026-08-30"}, "both before the first day"),
        ({"decisions_by": "2026-08-30", "booths_by": ""}, "both before the first day"),
        ({"decisions_by": "soon"}, "date"),
        ({"decisions_by": "2026-03-31"}, "The call is still open on that day."),
    ],
)
def test_bad_input_stays_and_is_told(
    client: CarefulClient, edition: Edition, said: dict[str, str], sentence: str
) -> None:
    before = edition.call_closes_at

    response = keep(client, contact_phone="+45 99 99 99 99", **said)

    assert response.status_code == 422
    assert sentence in response.text
    assert "+45 99 99 99 99" in response.text
    assert edition.call_closes_at == before


def ready(client: CarefulClient, edition: Edition) -> Any:
    """A draft in which everything is told and confirmed."""
    application = begin(client, edition)
    fill_in(client, application)
    client.get(mailed_link(mails()[-1]))
    return application


@pytest.mark.parametrize(
    ("grace_hours", "late", "is_taken"),
    [
        (0, timedelta(minutes=-1), True),
        (0, timedelta(0), False),
        (24, timedelta(hours=24, minutes=-1), True),
        (24, timedelta(hours=24), False),
    ],
)
def test_deadline_is_hard_and_grace_is_for_drafts_begun_in_time(
    client: CarefulClient, edition: Edition, grace_hours: int, late: timedelta, is_taken: bool
) -> None:
    keep(client, grace_hours=str(grace_hours))
    application = ready(client, edition)
    assert edition.call_closes_at is not None

    with clock.standing_at(edition.call_closes_at + late):
        post(client, application, "check", consent="y")
        page = client.get(f"/my/{application.code}/").text

    assert (application.state is State.SUBMITTED) == is_taken
    if not is_taken:
        assert "fest@example.org" in page
        assert "+45 33 17 00 00" in page


def test_nobody_begins_in_the_grace(client: CarefulClient, edition: Edition) -> None:
    keep(client, grace_hours="24")
    assert edition.call_closes_at is not None

    with clock.standing_at(edition.call_closes_at + timedelta(hours=1)):
        page = client.get("/fest/apply").text

    assert 'name="ticket"' not in page
    assert "fest@example.org" in page

"""The end of a day: what is open, closing it, and what comes late counts only when somebody accepts it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.gate import actions, closings
from eventsys.gate.models import DayClosing
from eventsys.indicators import queries as indicators
from eventsys.passes import actions as pass_actions
from eventsys.passes import queries as passes
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

HOUR = timedelta(hours=1)
EVENING = 11


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in and reads English."""
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return edition


@pytest.fixture
def phone(client: CarefulClient, edition: Edition) -> Phone:
    return Phone(client, factories.device(factories.gate(edition, code="N")).token)


def page_of(client: CarefulClient, edition: Edition, *, hours: float = EVENING, day: int = 1) -> str:
    with clock.standing_at(OPEN + hours * HOUR):
        response = client.get(f"/organise/{edition.slug}/gate/end?day={day}")
    assert response.status_code == 200
    return response.text


def close(client: CarefulClient, edition: Edition, *, hours: float = EVENING) -> str:
    address = f"/organise/{edition.slug}/gate/close?day=1"
    with clock.standing_at(OPEN + hours * HOUR):
        assert client.get(address).status_code == 200
        return client.post(address, follow_redirects=True).text


def visits_of(edition: Edition) -> list[int]:
    return [day.visits for day in indicators.visits(edition)]


def test_a_day_is_closed_once_its_hours_are_over(
    client: CarefulClient, session: Session, edition: Edition, phone: Phone
) -> None:
    phone.send([factories.scan(tally=40)])

    assert "Close the day" not in page_of(client, edition, hours=1)
    assert "Day 1 can be closed once its opening hours are over." in close(client, edition, hours=1)
    assert "Close the day" in page_of(client, edition)
    assert "The figures of day 1 are frozen." in close(client, edition)
    assert "Nothing has come since day 1 was closed." in close(client, edition, hours=12)

    page = page_of(client, edition, hours=12)
    assert "Close the day" not in page
    assert "Nothing has come since" in page
    assert session.scalar(select(func.count()).select_from(DayClosing)) == 1
    assert visits_of(edition) == [40, 0]


def test_what_comes_late_is_listed_and_counts_once_it_is_accepted(
    client: CarefulClient, session: Session, edition: Edition, phone: Phone
) -> None:
    [visitor] = factories.passes(edition)
    phone.send([factories.scan(tally=40)])
    close(client, edition)

    phone.send([factories.scan(pass_id=visitor.pass_id), factories.scan(tally=7)], at=OPEN + 12 * HOUR)

    page = page_of(client, edition, hours=13)
    assert "Scans of the day that came after its closing" in page
    assert "This is not counted." in page
    assert visits_of(edition) == [40, 0]
    assert actions.rebuild(edition, is_check=True) == []
    assert "Count what came after day 1 was closed?" in client.get(f"/organise/{edition.slug}/gate/close?day=1").text
    close(client, edition, hours=13)
    assert visits_of(edition) == [48, 0]
    assert "Nothing has come since" in page_of(client, edition, hours=14)
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act.like("gate.%")).order_by(AuditEntry.id)).all()
    assert [act for act in acts if act in {"gate.day_closed", "gate.late_accepted"}] == [
        "gate.day_closed",
        "gate.late_accepted",
    ]


def test_a_crew_that_comes_late_takes_part_once_it_is_accepted(
    client: CarefulClient, session: Session, edition: Edition, phone: Phone
) -> None:
    here, late = (factories.application(edition, state=State.APPROVED, crew=1, days=0b11) for _ in range(2))
    for application in (here, late):
        pass_actions.issue_crew_passes(application, by=factories.BY, now=factories.NOW)
    session.commit()
    phone.send([factories.scan(pass_id=passes.crew_passes_of(here)[0].pass_id)])
    close(client, edition)
    phone.send([factories.scan(pass_id=passes.crew_passes_of(late)[0].pass_id)], at=OPEN + 12 * HOUR)

    assert indicators.crew_days(edition) == {here.id: {1}}
    close(client, edition, hours=13)
    assert indicators.crew_days(edition) == {here.id: {1}, late.id: {1}}


def test_a_late_scan_that_changes_nothing_is_listed_and_asks_for_nothing(
    client: CarefulClient, edition: Edition, phone: Phone
) -> None:
    close(client, edition)
    phone.send([factories.scan(code_hash="ab" * 32, let_in=False)], at=OPEN + 12 * HOUR)

    page = page_of(client, edition, hours=13)

    assert "It changes none of the figures." in page
    assert "Accept what came late" not in page


def test_other_days_stay_as_they_are(client: CarefulClient, edition: Edition, phone: Phone) -> None:
    close(client, edition)
    phone.send([factories.scan(tally=5, at=OPEN + 25 * HOUR)], at=OPEN + 12 * HOUR + 14 * HOUR)

    assert visits_of(edition) == [0, 5]
    assert "The day is over and not closed" in page_of(client, edition, hours=60, day=2)


def test_page_names_what_is_open(client: CarefulClient, edition: Edition, phone: Phone) -> None:
    page = page_of(client, edition)
    assert "No phone has said that it still holds scans" in page
    assert "Every clock was known to a minute" in page
    assert "Nothing was put right by hand" in page

    phone.post({"queued": 12, "scans": [factories.scan(clock_doubt_ms=60_001), factories.scan(tally=-2)]})

    page = page_of(client, edition)
    assert "These phones did not know their clock to a minute" in page
    assert "Nothing was put right by hand" not in page
    assert '<td data-title="Still to send" class="number"><bdi>12</bdi></td>' in page


def test_a_time_that_can_not_be_is_a_clock_in_doubt(client: CarefulClient, edition: Edition, phone: Phone) -> None:
    """A clock that ran ahead says that it is right: the scan is brought to its arrival, and told of."""
    phone.send([factories.scan(at=OPEN + 5 * HOUR)], at=OPEN + HOUR)
    phone.send([factories.scan(at=OPEN + HOUR)], at=OPEN + HOUR + timedelta(seconds=1))

    page = page_of(client, edition)

    assert "These phones did not know their clock to a minute, or told a time that can't be" in page
    [line] = closings.doubtful(edition, 1)
    assert line.scans == 1


def test_a_supervisor_reads_and_closes_nothing(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    client.get("/language/en")

    assert "Close the day" not in page_of(client, edition)
    assert client.get(f"/organise/{edition.slug}/gate/close?day=1").status_code == 403


def test_a_day_that_is_not_there_is_not_found(client: CarefulClient, edition: Edition) -> None:
    assert client.get(f"/organise/{edition.slug}/gate/close?day=9").status_code == 404

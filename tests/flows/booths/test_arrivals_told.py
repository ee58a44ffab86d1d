"""Vehicles: times told with map and way, told again when they change, and given back."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from eventsys.applications import signals
from eventsys.applications.actions import drafts
from eventsys.base.db import db
from eventsys.booths.models import Arrival
from eventsys.booths.queries import arrivals as queries
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails
from tests.flows.booths.arriving import (
    BOOTHS,
    PAGE,
    at,
    booth,
    kerb,
    last,
    move,
    place,
    publish,
    street_of_three,
    times,
    when,
)
from tests.flows.booths.organisers import text

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    return street_of_three(client)


def test_publishing_tells_place_map_time_and_way(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", "A2")
    on_foot = booth(edition, "Til fods", "A1", needs_vehicle_access=False)
    kerb(client)
    times(client)
    assert "2 participants get a mail" in client.get(f"{BOOTHS}/publish").text

    publish(edition)

    mail = last(kor)
    words = "Map of the street: A2 lies on side A, between A1 and A3."
    assert words in mail.text
    assert "– Saturday 29 August 2026, 06:00–06:15" in mail.text
    assert "The way there with a vehicle:\nOver the bridge." in mail.text
    assert f'<img src="cid:{mail.picture_id}" alt="{words}"' in mail.html
    assert mail.picture is not None
    assert len(mail.picture) <= 40_000
    assert Image.open(BytesIO(mail.picture)).format == "PNG"
    assert "vehicle" not in last(on_foot).text
    assert "doesn't know yet" not in text(client.get(PAGE).text)


def test_a_change_is_told_as_one_when_the_organiser_says_so(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor", "A2"), booth(edition, "Klub", "A3")
    kerb(client)
    times(client)
    publish(edition)
    before = len(mails())

    move(client, kor, at(4, 30))
    assert "1 participant doesn't know yet" in text(client.get(PAGE).text)
    asked = text(client.get(f"{PAGE}/tell").text)
    assert "Kor Saturday 29 August 2026, 06:15–06:30 Saturday 29 August 2026, 06:30–06:45" in asked
    assert "Over the bridge" not in asked
    assert len(mails()) == before
    client.post(f"{PAGE}/tell")

    mail = last(kor)
    assert mail.template == "booths/arrival"
    assert "– Saturday 29 August 2026, 06:30–06:45 (before: Saturday 29 August 2026, 06:15–06:30)" in mail.text
    assert "What is new: when your vehicle may come." in mail.text
    assert mail.picture
    assert len(mails()) == before + 1
    assert client.get(f"{PAGE}/tell").status_code == 302
    client.post(f"{PAGE}/tell")
    assert len(mails()) == before + 1
    assert last(klub).template == "booths/given"


def test_another_way_is_told_to_who_takes_it(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", "A2")
    booth(edition, "Til fods", "A1", needs_vehicle_access=False)
    kerb(client)
    times(client)
    publish(edition)

    kerb(client, route_en="By the lakes.")
    assert "1 participant doesn't know yet" in text(client.get(PAGE).text)
    client.post(f"{PAGE}/tell")

    assert "The way there with a vehicle:\nBy the lakes.\n\nIt was before:\nOver the bridge." in last(kor).text


def test_removed_times_leave_nobody_in_them_and_are_told(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", "A2")
    kerb(client)
    times(client)
    publish(edition)

    asked = client.get(f"{PAGE}/slots/remove?side=A&day=1")
    assert "1 vehicle has one of them" in asked.text
    assert len(queries.slots_of(edition)) == 4
    client.post(f"{PAGE}/slots/remove?side=A&day=1")
    client.post(f"{PAGE}/tell")

    assert (list(queries.slots_of(edition)), list(queries.arrivals_of(edition))) == ([], [])
    assert "– no longer Saturday 29 August 2026, 06:00–06:15" in last(kor).text
    assert "Its side of the street has no times on that day." in client.get(PAGE).text


def test_a_new_plan_keeps_times_that_hold_and_gives_those_that_lack(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", "A3")
    kerb(client)
    times(client)
    publish(edition)
    [kept] = queries.arrivals_of(edition)
    key = kept.id

    klub = booth(edition, "Klub", "A1")
    assert "1 participant gets a mail" in client.get(f"{BOOTHS}/publish").text
    publish(edition)

    assert when(edition) == {"Kor": "29 04:00", "Klub": "29 04:15"}
    assert db.session.get(Arrival, key) is not None
    assert (len(mails(kor.email)), last(klub).template) == (1, "booths/given")


def test_who_moves_along_the_kerb_drives_in_where_it_stands_then_and_others_are_told(
    client: CarefulClient, edition: Edition
) -> None:
    kor, klub = booth(edition, "Kor", "A2"), booth(edition, "Klub", "A3")
    kerb(client)
    times(client, until="06:30")
    publish(edition)
    assert when(edition) == {"Klub": "29 04:00", "Kor": "29 04:15"}
    told = len(mails(klub.email))

    place(edition, klub, "A1")
    asked = text(client.get(f"{BOOTHS}/publish").text)
    assert "2 participants get a mail" in asked
    publish(edition)

    assert when(edition) == {"Kor": "29 04:00", "Klub": "29 04:15"}
    assert [one.template for one in mails(klub.email)[told:]] == ["booths/changed"]
    assert last(kor).template == "booths/arrival"
    assert "– Saturday 29 August 2026, 06:00–06:15 (before: Saturday 29 August 2026, 06:15–06:30)" in last(kor).text

    times(client, since="06:30", until="06:45")
    place(edition, klub, "A3")
    publish(edition)
    assert when(edition) == {"Klub": "29 04:15", "Kor": "29 04:30"}  # Two new times would be no better.


def test_who_withdraws_leaves_the_time_to_others(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor", "A3"), booth(edition, "Klub", "A1")
    kerb(client)
    times(client, until="06:15")
    publish(edition)
    assert "All times of its side are taken" in client.get(PAGE).text

    drafts.withdraw(kor, reason="", by=factories.BY, now=factories.NOW)
    db.session.commit()
    client.post(f"{PAGE}/assign")

    assert when(edition) == {"Klub": "29 04:00"}
    client.post(f"{PAGE}/tell")
    assert "– Saturday 29 August 2026, 06:00–06:15" in last(klub).text


def test_who_needs_no_vehicle_after_all_gives_the_time_back(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor", "A3"), booth(edition, "Klub", "A1")
    kerb(client)
    times(client, until="06:15")
    publish(edition)

    kor.needs_vehicle_access = False
    signals.amended.send(kor, by=factories.BY, now=factories.NOW)
    db.session.commit()
    client.post(f"{PAGE}/tell")

    assert when(edition) == {"Klub": "29 04:00"}
    assert "– no longer Saturday 29 August 2026, 06:00–06:15, as you bring no vehicle" in last(kor).text
    assert "The way there" not in last(kor).text
    assert "– Saturday 29 August 2026, 06:00–06:15" in last(klub).text


def test_when_the_day_is_full_those_furthest_in_come_when_it_is_built_up(
    client: CarefulClient, edition: Edition
) -> None:
    editions.add_build_up_day(edition, opens_at=at(6, day=28), closes_at=at(18, day=28))
    db.session.commit()
    far = booth(edition, "Fjern", "A3")
    booth(edition, "Nær", "A1")
    kerb(client)
    times(client, until="06:15")
    times(client, day="3", since="14:00", until="15:00")

    client.post(f"{PAGE}/assign")

    assert when(edition) == {"Fjern": "28 12:00", "Nær": "29 04:00"}
    page = text(client.get(f"{BOOTHS}/{far.code}/arrival").text)
    assert "Friday 28 August 2026, 14:00–14:15" in page
    assert "those furthest in come when it is built up" in page
    assert "Friday 28 August 2026 (building up), side A" in client.get(PAGE).text

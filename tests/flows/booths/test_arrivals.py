"""Vehicles: kerbs and times on pages, given out by rule, moved by hand, seen on the own page and on paper."""

from __future__ import annotations

import pytest

from eventsys.base.db import db
from eventsys.booths import queries as street
from eventsys.booths.queries import arrivals as queries
from eventsys.booths.rules.vehicles import VehicleKind
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold
from tests.flows.booths.arriving import (
    BOOTHS,
    PAGE,
    at,
    booth,
    kerb,
    last,
    move,
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


def test_who_stands_furthest_in_comes_first_and_why_is_told(client: CarefulClient, edition: Edition) -> None:
    near, far = booth(edition, "Nær", "A1"), booth(edition, "Fjern", "A3")
    booth(edition, "Til fods", "A2", needs_vehicle_access=False)
    assert "Set up side A" in client.get(PAGE).text
    assert kerb(client).status_code == 302
    assert times(client).status_code == 302

    assert "There is room; it was not given out yet." in client.get(PAGE).text
    assert client.post(f"{PAGE}/assign").status_code == 302

    assert when(edition) == {"Fjern": "29 04:00", "Nær": "29 04:15"}
    page = text(client.get(PAGE).text)
    assert "06:00–06:15 1 of 1 A3 Fjern" in page
    assert "Til fods" not in page
    assert "Number 2 of 2 from the far end of side A" in client.get(f"{BOOTHS}/{near.code}/arrival").text
    assert "its pitch lies 20 m in" in client.get(f"{BOOTHS}/{far.code}/arrival").text


def test_from_the_other_end_the_order_turns(client: CarefulClient, edition: Edition) -> None:
    booth(edition, "Et", "A1"), booth(edition, "Tre", "A3")
    kerb(client, entered_at="end")
    times(client)

    client.post(f"{PAGE}/assign")

    assert when(edition) == {"Et": "29 04:00", "Tre": "29 04:15"}


def test_a_full_time_is_refused_with_a_sentence_and_what_is_moved_stays(
    client: CarefulClient, edition: Edition
) -> None:
    near, far = booth(edition, "Nær", "A1"), booth(edition, "Fjern", "A3")
    kerb(client)
    times(client)
    client.post(f"{PAGE}/assign")

    refused = move(client, near, at(4))
    unknown = move(client, near, at(11))

    assert refused.status_code == 422
    assert "This time is full: 1 at once" in refused.text
    assert "This time is not one for this vehicle." in unknown.text
    assert when(edition) == {"Fjern": "29 04:00", "Nær": "29 04:15"}
    assert move(client, far, at(4, 45)).status_code == 302
    client.post(f"{PAGE}/assign")
    assert when(edition) == {"Nær": "29 04:00", "Fjern": "29 04:45"}
    assert "Fixed by hand" in client.get(f"{BOOTHS}/{far.code}/arrival").text

    client.post(f"{BOOTHS}/{far.code}/arrival/unfix", data={"day": "1"})
    client.post(f"{PAGE}/assign")
    assert when(edition) == {"Fjern": "29 04:00", "Nær": "29 04:15"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"most_vehicles": "3"}, "This side has room for 2 vehicles at once."),
        ({"since": "06:50", "until": "07:20"}, "share some of these hours"),
        ({"since": "09:00", "until": "08:00"}, "Not even one time fits"),
        ({"since": "08:00", "until": "23:59", "minutes": "4"}, "Give a whole number, 5 to 240."),
        ({"since": "morning"}, "Not a valid time value."),
        ({"most_vehicles": ""}, "Give a number."),
    ],
)
def test_times_that_can_not_be(client: CarefulClient, edition: Edition, said: dict[str, str], sentence: str) -> None:
    kerb(client)
    times(client)

    refused = times(client, **said)

    assert refused.status_code == 422
    assert sentence in refused.text
    assert len(queries.slots_of(edition)) == 4


def test_a_side_is_not_made_smaller_than_its_times(client: CarefulClient, edition: Edition) -> None:
    kerb(client)
    times(client, most_vehicles="2")

    refused = kerb(client, most_vehicles="1")

    assert refused.status_code == 422
    assert "There are times for 2 vehicles at once" in refused.text
    assert client.get(f"{PAGE}/kerb?side=Z").status_code == 404
    assert client.get(f"{PAGE}/slots/remove?side=Z&day=1").status_code == 404


def test_the_own_page_shows_place_map_time_way_and_asks_for_the_vehicle(
    client: CarefulClient, edition: Edition
) -> None:
    kor = booth(edition, "Kor", "A2")
    kerb(client)
    times(client)
    client.post(f"{PAGE}/assign")
    hold(client, kor)
    assert "Your vehicle" not in client.get(f"/my/{kor.code}/").text

    publish(edition)
    page = client.get(f"/my/{kor.code}/").text

    assert "Your place: A2" in page
    assert "Map of the street: A2 lies on side A, between A1 and A3." in page
    assert 'class="map-shape map-mine"' in page
    assert "Saturday 29 August 2026, 06:00–06:15" in text(page)
    assert "Over the bridge." in page
    assert client.post(f"/my/{kor.code}/vehicle", data={"kind": "van"}).status_code == 302
    assert queries.vehicles_of(edition) == {kor.id: VehicleKind.VAN}
    wrong = client.post(f"/my/{kor.code}/vehicle", data={"kind": "tank"}, follow_redirects=True)
    assert "Choose one of the list." in wrong.text
    client.post(f"{BOOTHS}/{kor.code}/vehicle", data={"kind": ""})
    assert queries.vehicles_of(edition) == {}


def test_who_brings_no_vehicle_is_asked_for_none(client: CarefulClient, edition: Edition) -> None:
    on_foot = booth(edition, "Til fods", "A1", needs_vehicle_access=False)
    kerb(client)
    times(client)
    publish(edition)
    hold(client, on_foot)

    page = client.get(f"/my/{on_foot.code}/").text

    assert "Your place: A1" in page
    assert "Your vehicle" not in page
    assert client.post(f"/my/{on_foot.code}/vehicle", data={"kind": "van"}).status_code == 404
    assert "No vehicle comes for this booth" in client.get(f"{BOOTHS}/{on_foot.code}/arrival").text


def test_the_list_for_paper_goes_by_side_and_time(client: CarefulClient, edition: Edition) -> None:
    assert "Nobody has a time yet" in client.get(f"{PAGE}/list").text
    kor = booth(edition, "Kor", "A2")
    booth(edition, "Klub", "A3")
    kerb(client)
    times(client)
    client.post(f"{PAGE}/assign")
    client.post(f"{BOOTHS}/{kor.code}/vehicle", data={"kind": "trailer"})

    page = text(client.get(f"{PAGE}/list").text)

    assert (
        "Time Pitch Organisation Vehicle Has come 06:00–06:15 A3 Klub not stated 06:15–06:30 A2 Kor car with trailer"
        in page
    )
    assert "Saturday 29 August 2026, side A" in page


def test_the_mail_is_read_from_the_right_in_arabic(client: CarefulClient, edition: Edition) -> None:
    kor = factories.organisation("Kor", language="ar")
    application = booth(edition, "", "A2", of=kor)
    kerb(client, route_ar="عبر الجسر.")
    times(client)

    publish(edition)

    mail = last(application)
    assert 'dir="rtl"' in mail.html
    assert "عبر الجسر." in mail.text
    assert f'alt="{mail.picture_alt}"' in mail.html
    assert mail.picture_alt in mail.text


def test_pages_ask_the_database_as_much_for_three_sides_and_two_days_as_for_one(
    client: CarefulClient, edition: Edition, count_queries: list[str]
) -> None:
    pages = [PAGE, f"{BOOTHS}/{booth(edition, 'En dag', 'A1').code}/arrival"]
    kerb(client)
    times(client)

    def asked() -> list[int]:
        found = []
        for page in pages:
            db.session.expire_all()
            count_queries.clear()
            assert client.get(page).status_code == 200
            found.append(len(count_queries))
        return found

    before = asked()
    for pitch, side in zip(street.pitches_on(edition), "ABC", strict=True):
        pitch.side = side
    db.session.commit()
    pages[1] = f"{BOOTHS}/{booth(edition, 'To dage', 'A2', days=0b11).code}/arrival"

    assert asked() == before

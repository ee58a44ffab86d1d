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
<<<<<<< HEAD
    """Three pitches along side A, A1 nearest to where vehicles drive in; its one organiser is signed in."""
    made = factories.edition("fest", number=7)
    for n, pitch in enumerate(factories.street(made, widths_m=[3, 3, 3])):
        pitch.side, pitch.along_cm = "A", n * 1000
    db.session.commit()
    factories.sign_in(client, factories.organiser(made))
    return made


def booth(edition: Edition, name: str, pitch: str = "", **told: Any) -> Application:
    """A booth with a vehicle that is in, on a pitch of the draft where given."""
    made = factories.application(
        edition, state=State.APPROVED, name=name, **{"needs_vehicle_access": True, "days": 0b01, **told}
    )
    if pitch:
        place(edition, made, pitch)
    return made


def place(edition: Edition, application: Application, pitch: str) -> None:
    """By hand, in the draft."""
    db.session.expire_all()
    for found in street.pitches_on(edition):
        found.has_vehicle_access = True
    placing.move(edition, application, [pitch], hand=placing.Hand(factories.BY), now=factories.NOW)
    db.session.commit()


def kerb(client: CarefulClient, **said: str) -> Any:
    data = {
        "most_vehicles": "2",
        "entered_at": "start",
        "route_en": "Over the bridge.",
        "route_da": "Over broen.",
        **said,
    }
    return client.post(f"{PAGE}/kerb?side=A", data=data)


def times(client: CarefulClient, **said: str) -> Any:
    return client.post(f"{PAGE}/slots", data={**TIMES, **said})


def publish(edition: Edition) -> None:
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()


def when(edition: Edition) -> dict[str, str]:
    """Who comes when, in UTC."""
    return {one.application.organisation.name: f"{one.slot.starts_at:%d %H:%M}" for one in queries.arrivals_of(edition)}


def move(client: CarefulClient, application: Application, start: datetime, day: int = 1) -> Any:
    data = {"day": str(day), f"day{day}-slot": start.isoformat()}
    return client.post(f"{BOOTHS}/{application.code}/arrival/move", data=data)


def at(hour: int, minute: int = 0, day: int = 29) -> datetime:
    """A moment in UTC; Copenhagen is two hours ahead."""
    return datetime(2026, 8, day, hour, minute, tzinfo=UTC)


def last(application: Application) -> Message:
    return mails(application.email)[-1]
=======
    return street_of_three(client)
>>>>>>> gate2


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


<<<<<<< HEAD
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


=======
>>>>>>> gate2
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

    assert "Time Pitch Organisation Vehicle Has come 06:00–06:15 A3 Klub – 06:15–06:30 A2 Kor car with trailer" in page
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

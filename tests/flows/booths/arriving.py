"""A street whose booths come by vehicle, and what organisers press for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths import actions
from eventsys.booths import queries as street
from eventsys.booths.actions import placing
from eventsys.booths.queries import arrivals as queries
from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

PAGE = "/organise/fest/booths/arrivals"
BOOTHS = "/organise/fest/booths"
TIMES = {"side": "A", "day": "1", "since": "06:00", "until": "07:00", "minutes": "15", "most_vehicles": "1"}


def street_of_three(client: CarefulClient) -> Edition:
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

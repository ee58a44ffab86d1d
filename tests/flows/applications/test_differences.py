"""What an applicant changed after sending stands in the history, before and after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.models import Revision
from eventsys.applications.rules.states import State
from eventsys.applications.views.differences import said
from eventsys.base import clock
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, post

pytestmark = pytest.mark.usefixtures("moment")


def test_changes_after_sending_are_told_before_and_after(client: CarefulClient) -> None:
    edition = factories.edition("fest", number=7)
    application = factories.application(edition, days=0b11, crew=4, width_cm=300)
    hold(client, application)

    with clock.standing_at(factories.NOW + timedelta(hours=1)):
        post(client, application, "days", days=["2"], crew="5")
        post(client, application, "booth", width_m="450", power_kw="2,5", uses_gas="y")
    factories.sign_in(client, factories.organiser(edition))
    page = re.sub(r"<[^>]+>", "", client.get(f"/organise/fest/applications/{application.code}").text)

    for words in (
        "Days: 1 and 2 → 2",
        "People at the booth: 4 → 5",
        "Width: 3 m → 4.5 m",
        "Power: 0 kW → 2.5 kW",
        "gas: no → yes",
    ):
        assert words in page


def test_drafts_leave_no_trail_of_values(client: CarefulClient, session: Session) -> None:
    application = factories.application(factories.edition("fest"), state=State.DRAFT)
    hold(client, application)

    post(client, application, "days", days=["2"], crew="5")

    assert session.scalar(select(func.count()).select_from(Revision)) == 0
    assert queries.revisions_of(application) == {}


EMPTY = {"days": 0, "about": {}, "appliances": [], "dietary": [], "allergens": None, "crew": None, "cuisine": ""}


@pytest.mark.parametrize(("field", "value"), EMPTY.items())
def test_nothing_is_a_dash(app: Flask, field: str, value: object) -> None:
    with app.test_request_context():
        assert said(field, value) == "–"

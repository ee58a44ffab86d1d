"""Changes that are asked for: beside their fields until they are made, and answered where organisers read first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from eventsys.applications.actions import decisions
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act
from eventsys.base import clock
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, post

pytestmark = pytest.mark.usefixtures("moment")
LATER = factories.NOW + timedelta(hours=1)


@pytest.fixture
def application(client: CarefulClient) -> Application:
    """Asked to change the width, with words, and the text for visitors."""
    made = factories.application(factories.edition("fest"), name="Kor", width_cm=300)
    asked = {"width_cm": "Six metres are free", "about": ""}
    decisions.decide(made, Act.REQUEST_CHANGES, by=factories.BY, now=factories.NOW, note="Two things.", asked=asked)
    decisions.announce([made], by=factories.BY, now=factories.NOW)
    db.session.commit()
    hold(client, made)
    return made


def test_what_is_asked_stands_at_its_field_and_at_the_end(client: CarefulClient, application: Application) -> None:
    address = f"/my/{application.code}"

    status, booth, check = (client.get(f"{address}/{page}").text for page in ("", "booth", "check"))

    assert f'class="button button-primary" href="{address}/booth#asked-width_m"' in status
    assert 'id="asked-width_m"' in booth
    assert booth.count("Six metres are free") == 2, "at the top of the step, and beside the field"
    assert "Two things." in check
    assert f'<a href="{address}/booth#asked-width_m">Width</a>: <bdi>Six metres are free</bdi></li>' in check
    assert "asked-" not in client.get(f"{address}/days").text
    assert re.search(rf'<li class="step-error">\s*<a href="{address}/booth">', check)


def test_what_was_changed_is_ticked_and_leads_to_the_next(client: CarefulClient, application: Application) -> None:
    address = f"/my/{application.code}"

    with clock.standing_at(LATER):
        first = post(client, application, "booth", width_m="600", power_kw="2")
        check = client.get(f"{address}/check").text
        second = post(client, application, "visitors", about_da="Nyt.")

    assert first.location == f"{address}/visitors#asked-about_da"
    assert check.count("</svg> changed</span>") == 1
    assert re.search(rf'<li class="step-done">\s*<a href="{address}/booth">', check)
    assert second.location == f"{address}/check"


def test_the_answer_is_the_first_thing_that_organisers_read(client: CarefulClient, application: Application) -> None:
    with clock.standing_at(LATER):
        post(client, application, "booth", width_m="600", power_kw="2")
        post(client, application, "organisation", name="Kor", area="Amager")
        post(client, application, "check", consent="y", answer="Six it is.")
    factories.sign_in(client, factories.organiser(application.edition))

    page = client.get(f"/organise/fest/applications/{application.code}").text

    top = page[: page.index("What it tells</h2>")]
    assert "Changed and sent again" in top
    assert "Six it is." in top
    row = re.search(r"<tr>(?:(?!</tr>).)*Six metres are free.*?</tr>", top, re.DOTALL)
    assert row
    assert [*re.findall(r"<bdi>([^<]*)</bdi>", row[0])] == ["Width", "Six metres are free", "3 m", "6 m"]
    assert "not changed" in top, "the text for visitors"
    assert re.search(r"<bdi>Part of town</bdi>(?:(?!</tr>).)*<bdi>Amager</bdi>", top, re.DOTALL)
    assert "Asked to change:" not in page
    assert "2 Mar 2026 13:00 · again 2 Mar 2026 14:00" in page


def test_asked_once_more_the_old_answer_is_none(client: CarefulClient, application: Application) -> None:
    with clock.standing_at(LATER):
        post(client, application, "check", consent="y", answer="It stays.")
        again = {"width_cm": "Really?"}
        decisions.decide(application, Act.REQUEST_CHANGES, by=factories.BY, now=LATER, note="Once more.", asked=again)
        db.session.commit()
    factories.sign_in(client, factories.organiser(application.edition))

    page = client.get(f"/organise/fest/applications/{application.code}").text

    assert "Changed and sent again" not in page
    assert "Asked to change:" in page

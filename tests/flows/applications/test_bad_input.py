"""What nobody should send: a clear message in the reader's language, what was typed stays, nothing is half kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.applications import queries
from eventsys.applications.models import Application, Transition
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, fill_in, hold, mailed_link, mails, post

pytestmark = pytest.mark.usefixtures("moment")
MEGABYTE = 1024 * 1024
TOO_LONG = {"da": "brug højst", "en": "use at most", "ar": "الحد الأقصى"}


@pytest.fixture
def draft(client: CarefulClient) -> Application:
    made = factories.application(factories.edition("fest", number=7), state=State.DRAFT)
    hold(client, made)
    return made


def hidden(page: str) -> dict[str, str]:
    """What a step's page carries along to be known again."""
    found = dict(re.findall(r'<input type="hidden" name="(shape|before)" value="([^"]+)">', page))
    assert set(found) == {"shape", "before"}, page
    return found


@pytest.mark.parametrize("language", TOO_LONG)
@pytest.mark.parametrize(
    ("step", "field"), [("visitors", "about_en"), ("wishes", "near_wish"), ("organisation", "name")]
)
def test_a_megabyte_in_a_field(client: CarefulClient, draft: Application, step: str, field: str, language: str) -> None:
    client.get(f"/language/{language}")
    before = {"about": dict(draft.about), "near_wish": draft.near_wish, "name": draft.organisation.name}

    response = post(client, draft, step, **{"name": "Kor", field: "x" * MEGABYTE})

    assert response.status_code == 422
    assert TOO_LONG[language] in response.text
    assert "x" * 10_000 in response.text, "what was typed stays"
    assert before == {"about": draft.about, "near_wish": draft.near_wish, "name": draft.organisation.name}


def test_more_than_the_server_reads_is_said(client: CarefulClient, draft: Application) -> None:
    response = post(client, draft, "visitors", about_en="x" * 13 * MEGABYTE)

    assert response.status_code == 413
    assert "That is too large" in response.text


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("days", {"days": ["1"], "crew": "four"}),
        ("days", {"days": ["1"], "crew": "-1"}),
        ("days", {"days": ["1"], "crew": "1e9"}),
        ("days", {"days": ["77"], "crew": "4"}),
        ("days", {"days": ["1'; DROP TABLE application;--"], "crew": "4"}),
        ("booth", {"width_m": "wide", "power_kw": "0"}),
        ("booth", {"width_m": "300", "power_kw": "a lot"}),
        ("organisation", {"name": "Kor", "cvr": "12345678"}),
        ("organisation", {"name": "Kor", "phone": "call me"}),
        ("organisation", {"name": "Kor", "is_minority_association": "perhaps"}),
    ],
)
def test_wrong_types_are_told_and_change_nothing(
    client: CarefulClient, draft: Application, step: str, said: dict[str, Any]
) -> None:
    before = (draft.days, draft.crew, draft.width_cm, draft.power_watts, draft.organisation.name)

    response = post(client, draft, step, **said)

    assert response.status_code == 422
    assert "Traceback" not in response.text
    assert (draft.days, draft.crew, draft.width_cm, draft.power_watts, draft.organisation.name) == before


def test_control_characters_and_foreign_directions_are_cleaned(client: CarefulClient, draft: Application) -> None:
    post(client, draft, "organisation", name="Ko\x00r\x1b \u202eevil")

    assert draft.organisation.name == "Kor evil"


def test_forged_state_and_foreign_fields_are_passed_over(client: CarefulClient, draft: Application) -> None:
    post(client, draft, "days", days=["1"], crew="4", state="approved", announced_state="approved", edition_id="9")

    assert (draft.state, draft.announced_state, draft.crew) == (State.DRAFT, State.DRAFT, 4)


def test_somebody_elses_application_stays_closed(client: CarefulClient, draft: Application) -> None:
    other = factories.application(draft.edition, name="Andre", state=State.DRAFT)

    for step in ("", "days", "check", "documents", "contacts", "withdraw"):
        assert client.get(f"/my/{other.code}/{step}").status_code == 403
        assert client.post(f"/my/{other.code}/{step}", data={}).status_code in {403, 405}


def test_a_link_that_has_run_out_leads_to_a_new_one(app: Flask, client: CarefulClient) -> None:
    begin(client, factories.edition("fest"))
    link = mailed_link(mails()[-1])

    with clock.standing_at(factories.NOW + timedelta(days=400)):
        late = app.test_client().get(link, follow_redirects=True)
    broken = app.test_client().get(f"{link[:-3]}", follow_redirects=True)

    for page in (late, broken):
        assert "This link has run out" in page.text
        assert 'name="email"' in page.text


def test_sending_twice_sends_once(client: CarefulClient) -> None:
    application = begin(client, factories.edition("fest"))
    fill_in(client, application)
    client.get(mailed_link(mails()[-1]))

    first = post(client, application, "check", consent="y")
    second = post(client, application, "check", consent="y")

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(Transition)) == 1
    assert sum("received" in mail.subject.lower() or "sent" in mail.template for mail in mails()) <= 1
    assert queries.find(application.code).state is State.SUBMITTED  # type: ignore[union-attr]


def test_two_windows_the_second_is_told_and_nothing_is_written_over(client: CarefulClient, draft: Application) -> None:
    page = client.get(f"/my/{draft.code}/days").text
    post(client, draft, "days", days=["2"], crew="9", **hidden(page))

    second = post(client, draft, "days", days=["1"], crew="5", **hidden(page))

    assert second.status_code == 422
    assert "changed in another window" in second.text
    assert 'value="5"' in second.text
    assert draft.crew == 9
    assert re.search(r"What the other window saved: <bdi>9</bdi>", second.text)
    chosen = {"choose-crew": "kept", "choose-days": "typed"}
    again = post(client, draft, "days", days=["1"], crew="5", **chosen, **hidden(second.text))
    assert again.status_code == 302
    assert (draft.days, draft.crew) == (0b01, 9)


def test_two_windows_that_say_the_same_are_no_trouble(client: CarefulClient, draft: Application) -> None:
    page = client.get(f"/my/{draft.code}/days").text

    for _press in range(2):
        assert post(client, draft, "days", days=["2"], crew="9", **hidden(page)).status_code == 302


def test_two_windows_on_different_steps_are_no_trouble(client: CarefulClient, draft: Application) -> None:
    days, wishes = (client.get(f"/my/{draft.code}/{step}").text for step in ("days", "wishes"))

    assert post(client, draft, "days", days=["2"], crew="9", **hidden(days)).status_code == 302
    assert post(client, draft, "wishes", near_wish="Scenen", **hidden(wishes)).status_code == 302

    assert (draft.crew, draft.near_wish) == (9, "Scenen")


def test_a_form_from_before_a_deploy_is_shown_anew_with_what_was_typed(
    client: CarefulClient, draft: Application
) -> None:
    old = hidden(client.get(f"/my/{draft.code}/booth").text) | {"shape": "0123456789abcdef"}
    draft.has_liability_insurance = True
    db.session.commit()
    kept = {"width_m": "600", "power_kw": "2"}

    response = post(client, draft, "booth", **kept, **old)

    assert response.status_code == 422
    assert "We have changed this page since you opened it." in response.text
    assert re.search(r'<input checked[^>]*name="width_m"[^>]*value="600"', response.text)
    assert draft.has_liability_insurance is True


def test_an_organisers_forged_decision_changes_nothing(client: CarefulClient) -> None:
    edition = factories.edition("fest")
    application = factories.application(edition)
    factories.sign_in(client, factories.organiser(edition))
    address = f"/organise/fest/applications/{application.code}"

    assert client.post(f"{address}/approve", data={"seen": "yesterday"}).status_code == 400
    assert client.post(f"{address}/plutonium", data={}).status_code == 404
    assert client.post("/organise/fest/applications/batch", data={"act": "plutonium", "all": "1"}).status_code == 400

    assert application.state is State.SUBMITTED

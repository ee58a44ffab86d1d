"""The ground as the editor draws it: loaded, checked, saved whole, and copied from the edition before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.actions import placing
from eventsys.booths.rules.rulebook import Rule, Setting
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths/site"
FILES = Path("examples/taste-the-world-2011")


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made)
    factories.sign_in(client, factories.organiser(made))
    return made


def placed(edition: Edition, number: str) -> Application:
    """Somebody who stands on a pitch."""
    made = factories.application(edition, state=State.APPROVED)
    placing.move(edition, made, [number], hand=placing.Hand(factories.BY), now=factories.NOW)
    db.session.commit()
    return made


def document(client: CarefulClient) -> dict[str, Any]:
    loaded: dict[str, Any] = client.get(f"{PAGE}/document").get_json()
    return loaded


def send(client: CarefulClient, drawing: dict[str, Any], to: str = "document") -> Any:
    return post(client, f"{PAGE}/{to}", {"features": drawing["features"], "version": drawing["version"]})


def post(client: CarefulClient, address: str, body: object) -> Any:
    return client.post(address, json=body, headers={"X-CSRFToken": client.csrf_token()})


def named(drawing: dict[str, Any], number: str) -> dict[str, Any]:
    return next(one for one in drawing["features"] if one["properties"]["was"] == number)


def stage(code: str = "S1") -> dict[str, Any]:
    ring = [[12.5501, 55.6905], [12.5502, 55.6905], [12.5502, 55.6906], [12.5501, 55.6905]]
    told = {"kind": "stage", "code": code, "label": "Store scene"}
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": told}


def test_what_is_loaded_and_saved_again_changes_nothing(client: CarefulClient, edition: Edition) -> None:
    drawing = document(client)
    before = drawing["features"]

    saved = send(client, drawing)

    assert saved.status_code == 200
    assert saved.get_json()["features"] == before
    assert saved.get_json()["version"] == drawing["version"] + 1


def test_pitches_change_numbers_and_whoever_stands_there_stays_on_the_ground(
    client: CarefulClient, edition: Edition
) -> None:
    application = placed(edition, "A1")
    drawing = document(client)
    assert drawing["taken"] == {"A1": application.organisation.name}
    where = named(drawing, "A1")["geometry"]
    named(drawing, "A1")["properties"]["number"], named(drawing, "A2")["properties"]["number"] = "A2", "A1"

    assert send(client, drawing).status_code == 200

    now = document(client)
    assert now["taken"] == {"A2": application.organisation.name}
    assert named(now, "A2")["geometry"] == where


def test_things_are_drawn_changed_and_taken_away(client: CarefulClient, edition: Edition) -> None:
    drawing = document(client)
    drawing["features"].append(stage())
    drawing = send(client, drawing).get_json()
    assert [one.label for one in queries.features_on(edition)] == ["Store scene"]

    named(drawing, "S1")["properties"]["label"] = "Lille scene"
    drawing["features"] = [one for one in drawing["features"] if one["properties"]["was"] != "A3"]
    send(client, drawing)

    db.session.expire_all()
    assert [one.label for one in queries.features_on(edition)] == ["Lille scene"]
    assert [one.number for one in queries.pitches_on(edition)] == ["A1", "A2"]


def test_a_pitch_with_somebody_on_it_stays_and_nothing_else_is_saved(client: CarefulClient, edition: Edition) -> None:
    application = placed(edition, "A1")
    drawing = document(client)
    drawing["features"] = [one for one in drawing["features"] if one["properties"]["was"] != "A1"]
    drawing["features"].append(stage())

    answer = send(client, drawing)

    assert answer.status_code == 409
    assert application.organisation.name in answer.get_json()["title"]
    assert queries.features_on(edition) == []
    assert len(queries.pitches_on(edition)) == 3


def test_two_who_draw_at_once_don_t_overwrite_each_other(client: CarefulClient, edition: Edition) -> None:
    one, other = document(client), document(client)
    assert send(client, one).status_code == 200

    answer = send(client, other)

    assert answer.status_code == 409
    assert answer.get_json()["type"] == "/problems/drawn_meanwhile"


@pytest.mark.parametrize(
    ("change", "place", "field"),
    [
        ({"number": "A2"}, 1, "number"),
        ({"number": ""}, 0, "number"),
        ({"width_m": "wide"}, 0, "width_m"),
        ({"board": "EL9"}, 0, "board"),
        ({"kind": "castle"}, 0, "kind"),
    ],
)
def test_what_can_t_be_kept_is_told_by_its_place_and_nothing_is_saved(
    client: CarefulClient, edition: Edition, change: dict[str, Any], place: int, field: str
) -> None:
    drawing = document(client)
    drawing["features"][0]["properties"] |= change
    drawing["features"][2]["properties"]["zone"] = "elsewhere"

    answer = send(client, drawing)

    assert answer.status_code == 422
    assert [(one["place"], one["field"]) for one in answer.get_json()["refused"]] == [(place, field)]
    db.session.expire_all()
    assert {pitch.zone for pitch in queries.pitches_on(edition)} == {""}


@pytest.mark.parametrize(
    "body", [[1], {"features": 1, "version": 0}, {"features": []}, {"features": [7], "version": "x"}]
)
def test_a_body_that_is_no_drawing_is_refused(client: CarefulClient, edition: Edition, body: object) -> None:
    assert post(client, f"{PAGE}/document", body).status_code == 400


def test_features_that_are_no_features_are_refused_one_by_one(client: CarefulClient, edition: Edition) -> None:
    answer = post(client, f"{PAGE}/check", {"features": [7, {}, {"properties": []}], "version": 0})

    assert [one["place"] for one in answer.get_json()["refused"]] == [0, 1, 2]


def test_checks_are_told_in_words_without_keeping_anything(client: CarefulClient, edition: Edition) -> None:
    placing.set_rules(edition, {Rule.PITCH_GAP: Setting(0, 10.0)}, by=factories.BY, now=factories.NOW)
    db.session.commit()
    drawing = document(client)
    drawing["features"].append(stage())

    found = send(client, drawing, "check").get_json()

    assert [one["codes"] for one in found["findings"]] == [["A1", "A2"], ["A2", "A3"]]
    assert "10 m are asked for" in found["findings"][0]["message"]
    assert queries.features_on(edition) == []
    assert "10 m are asked for" in client.get(PAGE).text


def test_a_refused_drawing_is_told_with_what_breaks_a_rule_in_the_rest(client: CarefulClient, edition: Edition) -> None:
    placing.set_rules(edition, {Rule.PITCH_GAP: Setting(0, 10.0)}, by=factories.BY, now=factories.NOW)
    db.session.commit()
    drawing = document(client)
    named(drawing, "A1")["properties"]["width_m"] = "wide"

    told = send(client, drawing).get_json()

    assert [one["code"] for one in told["refused"]] == ["A1"]
    assert [one["codes"] for one in told["findings"]] == [["A2", "A3"]]


def test_the_street_of_last_year_is_taken_over_once(client: CarefulClient, edition: Edition) -> None:
    placing.set_rules(edition, {Rule.NEAR: Setting(9, 11.0)}, by=factories.BY, now=factories.NOW)
    db.session.commit()
    drawing = document(client)
    drawing["features"].append(stage())
    send(client, drawing)
    edition.starts_on = date(2010, 8, 1)
    coming = factories.edition("next", number=8)
    coming.event_id = edition.event_id
    db.session.commit()
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(coming, email="second@example.org"))
    address = "/organise/next/booths/site"
    assert "Take over the street of" in client.get(address).text
    assert "take last time's over" in client.get("/organise/next/booths").text

    client.post(f"{address}/copy", data={"source": "fest"})

    assert [pitch.number for pitch in queries.pitches_on(coming)] == ["A1", "A2", "A3"]
    assert [one.label for one in queries.features_on(coming)] == ["Store scene"]
    assert queries.rulebook_of(coming).of(Rule.NEAR) == Setting(9, 11.0)
    assert len(queries.pitches_on(edition)) == 3
    again = client.post(f"{address}/copy", data={"source": "fest"}, follow_redirects=True)
    assert "has a street already" in again.text
    stranger = client.post(f"{address}/copy", data={"source": "nobody"}, follow_redirects=True)
    assert "no pitches to take over" in stranger.text

    # Emptied again it is offered again; where there is nothing to take over, nothing is promised.
    assert "Take over the street of" not in client.get(address).text
    there = client.get(f"{address}/document").get_json()
    assert post(client, f"{address}/document", {"version": there["version"], "features": []}).status_code == 200
    assert "Take over the street of" in client.get(address).text
    assert "take last time's over" in client.get("/organise/next/booths").text
    edition.starts_on = date(2030, 8, 1)
    db.session.commit()
    assert "Draw the street, or bring it in" in client.get("/organise/next/booths").text


def many(count: int) -> list[dict[str, Any]]:
    """Pitches in rows of a hundred, none near another."""
    one = json.loads((FILES / "pitches.geojson").read_text())["features"][0]
    features = []
    for n in range(count):
        ring = [[x + n % 100 * 0.0001, y + n // 100 * 0.0001] for x, y in one["geometry"]["coordinates"][0]]
        told = {**one["properties"], "number": f"N{n:04}", "board": ""}
        features.append({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": told})
    return features


@pytest.mark.only_long
def test_on_five_thousand_pitches_the_plan_stays_usable(client: CarefulClient) -> None:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    kor, klub = (factories.application(made, state=State.APPROVED, name=name) for name in ("Kor", "Klub"))
    booths = "/organise/fest/booths"

    assert send(client, {"features": many(5000), "version": 0}).status_code == 200
    client.post(f"{booths}/{kor.code}/place", data={"numbers": "N4999"})
    actions.propose(made, by=factories.BY, now=factories.NOW, work=200)
    actions.publish(made, by=factories.BY, now=factories.NOW)
    db.session.commit()

    assert len(document(client)["features"]) == 5000
    assert "2 of the 2 that are in have their place" in client.get(booths).text
    assert client.get(f"{booths}/{klub.code}/check?numbers=N4998").get_json()["refused"] == ""
    assert "N4999: Kor" in client.get("/fest/map").text


def test_five_thousand_pitches_are_taken_in_and_measured(client: CarefulClient, edition: Edition) -> None:
    features = many(5000)

    answer = post(client, f"{PAGE}/check", {"features": features, "version": 0})

    assert answer.get_json() == {"findings": [], "refused": []}

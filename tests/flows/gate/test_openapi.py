"""The published description of the API, and what is said to calls that it doesn't hold."""

from __future__ import annotations

from flask import Flask
from marshmallow import RAISE

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.gate import messages, schemas
from eventsys.gate.messages import MessageSaid
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import API, Phone


def test_description_lists_every_call(app: Flask, client: CarefulClient) -> None:
    told = client.get("/api/v1/openapi.json").get_json()

    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("gate_api.") and rule.endpoint != "gate_api.openapi"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told["openapi"] == "3.1.0"
    assert {(path, method) for path, calls in told["paths"].items() for method in calls} == routes
    assert "Scan" in told["components"]["schemas"]
    assert {path for path, calls in told["paths"].items() for call in calls.values() if "security" not in call} == {
        "/api/v1/gate/enrol",
        "/api/v1/gate/invitation",
    }


def test_wrong_method_names_the_right_one(client: CarefulClient) -> None:
    response = client.get("/api/v1/gate/scans")

    assert (response.status_code, response.content_type) == (405, "application/problem+json")
    assert "POST" in response.headers["Allow"]


def test_unknown_call_is_a_problem(client: CarefulClient) -> None:
    response = client.get("/api/v1/gate/everything")

    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_answers_are_as_described(client: CarefulClient) -> None:
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    factories.comes_by_vehicle(edition)
    link = factories.gate_link(factories.gate(edition))
    with clock.standing_at(OPEN):
        invited = client.post(f"{API}/invitation", json={"code": link.token}).get_json()
        enrolled = client.post(f"{API}/enrol", json={"code": link.token}).get_json()
    phone = Phone(client, enrolled["token"])
    sent = phone.post({"scans": [factories.scan(pass_id=visitor.pass_id), factories.scan(), None]}).get_json()

    messages.send(edition, MessageSaid("Close gate 3", "", "K7QM2PXD"), by=factories.BY, now=OPEN)
    db.session.commit()
    said = {"receipts": [{"message": "K7QM2PXD", "kind": "received", "at": OPEN.isoformat()}]}
    with clock.standing_at(OPEN):
        receipts = client.post(f"{API}/receipts", json=said, headers=phone.headers).get_json()

    told = {
        schemas.Invitation: invited,
        schemas.Enrolment: enrolled,
        schemas.Manifest: phone.get("manifest").get_json(),
        schemas.ChangesShape: phone.changes(),
        schemas.StatusShape: phone.get("status").get_json(),
        schemas.ScansAnswer: sent,
        schemas.ReceiptsAnswer: receipts,
        schemas.Problem: phone.get("changes?cursor=x").get_json(),
    }

    assert {schema.__name__: schema(unknown=RAISE).validate(answer) for schema, answer in told.items()} == {
        schema.__name__: {} for schema in told
    }
    assert told[schemas.Manifest]["arrivals"]
    assert told[schemas.ChangesShape]["messages"]
    assert schemas.Scan().validate(factories.scan()) == {}

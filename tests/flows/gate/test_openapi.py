"""The published description of the API, and what is said to calls that it doesn't hold."""

from __future__ import annotations

from flask import Flask

from tests.client import CarefulClient


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
        "/api/v1/gate/enrol"
    }


def test_wrong_method_names_the_right_one(client: CarefulClient) -> None:
    response = client.get("/api/v1/gate/scans")

    assert (response.status_code, response.content_type) == (405, "application/problem+json")
    assert "POST" in response.headers["Allow"]


def test_unknown_call_is_a_problem(client: CarefulClient) -> None:
    response = client.get("/api/v1/gate/everything")

    assert (response.status_code, response.content_type) == (404, "application/problem+json")

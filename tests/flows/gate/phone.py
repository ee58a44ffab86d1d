"""A phone as the API sees it: its token and the calls it makes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from werkzeug.test import TestResponse

from eventsys.base import clock
from tests import factories
from tests.client import CarefulClient

API = "/api/v1/gate"


class Phone:
    """Calls the gate API with one token, at moments that the test says."""

    def __init__(self, client: CarefulClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, *, at: datetime = factories.OPEN, **headers: str) -> TestResponse:
        with clock.standing_at(at):
            return self.client.get(f"{API}/{path}", headers=self.headers | headers)

    def post(self, body: Any, *, at: datetime = factories.OPEN) -> TestResponse:
        with clock.standing_at(at):
            return self.client.post(f"{API}/scans", json=body, headers=self.headers)

    def send(self, scans: Sequence[object], *, at: datetime = factories.OPEN) -> list[dict[str, Any]]:
        """Send a batch and return its results."""
        response = self.post({"sent_at": at.isoformat(), "scans": scans}, at=at)
        assert response.status_code == 200, response.text
        results: list[dict[str, Any]] = response.get_json()["results"]
        return results

    def changes(self, cursor: str = "") -> dict[str, Any]:
        response = self.get(f"changes?cursor={cursor}")
        assert response.status_code == 200, response.text
        told: dict[str, Any] = response.get_json()
        return told

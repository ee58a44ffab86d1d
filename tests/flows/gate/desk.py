"""Putting counts right by the pages, as an organiser or a supervisor does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

from werkzeug.test import TestResponse

from eventsys.base import clock
from eventsys.editions.models import Edition
from tests.client import CarefulClient
from tests.factories import OPEN

HOUR = timedelta(hours=1)
# 9:30 in the morning on the clocks of Copenhagen is OPEN.
ADDED = {
    "gate": "N",
    "at": "10:05",
    "direction": "in",
    "change": "more",
    "people": "12",
    "reason": "Counted at the fence",
}


def fields_of(page: str) -> dict[str, str]:
    """What the hidden fields of a page hold."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    return {
        match[1]: unescape(value[1] if (value := re.search(r'value="([^"]*)"', tag)) else "")
        for tag in found
        if (match := re.search(r'name="([^"]*)"', tag)) and match[1] != "csrf_token"
    }


class Desk:
    """Opens the pages of an edition's gates at moments that the test says, and sends their forms as they were shown."""

    def __init__(self, client: CarefulClient, edition: Edition) -> None:
        self.client = client
        self.base = f"/organise/{edition.slug}/gate"

    def get(self, where: str, *, now: datetime = OPEN + HOUR) -> str:
        with clock.standing_at(now):
            response = self.client.get(f"{self.base}/{where}")
        assert response.status_code == 200, response.status
        return response.text

    def post(self, where: str, data: dict[str, str], *, now: datetime = OPEN + HOUR) -> TestResponse:
        with clock.standing_at(now):
            return self.client.post(f"{self.base}/{where}", data=data, follow_redirects=True)

    def send(self, where: str, *, now: datetime = OPEN + HOUR, **typed: str) -> str:
        """Open a page, fill it in, send it; the page that follows."""
        return self.post(where, fields_of(self.get(where, now=now)) | typed, now=now).text

    def add(self, *, day: int = 1, now: datetime = OPEN + HOUR, **typed: str) -> str:
        return self.send(f"correct?day={day}", now=now, **ADDED | typed)

    def end(self, *, day: int = 1, page: int = 1, now: datetime = OPEN + HOUR) -> str:
        return self.get(f"end?day={day}&page={page}", now=now)

    def take_back(self, place: int = 0, *, now: datetime = OPEN + 2 * HOUR, **typed: str) -> str:
        """Take back the count with the first link on the day's end page, or the one at another place."""
        where = re.findall(r'/gate/(correct/[0-9a-f-]{36}/back)"', self.end(now=now))[place]
        return self.send(where, now=now, **{"reason": "It was Sunday's"} | typed)

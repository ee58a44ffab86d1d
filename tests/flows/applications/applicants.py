"""What the tests of the sign-up share: begin as people do, read the mailed link."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from eventsys.applications import queries
from eventsys.applications.access import SESSION_KEY
from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.mail.models import Message
from tests.client import CarefulClient

START = {"kind": "association", "name": "Nørrebro Kor", "email": "kor@example.org", "language": "en"}


def ticket(client: CarefulClient, edition: Edition) -> str:
    page = client.get(f"/{edition.slug}/apply").text
    found = re.search(r'name="ticket"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]


def begin(client: CarefulClient, edition: Edition, **said: Any) -> Application:
    """Begin an application in this browser."""
    data = {**START, "ticket": ticket(client, edition), **said}
    response = client.post(f"/{edition.slug}/apply", data=data)
    assert response.status_code == 302, response.text
    application = queries.find(response.location.split("/")[2])
    assert application is not None
    return application


def mails(to: str = "") -> list[Message]:
    """Queued mails, the oldest first."""
    found = db.session.scalars(select(Message).order_by(Message.id)).all()
    return [message for message in found if not to or message.recipient == to]


def mailed_link(message: Message) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/my/link/\S+)", message.text)
    assert found, message.text
    return found[1]


def post(client: CarefulClient, application: Application, step: str, **data: Any) -> Any:
    return client.post(f"/my/{application.code}/{step}", data=data)


def fill_in(client: CarefulClient, application: Application) -> None:
    """Answer every step, with food."""
    assert post(client, application, "organisation", name="Nørrebro Kor").status_code == 302
    assert post(client, application, "days", days=["1", "2"], crew="4").status_code == 302
    assert post(client, application, "booth", width_m="450", power_kw="2,3", sells_food="y").status_code == 302
    assert post(client, application, "food", cuisine="Kage", allergens=["none"]).status_code == 302
    assert post(client, application, "visitors", about_en="We sing.").status_code == 302


def hold(client: CarefulClient, application: Application) -> None:
    """Let this browser open an application, as a mailed link does."""
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = [*cookie.get(SESSION_KEY, []), application.code]

"""Several send at the same moment: by one link one answer goes in, whoever was first; the same sheet counts once anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.base.db import db
from eventsys.surveys.models import Survey, SurveyInvitation
from tests import factories, together
from tests.conftest import BACKENDS
from tests.factories import NOW
from tests.flows.surveys import surveying
from tests.together import served_on

AT_ONCE = 4


@pytest.fixture(params=BACKENDS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with served_on(request.param, tmp_path, at=NOW) as app:
        app.config["WTF_CSRF_ENABLED"] = False  # Plain clients, each in its own thread.
        yield app


def filled_in(app: Flask, address: str) -> str:
    """Somebody has answered all but the last page; gives the key in that device's cookie."""
    client = app.test_client()
    client.get(address)
    client.post(address, data={"page": "1", "community": "high_degree"})
    cookie = client.get_cookie("sheet", path=address)
    assert cookie is not None
    return cookie.value


def sent(app: Flask, address: str, key: str) -> int:
    client = app.test_client()
    client.set_cookie("sheet", key, path=address)
    with app.app_context():
        return client.post(address, data={"page": "2", "people": "3"}).status_code


def responses(code: str) -> int:
    db.session.remove()
    return len(surveying.given(db.session.scalars(select(Survey).where(Survey.code == code)).one()))


def test_one_link_takes_one_answer(served: Flask) -> None:
    survey = surveying.survey(factories.edition("asked"))
    code, link = survey.code, surveying.ask(survey, "noor@example.org")[0]
    keys = [filled_in(served, link) for _device in range(AT_ONCE)]
    db.session.remove()
    told = together.all_at_once([lambda key=key: sent(served, link, key) for key in keys])

    assert sorted(told) == [302] + [409] * (AT_ONCE - 1)
    assert responses(code) == 1
    assert db.session.scalars(select(SurveyInvitation.is_spent)).all() == [True]


def test_one_sheet_counts_once(served: Flask) -> None:
    survey = surveying.survey(factories.edition("asked"))
    code, address = survey.code, f"/s/poster/{surveying.door(survey).poster_code}"
    key = filled_in(served, address)
    db.session.remove()
    told = together.all_at_once([lambda: sent(served, address, key)] * AT_ONCE)

    assert told == [302] * AT_ONCE
    assert responses(code) == 1

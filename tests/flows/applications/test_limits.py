"""Pages that write mails are not open to machines that press on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import from_environment
from eventsys.app import create_app
from eventsys.base.web.limits import limiter
from tests.conftest import settings


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser of an application as it runs outside tests, on an empty database."""
    environment = settings(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path, EVENTSYS_MODE="demo")
    app = create_app(from_environment(environment))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    limiter.enabled = False


def test_the_21st_press_within_an_hour_is_asked_to_wait(limited: FlaskClient) -> None:
    codes = [limited.post("/my/link", data={"email": "no address"}).status_code for _press in range(21)]
    last = limited.post("/my/link", data={"email": "no address"}, headers={"Accept-Language": "en"})

    assert codes == [422] * 20 + [429]
    assert "Wait a minute" in last.text
    assert int(last.headers["Retry-After"]) > 0
    assert limited.get("/my/link").status_code == 200

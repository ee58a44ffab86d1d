"""Error pages: what happened, what to do, a way on; nothing of our insides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import text
from werkzeug.exceptions import HTTPException

from config import from_environment
from eventsys.accounts.rules import Allow
from eventsys.app import create_app
from eventsys.base.db import db, writing
from eventsys.base.web.access import access
from eventsys.base.web.errors import PAGES
from tests import factories
from tests.client import CarefulClient
from tests.conftest import settings

ENGLISH = {
    400: "That didn't arrive whole",
    403: "This page is not open to you",
    404: "There is no such page",
    405: "That can't be done here",
    409: "Somebody was faster",
    413: "That is too large",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "That can't be done just now",
    507: "There is no room left to store this",
}
SECRET = "the number of the safe is 4711"


@pytest.fixture(scope="module")
def broken_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with pages that fail in every way, on a database of its own."""
    folder = tmp_path_factory.mktemp("broken")
    app = create_app(from_environment(settings(f"sqlite:///{folder / 'broken.sqlite3'}", folder)))

    @app.get("/fails/<int:code>")
    @access(Allow.PUBLIC)
    def fails(code: int) -> ResponseReturnValue:
        error = HTTPException()
        error.code = code
        raise error

    @app.get("/breaks")
    @access(Allow.PUBLIC)
    def breaks() -> ResponseReturnValue:
        raise RuntimeError(SECRET)

    @app.post("/collides")
    @access(Allow.PUBLIC)
    def collides() -> ResponseReturnValue:
        statement = "INSERT INTO counter (name, value) VALUES ('half-done', 1)"
        db.session.execute(text(statement))
        db.session.execute(text(statement))
        return "stored"

    app.test_client_class = CarefulClient
    token = writing.set(True)
    with app.app_context():
        upgrade()
    writing.reset(token)
    return app


@pytest.fixture
def broken(broken_app: Flask) -> Iterator[CarefulClient]:
    """A browser at the application that fails."""
    with broken_app.app_context():
        client = broken_app.test_client()
        assert isinstance(client, CarefulClient)
        yield client


@pytest.mark.parametrize("language", ["da", "en", "ar"])
@pytest.mark.parametrize("code", sorted(PAGES))
def test_error_page_says_what_to_do_in_the_readers_language(broken: CarefulClient, code: int, language: str) -> None:
    page = broken.get(f"/fails/{code}", query_string={"language": language})

    assert page.status_code == code
    assert f'lang="{language}"' in page.text
    with broken.application.test_request_context(), force_locale(language):
        assert all(str(sentence) in page.text for sentence in PAGES[code])
    assert language != "en" or ENGLISH[code] in page.text
    assert page.text.count('class="button button-primary"') == 1


def test_every_code_of_ours_has_a_page() -> None:
    assert set(PAGES) == set(ENGLISH) == {400, 403, 404, 405, 409, 413, 429, 500, 503, 507}


def test_other_codes_have_a_general_page(broken: CarefulClient) -> None:
    page = broken.get("/fails/418?language=en")

    assert page.status_code == 418
    assert "That didn't work" in page.text


def test_broken_page_tells_nothing_of_our_insides(broken: CarefulClient) -> None:
    page = broken.get("/breaks")

    assert page.status_code == 500
    for inside in (SECRET, "Traceback", "RuntimeError", ".py"):
        assert inside not in page.text
    assert 'href="/"' in page.text


def test_collision_in_the_database_answers_409_and_stores_nothing_half(broken: CarefulClient) -> None:
    page = broken.post("/collides")

    assert page.status_code == 409
    assert "INSERT" not in page.text
    assert db.session.scalar(text("SELECT count(*) FROM counter WHERE name = 'half-done'")) == 0


def test_refused_form_leads_back_to_where_it_stood(broken: CarefulClient) -> None:
    here = {"Referer": "http://localhost/account/login?next=/organise/"}

    page = broken.post("/account/login", csrf=False, headers=here)

    assert page.status_code == 400
    assert 'href="/account/login?next=/organise/"' in page.text


@pytest.mark.parametrize("referrer", ["http://evil.example/evil", "http://localhost//evil.example/", "nonsense", ""])
def test_error_page_never_leads_away(broken: CarefulClient, referrer: str) -> None:
    page = broken.get("/fails/409", headers={"Referer": referrer})

    assert "evil" not in page.text
    assert 'class="button button-primary" href="/"' in page.text


def test_closed_page_leads_to_sign_in(client: CarefulClient) -> None:
    factories.edition("summer")
    factories.sign_in(client, factories.user())

    page = client.get("/organise/summer/team")

    assert page.status_code == 403
    assert 'href="/account/login"' in page.text


def test_wrong_method_is_told_with_the_right_ones(client: CarefulClient) -> None:
    answer = client.open("/", method="DELETE", csrf=False)

    assert answer.status_code in {400, 405}
    assert client.get("/account/logout").headers["Allow"].replace("OPTIONS, ", "").replace(", OPTIONS", "") == "POST"


def test_too_large_a_request_is_refused(client: CarefulClient, app: Flask) -> None:
    page = client.post("/account/login", data={"email": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)})

    assert page.status_code == 413


def test_programs_get_a_problem_document(client: CarefulClient) -> None:
    answer = client.get("/api/v1/no-such-thing")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert answer.json["type"] == "/problems/http-404"

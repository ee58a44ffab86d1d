"""A picture beneath the plan: sent, laid by two points, seen by the organisers of the edition alone, taken away."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from config import from_environment
from eventsys.app import create_app
from eventsys.base.db import db
from eventsys.booths import queries
from eventsys.editions.models import Edition
from tests import factories, files
from tests.client import CarefulClient
from tests.conftest import settings

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths/site"
POINTS = [
    {"pixel": [10.0, 10.0], "position": [12.5690, 55.6761]},
    {"pixel": [50.0, 30.0], "position": [12.5700, 55.6765]},
]


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def kept_in(app: Flask) -> set[str]:
    folder = Path(app.config["EVENTSYS"].var) / "files"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def send(client: CarefulClient, content: bytes, name: str = "plan.jpg") -> Any:
    data = {"file": (io.BytesIO(content), name)}
    return client.post(f"{PAGE}/background", data=data, content_type="multipart/form-data", follow_redirects=True)


def lay(client: CarefulClient, points: object) -> Any:
    return client.post(
        f"{PAGE}/background/place", json={"points": points}, headers={"X-CSRFToken": client.csrf_token()}
    )


def shown(client: CarefulClient) -> dict[str, Any] | None:
    found: dict[str, Any] | None = client.get(f"{PAGE}/document").get_json()["background"]
    return found


def test_a_picture_is_kept_seen_and_taken_away_with_its_content(
    app: Flask, client: CarefulClient, edition: Edition
) -> None:
    before = kept_in(app)
    assert shown(client) is None
    page = send(client, files.picture())

    assert "Now lay it on the plan by two points" in page.text
    assert re.search(r"data-part=\"backdrop\" open", page.text)
    there = shown(client)
    assert there is not None
    assert (there["width"], there["height"], there["points"]) == (60, 40, [])
    picture = client.get(there["url"])
    assert picture.mimetype == "image/webp"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert len(kept_in(app) - before) == 1

    client.post(f"{PAGE}/background/remove")
    assert shown(client) is None
    assert kept_in(app) == before
    assert client.get(f"{PAGE}/background").status_code == 404


def test_it_is_taken_over_with_the_street_and_each_edition_has_its_own(
    app: Flask, client: CarefulClient, edition: Edition
) -> None:
    before = kept_in(app)
    factories.street(edition)
    send(client, files.picture())
    lay(client, POINTS)
    edition.starts_on = date(2010, 8, 1)
    coming = factories.edition("next", number=8)
    coming.event_id = edition.event_id
    db.session.commit()
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(coming, email="second@example.org"))

    client.post("/organise/next/booths/site/copy", data={"source": "fest"})

    theirs = client.get("/organise/next/booths/site/document").get_json()["background"]
    assert theirs["points"] == POINTS
    assert client.get(theirs["url"]).status_code == 200
    assert len(kept_in(app) - before) == 2
    client.post("/organise/next/booths/site/background/remove")
    assert queries.background_of(edition) is not None
    assert len(kept_in(app) - before) == 1


def test_a_street_is_taken_over_although_its_picture_is_lost(
    app: Flask, client: CarefulClient, edition: Edition
) -> None:
    before = kept_in(app)
    factories.street(edition)
    send(client, files.picture())
    for path in (Path(app.config["EVENTSYS"].var) / "files").rglob("*"):
        if path.name in kept_in(app) - before:
            path.unlink()
    edition.starts_on = date(2010, 8, 1)
    coming = factories.edition("next", number=8)
    coming.event_id = edition.event_id
    db.session.commit()
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(coming, email="second@example.org"))

    page = client.post("/organise/next/booths/site/copy", data={"source": "fest"}, follow_redirects=True).text

    assert len(queries.pitches_on(coming)) == 3
    assert "The picture beneath the plan is lost and was left out." in page
    assert queries.background_of(coming) is None


def test_another_picture_takes_its_place(app: Flask, client: CarefulClient, edition: Edition) -> None:
    before = kept_in(app)
    send(client, files.picture())
    lay(client, POINTS)
    send(client, files.picture("PNG", size=(80, 20)), "new.png")

    there = shown(client)
    assert there is not None
    assert (there["width"], there["points"]) == (80, [])
    assert len(kept_in(app) - before) == 1


def test_of_a_pdf_the_first_page_is_drawn(client: CarefulClient, edition: Edition) -> None:
    send(client, files.pdf(), "architect.pdf")

    there = shown(client)
    assert there is not None
    assert (there["width"], there["height"]) == (2400, 2400)
    content = client.get(there["url"]).data
    assert Image.open(io.BytesIO(content)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (files.archive(), "neither a PDF nor a picture"),
        (files.pdf(password="x"), "locked with a password"),
        (files.pdf(script="app.alert(1)"), "contains a program"),
        (b"%PDF-1.7 and nothing more", "be opened"),
        (files.huge_png(), "too large"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    app: Flask, client: CarefulClient, edition: Edition, content: bytes, sentence: str
) -> None:
    before = kept_in(app)

    assert sentence in send(client, content).text
    assert kept_in(app) == before
    assert queries.background_of(edition) is None


def test_no_file_at_all_is_told(client: CarefulClient, edition: Edition) -> None:
    assert "Choose a file first." in client.post(f"{PAGE}/background", follow_redirects=True).text


def test_two_points_lay_it(client: CarefulClient, edition: Edition) -> None:
    send(client, files.picture())

    answer = lay(client, POINTS)

    assert answer.status_code == 200
    assert answer.get_json()["points"] == POINTS
    there = shown(client)
    assert there is not None
    assert there["points"] == POINTS


@pytest.mark.parametrize("points", [None, POINTS[:1], [POINTS[0], POINTS[0]], "nonsense"])
def test_points_that_lay_nothing_are_told(client: CarefulClient, edition: Edition, points: object) -> None:
    send(client, files.picture())

    answer = lay(client, points)

    assert answer.status_code == 422
    assert "two points" in answer.get_json()["title"].lower()


def test_without_a_picture_there_is_nothing_to_lay_or_take_away(client: CarefulClient, edition: Edition) -> None:
    assert lay(client, POINTS).get_json()["type"] == "/problems/no_background"
    taken = client.post(f"{PAGE}/background/remove", follow_redirects=True)
    assert "There is no picture beneath the plan." in taken.text


def test_organisers_of_another_edition_don_t_see_it(client: CarefulClient, edition: Edition) -> None:
    send(client, files.picture())
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(factories.edition("other", number=8), email="other@example.org"))

    assert client.get(f"{PAGE}/background").status_code == 403


def test_map_tiles_are_let_in_on_the_editor_s_page_alone_and_only_when_the_operator_says_so(
    app: Flask, client: CarefulClient, edition: Edition, tmp_path: Path
) -> None:
    url = "https://tiles.example/{z}/{x}/{y}.png"
    more = {"EVENTSYS_TILE_URL": url, "EVENTSYS_TILE_ATTRIBUTION": "© Somebody"}
    mapped = create_app(from_environment(settings(app.config["EVENTSYS"].database_url, tmp_path, **more)))
    headers = mapped.test_client().get("/organise/fest/booths/site").headers

    assert client.get(f"{PAGE}/document").get_json()["tiles"] is None
    assert "tiles.example" not in client.get(PAGE).headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://tiles.example;" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    elsewhere = mapped.test_client().get("/account/login").headers
    assert "tiles.example" not in elsewhere["Content-Security-Policy"]
    assert elsewhere["Referrer-Policy"] == "same-origin"

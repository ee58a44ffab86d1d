"""Logo and documents: sent, shown to those who may see them, removed; nothing half-kept."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.parts import MOST_ATTACHMENTS
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.files.models import StoredFile
from tests import factories, files
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def application(client: CarefulClient) -> Application:
    made = factories.application(factories.edition("fest"), name="Kor", state=State.DRAFT)
    hold(client, made)
    return made


@pytest.fixture
def folder(app: Flask) -> Path:
    return Path(app.config["EVENTSYS"].var) / "files"


def kept_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def send(client: CarefulClient, application: Application, content: bytes, name: str = "a.jpg", **said: Any) -> Any:
    data = {"purpose": "logo", "file": (io.BytesIO(content), name), **said}
    return client.post(f"/my/{application.code}/documents", data=data, content_type="multipart/form-data")


def test_logo_is_kept_and_takes_the_place_of_the_earlier_one(
    client: CarefulClient, application: Application, folder: Path
) -> None:
    before = kept_in(folder)
    assert send(client, application, files.picture(), "one.jpg").status_code == 302
    send(client, application, files.picture("PNG"), "two.png")

    [logo] = queries.attachments_of(application)
    assert logo.file.name == "two.png"
    assert sorted(set(kept_in(folder)) - set(before)) == [logo.file.code]
    address = f"/my/{application.code}/documents/{logo.file.code}"
    assert address in client.get(f"/my/{application.code}/documents").text
    response = client.get(address)
    assert response.content_type == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_pdf_is_given_out_as_a_file_with_its_name(client: CarefulClient, application: Application) -> None:
    send(client, application, files.pdf(), "../Forsikring æ.pdf", purpose="insurance", expires_on="2026-12-31")

    [kept] = queries.attachments_of(application)
    response = client.get(f"/my/{application.code}/documents/{kept.file.code}")
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Forsikring%20%C3%A6.pdf"
    assert response.data == files.pdf()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (files.archive(), "logo.jpg", "neither a PDF nor a picture"),
        (files.huge_png(), "logo.png", "million pixels"),
        (b"", "logo.png", "This file is empty."),
    ],
)
def test_bad_file_is_refused_and_nothing_is_kept(
    client: CarefulClient,
    session: Session,
    application: Application,
    folder: Path,
    content: bytes,
    name: str,
    sentence: str,
) -> None:
    before = kept_in(folder)

    response = send(client, application, content, name)

    assert response.status_code == 422
    assert sentence in response.text
    assert session.scalars(select(StoredFile)).all() == []
    assert kept_in(folder) == before


def test_too_large_a_request_says_so(client: CarefulClient, application: Application) -> None:
    response = send(client, application, b"x" * (13 * 1024 * 1024))

    assert response.status_code == 413
    assert "10 MB" in response.text


def test_no_file_and_no_purpose_are_asked_for(client: CarefulClient, application: Application) -> None:
    response = client.post(f"/my/{application.code}/documents", data={"purpose": "logo"})
    assert "Choose a file first." in response.text
    assert send(client, application, files.picture(), purpose="passport").status_code == 422


def test_content_goes_when_the_transaction_does_not_hold(
    client: CarefulClient, application: Application, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept_in(folder)

    def fail(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("eventsys.applications.actions.attachments.Attachment", fail)
    assert send(client, application, files.picture()).status_code == 500

    assert kept_in(folder) == before


def test_document_is_removed_with_its_content(
    client: CarefulClient, session: Session, application: Application, folder: Path
) -> None:
    before = kept_in(folder)
    send(client, application, files.pdf(), purpose="other")
    [kept] = queries.attachments_of(application)

    client.post(f"/my/{application.code}/documents/{kept.file.code}/remove")

    assert session.scalars(select(StoredFile)).all() == []
    assert kept_in(folder) == before


def test_list_of_documents_has_an_end(client: CarefulClient, application: Application) -> None:
    for _ in range(MOST_ATTACHMENTS):
        send(client, application, files.pdf(), purpose="other")

    response = send(client, application, files.pdf(), purpose="other")

    assert response.status_code == 422
    assert len(queries.attachments_of(application)) == MOST_ATTACHMENTS


def test_others_do_not_see_them(client: CarefulClient, application: Application) -> None:
    send(client, application, files.pdf(), purpose="insurance")
    [kept] = queries.attachments_of(application)
    other = factories.application(application.edition)
    with client.session_transaction() as cookie:
        cookie.clear()
    hold(client, other)

    for address in (
        f"/my/{application.code}/documents/{kept.file.code}",
        f"/my/{other.code}/documents/{kept.file.code}",
        f"/organise/fest/applications/{application.code}/documents/{kept.file.code}",
    ):
        assert client.get(address).status_code in {302, 403, 404}


def test_the_team_reads_them_and_is_told_what_runs_out(client: CarefulClient, application: Application) -> None:
    day_before = application.edition.ends_on - timedelta(days=1)
    send(client, application, files.pdf(), "polis.pdf", purpose="insurance", expires_on=day_before.isoformat())
    [kept] = queries.attachments_of(application)
    factories.sign_in(client, factories.organiser(application.edition))

    page = client.get(f"/organise/fest/applications/{application.code}").text

    assert "polis.pdf" in page
    assert "A document runs out before the last day." in page
    response = client.get(f"/organise/fest/applications/{application.code}/documents/{kept.file.code}")
    assert response.status_code == 200


def test_logo_of_who_takes_part_is_seen_by_everybody_and_no_other(
    client: CarefulClient, application: Application
) -> None:
    send(client, application, files.picture())
    send(client, application, files.pdf(), purpose="insurance")
    address = f"/fest/catalogue/{application.organisation.code}/logo"
    assert client.get(address).status_code == 404

    application.state = application.announced_state = State.APPROVED
    application.submitted_at = factories.NOW
    db.session.commit()

    assert client.get(address).content_type == "image/webp"
    assert f'src="{address}"' in client.get(f"/fest/catalogue/{application.organisation.code}").text


def test_going_on_takes_the_chosen_file_along(client: CarefulClient, application: Application) -> None:
    address = f"/my/{application.code}"

    assert send(client, application, files.picture(), on="1").location == f"{address}/check"
    assert len(queries.attachments_of(application)) == 1
    nothing = client.post(f"{address}/documents", data={"purpose": "logo", "on": "1"}).location
    assert nothing == f"{address}/check"
    assert send(client, application, b"no picture", on="1").status_code == 422, (
        "a file that can't be kept isn't passed over"
    )


def test_a_script_that_shows_progress_is_told_where_to_go(client: CarefulClient, application: Application) -> None:
    data = {"purpose": "logo", "file": (io.BytesIO(files.picture()), "a.jpg")}
    address = f"/my/{application.code}/documents"

    answer = client.post(address, data=data, content_type="multipart/form-data", headers={"X-Progress": "1"})

    assert (answer.status_code, answer.location) == (201, address)
    assert "Kept: Logo or picture for visitors." in client.get(address).text


def test_a_document_that_runs_out_too_early_is_kept_and_told_of(
    client: CarefulClient, application: Application
) -> None:
    response = send(client, application, files.picture(), purpose="insurance", expires_on="2020-05-01")

    assert "It runs out on Friday 1 May 2020, before the event is over." in client.get(response.location).text
    assert "A document runs out before the last day of the event." in client.get(f"/my/{application.code}/check").text

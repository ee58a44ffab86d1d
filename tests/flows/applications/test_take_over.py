"""Last time's answers in a new draft, with one press."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask

from eventsys.applications import queries
from eventsys.applications.models import Application, QuestionAnswer
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.files.actions import path_of
from eventsys.files.web import folder
from eventsys.questions import actions as questions
from tests import factories, files
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, post

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def earlier(app: Flask) -> Application:
    before = factories.edition("before", starts_on=date(2026, 4, 2))
    return factories.application(
        before, name="Café Sol", sells_food=True, cuisine="Soup", allergens=["milk"], crew=6, width_cm=450,
        power_watts=2000, appliances=[{"key": "kettle", "count": 1, "watts": 2000}], has_liability_insurance=True,
    )  # fmt: skip


@pytest.fixture
def draft(client: CarefulClient, earlier: Application) -> Application:
    edition = factories.edition("fest", number=8)
    told = {"days": 0, "crew": None, "width_cm": None, "power_watts": None, "about": {}}
    made = factories.application(edition, of=earlier.organisation, state=State.DRAFT, **told)
    hold(client, made)
    return made


def test_one_press_fills_in_what_was_told(client: CarefulClient, earlier: Application, draft: Application) -> None:
    hold(client, earlier)
    picture = {"purpose": "logo", "file": (io.BytesIO(files.picture()), "logo.jpg")}
    client.post(f"/my/{earlier.code}/documents", data=picture, content_type="multipart/form-data")
    client.post(f"/my/{earlier.code}/dishes/add", data={"name": "Linsesuppe", "allergen_celery": "contains"})
    assert "Take them over" in client.get(f"/my/{draft.code}/").text

    taken = client.post(f"/my/{draft.code}/take-over", follow_redirects=True)

    assert "Taken over from" in taken.text
    assert (draft.crew, draft.width_cm, draft.cuisine, draft.allergens) == (6, 450, "Soup", ["celery"])
    assert not draft.has_taken_part_before, "they had only signed up"
    assert [dish.name for dish in queries.dishes_of(draft)] == ["Linsesuppe"]
    assert (draft.days, draft.has_liability_insurance, draft.consented_at) == (0, None, None)
    [logo], [old] = queries.attachments_of(draft), queries.attachments_of(earlier)
    assert logo.file.code != old.file.code
    assert client.get(f"/my/{draft.code}/documents/{logo.file.code}").status_code == 200


def test_a_document_that_is_lost_is_named_and_stops_nothing(
    app: Flask, client: CarefulClient, earlier: Application, draft: Application
) -> None:
    hold(client, earlier)
    picture = {"purpose": "logo", "file": (io.BytesIO(files.picture()), "logo.jpg")}
    client.post(f"/my/{earlier.code}/documents", data=picture, content_type="multipart/form-data")
    with app.test_request_context():
        path_of(folder(), queries.attachments_of(earlier)[0].file.code).unlink()

    taken = client.post(f"/my/{draft.code}/take-over", follow_redirects=True)

    assert "These documents are lost: logo.jpg. Send them anew." in taken.text
    assert (draft.crew, list(queries.attachments_of(draft))) == (6, [])


def test_what_is_begun_is_not_written_over(client: CarefulClient, draft: Application) -> None:
    post(client, draft, "days", days=["1"], crew="9")

    assert "Take them over" not in client.get(f"/my/{draft.code}/").text
    again = client.post(f"/my/{draft.code}/take-over", follow_redirects=True)

    assert "There is nothing to take over" in again.text
    assert draft.crew == 9


def test_nothing_is_offered_to_who_is_new(client: CarefulClient) -> None:
    draft = factories.application(
        factories.edition("fest"), state=State.DRAFT, days=0, crew=None, width_cm=None, power_watts=None, about={}
    )
    hold(client, draft)

    assert "Take them over" not in client.get(f"/my/{draft.code}/").text


def test_documents_that_run_out_stay_behind(client: CarefulClient, earlier: Application, draft: Application) -> None:
    hold(client, earlier)
    for name, until in (("old.pdf", "2026-04-30"), ("new.pdf", "2026-12-31"), ("open.pdf", "")):
        sent = {"purpose": "insurance", "file": (io.BytesIO(files.pdf()), name), "expires_on": until}
        client.post(f"/my/{earlier.code}/documents", data=sent, content_type="multipart/form-data")

    client.post(f"/my/{draft.code}/take-over")
    db.session.expire_all()

    assert [one.file.name for one in queries.attachments_of(draft)] == ["new.pdf"]


def test_a_dish_a_document_or_an_answer_is_a_beginning(client: CarefulClient, earlier: Application) -> None:
    """Else a second first dish would fail, and a second logo stand beside the first one."""
    hold(client, earlier)
    client.post(f"/my/{earlier.code}/dishes/add", data={"name": "Linsesuppe"})
    told = {"days": 0, "crew": None, "width_cm": None, "power_watts": None, "about": {}}
    edition = factories.edition("fest", number=8)
    made = factories.application(edition, of=earlier.organisation, state=State.DRAFT, sells_food=True, **told)
    hold(client, made)
    client.post(f"/my/{made.code}/dishes/add", data={"name": "Sambusa"})

    taken = client.post(f"/my/{made.code}/take-over", follow_redirects=True)

    assert "There is nothing to take over" in taken.text
    assert [dish.name for dish in queries.dishes_of(made)] == ["Sambusa"]


def test_after_the_deadline_nothing_is_taken_over(client: CarefulClient, draft: Application) -> None:
    draft.edition.call_closes_at = factories.NOW
    db.session.commit()

    refused = client.post(f"/my/{draft.code}/take-over", follow_redirects=True)

    assert "sent or changed here now" in refused.text
    assert draft.crew is None


def test_answers_come_along_where_the_same_is_asked(
    client: CarefulClient, earlier: Application, draft: Application
) -> None:
    tent, colour = factories.question(earlier.edition, "A tent?"), factories.question(earlier.edition, "Which colour?")
    hidden = factories.question(earlier.edition, "Why not?", shown_if={"key": tent.key, "answers": ["no"]})
    for one, value in ((tent, True), (colour, False), (hidden, True)):
        db.session.add(QuestionAnswer(application_id=earlier.id, question_id=one.id, answer={"value": value}))
    questions.copy(earlier.edition, draft.edition, by=factories.BY, now=factories.NOW)
    copied = {one.label["en"]: one for one in queries.questions_put_to(draft)}
    copied["Which colour?"].label = {"da": "Hvilken farve?", "en": "What colour?"}
    db.session.commit()

    client.post(f"/my/{draft.code}/take-over")
    db.session.expire_all()

    assert queries.answers_by_question(draft) == {copied["A tent?"].id: True}

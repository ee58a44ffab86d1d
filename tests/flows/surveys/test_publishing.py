"""A questionnaire on its way out: languages, previews, a test, publishing, the next version, throwing away."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from eventsys.accounts.rules import Role
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.surveys import actions, building, queries
from eventsys.surveys.models import Answer, Instrument, Response, Survey, SurveyDraft
from eventsys.surveys.rules import instruments as rules
from eventsys.surveys.rules.codes import Code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.surveys import surveying
from tests.flows.surveys.building_pages import NAMES, OWN, begun, draft, keys, page, send

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("built")


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


def test_incomplete_language_is_named_and_keeps_it_from_publishing(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community", name_da="Dage", name_en="Days", name_ar="أيام")
    send(organiser, f"{here}/write/text", **OWN)
    assert "missing: the question" in page(organiser, here)

    assert "A language is incomplete" in page(organiser, f"{here}/publish")
    send(organiser, f"{here}/publish")
    assert draft().published_at is None
    send(organiser, f"{here}/change", name_da="Dage", name_en="Days", name_ar="")
    send(organiser, f"{here}/publish")

    assert draft().published_at is not None


def test_published_version_never_changes(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community")
    assert "From then on it never changes" in page(organiser, f"{here}/publish")

    assert "Version 1 is published" in send(organiser, f"{here}/publish")
    send(organiser, f"{here}/publish")

    for path in ("change", "library", "write", "write/text", "items/community", "remove"):
        assert organiser.get(f"{here}/{path}").status_code == 404, path
    for path in ("items/community/up", "items/community/remove", "remove"):
        assert organiser.post(f"{here}/{path}").status_code == 404, path
    assert "Take out" not in page(organiser, here)
    with pytest.raises(DatabaseError):
        db.session.execute(Instrument.__table__.update().values(version=9))  # type: ignore[attr-defined]
    db.session.rollback()


def test_next_version_goes_on_from_the_published_one(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community")
    send(organiser, f"{here}/publish")
    was = queries.as_rules(draft()).fingerprint

    assert "This is the draft of version 2" in send(organiser, f"{here}/next")
    send(organiser, f"{here}/next")
    send(organiser, here.replace("days.1", "days.2") + "/library", items=["again"])

    assert (draft().version, keys()) == (2, ["community", "again"])
    first = queries.published("days")
    assert first is not None
    assert queries.as_rules(first).fingerprint == was
    assert queries.item("days", "community") in first.items


def test_survey_of_a_published_version_is_opened_from_its_page(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community")
    add = f"/organise/{edition.slug}/surveys/add"
    assert "No questionnaire is left" in page(organiser, add)
    send(organiser, f"{here}/publish")
    way = re.search(rf'href="({add}\?instrument=\d+)"', page(organiser, here))
    assert way is not None
    assert re.search(r"<option selected[^>]*>How did it go\?", page(organiser, way[1]))

    shown = send(
        organiser, add, instrument=way[1].rpartition("=")[2], opens_at="2026-03-01T08:00", closes_at="2026-04-01T08:00"
    )

    assert "Nobody has been asked yet" in shown
    assert db.session.scalars(select(Survey)).one().instrument.key == "days"
    assert "days.1" in shown


def test_draft_is_put_to_nobody(edition: Edition) -> None:
    made = building.begin("days", building.Named({"da": "Dage"}), by=BY, now=NOW)

    with pytest.raises(Refusal) as no:
        actions.open_survey(edition, made, opens_at=NOW, closes_at=None, by=BY, now=NOW)
    assert no.value.code is Code.NOT_PUBLISHED


def test_thrown_away_draft_is_gone_and_comes_back(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community")
    assert "Throw away the draft with 1 question?" in page(organiser, f"{here}/remove")

    assert "Take the draft up again" in send(organiser, f"{here}/remove")
    page(organiser, here, 404)
    assert "Counted" not in page(organiser, f"/organise/{edition.slug}/indicators/add?measure=survey_share")
    assert "The draft is back." in send(organiser, f"{here}/restore")

    assert keys() == ["community"]


def test_name_of_a_thrown_away_draft_is_free(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community")
    send(organiser, f"{here}/remove")

    begun(organiser, edition, "again")

    assert keys() == ["again"]
    page(organiser, f"{here}/restore", 405)


def test_previews_show_every_question_in_every_language(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "community", "own_goals", "how_heard", **NAMES, name_ar="كيف؟")

    phone = page(organiser, f"{here}/preview?audience=requester&language=en")
    assert "Have you reached the goals" in phone
    assert "only after “yes” to" in phone
    assert "Where did you hear" not in phone
    paper = page(organiser, f"{here}/paper?audience=visitor&language=ar")
    assert "من أين سمعت" in paper
    assert 'dir="rtl"' in paper


def test_empty_questionnaire_says_what_to_do(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)

    assert "No questions yet" in page(organiser, here)
    assert "No questions yet" in page(organiser, f"{here}/preview")
    assert "No questions yet" in page(organiser, f"{here}/paper")
    assert "The questionnaire asks nothing" in page(organiser, f"{here}/publish")
    assert organiser.get(f"{here}/test").status_code == 404


def test_trying_out_walks_through_and_stores_nothing(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "still_works", "own_goals")
    asked = f"{here}/test?audience=requester&language=en"
    assert "This is a test" in page(organiser, asked)

    second = send(organiser, asked, page="1", still_works="yes")
    assert "Have you reached the goals" in second
    assert 'name="still_works" value="yes"' in second
    back = send(organiser, asked, page="2", still_works="yes", own_goals="some_degree", back="1")
    assert re.search(r'value="yes" checked', back)
    assert 'name="own_goals" value="some_degree"' in back
    done = send(organiser, asked, page="2", still_works="yes", own_goals="some_degree")

    assert "This was a test" in done
    assert "to some degree" in done
    assert "haven't answered anything" in send(organiser, asked, page="1")
    assert "This was a test" in send(organiser, asked, page="1", still_works="no")
    for table in (Survey, Response, Answer, SurveyDraft):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_evaluator_reads_and_changes_nothing(client: CarefulClient, edition: Edition) -> None:
    made = building.begin("days", building.Named({"da": "Dage", "en": "Days"}), by=BY, now=NOW)
    building.add_items(made, [rules.Item.from_json(surveying.ITEMS[0])], by=BY, now=NOW)
    db.session.commit()
    factories.sign_in(client, factories.team_member(edition, Role.EVALUATOR))

    shown = page(client, f"/organise/{edition.slug}/instruments/days.1")

    assert "Question" in shown
    assert "Take out" not in shown
    assert client.get(f"/organise/{edition.slug}/instruments/days.1/library").status_code == 403


@pytest.mark.parametrize("code", ["days", "days.", "days.x", "days.99999999999999", "days.²", ".1"])
def test_addresses_that_name_nothing(organiser: CarefulClient, edition: Edition, code: str) -> None:
    begun(organiser, edition)

    page(organiser, f"/organise/{edition.slug}/instruments/{code}", 404)


def test_command_doesnt_publish_over_a_draft(organiser: CarefulClient, edition: Edition) -> None:
    begun(organiser, edition, "again")
    file = rules.Instrument.from_json({"key": "days", "name": surveying.TEXTS, "items": surveying.ITEMS})

    with pytest.raises(Refusal) as no:
        actions.publish_instrument(file, by=BY, now=NOW)
    assert no.value.code is Code.DRAFT_THERE
    building.throw_away(draft(), by=BY, now=NOW)
    published = actions.publish_instrument(file, by=BY, now=NOW)

    assert (published.version, published.state) == (1, "published")
    assert queries.instrument("days") is published

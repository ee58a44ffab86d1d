"""Free text: in an order that tells nothing, tagged by what it is about, and by nothing that leads to who wrote it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import delete, select

from eventsys.accounts.rules import Role
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.surveys import rewriting
from eventsys.surveys.models import Answer, Response, Survey, TextTag
from tests import factories
from tests.client import CarefulClient
from tests.factories import NOW
from tests.flows.surveys import surveying
from tests.flows.surveys.surveying import TEXTS

pytestmark = pytest.mark.usefixtures("moment")
ITEMS = [{"key": "better", "kind": "text", "text": TEXTS}, {"key": "best", "kind": "text", "text": TEXTS}]
WRITTEN = ["More toilets", "Fewer cars", "More shade", "أماكن للجلوس", "<script>alert(1)</script>", "More shade"]


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition) -> Survey:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *({"better": words, "best": words} for words in WRITTEN))
    return surveying.close(survey)


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


def address(survey: Survey, item: str = "better") -> str:
    return f"/organise/asked/surveys/{survey.code}/texts/{item}"


def shown(page: str) -> list[str]:
    return re.findall(r'<p class="free-text" dir="auto">(.*?)</p>', page, re.DOTALL)


def key_of(page: str, words: str) -> str:
    found = re.search(re.escape(words) + r'</p>.*?name="text" value="(\w{64})"', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_order_is_stable_and_hangs_on_the_text_alone(organiser: CarefulClient, survey: Survey) -> None:
    first = shown(organiser.get(address(survey)).text)
    other_item = shown(organiser.get(address(survey, "best")).text)
    # Other keys, in another order: as another database with the same texts would have.
    db.session.execute(delete(Answer))
    db.session.execute(delete(Response))
    surveying.respond(survey, *({"better": words} for words in sorted(WRITTEN)))
    again = shown(organiser.get(address(survey)).text)

    assert sorted(first) == sorted({words.replace("<", "&lt;").replace(">", "&gt;") for words in WRITTEN})
    assert first == again
    assert first != other_item, "the same people stand elsewhere at the next question"


def test_texts_are_tagged_and_narrowed_down_by_tag(organiser: CarefulClient, survey: Survey) -> None:
    page = organiser.get(address(survey)).text
    key = key_of(page, "More shade")
    said = organiser.post(
        f"{address(survey)}/tag", data={"text": key, "name": "  the   ground "}, follow_redirects=True
    )
    organiser.post(f"{address(survey)}/tag", data={"text": key, "name": "the ground"})
    narrowed = organiser.get(f"{address(survey)}?tag=the+ground").text
    others = organiser.get(f"{address(survey)}?tag=-").text
    off = organiser.post(f"{address(survey)}/untag", data={"text": key, "name": "the ground"}, follow_redirects=True)

    assert "The text is tagged" in said.text
    assert "the ground (1)" in said.text
    assert shown(narrowed) == ["More shade"]
    assert "Written by 2" in narrowed
    assert len(shown(others)) == 4
    assert "is taken off" in off.text
    assert db.session.scalars(select(TextTag)).all() == []


def test_tag_leads_to_no_response_and_outlives_the_rewrite(organiser: CarefulClient, survey: Survey) -> None:
    key = key_of(organiser.get(address(survey)).text, "Fewer cars")
    organiser.post(f"{address(survey)}/tag", data={"text": key, "name": "traffic"})
    ids = set(db.session.scalars(select(Response.id)))
    rewriting.rewrite([survey], now=NOW)
    kept = db.session.execute(select(TextTag.__table__)).mappings().one()

    assert set(kept) == {"survey_id", "item_id", "text_key", "name"}, "no moment, nobody"
    assert not any(response in str(kept) for response in ids)
    assert shown(organiser.get(f"{address(survey)}?tag=traffic").text) == ["Fewer cars"]


def test_wrong_tag_is_told_beside_its_field_and_stays(organiser: CarefulClient, survey: Survey) -> None:
    key = key_of(organiser.get(address(survey)).text, "Fewer cars")
    empty = organiser.post(f"{address(survey)}/tag", data={"text": key, "name": " "})
    long = organiser.post(f"{address(survey)}/tag", data={"text": key, "name": "x" * 41})
    nowhere = organiser.post(f"{address(survey)}/tag", data={"text": "0" * 64, "name": "traffic"})

    assert (empty.status_code, long.status_code, nowhere.status_code) == (422, 422, 404)
    assert "Write what the text is about." in empty.text
    assert "The tag has 41 characters; at most 40 can be kept." in long.text
    assert f'value="{"x" * 41}"' in long.text


def test_evaluator_reads_and_tags_nothing(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    factories.sign_in(client, factories.team_member(edition, Role.EVALUATOR))
    page = client.get(address(survey))

    assert len(shown(page.text)) == 5
    assert "New tag" not in page.text
    assert client.post(f"{address(survey)}/tag", data={"text": "0" * 64, "name": "a"}).status_code == 403


def test_nothing_is_read_where_under_five_could_have_written(organiser: CarefulClient, edition: Edition) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *({"better": words} for words in WRITTEN[:4]))
    surveying.close(survey)

    assert shown(organiser.get(address(survey)).text) == []
    assert "Under five people could have written here" in organiser.get(address(survey)).text
    assert "More toilets" not in organiser.get(f"/organise/asked/surveys/{survey.code}/results").text


def test_many_texts_come_in_pages(organiser: CarefulClient, edition: Edition) -> None:
    survey = surveying.survey(edition, items=ITEMS)
    surveying.respond(survey, *({"better": f"Words {number}"} for number in range(60)))
    surveying.close(survey)
    first, second = (shown(organiser.get(f"{address(survey)}?page={page}").text) for page in (1, 2))

    assert (len(first), len(second)) == (50, 10)
    assert not set(first) & set(second)
    assert organiser.get(address(survey, "nothing")).status_code == 404

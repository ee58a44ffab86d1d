"""Building a questionnaire on pages: library and own questions, order, languages, test, publishing, the next version, undoing."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from eventsys.accounts.rules import Role
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.indicators.models import Indicator
from eventsys.indicators.rules.measures import Measure
from eventsys.surveys import actions, building, queries
from eventsys.surveys.models import Answer, Instrument, Response, Survey, SurveyDraft
from eventsys.surveys.rules import instruments as rules
from eventsys.surveys.rules.codes import Code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.surveys import surveying

pytestmark = pytest.mark.usefixtures("moment")
NAMES = {"name_da": "Hvordan gik det?", "name_en": "How did it go?"}
OWN = {"text_da": "Var der plads nok?", "text_en": "Was there room enough?"}


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("built")


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


def page(client: CarefulClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.get_data(as_text=True))


def send(client: CarefulClient, path: str, **data: Any) -> str:
    """Send a form and read what comes of it."""
    answer = client.post(path, data=data, follow_redirects=True)
    assert answer.status_code in {200, 422}, path
    return html.unescape(answer.get_data(as_text=True))


def begun(client: CarefulClient, edition: Edition, *chosen: str, **names: str) -> str:
    """A draft with questions of the library: the address of its page."""
    start = f"/organise/{edition.slug}/instruments"
    send(client, f"{start}/add", key="days", **(names or NAMES))
    if chosen:
        send(client, f"{start}/days.1/library", items=list(chosen))
    return f"{start}/days.1"


def draft(key: str = "days") -> Instrument:
    db.session.expire_all()
    kept = queries.instrument(key)
    assert kept is not None
    return kept


def keys(key: str = "days") -> list[str]:
    return [item.key for item in draft(key).items]


def counting(edition: Edition, item: str, *, instrument: str = "days") -> None:
    """An indicator that counts the answers to an item."""
    db.session.add(
        Indicator(
            edition_id=edition.id,
            key=f"counts-{item}",
            position=1,
            name={"en": f"Counted by {item}"},
            measure=Measure.SURVEY_SHARE,
            definition={
                "measure": "survey_share",
                "population": "associations_taking_part",
                "instrument": instrument,
                "item": item,
            },
        )
    )
    db.session.commit()


def test_first_questionnaire_takes_the_name_that_indicators_look_for(
    organiser: CarefulClient, edition: Edition
) -> None:
    start = f"/organise/{edition.slug}"
    assert "Make a questionnaire" in page(organiser, f"{start}/instruments")
    assert 'value="built"' in page(organiser, f"{start}/instruments/add")

    shown = send(organiser, f"{start}/instruments/add", key="built", **NAMES)

    assert "The questionnaire is begun" in shown
    assert (draft("built").state, draft("built").version, draft("built").name["da"]) == ("draft", 1, "Hvordan gik det?")
    assert "How did it go?" in page(organiser, f"{start}/instruments")


def test_same_form_sent_twice_makes_one(organiser: CarefulClient, edition: Edition) -> None:
    begun(organiser, edition, "community")
    begun(organiser, edition, "community")

    assert db.session.scalar(select(func.count()).select_from(Instrument)) == 1
    assert keys() == ["community"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"key": "days"}, "Write the name in at least one language"),
        ({"key": "The Days", **NAMES}, "can't be a short name"),
        ({"key": "", **NAMES}, "can't be a short name"),
    ],
)
def test_what_no_questionnaire_can_be_called(
    organiser: CarefulClient, edition: Edition, sent: dict[str, str], told: str
) -> None:
    shown = send(organiser, f"/organise/{edition.slug}/instruments/add", **sent)

    assert told in shown
    assert sent.get("name_en", "") in shown
    assert queries.newest_versions() == []


def test_short_name_that_is_taken(organiser: CarefulClient, edition: Edition) -> None:
    begun(organiser, edition)

    shown = send(organiser, f"/organise/{edition.slug}/instruments/add", key="days", name_da="En anden")

    assert "There is a questionnaire with the short name “days” already" in shown


def test_last_years_questions_begin_the_new_one(organiser: CarefulClient, edition: Edition) -> None:
    last = surveying.survey(factories.edition("before"), key="before").instrument

    send(organiser, f"/organise/{edition.slug}/instruments/add", key="days", source=str(last.id), **NAMES)

    assert keys() == ["community", "again", "why", "people"]
    assert queries.as_rules(draft()).items == queries.as_rules(last).items


def test_questions_come_from_the_library(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "visible", "own_goals")

    assert keys() == ["visible", "still_works", "own_goals"]
    offered = page(organiser, f"{here}/library")
    assert "measures a success criterion of 2011" in offered
    assert re.search(r'value="visible"[^>]* checked disabled', offered)
    assert "Choose at least one question." in send(organiser, f"{here}/library")
    shown = page(organiser, here)
    assert "positive: “to a high degree” and “to some degree”" in shown
    assert "only after “yes” to “Do you still work with dialogue among citizens?”" in shown


def test_scale_is_written_with_its_positive_answers(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)
    assert "Agreement scale" in page(organiser, f"{here}/write")
    form = page(organiser, f"{here}/write/scale")
    assert re.search(r'value="some_degree"[^>]* checked|checked[^>]* value="some_degree"', form)
    assert 'value="dont_know"' not in form

    told = send(organiser, f"{here}/write/scale", **OWN)
    assert "Say which answers to “was_there_room_enough” are positive" in told
    assert "Was there room enough?" in told
    send(
        organiser, f"{here}/write/scale", **OWN, positive=["high_degree"], audiences=["crew", "guest"], is_required="y"
    )

    item = queries.as_rules(draft()).items[0]
    assert [option.value for option in item.options if option.is_positive] == ["high_degree"]
    assert [option.value for option in item.options if not option.is_opinion] == ["dont_know"]
    assert (item.key, item.is_required) == ("was_there_room_enough", True)
    assert {audience.value for audience in item.audiences} == {"crew", "guest"}


def test_answers_of_ones_own(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)
    one = {"options-0-da": "Rød", "options-0-en": "Red", "options-0-is_positive": "y"}
    assert "needs at least two answers" in send(organiser, f"{here}/write/multiple", **OWN, **one)
    both = {**one, "options-1-da": "Ingen", "options-1-is_apart": "y", "options-2-da": ""}

    send(organiser, f"{here}/write/multiple", **OWN, **both, key="colour")

    item = queries.as_rules(draft()).items[0]
    assert [(one.value, one.text, one.is_positive, one.is_opinion) for one in item.options] == [
        ("red", {"da": "Rød", "en": "Red"}, True, True),
        ("ingen", {"da": "Ingen"}, False, False),
    ]
    assert item.key == "colour"


def test_answers_keep_their_values_when_their_words_change(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)
    send(organiser, f"{here}/write/yes_no", **OWN, **rows(page(organiser, f"{here}/write/yes_no")))
    form = page(organiser, f"{here}/items/was_there_room_enough")

    changed = {**rows(form), "options-0-en": "certainly", "seen": value_of(form, "seen")}
    send(organiser, f"{here}/items/was_there_room_enough", **OWN, **changed)

    options = queries.as_rules(draft()).items[0].options
    assert [option.value for option in options] == ["yes", "no", "dont_know"]
    assert options[0].text == {"da": "ja", "en": "certainly", "ar": "نعم"}
    assert [option.is_opinion for option in options] == [True, True, False]


def value_of(form: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)
    assert found is not None, name
    return found[1]


def rows(form: str) -> dict[str, str]:
    """What the rows of a form hold, as a browser sends it."""
    inputs = re.findall(r"<input[^>]*name=\"options-\d+-[^>]*>", form)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one), one) for one in inputs]
    return {
        name[1]: value[1] if value else ""
        for name, value, one in named
        if name and ('type="checkbox"' not in one or "checked" in one)
    }


def test_rows_come_and_go_without_a_script(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)
    typed = {"options-0-da": "Rød", "options-1-da": "Blå"}

    more = organiser.post(f"{here}/write/single", data={**OWN, **typed, "add_row": "1"}).get_data(as_text=True)
    assert "options-2-da" in more
    assert "Was there room enough?" in more
    fewer = organiser.post(f"{here}/write/single", data={**OWN, **typed, "remove_row": "options-0"})
    assert "Rød" not in fewer.get_data(as_text=True)
    assert keys() == []


def test_number_has_its_bounds(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)

    assert "is above its highest" in send(organiser, f"{here}/write/number", **OWN, lowest="5", highest="4")
    send(organiser, f"{here}/write/number", **OWN, lowest="1", highest="40")

    assert (draft().items[0].lowest, draft().items[0].highest) == (1, 40)
    assert "number, 1–40" in page(organiser, here)


def test_question_that_hangs_on_an_answer(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "again", "still_works")
    two = ["again=no", "still_works=no"]
    assert "Choose answers of one question only." in send(organiser, f"{here}/write/text", **OWN, condition=two)

    send(organiser, f"{here}/write/text", **OWN, condition=["again=no", "again=dont_know"], key="why")

    assert queries.as_rules(draft()).items[2].shown_if == rules.ShownIf("again", ("no", "dont_know"))
    assert "must come after" in send(organiser, f"{here}/items/why/up") + send(organiser, f"{here}/items/why/up")
    assert keys() == ["again", "why", "still_works"]
    assert "is shown only after certain answers" in send(organiser, f"{here}/items/again/remove")
    assert keys() == ["again", "why", "still_works"]


def test_order_changes_by_buttons(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "visible", "community", "again")

    send(organiser, f"{here}/items/again/up")
    send(organiser, f"{here}/items/visible/down")

    assert keys() == ["again", "visible", "community"]


def test_what_is_taken_out_can_be_put_back(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "visible", "community", "again")

    assert "Put the question back" in send(organiser, f"{here}/items/community/remove")
    assert keys() == ["visible", "again"]
    send(organiser, f"{here}/items/community/restore")
    send(organiser, f"{here}/items/community/restore")

    assert keys() == ["visible", "community", "again"]
    assert draft().removed_items == []


def test_taking_out_what_an_indicator_counts_is_said_first(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition, "visible", "community")
    counting(edition, "community")
    assert "1 indicator counts the answers" in page(organiser, here)

    asked = send(organiser, f"{here}/items/community/remove")
    assert "Counted by community" in asked
    assert keys() == ["visible", "community"]
    send(organiser, f"{here}/items/community/remove", is_sure="1")

    assert keys() == ["visible"]
    shown = page(organiser, here)
    assert "Indicators count answers to questions that aren't here" in shown
    assert "Counted by community" in page(organiser, f"{here}/publish")


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


def test_two_who_change_the_same_question(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)
    send(organiser, f"{here}/write/text", **OWN, key="room")
    seen = value_of(page(organiser, f"{here}/items/room"), "seen")
    send(organiser, f"{here}/items/room", text_da="Først", text_en="", seen=seen)

    told = send(organiser, f"{here}/items/room", text_da="Bagefter", text_en="", seen=seen)

    assert "Somebody else has changed this meanwhile" in told
    assert "Bagefter" in told
    assert draft().items[0].text == {"da": "Først"}
    send(organiser, f"{here}/items/room", text_da="Bagefter", text_en="", seen=value_of(told, "seen"))
    assert draft().items[0].text == {"da": "Bagefter"}


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


def test_script_and_far_too_much_text(organiser: CarefulClient, edition: Edition) -> None:
    here = begun(organiser, edition)

    told = send(organiser, f"{here}/write/text", text_da="x" * 5_000_000)
    assert "This is too long: use at most 500 characters." in told
    send(organiser, f"{here}/write/text", text_da="<script>alert(1)</script>", key="sly")

    for path in ("", "/items/sly", "/preview", "/paper", "/test"):
        shown = organiser.get(here + path).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in shown, path
        assert "<script>alert" not in shown, path
    assert "Not a valid integer value." in send(organiser, f"{here}/write/number", **OWN, lowest="three")

"""Building a questionnaire on pages: library and own questions, order, conditions, undoing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.surveys import queries
from eventsys.surveys.models import Instrument
from eventsys.surveys.rules import instruments as rules
from tests import factories
from tests.client import CarefulClient
from tests.flows.surveys import surveying
from tests.flows.surveys.building_pages import NAMES, OWN, begun, counting, draft, keys, page, rows, send, value_of

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("built")


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


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
    assert "number from 1 to 40" in page(organiser, here)


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

    assert "Taken out by mistake?" in send(organiser, f"{here}/items/community/remove")
    assert "1 question was taken out" in page(organiser, here)
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

"""The pages of the register: listed, narrowed, added, corrected, taken away and up again; and figures of others."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.editions.models import Edition
from eventsys.indicators import actions, queries
from eventsys.indicators.models import RegisterEntry
from eventsys.indicators.rules.definitions import Indicator
from eventsys.indicators.rules.register import Entry, EntryKind, Quality
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW

PAGE = "/organise/kept/register"


@pytest.fixture
def edition(app: Flask, client: CarefulClient) -> Edition:
    made = factories.edition("kept", starts_on=date(2011, 8, 27))
    factories.sign_in(client, factories.organiser(made))
    return made


def add(session: Session, **more: object) -> RegisterEntry:
    said = {"kind": EntryKind.REQUISITION, "group": "Tryghed", "happened_on": None, "hundredths": 600, **more}
    made = actions.add_entry(2011, Entry(**said), by=BY, now=NOW)  # type: ignore[arg-type]
    session.commit()
    return made


def test_an_empty_register_says_what_belongs_there(client: CarefulClient, edition: Edition) -> None:
    page = client.get(PAGE).text

    assert "Register 2011" in page
    assert "Nothing in the register of this year yet" in page


def test_an_entry_is_added_and_counts(client: CarefulClient, edition: Edition) -> None:
    said = {
        "kind": "hours",
        "group": "Mjølnerparken",
        "date": "27.8.2011",
        "count": "7,5",
        "quality": "counted",
        "note": "Uge 34",
    }

    answer = client.post(f"{PAGE}/add?year=2011", data=said, follow_redirects=True)

    assert "The entry is kept." in answer.text
    assert "Mjølnerparken" in answer.text
    assert answer.text.count("7.5") == 2  # The entry, and what hours come to.
    assert [entry.hundredths for entry in queries.register_of(2011)] == [750]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"count": "2,5"}, "Only hours may have decimals."),
        ({"count": ""}, "is no number"),
        ({"date": "soon"}, "is no date"),
        ({"kind": ""}, "Fill this in."),
        ({"kind": "dragon"}, "is no kind of the register"),
        ({"group": "x" * 121}, "This is too long: use at most 120 characters."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: CarefulClient, edition: Edition, wrong: dict[str, str], said: str
) -> None:
    typed = {
        "kind": "person",
        "group": "Dialogkonsulenter",
        "date": "",
        "count": "28",
        "quality": "counted",
        "note": "Kept note",
    }

    answer = client.post(f"{PAGE}/add?year=2011", data=typed | wrong)

    assert answer.status_code == 422
    assert said in answer.text
    assert "Kept note" in answer.text
    assert queries.register_of(2011) == []


def test_the_list_is_narrowed(client: CarefulClient, edition: Edition, session: Session) -> None:
    add(session)
    add(session, kind=EntryKind.PERSON, group="Dialogkonsulenter", quality=Quality.ESTIMATED)

    assert "Dialogkonsulenter" not in client.get(f"{PAGE}?kind=requisition").text
    assert "Tryghed" not in client.get(f"{PAGE}?quality=estimated").text
    assert "Tryghed" in client.get(f"{PAGE}?words=TRYG").text
    assert "Nothing fits" in client.get(f"{PAGE}?words=nobody").text
    assert "Nothing in the register" in client.get(f"{PAGE}?year=2009").text


def test_an_entry_is_corrected(client: CarefulClient, edition: Edition, session: Session) -> None:
    entry = add(session)
    page = client.get(f"{PAGE}/{entry.code}").text
    assert 'value="6"' in page

    client.post(
        f"{PAGE}/{entry.code}", data={"kind": "requisition", "group": "Tryghed", "count": "5", "quality": "counted"}
    )

    assert [kept.hundredths for kept in queries.register_of(2011)] == [500]


def test_an_entry_is_taken_away_and_up_again(client: CarefulClient, edition: Edition, session: Session) -> None:
    entry = add(session)

    answer = client.post(f"{PAGE}/{entry.code}/remove", follow_redirects=True)

    assert "Taken away by mistake?" in answer.text
    assert queries.register_of(2011) == []
    client.post(f"{PAGE}/{entry.code}/restore")
    assert len(queries.register_of(2011)) == 1


def test_an_evaluator_reads_and_changes_nothing(client: CarefulClient, edition: Edition, session: Session) -> None:
    entry = add(session)
    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.EVALUATOR))

    page = client.get(PAGE).text

    assert "Tryghed" in page
    assert "Take away" not in page
    assert client.post(f"{PAGE}/{entry.code}/remove").status_code == 403


def test_a_published_figure_is_kept_corrected_and_taken_away(client: CarefulClient, edition: Edition) -> None:
    said = {"strand": "discrimination", "date": "2011-11-30", "value": "21,3", "source": "Barometer 2011"}
    assert "No figures yet" in client.get("/organise/kept/published").text

    client.post("/organise/kept/published/add", data=said)
    answer = client.post("/organise/kept/published/add", data=said | {"value": "21,4"}, follow_redirects=True)

    assert "21.4" in answer.text
    figure = queries.published_figures("discrimination")[0]
    assert 'value="21.4"' in client.get(f"/organise/kept/published/add?figure={figure.code}").text
    client.post(f"/organise/kept/published/{figure.code}/remove")
    assert queries.published_figures() == []
    client.post(f"/organise/kept/published/{figure.code}/restore")
    assert len(queries.published_figures()) == 1


def test_a_published_figure_without_a_source_is_refused(client: CarefulClient, edition: Edition) -> None:
    said = {"strand": "discrimination", "date": "", "value": "x", "source": ""}

    answer = client.post("/organise/kept/published/add", data=said)

    assert answer.status_code == 422
    assert "Fill this in." in answer.text
    assert "discrimination" in answer.text


def test_the_programmes_indicators_have_their_page_and_trace(
    client: CarefulClient, edition: Edition, session: Session
) -> None:
    add(session)
    add(session, group="Forventet", quality=Quality.EXPECTED)
    form = {"key": "requisitions", "name": {"da": "Rekvireringer", "en": "Requisitions"}}
    from_form = {**form, "definition": {"measure": "count", "register": "requisition"}}
    year = queries.programme_year(2011)
    assert year is not None
    actions.define(year, [Indicator.from_json(from_form)], by=BY, now=NOW)
    session.commit()

    assert "Requisitions" in client.get("/organise/kept/indicators?year=2011").text
    page = client.get("/organise/kept/indicators/requisitions?year=2011").text
    assert "The number in the register of the year: requisitions." in page
    assert "Tryghed" in page
    assert "Forventet" in page
    client.post("/organise/kept/indicators/freeze?year=2011")
    kept = queries.find(year, "requisitions")
    assert kept is not None
    frozen = queries.latest_measurement(kept)
    assert frozen is not None
    assert frozen.evaluation["value"] == 6
    assert client.get("/organise/kept/indicators?year=2003").status_code == 404

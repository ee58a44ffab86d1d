"""Days apart: a booth on one pitch today and another tomorrow, fixed, told, proposed around, and printed with its days."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.actions import placing
from eventsys.booths.models import PlanState
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, mails
from tests.flows.booths.organisers import booth, text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths"
Where = dict[str, dict[int, tuple[str, ...]]]


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made, widths_m=[3, 3, 6])
    factories.sign_in(client, factories.organiser(made))
    return made


def place(client: CarefulClient, application: Application, numbers: str, *days: int, reason: str = "") -> Any:
    data = {"numbers": numbers, "days": [str(day) for day in days], "reason": reason}
    return client.post(f"{PAGE}/{application.code}/place", data=data)


def where(edition: Edition, state: PlanState = PlanState.DRAFT) -> Where:
    return {one.reference: dict(one.by_day) for one in queries.standing_in(queries.plan(edition, state))}


def proposed(edition: Edition) -> Where:
    actions.propose(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    return where(edition)


def test_moved_on_one_day_it_stays_on_the_other_and_proposals_keep_both(
    client: CarefulClient, edition: Edition
) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")

    assert place(client, kor, "A2", 2).status_code == 302

    assert where(edition) == {kor.reference: {1: ("A1",), 2: ("A2",)}}
    page = text(client.get(f"{PAGE}/{kor.code}").text)
    assert "A1 (day 1) and A2 (day 2)" in page
    assert "Fixed by hand" in page
    assert proposed(edition) == {kor.reference: {1: ("A1",), 2: ("A2",)}, klub.reference: {1: ("A3",), 2: ("A3",)}}
    client.post(f"{PAGE}/{kor.code}/unfix")
    assert len(set(proposed(edition)[kor.reference].values())) == 1


def test_placed_on_one_day_alone_the_proposal_finds_the_other(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A3", 2)

    assert where(edition) == {kor.reference: {2: ("A3",)}}
    assert "It has no place on some of its days." in client.get(f"{PAGE}/{kor.code}").text

    stands = proposed(edition)[kor.reference]
    assert stands[2] == ("A3",)
    assert stands[1]


def test_a_pitch_is_free_on_the_day_that_nobody_stands_there(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    place(client, kor, "A2", 2)

    taken = place(client, klub, "A1")
    assert "Kor stands there already." in taken.text
    assert place(client, klub, "A1", 2).status_code == 302
    assert place(client, klub, "A2", 1).status_code == 302

    assert where(edition) == {
        kor.reference: {1: ("A1",), 2: ("A2",)},
        klub.reference: {1: ("A2",), 2: ("A1",)},
    }


def test_they_change_places_day_by_day(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub", days=0b10)
    place(client, kor, "A1")
    place(client, kor, "A2", 2)
    place(client, klub, "A3")

    assert client.post(f"{PAGE}/{klub.code}/swap", data={"swap-other": kor.code}).status_code == 302

    assert where(edition) == {kor.reference: {1: ("A3",), 2: ("A3",)}, klub.reference: {2: ("A2",)}}


def test_on_the_map_of_a_day_everything_is_about_that_day_alone(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    place(client, klub, "A2")

    told = client.get(f"{PAGE}/{kor.code}/fits?day=2").json
    assert (told["days"], told["hasOthers"]) == ([2], True)
    assert told["scope"] == "Only day 2: on its other days it stays where it is."
    asked = client.get(f"{PAGE}/{kor.code}/check?numbers=A2&day=2").json
    assert (asked["days"], asked["scope"], asked["other"]) == ([2], told["scope"], klub.code)
    swapped = client.post(f"{PAGE}/{kor.code}/swap", data={"swap-other": klub.code, "swap-days": "2", "to": "plan"})

    assert swapped.status_code == 302
    assert where(edition) == {kor.reference: {1: ("A1",), 2: ("A2",)}, klub.reference: {1: ("A2",), 2: ("A1",)}}
    page = client.get(f"{PAGE}?day=2").text
    assert "They have changed places on day 2; they are fixed." in page
    assert "Take back: Kor and Klub changed places on day 2" in text(page)
    assert "Day 2 is shown: what you do on the map is about that day alone" in page

    client.post(f"{PAGE}/{klub.code}/take-off", data={"days": "2", "to": "plan"})
    assert where(edition)[klub.reference] == {1: ("A2",)}
    assert "no place on day 2" in client.get(f"{PAGE}?day=2").text
    assert "Without a place: 0" in text(client.get(f"{PAGE}?day=1").text)
    assert "1 of the 2 that are in have their place." in text(client.get(PAGE).text)
    client.post(f"{PAGE}/{kor.code}/unfix", data={"days": "2", "to": "plan"})
    assert client.get(f"{PAGE}/{kor.code}/fits?day=2").json["isFixed"] is False
    assert client.get(f"{PAGE}/{kor.code}/fits?day=1").json["isFixed"] is True


def test_one_that_is_not_there_on_the_day_shown_is_moved_on_its_own(client: CarefulClient, edition: Edition) -> None:
    first, second = booth(edition, "Et", days=0b01), booth(edition, "To", days=0b10)

    assert (
        "It isn't there on day 2; this is about day 1." in client.get(f"{PAGE}/{first.code}/fits?day=2").json["scope"]
    )
    assert client.get(f"{PAGE}/{second.code}/fits?day=2").json["scope"] == "It is there on day 2 alone."
    assert client.get(f"{PAGE}/{second.code}/fits?day=x").json["scope"] == ""


def test_a_place_taken_over_on_one_day_leaves_the_other_days_alone(client: CarefulClient, edition: Edition) -> None:
    kor, late = booth(edition, "Kor"), booth(edition, "Sen", days=0b10)
    place(client, kor, "A1")
    asked = client.get(f"{PAGE}/{late.code}/check?numbers=A1&day=2").json
    assert asked["question"] == "Kor stands on A1 and would have no place then. Put this one there?"

    client.post(f"{PAGE}/{late.code}/swap", data={"swap-other": kor.code, "swap-days": "2"})

    assert where(edition) == {kor.reference: {1: ("A1",)}, late.reference: {2: ("A1",)}}
    client.post(f"{PAGE}/take-back", data={"step": "2"})
    assert where(edition) == {kor.reference: {1: ("A1",), 2: ("A1",)}}


def test_a_day_on_which_it_is_not_there_is_refused(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", days=0b01)

    assert 'name="days"' not in client.get(f"{PAGE}/{kor.code}").text
    with pytest.raises(Exception, match="day_unknown"):
        placing.move(edition, kor, ["A1"], hand=placing.Hand(factories.BY, days=frozenset({2})), now=factories.NOW)


def test_days_apart_are_shown_told_and_printed(app: Flask, client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()

    place(client, kor, "A2", 2)

    changes = text(client.get(f"{PAGE}/publish").text)
    assert "Kor A1 A1 (day 1) and A2 (day 2)" in changes
    assert "counts 10 points" in changes
    runner = app.test_cli_runner()
    said = runner.invoke(args=["booths", "propose", "--edition", "fest", "--format", "json"])
    told = json.loads(said.stdout)
    assert list(told) == ["placed", "assignments", "unplaced", "objective", "bound", "gap", "seconds", "status"]
    assert told["assignments"] == [
        {"reference": kor.reference, "pitches": ["A1"], "days": [1]},
        {"reference": kor.reference, "pitches": ["A2"], "days": [2]},
    ]
    assert told["placed"] == 1
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    [moved] = [mail for mail in mails(kor.email) if mail.template == "booths/changed"]
    assert "A1 (day 1) and A2 (day 2)" in moved.text
    assert queries.pitches_of(edition)[kor.id] == [("A1", (1,)), ("A2", (2,))]


def test_a_reason_is_kept_for_the_day_it_is_given_for(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", needs_water=True)
    assert place(client, kor, "A1", 1).status_code == 422

    assert place(client, kor, "A1", 1, reason="A hose from the school.").status_code == 302

    page = text(client.get(f"{PAGE}/{kor.code}").text)
    assert "A hose from the school." in page
    assert "There is no water." in page
    assert proposed(edition)[kor.reference] == {1: ("A1",)}


def told(edition: Edition, application: Application) -> str:
    """The last mail to a booth after the draft is taken over."""
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    return mails(application.email)[-1].text


def test_each_is_told_of_its_own_days_alone(client: CarefulClient, edition: Edition) -> None:
    first, second = booth(edition, "Kanel", days=0b01), booth(edition, "Kardemomme", days=0b10)
    place(client, first, "A1")
    place(client, second, "A1")

    said = told(edition, first)

    assert "– Saturday 29 August 2026, 09:00–20:00: A1\n" in said
    assert "30 August" not in said
    other = mails(second.email)[-1].text
    assert "– Sunday 30 August 2026, 09:00–20:00: A1\n" in other
    assert "29 August" not in other


def test_a_mail_says_for_each_day_which_pitch_and_what_was_before(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    place(client, kor, "A2", 2)
    given = told(edition, kor)
    assert "– Saturday 29 August 2026, 09:00–20:00: A1\n– Sunday 30 August 2026, 09:00–20:00: A2\n" in given

    place(client, kor, "A3", 2)
    changed = told(edition, kor)

    assert "– Saturday 29 August 2026, 09:00–20:00: A1\n" in changed
    assert "– Sunday 30 August 2026, 09:00–20:00: A3 (before: A2)\n" in changed
    hold(client, kor)
    page = text(client.get(f"/my/{kor.code}/").text)
    assert "Sunday 30 August 2026, 09:00–20:00: A3" in page


def test_a_day_that_is_lost_is_told_as_lost(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    told(edition, kor)
    client.post(f"{PAGE}/{kor.code}/take-off")
    place(client, kor, "A1", 1)

    changed = told(edition, kor)

    mail = mails(kor.email)[-1]
    assert mail.subject == "Your days have changed: booth A1"
    assert "on A1 as before, but no longer on the same days" in changed
    assert "– Sunday 30 August 2026, 09:00–20:00: no place any more (before: A1)\n" in changed

"""Before a draft counts: every rule that is broken in it is named with the reason given, and who has no place."""

from __future__ import annotations

import pytest

from eventsys.base.db import db
from eventsys.booths import actions
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.booths.organisers import booth, text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made, widths_m=[3, 3, 6, 3], board_kw=10)
    factories.sign_in(client, factories.organiser(made))
    return made


def drawing(client: CarefulClient, edition: Edition) -> None:
    """Three booths that take nine of the board's ten kilowatts together."""
    for number in (2, 3, 4):
        one = booth(edition, f"Klub {number}", power_watts=3_000)
        client.post(f"{PAGE}/{one.code}/place", data={"numbers": f"A{number}"})


def asked(client: CarefulClient) -> str:
    """The question before a draft is taken over."""
    return text(client.get(f"{PAGE}/publish").text)


def test_what_is_broken_is_named_with_the_reason_and_who_has_no_place(client: CarefulClient, edition: Edition) -> None:
    kor, _left, _out = booth(edition, "Kor", width_cm=600), booth(edition, "Klub"), booth(edition, "Ude", width_cm=900)
    actions.propose(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    client.post(f"{PAGE}/{kor.code}/place", data={"numbers": "A2", "reason": "They bring a smaller tent."})

    page = asked(client)

    assert "1 booth stands against a rule A2 : Kor – It is wider than the place." in page
    assert "The reason given: “ They bring a smaller tent. ”" in page
    assert "1 that is in has no place in this plan Ude" in page
    assert "Nobody has given a reason." not in page


def test_what_breaks_a_rule_since_it_was_placed_is_named_once_although_nobody_gave_a_reason(
    client: CarefulClient, edition: Edition
) -> None:
    kor = booth(edition, "Kor")
    client.post(f"{PAGE}/{kor.code}/place", data={"numbers": "A1"})
    drawing(client, edition)
    fine = asked(client)
    kor.power_watts = 3_000
    db.session.commit()

    page = asked(client)

    assert "stands against a rule" not in fine
    assert "1 booth stands against a rule" in page
    assert page.count("Board EL1 would carry 2 kW too much.") == 1
    assert "Nobody has given a reason." in page


def test_a_board_that_is_overloaded_for_a_reason_is_told_of_that_booth_alone(
    client: CarefulClient, edition: Edition
) -> None:
    kor = booth(edition, "Kor", power_watts=3_000)
    drawing(client, edition)
    client.post(f"{PAGE}/{kor.code}/place", data={"numbers": "A1", "reason": "They come with a generator."})

    page = asked(client)

    assert page.count("Board EL1 would carry 2 kW too much.") == 1
    assert "A1 : Kor – Board EL1 would carry 2 kW too much. The reason given:" in page

"""Placing by hand: every rule named, hard ones only with a reason, fixed places kept, the rules as data, a run watched."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from eventsys.applications.models import Application
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.actions import proposing
from eventsys.booths.models import PlanState, RunState
from eventsys.booths.rules.rulebook import Rule
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails
from tests.flows.booths.organisers import booth, text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made, widths_m=[3, 3, 6], board_kw=10)
    factories.sign_in(client, factories.organiser(made))
    return made


def proposed(edition: Edition) -> None:
    actions.propose(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()


def where(edition: Edition) -> dict[str, tuple[str, ...]]:
    return {one.reference: one.numbers for one in queries.standing_in(queries.plan(edition, PlanState.DRAFT))}


def place(client: CarefulClient, application: Application, numbers: str, reason: str = "") -> Any:
    return client.post(f"{PAGE}/{application.code}/place", data={"numbers": numbers, "reason": reason})


def test_by_hand_it_stands_there_fixed_and_the_next_proposal_keeps_it(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    proposed(edition)

    assert place(client, kor, "A3").status_code == 302
    assert "Fixed by hand" in client.get(f"{PAGE}/{kor.code}").text
    proposed(edition)

    assert where(edition)[kor.reference] == ("A3",)
    assert where(edition)[klub.reference] in {("A1",), ("A2",)}
    client.post(f"{PAGE}/{kor.code}/unfix")
    proposed(edition)
    assert where(edition)[kor.reference] != ("A3",)


def test_every_broken_rule_is_named_and_a_reason_lets_it_be(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", width_cm=600, power_watts=12_000, needs_water=True)

    refused = place(client, kor, "A1")

    assert refused.status_code == 422
    said = text(refused.text)
    assert "It is wider than the place." in said
    assert "There is no water." in said
    assert "The electric board can't carry it." in said
    assert where(edition) == {}
    assert place(client, kor, "A1", reason="They bring a hose and a generator.").status_code == 302
    assert "They bring a hose" in client.get(f"{PAGE}/{kor.code}").text
    assert where(edition)[kor.reference] == ("A1",)


def test_nobody_is_put_on_top_of_another(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")

    refused = place(client, klub, "A1", reason="They like each other.")
    unknown = place(client, klub, "Z9")

    assert refused.status_code == 422
    assert "Kor stands there already." in refused.text
    assert "There is no pitch “Z9”" in text(unknown.text)
    assert where(edition) == {kor.reference: ("A1",)}


def test_two_change_places(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    place(client, klub, "A2")

    assert client.post(f"{PAGE}/{kor.code}/swap", data={"swap-other": klub.code}).status_code == 302

    assert where(edition) == {kor.reference: ("A2",), klub.reference: ("A1",)}


def test_a_change_that_breaks_a_rule_for_one_of_two_changes_nothing(client: CarefulClient, edition: Edition) -> None:
    wide, klub = booth(edition, "Bred", width_cm=600), booth(edition, "Klub")
    place(client, wide, "A3")
    place(client, klub, "A1")

    refused = client.post(f"{PAGE}/{wide.code}/swap", data={"swap-other": klub.code})

    assert refused.status_code == 422
    assert where(edition) == {wide.reference: ("A3",), klub.reference: ("A1",)}


def test_what_is_placed_by_hand_is_a_draft_beside_the_plan_that_counts(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    proposed(edition)
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    [(_id, [(number, _days)])] = queries.pitches_of(edition).items()

    place(client, kor, "A3")

    assert queries.pitches_of(edition)[kor.id] == [(number, (1, 2))]
    page = text(client.get(PAGE).text)
    assert "Who would stand elsewhere" in page
    assert f"Kor {number} A3" in page
    client.post(f"{PAGE}/{kor.code}/take-off")
    assert where(edition) == {}


def test_why_here_and_why_not_are_told(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", width_cm=900)
    one, two = booth(edition, "Et"), booth(edition, "To")
    kor.next_to = [one.reference]
    db.session.commit()
    client.post(f"{PAGE}/rules", data={"distance_near": "15"})
    proposed(edition)

    assert "Wished neighbours stand near each other: Et holds" in text(client.get(f"{PAGE}/{kor.code}").text)
    assert "Why not" in client.get(f"{PAGE}/{bred.code}").text
    assert "Why here" in client.get(f"{PAGE}/{two.code}").text


def test_without_wishes_its_needs_say_what_they_rule_out_and_what_is_free(
    client: CarefulClient, edition: Edition
) -> None:
    kor, bred = (
        booth(edition, "Kor", width_cm=450, power_watts=2_000),
        booth(edition, "Bred", width_cm=900, needs_water=True),
    )
    proposed(edition)

    here, nowhere = (text(client.get(f"{PAGE}/{one.code}").text) for one in (kor, bred))

    assert "It has no wishes that weigh." in here
    assert "What its place has and it doesn't need: 1.5 m" in here
    assert "Pitches that it rules out, of 3 4.5 m 2 a board that carries 2 kW 0" in here
    assert "Pitches that have or allow all of it: 1. No other one of them is free for it now" in here
    # No two lie side by side, so what is told is of single ones.
    assert "Why not It needs 9 m. No pitch is wide enough." in nowhere
    assert "Pitches that it rules out, of 3 9 m 3 water 3 Pitches that have or allow all of it: 0." in nowhere


def test_what_stands_by_hand_says_so_and_no_proposal_takes_the_credit(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", width_cm=600)
    proposed(edition)
    by_proposal = text(client.get(f"{PAGE}/{kor.code}").text)
    place(client, kor, "A3" if where(edition)[bred.reference] != ("A3",) else "A2")
    place(client, bred, "A1", reason="They bring a smaller tent.")

    by_hand, against = (text(client.get(f"{PAGE}/{one.code}").text) for one in (kor, bred))

    assert "An organiser" not in by_proposal
    assert "Why here An organiser has fixed it here by hand." in by_hand
    assert "“ They bring a smaller tent. ” It is wider than the place." in against
    assert "Why here An organiser has placed it here by hand against a rule; why is told above." in against
    assert "Free for it now without breaking a rule: A3." in against


@pytest.mark.parametrize(
    ("language", "needs", "source"),
    [("da", "Den skal bruge 9 m.", "Kilde: Brandvæsenet"), ("ar", "يحتاج إلى 9 م.", "المصدر: Brandvæsenet")],
)
def test_reasons_are_told_in_the_readers_language(
    client: CarefulClient, edition: Edition, language: str, needs: str, source: str
) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", width_cm=900)
    klub = booth(edition, "Klub", keep_apart=[kor.reference])
    client.post(f"{PAGE}/rules", data={"distance_keep_apart": "50", "source_keep_apart": "Brandvæsenet"})
    place(client, kor, "A1")

    assert needs in text(client.get(f"{PAGE}/{bred.code}?language={language}").text)
    [rule] = client.get(f"{PAGE}/{klub.code}/check?numbers=A2&language={language}").json["rules"]
    assert source in rule


def test_the_rules_are_the_editions_own(client: CarefulClient, edition: Edition) -> None:
    refused = client.post(
        f"{PAGE}/rules", data={"weight_near": "77", "distance_zone": "1", "distance_near": "far away"}
    )
    assert refused.status_code == 422
    said = text(refused.text)
    assert "Wished neighbours stand near each other: Points – Give a whole number, 0 to 50." in said
    near = "Wished neighbours stand near each other: Near is at most so many metres – Give metres, 0 to 500."
    assert near in said
    assert "far away" in refused.text

    client.post(f"{PAGE}/rules", data={"weight_near": "30", "distance_near": "12,5", "weight_same_cuisine": "0"})

    rulebook = queries.rulebook_of(edition)
    assert (rulebook.of(Rule.NEAR).weight, rulebook.of(Rule.NEAR).distance_m) == (30, 12.5)
    assert rulebook.of(Rule.SAME_CUISINE).weight == 0
    assert queries.rulebook_of(factories.edition("other")).of(Rule.NEAR).weight == 15
    assert 'value="30"' in client.get(f"{PAGE}/rules").text
    assert 'value="12,5"' in client.get(f"{PAGE}/rules?language=da").text
    assert "On each day its electric board carries all who hang on it" in client.get(f"{PAGE}/rules").text


def test_below_zero_a_wish_is_called_by_its_opposite(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    kor.organisation.area = klub.organisation.area = "Nørrebro"
    db.session.commit()
    client.post(f"{PAGE}/rules", data={"weight_same_area": "-3", "distance_same_area": "15"})
    place(client, kor, "A1")

    told = client.get(f"{PAGE}/{klub.code}/check?numbers=A2").json
    place(client, klub, "A2")

    assert told["lost"] == ["Doesn't hold then: Associations of a neighbourhood are mixed with others (Kor)."]
    page = text(client.get(f"{PAGE}/{klub.code}").text)
    assert "Associations of a neighbourhood are mixed with others: Kor doesn't hold" in page
    assert "Associations of a neighbourhood are mixed with others" in client.get(f"{PAGE}/rules").text
    client.post(f"{PAGE}/rules", data={"weight_same_area": "3", "distance_same_area": "15"})
    assert "Associations of a neighbourhood stand together: Kor holds" in text(client.get(f"{PAGE}/{klub.code}").text)


def test_a_run_is_watched_stopped_and_leaves_its_best(app: Flask, client: CarefulClient, edition: Edition) -> None:
    booth(edition, "Kor")
    started = client.post(f"{PAGE}/propose")
    run = queries.open_run(edition)
    assert run is not None

    assert "It begins in a moment." in client.get(started.location).text
    assert "is being made already" in client.post(f"{PAGE}/propose", follow_redirects=True).text
    client.post(f"{started.location}/stop")
    jobs.run_now(app, proposing.GO_ON)

    assert (run.state, run.is_stopping) == (RunState.FINISHED, True)
    page = text(client.get(started.location).text)
    assert "The proposal is ready." in page
    assert "Placed 1 of 1" in page
    assert "Below the proven best 0 points" in page
    assert len(where(edition)) == 1
    assert queries.open_run(edition) is None


def test_how_far_a_proposal_is_from_the_best_is_kept(client: CarefulClient, edition: Edition) -> None:
    booth(edition, "Kor")
    proposed(edition)
    draft = queries.plan(edition, PlanState.DRAFT)
    assert draft is not None
    draft.proposal = {**draft.proposal, "objective": 9_900, "bound": 10_000, "status": "stopped"}
    db.session.commit()

    said = "How good: the best found; a better one may exist – 9,900 of at most 10,000 points, 1.0 % below the proven best."
    assert said in text(client.get(PAGE).text).replace("\xa0", " ")
    client.post(f"{PAGE}/publish")
    assert said in text(client.get(PAGE).text).replace("\xa0", " ")


def test_who_isnt_in_has_no_page(client: CarefulClient, edition: Edition) -> None:
    waiting = factories.application(edition)

    assert client.get(f"{PAGE}/{waiting.code}").status_code == 404
    assert place(client, waiting, "A1").status_code == 404


def published(edition: Edition) -> list[tuple[str, str]]:
    """Publish the draft; who was written to, with which mail, by that."""
    seen = {mail.id for mail in mails()}
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()
    return sorted((mail.recipient, mail.template) for mail in mails() if mail.id not in seen)


def test_who_stands_elsewhere_than_before_is_told_and_nobody_else(client: CarefulClient, edition: Edition) -> None:
    kor, klub, cafe = booth(edition, "Kor"), booth(edition, "Klub"), booth(edition, "Café")
    for application, number in ((kor, "A1"), (klub, "A2")):
        place(client, application, number)
    assert "2 participants get a mail about it." in client.get(f"{PAGE}/publish").text

    assert published(edition) == sorted([(kor.email, "booths/given"), (klub.email, "booths/given")])
    place(client, klub, "A3")
    place(client, cafe, "A2")
    client.post(f"{PAGE}/{kor.code}/take-off")
    later = published(edition)

    assert later == sorted([(cafe.email, "booths/given"), (klub.email, "booths/changed"), (kor.email, "booths/gone")])
    [moved] = [mail for mail in mails(klub.email) if mail.template == "booths/changed"]
    assert "on A3 now, no longer on A2" in moved.text
    assert "/my/link/" in moved.text

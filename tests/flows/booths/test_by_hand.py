"""The plan page: a booth in the hand, what the server says of it, changed places, steps taken back, drafts thrown away."""

from __future__ import annotations

import re
from typing import Any

import pytest

from eventsys.accounts.rules import Role
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.models import PlanState, SiteFeature
from eventsys.booths.rules.features import FeatureKind
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.booths.organisers import booth, text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made, widths_m=[3, 3, 6], board_kw=10)
    factories.sign_in(client, factories.organiser(made))
    return made


def do(client: CarefulClient, application: Application, act: str, **data: str) -> Any:
    return client.post(f"{PAGE}/{application.code}/{act}", data={"to": "plan", **data})


def place(client: CarefulClient, application: Application, numbers: str, reason: str = "") -> Any:
    return do(client, application, "place", numbers=numbers, reason=reason)


def where(edition: Edition) -> dict[str, tuple[tuple[str, ...], bool, str]]:
    standing = queries.standing_in(queries.plan(edition, PlanState.DRAFT))
    return {one.reference: (one.numbers, one.is_locked, one.override_reason) for one in standing}


def last_step(client: CarefulClient) -> str:
    found = re.search(r'name="step" value="(\d+)"', client.get(PAGE).text)
    return found[1] if found else ""


def take_back(client: CarefulClient) -> str:
    return client.post(f"{PAGE}/take-back", data={"step": last_step(client)}, follow_redirects=True).text


def publish(edition: Edition) -> None:
    actions.publish(edition, by=factories.BY, now=factories.NOW)
    db.session.commit()


def test_the_server_says_of_every_pitch_how_a_booth_would_stand(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", width_cm=600)
    kor.next_to = [bred.reference]
    db.session.commit()
    place(client, kor, "A1")

    told = client.get(f"{PAGE}/{bred.code}/fits").json

    assert told["name"] == "Bred"
    assert told["told"] == "6 m"
    assert {number: (found[0], found[2]) for number, found in told["pitches"].items()} == {
        "A1": ("breaks", True), "A2": ("breaks", False), "A3": ("wishes", False),
    }  # fmt: skip
    said = {number: told["sentences"][found[1]] for number, found in told["pitches"].items()}
    assert said["A1"] == "Kor stands there and would have no place then. Against a rule: It is wider than the place."
    assert said["A3"].startswith("It fits, but: Doesn't hold then: Wished neighbours")
    assert client.get(f"{PAGE}/{kor.code}/fits").json["numbers"] == ["A1"]


def test_asking_writes_nothing(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor", needs_water=True)

    told = client.get(f"{PAGE}/{kor.code}/check?numbers=A1").json

    assert told["rules"] == ["There is no water."]
    assert (told["question"], told["refused"], told["numbers"]) == ("", "", ["A1"])
    assert queries.plan(edition, PlanState.DRAFT) is None
    assert "There is no pitch" in client.get(f"{PAGE}/{kor.code}/check?numbers=Z9").json["refused"]


def test_on_a_taken_pitch_they_are_asked_to_change_places(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", width_cm=600)
    place(client, kor, "A1")
    place(client, bred, "A3")

    told = client.get(f"{PAGE}/{kor.code}/check?numbers=A3").json

    assert told["question"] == "Bred stands on A3. Let them change places?"
    assert told["other"] == bred.code
    assert told["rules"] == ["Bred: It is wider than the place."]
    hand = client.get(f"{PAGE}/{kor.code}/fits").json
    [verdict, said, is_taken, _both] = hand["pitches"]["A3"]
    assert (verdict, is_taken) == ("breaks", True)
    assert hand["sentences"][said] == (
        "Bred stands there; they would change places. Against a rule: Bred: It is wider than the place."
    )


def test_changing_places_names_what_each_of_both_breaks(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor", needs_water=True), booth(edition, "Bred", width_cm=600)
    queries.pitches_on(edition)[0].has_water = True
    db.session.commit()
    place(client, kor, "A1")
    place(client, bred, "A3")
    both = ["Kor: There is no water.", "Bred: It is wider than the place."]

    assert sorted(client.get(f"{PAGE}/{kor.code}/check?numbers=A3").json["rules"]) == sorted(both)
    assert sorted(client.get(f"{PAGE}/{bred.code}/check?numbers=A1").json["rules"]) == sorted(both)
    [_verdict, said, *_rest] = (hand := client.get(f"{PAGE}/{kor.code}/fits").json)["pitches"]["A3"]
    assert all(sentence.removeprefix("Kor: ") in hand["sentences"][said] for sentence in both)
    refused = do(client, kor, "swap", **{"swap-other": bred.code})
    assert refused.status_code == 422
    assert all(sentence in text(refused.text) for sentence in both)


def test_a_second_press_changes_nothing_and_says_so(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    publish(edition)

    def press(act: str) -> str:
        return client.post(f"{PAGE}/{kor.code}/{act}", data={"to": "plan"}, follow_redirects=True).text

    assert "It was fixed there already." in press("fix")
    assert queries.plan(edition, PlanState.DRAFT) is None  # Nothing to take over.
    assert "Proposals may move it again." in press("unfix")
    steps = last_step(client)
    assert "t fixed." in press("unfix")
    assert last_step(client) == steps
    assert "Taken off." in press("take-off")
    steps = last_step(client)
    assert "It has no place to be taken off from. Nothing was changed." in press("take-off")
    assert "This booth has no place in the draft." in press("fix")
    assert last_step(client) == steps


def test_on_pitches_that_lie_over_each_other_only_a_reason_lets_two_stand(
    client: CarefulClient, edition: Edition
) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    first, second, _third = queries.pitches_on(edition)
    second.polygon = [[longitude + 0.00002, latitude] for longitude, latitude in first.polygon]
    db.session.commit()
    place(client, kor, "A1")

    refused = place(client, klub, "A2")

    assert refused.status_code == 422
    assert "It lies over a pitch on which somebody stands. (Kor)" in text(refused.text)
    assert client.get(f"{PAGE}/{klub.code}/fits").json["pitches"]["A2"][0] == "breaks"
    actions.propose(edition, by=factories.BY, now=factories.NOW)
    assert where(edition)[klub.reference][0] == ("A3",)
    db.session.rollback()
    assert place(client, klub, "A2", reason="They share one tent.").status_code == 302
    actions.propose(edition, by=factories.BY, now=factories.NOW)
    assert where(edition)[klub.reference] == (("A2",), True, "They share one tent.")
    assert "lies over the pitch" not in client.get(PAGE).text


def test_several_on_one_pitch_are_taken_off_first(client: CarefulClient, edition: Edition) -> None:
    first, second, kor = booth(edition, "Et", days=0b01), booth(edition, "To", days=0b10), booth(edition, "Kor")
    place(client, first, "A1")
    place(client, second, "A1")

    assert "Et and To stand there" in client.get(f"{PAGE}/{kor.code}/check?numbers=A1").json["refused"]
    page = client.get(PAGE).text
    assert f'data-codes="{first.code} {second.code}"' in page
    assert f'data-codes="{second.code}"' in client.get(f"{PAGE}?day=2").text


def test_with_whom_to_change_places_is_told_by_what_it_would_break(client: CarefulClient, edition: Edition) -> None:
    kor, bred, klub = booth(edition, "Kor"), booth(edition, "Bred", width_cm=600), booth(edition, "Klub")
    for one, number in ((kor, "A1"), (bred, "A3"), (klub, "A2")):
        client.post(f"{PAGE}/{one.code}/place", data={"numbers": number})

    page = client.get(f"{PAGE}/{kor.code}").text
    groups = re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', page, re.DOTALL)

    assert [(heading, text(within).strip()) for heading, within in groups] == [
        ("Breaks no rule", "A2: Klub"),
        ("Breaks a rule: say why it may be so", "A3: Bred – On A1: It is wider than the place."),
    ]


def test_one_without_a_place_takes_that_of_another(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    asked = client.get(f"{PAGE}/{klub.code}/check?numbers=A1").json
    assert "would have no place then" in asked["question"]

    answer = do(client, klub, "swap", **{"swap-other": kor.code})

    assert answer.location == PAGE
    assert list(where(edition)) == [klub.reference]
    page = text(client.get(PAGE).text)
    assert "Without a place: 1" in page
    take_back(client)
    assert list(where(edition)) == [kor.reference]


def test_changing_places_says_who_stands_in_the_way(client: CarefulClient, edition: Edition) -> None:
    first, second, kor = booth(edition, "Et", days=0b01), booth(edition, "To", days=0b10), booth(edition, "Kor")
    place(client, first, "A1")
    place(client, second, "A1")
    place(client, kor, "A2")

    refused = do(client, kor, "swap", **{"swap-other": first.code})

    assert refused.status_code == 422
    assert "To stands there already" in text(refused.text)
    assert where(edition)[kor.reference][0] == ("A2",)


def test_every_step_is_taken_back_in_turn(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor", needs_water=True), booth(edition, "Klub")
    place(client, kor, "A1", reason="They bring a hose.")
    place(client, klub, "A2")
    before = where(edition)
    do(client, kor, "swap", **{"swap-other": klub.code, "swap-reason": "A longer hose."})
    do(client, klub, "unfix")
    do(client, kor, "take-off")
    assert kor.reference not in where(edition)

    assert "Taken back: Kor taken off A2." in text(take_back(client))
    assert where(edition)[kor.reference] == (("A2",), True, "A longer hose.")
    assert "Taken back: Klub no longer fixed on A1." in text(take_back(client))
    assert where(edition)[klub.reference] == (("A1",), True, "")
    assert "Taken back: Kor and Klub changed places." in text(take_back(client))
    assert where(edition) == before
    take_back(client)
    assert "Taken back: Kor placed on A1." in text(take_back(client))
    assert where(edition) == {}
    assert last_step(client) == ""


def test_that_it_is_fixed_is_said_before_and_it_is_taken_back_where_it_was_done(
    client: CarefulClient, edition: Edition
) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    page = f"{PAGE}/{kor.code}"
    assert "Where you put it, it is fixed: no proposal moves it until you let it." in text(client.get(page).text)
    client.post(f"{page}/place", data={"numbers": "A1"})

    assert "Take back: Kor placed on A1" in text(client.get(page).text)
    assert "Take back" not in client.get(f"{PAGE}/{klub.code}").text
    back = client.post(f"{PAGE}/take-back", data={"step": last_step(client), "booth": kor.code})

    assert back.location.endswith(page)
    assert "Has no place in this plan." in client.get(page).text
    assert where(edition) == {}


def test_nobody_takes_back_what_another_has_done_since(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    seen = last_step(client)
    place(client, klub, "A2")

    answer = client.post(f"{PAGE}/take-back", data={"step": seen}, follow_redirects=True)

    assert "The plan has been changed since." in answer.text
    assert len(where(edition)) == 2
    assert (
        "The plan has been changed" in client.post(f"{PAGE}/take-back", data={"step": "x"}, follow_redirects=True).text
    )


def test_who_is_out_since_does_not_come_back(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    do(client, kor, "take-off")
    kor.state = kor.announced_state = State.WITHDRAWN
    db.session.commit()

    take_back(client)

    assert where(edition) == {}


def test_a_draft_is_thrown_away_and_what_counts_stays(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    publish(edition)
    place(client, kor, "A2")
    assert "1 step by hand goes with it." in client.get(f"{PAGE}/throw-away").text

    client.post(f"{PAGE}/throw-away")

    assert queries.plan(edition, PlanState.DRAFT) is None
    assert queries.pitches_of(edition)[kor.id] == [("A1", (1, 2))]
    assert "Throw the draft away" not in client.get(PAGE).text
    assert client.get(f"{PAGE}/throw-away").location == PAGE


def test_the_map_tells_free_taken_fixed_and_against_a_rule(client: CarefulClient, edition: Edition) -> None:
    kor, bred = booth(edition, "Kor"), booth(edition, "Bred", needs_water=True)
    place(client, kor, "A1")
    place(client, bred, "A2", reason="They bring a hose.")

    page = client.get(PAGE).text

    assert 'aria-label="A1, 3 x 3 m: Kor, fixed by hand"' in page
    assert 'aria-label="A2, 3 x 3 m: Bred, against a rule"' in page
    assert 'aria-label="A3, 6 x 3 m: free"' in page
    assert {"map-fixed", "map-against", "map-free"} <= set(re.findall(r"map-\w+", page))
    assert page.count("#lock") >= 1 and page.count("#warning") >= 1
    assert "They bring a hose." in page


def test_what_would_change_is_drawn_before_it_is_taken_over(client: CarefulClient, edition: Edition) -> None:
    kor, klub, gone = booth(edition, "Kor"), booth(edition, "Klub"), booth(edition, "Væk")
    place(client, kor, "A1")
    place(client, gone, "A2")
    publish(edition)
    do(client, gone, "take-off")
    place(client, kor, "A3")
    place(client, klub, "A1")

    page = client.get(f"{PAGE}?show=changes").text

    assert "A3: Kor comes from A1" in page
    assert "A1: Klub gets a place" in page
    assert "A2: Væk loses its place" in page
    assert page.count("map-arrow") == 1
    assert "Staying where one stands counts 10 points; a place counts 100." in page
    assert "data-hand " not in page
    client.post(f"{PAGE}/rules", data={"weight_stay": "0"})
    assert "Staying where one stands counts nothing" in client.get(PAGE).text


def test_lists_are_searched_and_narrowed(client: CarefulClient, edition: Edition) -> None:
    booth(edition, "Kor", needs_water=True)
    klub = booth(edition, "Klub")
    place(client, klub, "A2")

    assert "Kor" in text(client.get(f"{PAGE}?who=kor&need=water").text)
    assert "Nobody fits this choice." in client.get(f"{PAGE}?need=gas").text
    table = client.get(f"{PAGE}?pitch=klub").text.partition('id="pitches"')[2]
    assert re.findall(r'<th scope="row"><bdi>(A\d)', table) == ["A2"]
    assert re.findall(r'<th scope="row"><bdi>(A\d)', client.get(f"{PAGE}?which=free").text) == ["A1", "A3"]
    assert re.findall(r'<th scope="row"><bdi>(A\d)', client.get(f"{PAGE}?which=taken").text) == ["A2"]
    assert "Nothing fits this choice" in client.get(f"{PAGE}?pitch=nowhere&page=7&day=99&show=never").text


def test_supervisors_look_and_change_nothing(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    place(client, kor, "A1")
    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))

    page = client.get(PAGE).text

    assert "A1, 3 x 3 m: Kor" in page
    assert not re.search(r"plan\.\w*\.?js|data-hand|data-take|take-back|throw-away|/propose|data-against", page)
    for act in ("fits", "check?numbers=A1"):
        assert client.get(f"{PAGE}/{kor.code}/{act}").status_code == 403
    for act in ("place", "swap", "take-off", "fix", "unfix"):
        assert do(client, kor, act).status_code == 403
    for path in ("take-back", "throw-away", "publish", "propose"):
        assert client.post(f"{PAGE}/{path}").status_code == 403
    assert where(edition) == {kor.reference: (("A1",), True, "")}


def test_a_step_from_the_map_leads_back_to_its_day(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")

    answer = do(client, kor, "place", numbers="A1", day="2")

    assert answer.location == f"{PAGE}?day=2"
    assert do(client, kor, "fix", day="https://elsewhere.example").location.startswith(f"{PAGE}?day=https")


def test_a_part_of_the_map_is_no_higher_than_what_lies_in_it(client: CarefulClient) -> None:
    made = factories.edition("lang", number=8)
    [first, *_rest] = factories.street(made, widths_m=[3] * 12)
    far = {"type": "Point", "coordinates": [12.55, 55.6905]}  # Some fifty metres beside the first pitch.
    db.session.add(SiteFeature(site_id=first.site_id, kind=FeatureKind.TOILET, code="T1", geometry=far))
    db.session.commit()
    factories.sign_in(client, factories.organiser(made))

    boxes = re.findall(r'<svg viewBox="([^"]+)"', client.get("/organise/lang/booths").text)
    sizes = [[float(part) for part in box.split()][2:] for box in boxes]

    assert len(sizes) == 2
    assert sizes[0][0] == sizes[1][0]  # One scale.
    assert sizes[0][1] > 50
    assert sizes[1][1] < 15


@pytest.mark.parametrize("query", ["", "?show=changes", "?show=published"])
def test_the_plan_reads_everybody_and_each_plan_once(
    client: CarefulClient, edition: Edition, count_queries: list[str], query: str
) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    place(client, kor, "A1")
    publish(edition)
    place(client, klub, "A2")
    db.session.expire_all()
    count_queries.clear()

    assert client.get(PAGE + query).status_code == 200

    assert sum("WHERE application.edition_id = " in one and "announced_state = " in one for one in count_queries) == 1
    assert sum("FROM assignment" in one or "JOIN assignment" in one for one in count_queries) == 2

"""Wishes of organisers: zones, two pitches, last time's place; kept away without a word to anybody else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from eventsys.accounts.rules import Role
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.base import jobs
from eventsys.base.db import db
from eventsys.booths import actions, queries
from eventsys.booths.actions import placing, proposing, wishing
from eventsys.booths.models import ApartWish, Pitch, PlanState
from eventsys.booths.rules.rulebook import Rule
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.applications.applicants import mailed_link, mails
from tests.flows.booths.organisers import booth, text

pytestmark = pytest.mark.usefixtures("moment")
PAGE = "/organise/fest/booths"
SECRET = "Deres gudstjenester ligger samtidig"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.street(made, widths_m=[3, 3, 6, 3])
    factories.sign_in(client, factories.organiser(made))
    return made


def proposed(edition: Edition) -> dict[str, tuple[str, ...]]:
    actions.propose(edition, by=BY, now=NOW)
    db.session.commit()
    return {one.reference: one.numbers for one in queries.standing_in(queries.plan(edition, PlanState.DRAFT))}


def pitch(edition: Edition, number: str) -> Pitch:
    return next(one for one in queries.pitches_on(edition) if one.number == number)


def test_a_booth_is_wished_into_a_zone(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    pitch(edition, "A4").zone = "stage"
    db.session.commit()

    kept = client.post(f"{PAGE}/{kor.code}/wishes", data={"zone": "stage"})

    assert kept.status_code == 302
    assert proposed(edition)[kor.reference] == ("A4",)
    assert "you wish them in holds" in text(client.get(f"{PAGE}/{kor.code}").text)
    assert "zone: stage" in client.get(f"{PAGE}/wishes").text
    assert re.search(r'<option selected value="stage"', client.get(f"{PAGE}/{kor.code}/wishes").text)


def test_a_zone_that_no_pitch_has_is_refused(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")

    assert client.post(f"{PAGE}/{kor.code}/wishes", data={"zone": "moon"}).status_code == 422
    assert queries.wish_of(kor) is None


def test_who_is_to_have_two_pitches_gets_two_side_by_side_or_is_told(client: CarefulClient, edition: Edition) -> None:
    kor = booth(edition, "Kor")
    client.post(f"{PAGE}/{kor.code}/wishes", data={"zone": "", "wants_two": "y"})

    assert proposed(edition) == {}
    assert "No two pitches that fit lie side by side." in client.get(f"{PAGE}/{kor.code}").text
    west, south = pitch(edition, "A1").polygon[0]
    step = 3 / 111_195 / 0.5637  # Three metres of longitude in Copenhagen.
    pitch(edition, "A2").polygon = [[lon + west + step - 12.55016, lat] for lon, lat in pitch(edition, "A2").polygon]
    db.session.commit()
    assert south == 55.69
    assert proposed(edition)[kor.reference] == ("A1", "A2")


def test_two_are_kept_away_from_each_other(client: CarefulClient, edition: Edition) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")

    empty = client.post(f"{PAGE}/{kor.code}/wishes/apart", data={"away-other": klub.code, "away-reason": ""})
    itself = client.post(f"{PAGE}/{kor.code}/wishes/apart", data={"away-other": kor.code, "away-reason": SECRET})
    client.post(f"{PAGE}/{kor.code}/wishes/apart", data={"away-other": klub.code, "away-reason": SECRET})

    assert "This is missing." in empty.text
    assert "keep away from itself" in text(itself.text)
    stands = proposed(edition)
    assert {stands[kor.reference], stands[klub.reference]} == {("A1",), ("A4",)}, "thirty metres apart"
    assert SECRET in client.get(f"{PAGE}/{klub.code}/wishes").text, "from either side"
    client.post(f"{PAGE}/{klub.code}/wishes/apart", data={"away-other": kor.code, "away-reason": "Nye ord"})
    assert [wish.reason for wish in db.session.scalars(select(ApartWish))] == ["Nye ord"]
    client.post(f"{PAGE}/{klub.code}/wishes/{kor.code}/remove")
    assert db.session.scalars(select(ApartWish)).all() == []


def test_nobody_but_organisers_sees_that_two_are_kept_away_or_why(
    app: Flask, client: CarefulClient, edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    kor, klub = booth(edition, "Kor"), booth(edition, "Klub")
    caplog.set_level("DEBUG", logger="eventsys")
    client.post(f"{PAGE}/{kor.code}/wishes/apart", data={"away-other": klub.code, "away-reason": SECRET})
    client.post(f"{PAGE}/propose")
    jobs.run_now(app, proposing.GO_ON)
    actions.publish(edition, by=BY, now=NOW)
    db.session.commit()
    seen = [client.get(f"/organise/fest/{page}").text for page in ("applications/export/csv", "booths/export")]
    said = app.test_cli_runner().invoke(args=["booths", "propose", "--edition", "fest", "--format", "json"]).output
    audit = [str(vars(entry)) for entry in db.session.scalars(select(AuditEntry))]
    seen += [said, *audit, *(mail.subject + mail.text for mail in mails())]
    factories.sign_out(client)
    for role in (Role.SUPERVISOR, Role.REVIEWER, Role.EVALUATOR):
        factories.sign_in(client, factories.team_member(edition, role))
        pages = [PAGE, f"/organise/fest/applications/{kor.code}", f"{PAGE}/wishes", f"{PAGE}/{kor.code}/wishes"]
        answers = [client.get(page) for page in pages]
        assert [answer.status_code for answer in answers[2:]] == [403, 403], role
        seen += [answer.text for answer in answers]
        factories.sign_out(client)
    client.post(mailed_link(mails(kor.email)[-1]))
    seen += [client.get(page).text for page in (f"/my/{kor.code}/", "/fest/")]

    told = "\n".join([*seen, caplog.text])
    assert "Kor" in told
    assert SECRET not in told
    assert not re.search(r"without a word|not near to|sensitive|apart_wish", told, re.IGNORECASE)


def last_year(edition: Edition, name: str, number: str, *, is_remote: bool = False) -> Application:
    """Somebody who stood on that pitch the year before, and is in again."""
    before = factories.edition(of=edition.event, starts_on=date(2025, 8, 30), number=6)
    factories.street(before, widths_m=[3, 3, 6, 3])
    stood = factories.application(before, state=State.APPROVED, name=name)
    pitch(before, number).is_remote = is_remote
    placing.move(before, stood, [number], hand=placing.Hand(BY), now=NOW)
    actions.publish(before, by=BY, now=NOW)
    db.session.commit()
    return factories.application(edition, state=State.APPROVED, of=stood.organisation)


def test_who_comes_back_stands_where_it_stood(client: CarefulClient, edition: Edition) -> None:
    kor = last_year(edition, "Kor", "A4")
    client.post(f"{PAGE}/rules", data={"distance_last_place": "3"})

    assert proposed(edition)[kor.reference] == ("A4",)
    assert "place of last time holds" in text(client.get(f"{PAGE}/{kor.code}").text)
    assert "Last time it stood on A4." in client.get(f"{PAGE}/{kor.code}/wishes").text


def test_who_stood_out_of_the_way_does_not_do_so_again(client: CarefulClient, edition: Edition) -> None:
    kor = last_year(edition, "Kor", "A1", is_remote=True)
    pitch(edition, "A1").is_remote = True
    db.session.commit()

    assert proposed(edition)[kor.reference] != ("A1",)
    assert "comes first now holds" in text(client.get(f"{PAGE}/{kor.code}").text)
    assert "stood on A1, out of the way" in text(client.get(f"{PAGE}/{kor.code}/wishes").text)
    assert "stood out of the way last time" in client.get(f"{PAGE}/wishes").text


def test_another_event_says_nothing_about_this_one(client: CarefulClient, edition: Edition) -> None:
    kor = last_year(edition, "Kor", "A4")
    other = factories.edition(of=factories.event(name="Another"), starts_on=date(2026, 9, 30))
    factories.street(other)
    again = factories.application(other, state=State.APPROVED, of=kor.organisation)

    assert queries.last_places(other, queries.pitches_on(other)) == {}
    assert queries.wished(other, queries.pitches_on(other), [again])[again.id].last_at is None


def test_what_cannot_be_is_named_and_the_plan_goes_on(app: Flask, client: CarefulClient, edition: Edition) -> None:
    gone = booth(edition, "Væk", reference="T-GONE")
    gone.state = gone.announced_state = State.WITHDRAWN
    kor = booth(edition, "Kor", reference="T-KOR", keep_apart=["T-KOR", "T-GONE"], next_to=["T-NOBODY"])
    db.session.commit()
    started = client.post(f"{PAGE}/propose")
    jobs.run_now(app, proposing.GO_ON)

    for page in (started.location, PAGE, f"{PAGE}/wishes"):
        said = text(client.get(page).text)
        assert "Kor is asked to keep apart from itself." in said
        assert "Kor is asked to keep apart from Væk, who isn't in." in said
        assert "Kor wishes to stand next to T-NOBODY, who isn't in." in said
    assert kor.reference in {one.reference for one in queries.standing_in(queries.plan(edition, PlanState.DRAFT))}
    client.post(f"{PAGE}/publish")
    assert "is asked to keep apart" not in client.get(PAGE).text


def test_fixed_places_that_contradict_each_other_are_named_and_the_plan_goes_on(
    app: Flask, client: CarefulClient, edition: Edition
) -> None:
    kor, klub, fri = (booth(edition, name, reference=f"T-{name}") for name in ("Kor", "Klub", "Fri"))
    for one, number in ((kor, "A1"), (klub, "A2")):
        client.post(f"{PAGE}/{one.code}/place", data={"numbers": number})
    kor.keep_apart = [klub.reference]
    db.session.commit()
    client.post(f"{PAGE}/rules", data={"distance_keep_apart": "500"})

    started = client.post(f"{PAGE}/propose")
    jobs.run_now(app, proposing.GO_ON)

    for page in (started.location, PAGE):
        assert "are fixed nearer to each other than they may stand. They stay." in text(client.get(page).text)
    standing = {one.reference: one.numbers for one in queries.standing_in(queries.plan(edition, PlanState.DRAFT))}
    assert (standing["T-Kor"], standing["T-Klub"]) == (("A1",), ("A2",))
    assert fri.reference in standing


def test_a_rule_names_its_source(client: CarefulClient, edition: Edition) -> None:
    client.post(f"{PAGE}/rules", data={"source_keep_apart": "Byens brev af 3. maj"})
    kor = booth(edition, "Kor", reference="T-KOR")
    klub = booth(edition, "Klub", keep_apart=["T-KOR"])
    client.post(f"{PAGE}/{kor.code}/place", data={"numbers": "A1"})
    client.post(f"{PAGE}/rules", data={"distance_keep_apart": "15"})

    refused = client.post(f"{PAGE}/{klub.code}/place", data={"numbers": "A2"})

    assert "Source: Byens brev af 3. maj" in refused.text
    fits = client.get(f"{PAGE}/{klub.code}/fits").json
    assert any("Source: Byens brev af 3. maj" in sentence for sentence in fits["sentences"])
    [rule] = client.get(f"{PAGE}/{klub.code}/check?numbers=A2").json["rules"]
    assert rule.endswith("Source: Byens brev af 3. maj")
    assert 'value="Byens brev af 3. maj"' in client.get(f"{PAGE}/rules").text
    assert queries.rulebook_of(edition).of(Rule.KEEP_APART).source == "Byens brev af 3. maj"


def test_wishes_ask_the_database_as_much_for_three_as_for_one(
    client: CarefulClient, edition: Edition, count_queries: list[str]
) -> None:
    counts = []
    for _ in range(2):
        one, other = booth(edition, ""), booth(edition, "")
        wishing.wish(one, zone="", wants_two=False, by=BY, now=NOW)
        wishing.keep_away(one, other, reason="Why", by=BY, now=NOW)
        db.session.commit()
        count_queries.clear()
        assert client.get(f"{PAGE}/wishes").status_code == 200
        counts.append(len(count_queries))

    assert counts[0] == counts[1]

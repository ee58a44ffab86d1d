"""Whom a gate takes: said on its page, judged by the server, told to phones, and never changing what was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.base import clock
from eventsys.editions.models import Edition, Gate
from eventsys.gate import actions, queries
from eventsys.gate.models import GateRule
from eventsys.passes.rules.codec import PassKind
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

HOUR = timedelta(hours=1)
EVERY = ["1", "2", "3", "4"]


@pytest.fixture
def edition() -> Edition:
    return factories.edition()


@pytest.fixture
def gate(edition: Edition) -> Gate:
    return factories.gate(edition, code="N")


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition, gate: Gate) -> CarefulClient:
    """Who is signed in as the edition's organiser and reads English."""
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return client


def say(client: CarefulClient, edition: Edition, *, hours: float = 0, day: int = 1, **said: object) -> str:
    """Change a rule some hours after the opening; the page that follows."""
    address = f"/organise/{edition.slug}/gate/rules/N?day={day}"
    with clock.standing_at(OPEN + hours * HOUR):
        client.get(address)
        answer = client.post(address, data={"kinds": EVERY, **said}, follow_redirects=True)
    return answer.text


def test_page_says_what_counts_until_somebody_says_otherwise(organiser: CarefulClient, edition: Edition) -> None:
    page = organiser.get(f"/organise/{edition.slug}/gate/rules/N").text

    assert page.count("Everybody") == 2
    assert page.count("nobody has said anything else") == 2
    assert "Every rule that there was" not in page
    assert "/gate/rules/N" in organiser.get(f"/organise/{edition.slug}/gate").text


def test_kinds_and_hours_are_judged_by_server_and_told_to_phones(
    organiser: CarefulClient, edition: Edition, gate: Gate
) -> None:
    [helper], [visitor] = (factories.passes(edition, kind=kind) for kind in (PassKind.VOLUNTEER, PassKind.VISITOR))
    phone = Phone(organiser, factories.device(gate).token)
    before = phone.get("manifest").headers["ETag"]

    page = say(organiser, edition, kinds=["2"], begins="10:30", ends="02:00")

    assert "Saved. Phones follow within five minutes." in page
    assert "Volunteer, 10:30–02:00" in page
    told = phone.get("manifest", **{"If-None-Match": before})
    assert told.get_json()["gate"]["rules"] == [
        {
            "day": 1,
            "kinds": [2],
            "open": True,
            "opens_at": "2026-08-29T08:30:00.000Z",
            "closes_at": "2026-08-30T00:00:00.000Z",
        }
    ]
    assert told.get_json()["gate"]["kinds"] == [1, 2, 3, 4]
    results = phone.send(
        [
            factories.scan(pass_id=helper.pass_id, at=OPEN + HOUR / 2),
            factories.scan(pass_id=visitor.pass_id, at=OPEN + 2 * HOUR),
            factories.scan(pass_id=helper.pass_id, at=OPEN + 2 * HOUR),
        ],
        at=OPEN + 3 * HOUR,
    )
    assert [result["verdict"] for result in results] == ["not_this_gate", "not_this_gate", "admitted"]
    assert actions.rebuild(edition, is_check=True) == []


def test_all_days_at_once_each_with_its_own_hours(organiser: CarefulClient, session: Session, edition: Edition) -> None:
    say(organiser, edition, begins="18:00", ends="02:00", on_all_days="y")

    rows = session.scalars(select(GateRule).order_by(GateRule.day_number)).all()
    assert [(row.day_number, row.opens_at) for row in rows] == [
        (1, OPEN.replace(hour=16, minute=0)),
        (2, OPEN.replace(hour=16, minute=0) + 24 * HOUR),
    ]


def test_shutting_a_gate_leaves_who_came_in_and_lets_them_out(
    organiser: CarefulClient, edition: Edition, gate: Gate
) -> None:
    early, late, waiting = factories.passes(edition, count=3)
    phone = Phone(organiser, factories.device(gate).token)
    phone.send([factories.scan(pass_id=early.pass_id)], at=OPEN + HOUR)

    page = say(organiser, edition, hours=1, kinds=[], is_shut="y")

    results = phone.send(
        [
            factories.scan(pass_id=late.pass_id, at=OPEN + HOUR / 2),
            factories.scan(pass_id=waiting.pass_id, at=OPEN + 2 * HOUR, let_in=True),
            factories.scan(pass_id=early.pass_id, at=OPEN + 2 * HOUR, direction="out"),
        ],
        at=OPEN + 2 * HOUR,
    )
    assert "Nobody comes in; going out is noted" in page
    assert [result["verdict"] for result in results] == ["admitted", "not_this_gate", "left"]
    counts = queries.counts_by_day(edition)[1]
    assert (counts.visitors_admitted, counts.left, counts.let_in_against, counts.inside) == (2, 1, 1, 1)
    assert actions.rebuild(edition, is_check=True) == []


def test_a_rule_begins_after_the_scans_that_are_stored(
    organiser: CarefulClient, session: Session, edition: Edition, gate: Gate
) -> None:
    [visitor] = factories.passes(edition)
    Phone(organiser, factories.device(gate).token).send([factories.scan(pass_id=visitor.pass_id)])

    say(organiser, edition, kinds=["1"])
    say(organiser, edition, kinds=["2"])

    since = session.scalars(select(GateRule.since).order_by(GateRule.id)).all()
    assert OPEN < since[0] < since[1] < OPEN + timedelta(seconds=1)
    assert queries.counts_by_day(edition)[1].visitors_admitted == 1
    assert actions.rebuild(edition, is_check=True) == []


def test_a_night_that_is_an_hour_longer(client: CarefulClient, session: Session) -> None:
    edition = factories.edition(starts_on=date(2026, 10, 24), day_count=1)
    gate = factories.gate(edition, code="N")
    [early, first, second, late] = factories.passes(edition, count=4, days=[1])
    edition.days[0].opens_at, edition.days[0].closes_at = _utc("2026-10-24T16:00"), _utc("2026-10-25T01:30")
    session.commit()
    factories.sign_in(client, factories.organiser(edition))
    before = _utc("2026-10-24T12:00")
    with clock.standing_at(before):
        address = f"/organise/{edition.slug}/gate/rules/N"
        client.get(address)
        client.post(address, data={"kinds": EVERY, "begins": "20:00", "ends": "02:30"})
    hours = {"valid_from": before, "valid_until": before + 24 * HOUR, "now": before}
    phone = Phone(client, actions.enrol(factories.gate_link(gate, **hours).token, now=before).token)
    session.commit()

    # 19:45, 02:15 in summer time, 02:15 an hour later, and 02:30.
    moments = [_utc(at) for at in ("2026-10-24T17:45", "2026-10-25T00:15", "2026-10-25T01:15", "2026-10-25T01:30")]
    scans = [
        factories.scan(pass_id=issued.pass_id, at=at)
        for issued, at in zip((early, first, second, late), moments, strict=True)
    ]
    results = phone.send(scans, at=moments[-1])

    assert [result["verdict"] for result in results] == ["not_this_gate", "admitted", "admitted", "not_this_gate"]
    assert queries.counts_by_day(edition)[1].visitors_admitted == 2
    counted = {place.starts_at for place, counts in queries.quarter_counts(edition, day=1).items() if counts.admitted}
    assert counted == {moments[1], moments[2]}
    assert actions.rebuild(edition, is_check=True) == []


def _utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def test_saying_the_same_again_is_no_new_rule(organiser: CarefulClient, session: Session, edition: Edition) -> None:
    assert "That counted already." in say(organiser, edition)
    say(organiser, edition, kinds=["3"])

    assert "That counted already." in say(organiser, edition, hours=1, kinds=["3"])
    assert len(session.scalars(select(GateRule)).all()) == 1


def test_form_begins_with_what_counts(organiser: CarefulClient, edition: Edition) -> None:
    page = say(organiser, edition, kinds=["3"], begins="18:00", ends="02:00")

    assert 'value="18:00"' in page
    assert 'value="02:00"' in page
    assert page.count(" checked") == 1
    assert "Every rule that there was" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kinds": []}, "Choose at least one kind of pass"),
        ({"begins": "10:00"}, "Give both times, or none"),
        ({"begins": "08:00", "ends": "18:00"}, "These hours don&#39;t lie within day 1"),
        ({"begins": "08:00", "ends": "07:00", "on_all_days": "y"}, "These hours don&#39;t lie within day 1"),
        ({"kinds": ["9"]}, "&#39;9&#39; is not a valid choice"),
        ({"begins": "nonsense", "ends": "10:00"}, "Not a valid time"),
    ],
)
def test_what_cannot_be_is_refused(
    organiser: CarefulClient, session: Session, edition: Edition, said: dict[str, object], sentence: str
) -> None:
    assert sentence in say(organiser, edition, **said)
    assert session.scalars(select(GateRule)).all() == []


def test_a_supervisor_reads_the_rules_and_changes_none(client: CarefulClient, edition: Edition, gate: Gate) -> None:
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))

    assert f"/gate/rules/{gate.code}" not in client.get(f"/organise/{edition.slug}/gate").text
    assert client.get(f"/organise/{edition.slug}/gate/rules/{gate.code}").status_code == 403


def test_an_unknown_gate_is_not_found(organiser: CarefulClient, edition: Edition) -> None:
    assert organiser.get(f"/organise/{edition.slug}/gate/rules/X").status_code == 404

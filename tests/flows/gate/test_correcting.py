"""Putting a count right: added to the log by the desk of the gate, with its reason; taken back; counted once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.gate import actions, queries
from eventsys.gate.models import Device, GateLink, Scan, ScanReason
from eventsys.gate.rules.admissions import Counts
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.desk import ADDED, HOUR, Desk, fields_of
from tests.flows.gate.phone import Phone


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition with gates N and S whose organiser is signed in and reads English."""
    edition = factories.edition()
    for code in ("N", "S"):
        factories.gate(edition, code=code)
    factories.sign_in(client, factories.organiser(edition, name="Noor Hansen"))
    client.get("/language/en")
    return edition


@pytest.fixture
def desk(client: CarefulClient, edition: Edition) -> Desk:
    return Desk(client, edition)


def counts(edition: Edition, day: int = 1) -> Counts:
    return queries.counts_by_day(edition).get(day, Counts())


def is_clean(edition: Edition) -> bool:
    return actions.rebuild(edition, is_check=True) == []


def how_many(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_count_is_put_right_with_its_reason(session: Session, edition: Edition, desk: Desk) -> None:
    page = desk.add()

    assert "Saved." in page
    assert "+12 counted in by hand" in page
    assert "Counted at the fence" in page
    assert "typed in by Noor Hansen, 29 Aug 2026 10:30" in page
    scan = session.scalars(select(Scan)).one()
    assert (scan.tally, scan.corrected_at, scan.after_revocation) == (12, OPEN + timedelta(minutes=35), False)
    assert session.get_one(ScanReason, scan.scan_id).reason == "Counted at the fence"
    acts = session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.corrected")).all()
    assert [(act.subject_code, act.detail) for act in acts] == [(f"{edition.slug}:N", "day 1, rows 1")]
    assert counts(edition).tallied_in == 12
    assert is_clean(edition)


@pytest.mark.parametrize(
    ("typed", "told", "wanted"),
    [
        ({"change": "fewer", "people": "3"}, "−3 counted in by hand", (37, 10)),
        ({"change": "fewer", "people": "3", "direction": "out"}, "−3 counted out by hand", (40, 7)),
        ({"direction": "out"}, "+12 counted out by hand", (40, 22)),
    ],
)
def test_people_are_taken_off_and_counted_out(
    client: CarefulClient, session: Session, edition: Edition, desk: Desk,
    typed: dict[str, str], told: str, wanted: tuple[int, int],
) -> None:  # fmt: skip
    gate = queries.gate(edition, "N")
    assert gate is not None
    phone = Phone(client, factories.device(gate).token)
    phone.send([factories.scan(tally=40), factories.scan(tally=10, direction="out")])

    assert told in desk.add(**typed)

    assert (counts(edition).tallied_in, counts(edition).tallied_out) == wanted
    assert is_clean(edition)


def test_desk_is_one_a_gate_and_no_phone(client: CarefulClient, session: Session, edition: Edition, desk: Desk) -> None:
    desk.add()
    desk.add(people="1")
    desk.add(gate="S")

    desks = session.scalars(select(Device)).all()
    assert [device.is_desk for device in desks] == [True, True]
    assert {link.revoked_at for link in session.scalars(select(GateLink))} == {OPEN + HOUR}
    assert {device.enrolled_at for device in desks} == {OPEN - HOUR / 2}
    assert queries.devices_of(edition) == []
    with clock.standing_at(OPEN + HOUR):
        control = client.get(f"/organise/{edition.slug}/gate").text
    assert "No phone yet" in control
    assert "Phones that are not signed out" not in desk.end()
    for device in desks:
        assert client.get(f"/organise/{edition.slug}/gate/phones/{device.code}/revoke").status_code == 404


def test_an_opening_that_was_moved_pushes_nothing_to_a_later_time(
    session: Session, edition: Edition, desk: Desk
) -> None:
    desk.add()
    edition.days[0].opens_at -= 2 * HOUR
    session.commit()

    desk.add(at="07:30", people="5")

    assert [scan.corrected_at for scan in session.scalars(select(Scan).order_by(Scan.tally))] == [
        OPEN - 2 * HOUR,
        OPEN + timedelta(minutes=35),
    ]
    assert is_clean(edition)


def test_pressing_twice_counts_once(session: Session, edition: Edition, desk: Desk) -> None:
    form = fields_of(desk.get("correct?day=1")) | ADDED

    pages = [desk.post("correct?day=1", form, now=OPEN + n * HOUR).text for n in (1, 2)]

    assert ["Saved." in page for page in pages] == [True, True]
    assert counts(edition).tallied_in == 12
    assert how_many(session, Scan) == how_many(session, ScanReason) == 1
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.corrected")).all()) == 1


@pytest.mark.parametrize("other", [{"people": "13"}, {"gate": "S"}, {"reason": "Another one"}, {"direction": "out"}])
def test_a_saved_page_with_something_else_in_it_is_refused(
    session: Session, edition: Edition, desk: Desk, other: dict[str, str]
) -> None:
    form = fields_of(desk.get("correct?day=1")) | ADDED
    desk.post("correct?day=1", form)

    answer = desk.post("correct?day=1", form | other)

    assert answer.status_code == 422
    assert "This page was saved already, with something else in it." in answer.text
    assert how_many(session, Scan) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"at": "10:31"}, "This time is still to come, or it is before the opening of the day."),
        ({"at": "08:59"}, "This time is still to come, or it is before the opening of the day."),
        ({"at": "now"}, "Not a valid time value"),
        ({"at": ""}, "Give a time, such as 14:30."),
        ({"gate": "X"}, "Not a valid choice"),
        ({"gate": ""}, "Choose a gate."),
        ({"direction": "up"}, "Invalid Choice: could not coerce."),
        ({"change": ""}, "Say whether people are added or taken off."),
        ({"people": "0"}, "Give a whole number, 1 to 10000."),
        ({"people": "10001"}, "Give a whole number, 1 to 10000."),
        ({"people": "many"}, "Give a whole number, 1 to 10000."),
        ({"people": ""}, "Say how many people."),
        ({"change": "fewer"}, "Only 0 are counted by hand that way at this gate on this day."),
        ({"reason": "  "}, "Say why."),
        ({"reason": "a" * 301}, "This is too long: use at most 300 characters."),
        ({"ticket": "17"}, "A scan could not be read."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    session: Session, desk: Desk, typed: dict[str, str], sentence: str
) -> None:
    page = desk.add(**typed)

    assert sentence in page
    assert how_many(session, Scan) == how_many(session, Device) == 0
    kept = {"people": "12", "reason": "Counted at the fence", "at": "10:05"}
    assert all(f'value="{value}"' in page for name, value in kept.items() if name not in typed)


def test_a_time_that_the_day_has_not_is_refused(session: Session, edition: Edition, desk: Desk) -> None:
    edition.days[1].opens_at -= 20 * HOUR
    session.commit()

    assert "This time doesn&#39;t lie within day 1" in desk.add(at="20:00", now=OPEN + 20 * HOUR)


def test_a_time_past_midnight_belongs_to_the_day_that_runs(session: Session, edition: Edition, desk: Desk) -> None:
    desk.add(at="01:15", now=OPEN + 20 * HOUR)

    assert session.scalars(select(Scan)).one().corrected_at == datetime(2026, 8, 29, 23, 15, tzinfo=UTC)
    assert counts(edition).tallied_in == 12
    assert is_clean(edition)


def test_a_day_that_has_not_begun_takes_nothing(session: Session, desk: Desk) -> None:
    assert "This day has not begun" in desk.get("correct?day=2")
    assert desk.post("correct?day=2", ADDED).status_code == 422
    assert how_many(session, Scan) == 0


def test_count_is_taken_back_with_a_reason(session: Session, edition: Edition, desk: Desk) -> None:
    desk.add()
    page = desk.take_back()

    assert "Saved." in page
    assert "+12 counted in by hand at 10:05, taken back" in page
    assert "It was Sunday&#39;s" in page
    assert page.count("/back") == 0
    void = session.scalars(select(Scan).where(Scan.voids.is_not(None))).one()
    assert void.corrected_at == OPEN + timedelta(minutes=35)
    assert counts(edition) == Counts()
    assert is_clean(edition)
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.act.like("gate.%")).order_by(AuditEntry.id)).all()
    assert acts[-2:] == ["gate.corrected", "gate.taken_back"]


def test_taking_back_twice_is_one_act_by_one_form_and_refused_by_another(
    session: Session, edition: Edition, desk: Desk
) -> None:
    desk.add()
    scan_id = session.scalars(select(Scan.scan_id)).one()
    where = f"correct/{scan_id}/back"
    forms = [fields_of(desk.get(where)) | {"reason": "It was Sunday's"} for _ in range(2)]

    assert desk.post(where, forms[0]).status_code == 200
    assert desk.post(where, forms[0]).status_code == 200
    assert "This page was saved already" in desk.post(where, forms[0] | {"reason": "Other"}).text
    assert "This was taken back already." in desk.post(where, forms[1]).text
    assert how_many(session, Scan) == 2
    assert "This was taken back already." in desk.get(where)


def test_nothing_is_taken_back_that_others_were_taken_off(edition: Edition, desk: Desk) -> None:
    desk.add()
    desk.add(change="fewer", people="10", now=OPEN + 1.5 * HOUR)

    assert "Only 2 are counted by hand that way" in desk.take_back(1)
    assert counts(edition).tallied_in == 2
    desk.take_back(0)
    desk.take_back(0)
    assert counts(edition).tallied_in == 0
    assert is_clean(edition)


def test_a_correction_of_a_closed_day_comes_late(client: CarefulClient, edition: Edition, desk: Desk) -> None:
    desk.add()
    late = OPEN + 11 * HOUR
    with clock.standing_at(late):
        client.post(f"/organise/{edition.slug}/gate/close?day=1")

    assert "Day 1 is closed. What you save now stands there as come late" in desk.get("correct?day=1", now=late + HOUR)
    page = desk.add(people="5", now=late + HOUR)

    assert "Day 1 is closed: it stands there as come late" in page
    assert "typed in afterwards" in page
    assert "This is not counted." in page
    assert is_clean(edition)
    with clock.standing_at(late + 2 * HOUR):
        page = client.post(f"/organise/{edition.slug}/gate/close?day=1", follow_redirects=True).text
    assert "Nothing has come since" in page
    assert "Day 1 is closed. What you save now" in desk.get(
        f"correct/{page.split('/gate/correct/')[1][:36]}/back", now=late + 3 * HOUR
    )


def test_a_night_that_is_an_hour_longer(client: CarefulClient, session: Session) -> None:
    edition = factories.edition(starts_on=date(2026, 10, 24), day_count=1)
    factories.gate(edition, code="N")
    edition.days[0].opens_at = datetime(2026, 10, 24, 16, tzinfo=UTC)
    edition.days[0].closes_at = datetime(2026, 10, 25, 3, tzinfo=UTC)
    session.commit()
    factories.sign_in(client, factories.organiser(edition))

    Desk(client, edition).add(at="02:30", now=datetime(2026, 10, 25, 4, tzinfo=UTC))

    assert session.scalars(select(Scan)).one().corrected_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert is_clean(edition)


def test_a_supervisor_puts_counts_right_and_a_reviewer_does_not(client: CarefulClient, session: Session) -> None:
    edition = factories.edition()
    factories.gate(edition, code="N")
    supervisor, reviewer = (factories.team_member(edition, role) for role in (Role.SUPERVISOR, Role.REVIEWER))
    factories.sign_in(client, supervisor)
    client.get("/language/en")
    desk = Desk(client, edition)
    assert "+12 counted in by hand" in desk.add()
    scan_id = session.scalars(select(Scan.scan_id)).one()

    factories.sign_out(client)
    factories.sign_in(client, reviewer)

    for where in ("correct", "paper", f"correct/{scan_id}/back", f"reason/{scan_id}"):
        assert client.get(f"{desk.base}/{where}").status_code == 403
        assert client.post(f"{desk.base}/{where}").status_code == 403


def test_what_is_of_another_edition_or_of_a_phone_is_not_found(
    client: CarefulClient, session: Session, edition: Edition, desk: Desk
) -> None:
    desk.add()
    scan_id = session.scalars(select(Scan.scan_id)).one()
    elsewhere = factories.edition()
    factories.team_member(elsewhere, Role.ORGANISER)
    gate = queries.gate(edition, "N")
    assert gate is not None
    Phone(client, factories.device(gate).token).send([factories.scan(tally=9, number=9), factories.scan(tally=-1)])
    tallies = {scan.tally: scan.scan_id for scan in session.scalars(select(Scan))}

    assert client.get(f"{desk.base}/correct/{tallies[9]}/back").status_code == 404
    assert client.get(f"{desk.base}/correct/{tallies[-1]}/back").status_code == 404
    assert client.get(f"{desk.base}/reason/{tallies[9]}").status_code == 404
    assert client.get(f"{desk.base}/reason/{tallies[-1]}").status_code == 200
    administrator = factories.administrator()
    factories.sign_out(client)
    factories.sign_in(client, administrator)
    assert client.get(f"/organise/{elsewhere.slug}/gate/correct/{scan_id}/back").status_code == 404


def test_pages_lead_there(client: CarefulClient, edition: Edition, desk: Desk) -> None:
    assert "/gate/correct?day=1" in desk.end()
    page = desk.get("figures?day=1&gate=N")
    assert "/gate/correct?day=1&amp;gate=N" in page
    assert "/gate/paper?day=1&amp;gate=N" in page
    bare = factories.edition()
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(bare))
    assert "/gate/correct" not in Desk(client, bare).end()
    assert client.get(f"/organise/{bare.slug}/gate/correct").status_code == 404

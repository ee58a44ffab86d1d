"""Counts from paper: a sheet of quarters of an hour typed in, looked at, saved as a whole, taken back as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsys.audit.models import AuditEntry
from eventsys.editions.models import Edition
from eventsys.gate import actions, queries
from eventsys.gate.models import Scan, ScanReason
from eventsys.gate.rules.admissions import Counts, Place
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.desk import HOUR, Desk, fields_of
from tests.flows.gate.phone import Phone

QUARTER = timedelta(minutes=15)
WHERE = "paper?day=1&gate=N"
# The quarters from 9:30 and 9:45, on the clocks of Copenhagen.
TYPED = {"in_20260829T0730": "31", "out_20260829T0730": "2", "in_20260829T0745": "18", "out_20260829T0745": "0"}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    edition = factories.edition()
    for code in ("N", "S"):
        factories.gate(edition, code=code)
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return edition


@pytest.fixture
def desk(client: CarefulClient, edition: Edition) -> Desk:
    return Desk(client, edition)


def counts(edition: Edition) -> Counts:
    return queries.counts_by_day(edition).get(1, Counts())


def is_clean(edition: Edition) -> bool:
    return actions.rebuild(edition, is_check=True) == []


def rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Scan)) or 0


def test_sheet_is_looked_at_and_saved_as_a_whole(session: Session, edition: Edition, desk: Desk) -> None:
    page = desk.send(WHERE, reason="From paper", **TYPED)
    assert "Is this what the sheet says?" in page
    assert "49 people" in page
    assert rows(session) == 0

    page = desk.post(WHERE, fields_of(page) | {"save": "1"}).text

    assert "Saved." in page
    assert page.count("From paper") == 3
    assert (counts(edition).tallied_in, counts(edition).tallied_out) == (49, 2)
    places = queries.quarter_counts(edition, day=1)
    assert {place: each.tallied_in for place, each in places.items()} == {
        Place("N", 1, OPEN): 31,
        Place("N", 1, OPEN + QUARTER): 18,
    }
    [act] = session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.corrected"))
    assert act.detail == "day 1, rows 3"
    assert is_clean(edition)


def test_change_leads_back_with_what_was_typed(session: Session, desk: Desk) -> None:
    page = desk.send(WHERE, reason="Phone N2 fell into the lake", **TYPED)

    page = desk.post(WHERE, fields_of(page) | {"change": "1"}).text

    assert 'value="31"' in page
    assert 'value="Phone N2 fell into the lake"' in page
    assert "Look at the sum" in page
    assert rows(session) == 0


def test_pressing_save_twice_counts_once(session: Session, edition: Edition, desk: Desk) -> None:
    form = fields_of(desk.send(WHERE, reason="From paper", **TYPED)) | {"save": "1"}

    pages = [desk.post(WHERE, form, now=OPEN + n * HOUR).text for n in (1, 2)]

    assert ["Saved." in page for page in pages] == [True, True]
    assert rows(session) == session.scalar(select(func.count()).select_from(ScanReason)) == 3
    assert counts(edition).tallied_in == 49


@pytest.mark.parametrize(
    "other",
    [
        {"in_20260829T0730": "30"},
        {"in_20260829T0730": ""},
        {"in_20260829T0745": ""},
        {"in_20260829T0815": "4"},
        {"in_20260829T0730": "", "in_20260829T0815": "31"},
        {"reason": "Another sheet"},
    ],
)
def test_a_saved_sheet_with_something_else_in_it_is_refused_as_a_whole(
    session: Session, edition: Edition, desk: Desk, other: dict[str, str]
) -> None:
    form = fields_of(desk.send(WHERE, reason="From paper", **TYPED)) | {"save": "1"}
    desk.post(WHERE, form)

    answer = desk.post(WHERE, form | other)

    assert answer.status_code == 422
    assert "This page was saved already, with something else in it." in answer.text
    assert rows(session) == 3
    assert is_clean(edition)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Type at least one number."),
        ({"in_20260829T0730": "0"}, "Type at least one number."),
        ({"in_20260829T0730": "-3"}, "Give a whole number, 0 to 10000."),
        ({"in_20260829T0730": "10001"}, "Give a whole number, 0 to 10000."),
        ({"in_20260829T0730": "a few"}, "Give a whole number, 0 to 10000."),
        ({"in_20260829T0730": "3", "reason": ""}, "Say why."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    session: Session, desk: Desk, typed: dict[str, str], sentence: str
) -> None:
    page = desk.send(WHERE, **{"reason": "From paper", "out_20260829T0745": "" if len(typed) < 1 else "0"} | typed)

    assert sentence in page
    assert all(f'value="{value}"' in page for value in typed.values() if value)
    assert rows(session) == 0


def test_sheet_shows_what_is_counted_already_and_ends_now(client: CarefulClient, edition: Edition, desk: Desk) -> None:
    gate = queries.gate(edition, "N")
    assert gate is not None
    Phone(client, factories.device(gate).token).send([factories.scan(tally=77)])

    page = desk.get(WHERE, now=OPEN + QUARTER)

    assert "<bdi>77</bdi>" in page
    assert "09:00–09:15" in page
    assert "09:45–10:00" in page
    assert "10:00–10:15" not in page
    assert "After the closing hour" not in page
    whole = desk.get(WHERE, now=OPEN + 30 * HOUR)
    assert "After the closing hour" in whole
    assert whole.count('name="in_') == whole.count('name="out_') == 96
    assert "This day has not begun" in desk.get("paper?day=2")


def test_an_opening_within_a_quarter_begins_there(session: Session, edition: Edition, desk: Desk) -> None:
    edition.days[0].opens_at += timedelta(minutes=10)
    session.commit()

    page = desk.send(WHERE, reason="From paper", in_20260829T0710="6")
    desk.post(WHERE, fields_of(page) | {"save": "1"})

    assert "09:10–09:15" in page
    assert counts(edition).tallied_in == 6
    assert is_clean(edition)


def test_sheet_of_the_night_that_is_an_hour_longer_has_both_hours(client: CarefulClient, session: Session) -> None:
    edition = factories.edition(starts_on=date(2026, 10, 24), day_count=1)
    factories.gate(edition, code="N")
    edition.days[0].opens_at = datetime(2026, 10, 24, 16, tzinfo=UTC)
    edition.days[0].closes_at = datetime(2026, 10, 25, 3, tzinfo=UTC)
    session.commit()
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    desk, now = Desk(client, edition), datetime(2026, 10, 25, 4, tzinfo=UTC)

    page = desk.send(WHERE, now=now, reason="From paper", in_20261025T0030="5", in_20261025T0130="7")

    assert "02:30–02:45, summer time" in page
    assert "02:30–02:45, winter time" in page
    desk.post(WHERE, fields_of(page) | {"save": "1"}, now=now)
    assert {place.starts_at.hour: each.tallied_in for place, each in queries.quarter_counts(edition).items()} == {
        0: 5,
        1: 7,
    }
    assert is_clean(edition)


def test_sheet_is_taken_back_as_a_whole_or_in_part(session: Session, edition: Edition, desk: Desk) -> None:
    for now in (OPEN + HOUR, OPEN + 2 * HOUR):
        page = desk.send(WHERE, now=now, reason="From paper", **TYPED)
        desk.post(WHERE, fields_of(page) | {"save": "1"}, now=now)
    assert counts(edition).tallied_in == 98

    desk.take_back(now=OPEN + 3 * HOUR)
    assert (counts(edition).tallied_in, rows(session)) == (80, 7)
    desk.take_back(now=OPEN + 4 * HOUR, is_whole="y")
    assert (counts(edition).tallied_in, counts(edition).tallied_out, rows(session)) == (49, 2, 9)
    assert is_clean(edition)
    acts = session.scalars(select(AuditEntry.detail).where(AuditEntry.act == "gate.taken_back")).all()
    assert acts == ["rows 1", "rows 2"]


def test_taking_a_sheet_back_twice_by_one_form_is_one_act(session: Session, edition: Edition, desk: Desk) -> None:
    page = desk.send(WHERE, reason="From paper", **TYPED)
    desk.post(WHERE, fields_of(page) | {"save": "1"})
    scan_id = session.scalars(select(Scan.scan_id)).first()
    where = f"correct/{scan_id}/back"
    page = desk.get(where)
    assert "And 2 counts that were saved together with it" in page
    form = fields_of(page) | {"reason": "Typed at the wrong gate", "is_whole": "y"}

    assert all("Saved." in desk.post(where, form, now=OPEN + n * HOUR).text for n in (2, 3))

    assert rows(session) == 6
    assert counts(edition) == Counts()
    assert is_clean(edition)


def test_a_gate_that_is_not_there_is_the_first_one(desk: Desk) -> None:
    assert "Gate N – North gate" in desk.get("paper?day=1&gate=XYZ")

"""What was put right of a day stands on its last page, one by one, with the reason; who knows it says why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.editions.models import Edition, Gate
from eventsys.gate import actions, queries
from eventsys.gate.models import Scan, ScanReason
from eventsys.gate.rules.devices import DeviceRole
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.desk import HOUR, Desk, fields_of
from tests.flows.gate.phone import Phone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    edition = factories.edition()
    for code in ("N", "S"):
        factories.gate(edition, code=code)
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR, name="Sami Supervisor"))
    client.get("/language/en")
    return edition


@pytest.fixture
def gate(edition: Edition) -> Gate:
    found = queries.gate(edition, "N")
    assert found is not None
    return found


@pytest.fixture
def desk(client: CarefulClient, edition: Edition) -> Desk:
    return Desk(client, edition)


@pytest.fixture
def phone(client: CarefulClient, gate: Gate) -> Phone:
    return Phone(client, factories.device(gate, role=DeviceRole.SUPERVISE).token)


def listed(page: str) -> list[list[str]]:
    """The rows of the list of corrections: time, gate, what was put right, why."""
    part = page.partition('id="corrections"')[2].partition("<h3>")[0]
    found = []
    for row in part.split("<tr>")[2:]:
        cells = re.findall(r"<t[hd][^>]*><bdi>(.*?)</bdi></t[hd]>", row, re.DOTALL)
        time, where, _phone, what, why, *_ = [" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in cells]
        found.append([time, where, what, why])
    return found


def test_each_correction_of_a_phone_is_listed_the_newest_first(
    edition: Edition, desk: Desk, phone: Phone, client: CarefulClient
) -> None:
    [visitor] = factories.passes(edition)
    entry = factories.scan(pass_id=visitor.pass_id)
    exit_ = factories.scan(pass_id=visitor.pass_id, direction="out", at=OPEN + MINUTE)
    tally = factories.scan(tally=5, at=OPEN + 2 * MINUTE)
    phone.send([entry, exit_, tally], at=OPEN + 3 * MINUTE)
    assert "Nothing was put right by hand" in desk.end()

    for n, said in enumerate(
        [{"tally": -3}, {"tally": -2, "direction": "out"}, *({"voids": one["scan_id"]} for one in (entry, exit_, tally)),
         {"voids": factories.scan()["scan_id"]}],
        4,
    ):  # fmt: skip
        at = OPEN + n * MINUTE
        phone.send([factories.scan(at=at, **said)], at=at)

    page = desk.end()
    assert "6 in all, the newest first." in page
    assert "For 6 of them nobody has said why." in page
    assert listed(page) == [
        ["09:39", "N", "A scan that has not arrived, taken back", "no reason given"],
        ["09:38", "N", "+5 counted in by hand at 09:32, taken back", "no reason given"],
        ["09:37", "N", "Exit of 09:31 at N, taken back", "no reason given"],
        ["09:36", "N", "Entry of 09:30 at N, taken back", "no reason given"],
        ["09:35", "N", "−2 counted out by hand", "no reason given"],
        ["09:34", "N", "−3 counted in by hand", "no reason given"],
    ]
    assert actions.rebuild(edition, is_check=True) == []


def test_somebody_says_why_once(session: Session, edition: Edition, desk: Desk, phone: Phone) -> None:
    phone.send([factories.scan(tally=5), factories.scan(tally=-3)])
    where = re.findall(r'/gate/(reason/[0-9a-f-]{36})"', desk.end())
    assert len(where) == 1

    assert "Say why." in desk.send(where[0], reason="")
    page = desk.send(where[0], reason="Pressed <three> times too often")
    desk.send(where[0], reason="Pressed <three> times too often")
    other = desk.send(where[0], reason="Something else")

    assert listed(page) == [
        [
            "09:30",
            "N",
            "−3 counted in by hand",
            "Pressed &lt;three&gt; times too oftenSami Supervisor, 29 Aug 2026 10:30",
        ]
    ]
    assert "/gate/reason/" not in page
    assert "Somebody has said why already: Pressed &lt;three&gt; times too often" in other
    assert [kept.reason for kept in session.scalars(select(ScanReason))] == ["Pressed <three> times too often"]
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.reason_given")).all()) == 1
    assert actions.rebuild(edition, is_check=True) == []


def test_a_scan_taken_back_the_next_day_stands_on_the_day_that_it_was_scanned_on(
    edition: Edition, desk: Desk, phone: Phone
) -> None:
    [visitor] = factories.passes(edition)
    entry = factories.scan(pass_id=visitor.pass_id)
    phone.send([entry])
    late = OPEN + 25 * HOUR
    phone.send([factories.scan(voids=entry["scan_id"], at=late)], at=late)

    assert [row[2] for row in listed(desk.end(now=late))] == ["Entry of 09:30 at N, taken back"]
    assert "Nothing was put right by hand" in desk.end(day=2, now=late)
    where = re.findall(r'/gate/(reason/[0-9a-f-]{36})"', desk.end(now=late))[0]
    assert "Day 1: Saturday" in desk.send(where, now=late, reason="Somebody else's pass")


def test_a_long_list_has_pages(edition: Edition, desk: Desk, phone: Phone) -> None:
    phone.send([factories.scan(tally=200), *(factories.scan(tally=-1, at=OPEN + n * MINUTE) for n in range(1, 55))],
               at=OPEN + HOUR)  # fmt: skip

    first, second = desk.end(), desk.end(page=2)

    assert (len(listed(first)), len(listed(second))) == (50, 4)
    assert listed(first)[0][0] == "10:24"
    assert listed(second)[-1][0] == "09:31"
    assert "page=2#corrections" in first
    assert listed(desk.end(page=99)) == listed(second)
    assert listed(desk.end(page=-1)) == listed(first)


def test_other_editions_and_people_counted_are_no_corrections(
    client: CarefulClient, edition: Edition, desk: Desk, phone: Phone
) -> None:
    elsewhere = factories.edition()
    other = Phone(client, factories.device(factories.gate(elsewhere)).token)
    other.send([factories.scan(tally=-4)])
    phone.send([factories.scan(tally=4), factories.scan(code_hash="ab" * 32)])

    assert "Nothing was put right by hand" in desk.end()


def test_a_phone_of_another_edition_takes_nothing_back(
    client: CarefulClient, session: Session, edition: Edition, desk: Desk
) -> None:
    desk.add()
    scan_id = session.scalars(select(Scan.scan_id)).one()
    elsewhere = factories.edition()
    other = factories.device(factories.gate(elsewhere), role=DeviceRole.SUPERVISE)
    Phone(client, other.token).send([factories.scan(voids=scan_id)])

    page = desk.end()

    assert [row[2] for row in listed(page)] == ["+12 counted in by hand"]
    assert queries.counts_by_day(edition)[1].tallied_in == 12


def test_a_desks_rows_say_who_typed_them(client: CarefulClient, session: Session, desk: Desk, phone: Phone) -> None:
    desk.add()
    phone.send([factories.scan(voids=session.scalars(select(Scan.scan_id)).one(), at=OPEN + HOUR)], at=OPEN + HOUR)

    page = desk.end(now=OPEN + 2 * HOUR)

    assert "typed in by Sami Supervisor, 29 Aug 2026 10:30" in page
    assert {row[2] for row in listed(page)} == {
        "+12 counted in by hand taken back",
        "+12 counted in by hand at 10:05, taken back",
    }
    assert "/back" not in page


def test_without_a_network_two_desks_at_once_count_once_each(
    client: CarefulClient, edition: Edition, desk: Desk
) -> None:
    """Two people with the same page open save different things: each has a number of its own."""
    forms = [fields_of(desk.get("correct?day=1")) for _ in range(2)]
    assert forms[0]["ticket"] != forms[1]["ticket"]
    with clock.standing_at(OPEN + HOUR):
        for form, people in zip(forms, ("4", "5"), strict=True):
            typed = {
                "gate": "N",
                "at": "10:00",
                "direction": "in",
                "change": "more",
                "people": people,
                "reason": "Two of us",
            }
            client.post(f"{desk.base}/correct?day=1", data=form | typed)

    assert queries.counts_by_day(edition)[1].tallied_in == 9

"""The control room: counts with how they are made, crews that are missing, what should be looked at, phones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.base import clock
from eventsys.editions.models import Edition
from eventsys.gate import actions, attention
from eventsys.gate.models import Admission, QuarterCount
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.verdicts import Verdict
from eventsys.organisations import actions as organisations
from eventsys.passes import actions as pass_actions
from eventsys.passes import queries as passes
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose supervisor is signed in and reads English."""
    edition = factories.edition(capacity=100)
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    client.get("/language/en")
    return edition


def page_of(client: CarefulClient, edition: Edition, *, query: str = "", hours: int = 0) -> str:
    with clock.standing_at(OPEN + timedelta(hours=hours)):
        response = client.get(f"/organise/{edition.slug}/gate{query}")
    assert response.status_code == 200
    return response.text


def test_an_edition_without_gates_says_what_a_gate_is(client: CarefulClient, edition: Edition) -> None:
    assert "No gates yet" in page_of(client, edition)


def test_page_counts_the_day_that_runs(client: CarefulClient, edition: Edition) -> None:
    gate = factories.gate(edition)
    visitors = factories.passes(edition, count=3)
    phone = Phone(client, factories.device(gate).token)
    phone.send([factories.scan(pass_id=each.pass_id) for each in visitors] + [factories.scan(tally=40)])
    phone.send([factories.scan(pass_id=visitors[0].pass_id, direction="out", at=OPEN + MINUTE)], at=OPEN + MINUTE)

    page = page_of(client, edition)

    assert "Day 1: Saturday 29 August 2026" in page
    assert "43" in page
    assert "42 of 100" in page
    assert "How each number is made" in page
    assert page.count("columns-chart-column") == 1


def test_page_shows_another_day_and_the_last_one_afterwards(client: CarefulClient, edition: Edition) -> None:
    factories.gate(edition)

    assert "Day 2: Sunday 30 August 2026" in page_of(client, edition, query="?day=2")
    assert "Day 2: Sunday 30 August 2026" in page_of(client, edition, hours=24 * 30)
    assert "Inside now" not in page_of(client, edition, query="?day=2").split("How each number")[0]
    assert "Day 1: " in page_of(client, edition, query="?day=nonsense")


def test_quarters_in_which_nobody_came_are_columns_too(client: CarefulClient, edition: Edition) -> None:
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    phone.send([factories.scan(), factories.scan(at=OPEN + 50 * MINUTE)], at=OPEN + 60 * MINUTE)

    assert page_of(client, edition).count("columns-chart-column") == 4


def test_crews_that_have_not_arrived_stand_with_their_contact(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    here, missing, other_day = (
        factories.application(edition, state=State.APPROVED, crew=2, days=days) for days in (0b11, 0b11, 0b10)
    )
    for application in (here, missing, other_day):
        pass_actions.issue_crew_passes(application, by=factories.BY, now=factories.NOW)
    session.commit()
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    phone.send([factories.scan(pass_id=passes.crew_passes_of(here)[0].pass_id)])

    page = page_of(client, edition)

    assert "1 of 2" in page
    assert missing.organisation.name in page
    assert f'href="/organise/{edition.slug}/gate/contact/{missing.code}"' in page
    assert missing.organisation.contacts[0].email not in page
    assert here.organisation.name not in page
    assert other_day.organisation.name not in page


def test_a_contact_is_reached_and_that_it_was_looked_up_is_noted(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    missing = factories.application(edition, state=State.APPROVED, crew=2)
    pass_actions.issue_crew_passes(missing, by=factories.BY, now=factories.NOW)
    [contact] = missing.organisation.contacts
    contact.name, contact.phone = "Samira Ali", "+4533170000"
    organisations.reach(missing.organisation, "other@example.org", language="en")
    session.commit()

    page = client.get(f"/organise/{edition.slug}/gate/contact/{missing.code}").text

    assert "Samira Ali" in page
    assert 'href="tel:+4533170000"' in page
    assert [page.index(f'href="mailto:{email}"') for email in (contact.email, "other@example.org")] == sorted(
        page.index(f'href="mailto:{email}"') for email in (contact.email, "other@example.org")
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.contact_read")).one()
    assert (entry.subject_kind, entry.subject_code, entry.detail) == ("application", missing.code, "")
    assert entry.actor.startswith("user:")


def test_only_contacts_of_crews_are_reached_from_the_gates(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    without_passes = factories.application(edition, state=State.APPROVED)
    elsewhere = factories.application(factories.edition(), state=State.APPROVED, crew=2)
    pass_actions.issue_crew_passes(elsewhere, by=factories.BY, now=factories.NOW)
    session.commit()

    for application in (without_passes, elsewhere):
        assert client.get(f"/organise/{edition.slug}/gate/contact/{application.code}").status_code == 404
    assert session.scalars(select(AuditEntry).where(AuditEntry.act == "gate.contact_read")).all() == []


def test_duplicates_and_people_let_in_stand_to_be_looked_at(client: CarefulClient, edition: Edition) -> None:
    north, south = factories.gate(edition, code="N"), factories.gate(edition, code="S")
    twice, elsewhere, wrong_day = *factories.passes(edition, count=2), *factories.passes(edition, days=[2])
    phone, other = Phone(client, factories.device(north).token), Phone(client, factories.device(south).token)
    phone.send(
        [
            factories.scan(pass_id=twice.pass_id),
            factories.scan(pass_id=twice.pass_id, at=OPEN + MINUTE),
            factories.scan(pass_id=elsewhere.pass_id),
            factories.scan(pass_id=wrong_day.pass_id),
            factories.scan(pass_id=wrong_day.pass_id, let_in=False),
            factories.scan(code_hash="ab" * 32),
        ],
        at=OPEN + 5 * MINUTE,
    )
    other.send([factories.scan(pass_id=elsewhere.pass_id, at=OPEN + MINUTE)], at=OPEN + 5 * MINUTE)

    found = attention.of_day(edition, 1)
    page = page_of(client, edition)

    assert [one.pass_id for one in found.duplicates] == [twice.pass_id]
    assert [(one.pass_id, one.before_gate, one.gate) for one in found.no_fault] == [(elsewhere.pass_id, "N", "S")]
    assert {(one.pass_id, one.verdict) for one in found.let_in} == {
        (wrong_day.pass_id, Verdict.NOT_VALID_TODAY),
        (None, Verdict.UNREADABLE),
    }
    assert all(to_short_code(each.pass_id) in page for each in (twice, elsewhere, wrong_day))
    assert (found.duplicates_count, found.no_fault_count, found.let_in_count) == (1, 1, 2)
    assert attention.of_day(edition, 2) == attention.Attention()


def test_what_a_supervisor_took_back_is_not_looked_at(client: CarefulClient, edition: Edition) -> None:
    [visitor] = factories.passes(edition)
    phone = Phone(client, factories.device(factories.gate(edition), role=DeviceRole.SUPERVISE).token)
    first, second = factories.scan(pass_id=visitor.pass_id), factories.scan(pass_id=visitor.pass_id, at=OPEN + MINUTE)
    foreign = factories.scan(code_hash="ab" * 32)
    phone.send([first, second, foreign], at=OPEN + MINUTE)
    phone.send([factories.scan(voids=scan["scan_id"]) for scan in (second, foreign)], at=OPEN + MINUTE)

    assert attention.of_day(edition, 1) == attention.Attention()


def test_only_the_latest_are_listed_and_how_many_there_are_is_said(client: CarefulClient, edition: Edition) -> None:
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    late = OPEN + attention.MOST_LISTED * MINUTE
    phone.send(
        [factories.scan(code_hash="ab" * 32, at=OPEN + n * MINUTE) for n in range(attention.MOST_LISTED + 1)], at=late
    )

    found, page = attention.of_day(edition, 1), page_of(client, edition)

    assert (len(found.let_in), found.let_in_count, found.let_in[0].at) == (attention.MOST_LISTED, 101, late)
    assert "These are the latest 100 of 101." in page


def test_a_gate_is_added_once(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    path = f"/organise/{edition.slug}/gate/add"
    client.get(path)

    assert client.post(path, data={"code": " n1 ", "name_da": "Nordporten"}).status_code == 302
    again = client.post(path, data={"code": "N1", "name_da": "Nordporten"})
    wrong = client.post(path, data={"code": "N 1", "name_da": "Nordporten"})
    nameless = client.post(path, data={"code": "N2", "name_da": " "})

    assert (again.status_code, "There is a gate N1 already" in again.text) == (422, True)
    assert (wrong.status_code, "can&#39;t be a gate&#39;s code" in wrong.text) == (422, True)
    assert (nameless.status_code, "Give the gate a name" in nameless.text) == (422, True)


def test_what_a_phone_has_still_to_send_stands_with_it(client: CarefulClient, edition: Edition) -> None:
    enrolled = factories.device(factories.gate(edition))
    phone = Phone(client, enrolled.token)
    cell = '<td data-title="Still to send" class="{}"><bdi>{}</bdi></td>'

    assert cell.format("blank", "") in page_of(client, edition)
    phone.post({"queued": 3170, "scans": [factories.scan()]})
    assert cell.format("number", "3,170") in page_of(client, edition)
    phone.post({"scans": [factories.scan()]})
    assert enrolled.device.queued == 3170
    phone.post({"queued": 0, "scans": []})
    assert cell.format("number", "0") in page_of(client, edition)


def test_phones_are_signed_out_once(client: CarefulClient, session: Session, edition: Edition) -> None:
    device = factories.device(factories.gate(edition)).device
    path = f"/organise/{edition.slug}/gate/phones/{device.code}/revoke"

    assert device.code in page_of(client, edition)
    client.get(path)
    assert client.post(path).status_code == 302
    first = device.revoked_at
    again = client.post(path, follow_redirects=True)

    assert first is not None
    assert device.revoked_at == first
    assert "signed out" in again.text


def test_a_phone_or_link_of_another_edition_is_not_found(client: CarefulClient, edition: Edition) -> None:
    gate = factories.gate(factories.edition())
    device, link = factories.device(gate).device, factories.gate_link(gate).link

    assert client.post(f"/organise/{edition.slug}/gate/phones/{device.code}/revoke").status_code == 404
    assert client.post(f"/organise/{edition.slug}/gate/links/{link.code}/revoke").status_code == 404


def test_rebuild_tells_and_puts_right(client: CarefulClient, session: Session, edition: Edition) -> None:
    [visitor] = factories.passes(edition)
    phone = Phone(client, factories.device(factories.gate(edition)).token)
    phone.send([factories.scan(pass_id=visitor.pass_id), factories.scan(tally=3)])
    runner = client.application.test_cli_runner()
    clean = runner.invoke(args=["gate", "rebuild", "--edition", edition.slug, "--check"])
    session.execute(update(Admission).values(is_inside=False))
    session.execute(update(QuarterCount).values(tallied_in=99))
    session.commit()

    told = runner.invoke(args=["gate", "rebuild", "--edition", edition.slug, "--check"])
    again = runner.invoke(args=["gate", "rebuild", "--edition", edition.slug, "--check"])
    put_right = runner.invoke(args=["gate", "rebuild", "--edition", edition.slug])

    assert (clean.exit_code, clean.output) == (0, f"{edition.slug}: 0 differences\n")
    assert (told.exit_code, again.exit_code, put_right.exit_code) == (1, 1, 1)
    assert told.output.splitlines()[-1] == f"{edition.slug}: 2 differences"
    assert "tallied_in" in told.output
    assert actions.rebuild(edition, is_check=True) == []

"""Announcing many: a page at a time, some together in each transaction, the limits looked at once, gone on with after a stop."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsys.applications import queries
from eventsys.applications.actions import announcing, batches, decisions, places
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.batches import BatchAct, BatchState
from eventsys.applications.rules.states import Act, State
from eventsys.audit.models import AuditEntry
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"
PAGE = f"{LIST}/announce"
MANY = announcing.AT_ONCE + 5


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def staged(edition: Edition, count: int, act: Act = Act.APPROVE) -> list[Application]:
    made = [factories.application(edition, name=f"Kor {number:03}") for number in range(count)]
    for application in made:
        decisions.decide(application, act, by=factories.BY, now=clock.now(), note="Because.")
    db.session.commit()
    return made


def mark(application: Application) -> str:
    return f"{application.code} {application.changed_at.isoformat()}"


def announce(client: CarefulClient, told: list[Application], **more: Any) -> Any:
    marks = [mark(application) for application in told]
    response = client.post(PAGE, data={"told": marks, "shown": marks, **more})
    db.session.expire_all()
    return response


def told(applications: list[Application]) -> int:
    db.session.expire_all()
    return sum(not decisions.is_staged(application) for application in applications)


def test_many_are_told_some_together_with_progress(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, MANY)

    response = announce(client, applications)

    assert re.search(r"/applications/batches/\w+$", response.location)
    assert told(applications) == announcing.AT_ONCE, "the first are told at once, and no others"
    page = client.get(response.location).text
    assert f"{announcing.AT_ONCE} of {MANY}: at work" in page
    assert "data-look-again" in page
    assert f"{announcing.AT_ONCE} of {MANY} are announced just now." in client.get(PAGE).text
    jobs.run_now(app, batches.GO_ON)
    assert told(applications) == MANY
    assert len(mails()) == MANY
    assert f"{MANY} decisions are announced." in client.get(response.location).text


def test_few_are_told_while_one_waits(client: CarefulClient, edition: Edition) -> None:
    applications = staged(edition, announcing.AT_ONCE)

    response = announce(client, applications)

    assert response.location == LIST
    assert f"{announcing.AT_ONCE} decisions are announced." in client.get(LIST).text
    assert queries.announcing_in(edition) is None


def test_after_a_crash_it_goes_on_and_tells_nobody_twice(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, 2 * MANY)
    announce(client, applications)
    batch = queries.announcing_in(edition)
    assert batch is not None
    announcing.take_step(batch, now=clock.now())
    db.session.rollback()  # The machine stops before the step is kept.
    assert told(applications) == announcing.AT_ONCE

    jobs.run_now(app, batches.GO_ON)
    jobs.run_now(app, batches.GO_ON)

    assert told(applications) == 2 * MANY
    assert len(mails()) == 2 * MANY
    done = select(AuditEntry.subject_code).where(AuditEntry.act == "applications.announced")
    assert sorted(db.session.scalars(done)) == sorted(one.code for one in applications)


def test_who_is_decided_on_anew_meanwhile_stays_staged(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, MANY)
    response = announce(client, applications)
    last = applications[-1]
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        decisions.decide(last, Act.REOPEN, by=factories.BY, now=clock.now())
        decisions.decide(last, Act.REJECT, by=factories.BY, now=clock.now(), note="No.")
        db.session.commit()
        jobs.run_now(app, batches.GO_ON)

    assert told(applications) == MANY - 1
    assert (last.state, last.announced_state) == (State.REJECTED, State.SUBMITTED)
    page = client.get(response.location).text
    assert "The application changed since you opened this page." in page
    assert last.organisation.name in page


def test_stopped_and_gone_on_with(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, MANY)
    response = announce(client, applications)

    client.post(f"{response.location}/cancel")
    jobs.run_now(app, batches.GO_ON)
    assert told(applications) == announcing.AT_ONCE
    rest = client.post(f"{response.location}/rest").location
    jobs.run_now(app, batches.GO_ON)

    assert told(applications) == MANY
    assert "5 decisions are announced." in client.get(rest).text


def test_one_announcing_at_a_time(client: CarefulClient, edition: Edition) -> None:
    applications = staged(edition, MANY)
    announce(client, applications)

    again = announce(client, applications[announcing.AT_ONCE :])

    assert "are being announced just now" in client.get(again.location).text
    assert told(applications) == announcing.AT_ONCE
    second = Batch(
        edition_id=edition.id, user_id=factories.user().id, act=BatchAct.ANNOUNCE, codes=[], started_at=clock.now(),
        state=BatchState.QUEUED,
    )  # fmt: skip
    db.session.add(second)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_limit_that_was_lowered_is_looked_at_before_anybody_is_told(client: CarefulClient, edition: Edition) -> None:
    approved, rejected = staged(edition, 3), staged(edition, 1, Act.REJECT)
    places.set_limit(edition, Kind.ASSOCIATION, 2, by=factories.BY, now=clock.now())
    db.session.commit()

    refused = announce(client, [*approved, *rejected])

    page = client.get(refused.location).text
    assert "associations: 3 are approved, 0 hold an offer, and the limit is 2." in page
    assert told([*approved, *rejected]) == 0
    announce(client, rejected)
    assert told(rejected) == 1, "who isn't let in needs no place"
    places.set_limit(edition, Kind.ASSOCIATION, 3, by=factories.BY, now=clock.now())
    db.session.commit()
    announce(client, approved)
    assert told(approved) == 3


def test_who_goes_out_in_the_same_announcing_leaves_a_place(client: CarefulClient, edition: Edition) -> None:
    inside = factories.application(edition, state=State.APPROVED)
    places.set_limit(edition, Kind.ASSOCIATION, 2, by=factories.BY, now=clock.now())
    [coming] = staged(edition, 1)
    decisions.decide(inside, Act.REOPEN, by=factories.BY, now=clock.now())
    places.set_limit(edition, Kind.ASSOCIATION, 1, by=factories.BY, now=clock.now())
    db.session.commit()

    announce(client, [coming])
    assert told([coming]) == 0
    announce(client, [coming, inside])

    assert told([coming, inside]) == 2


def test_all_pages_go_out_but_what_is_held_back_or_changed(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, queries.STAGED_A_PAGE + 10)
    here, there = applications[: queries.STAGED_A_PAGE], applications[queries.STAGED_A_PAGE :]
    first, second = client.get(PAGE).text, client.get(f"{PAGE}?page=2").text
    assert (first.count('name="told"'), second.count('name="told"')) == (queries.STAGED_A_PAGE, 10)
    assert "Announce all pages" in first
    held, changed = there[0], there[1]
    decisions.hold_back([held], is_held=True)
    seen_at = clock.now().isoformat()
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        decisions.decide(changed, Act.REOPEN, by=factories.BY, now=clock.now())
        decisions.decide(changed, Act.WAITLIST, by=factories.BY, now=clock.now())
        db.session.commit()

        marks = [mark(one) for one in here]
        client.post(PAGE, data={"told": marks[1:], "shown": marks, "all": "1", "seen_at": seen_at})
        jobs.run_now(app, batches.GO_ON)

    db.session.expire_all()
    left = [one.organisation.name for one in applications if decisions.is_staged(one)]
    assert left == [here[0].organisation.name, held.organisation.name, changed.organisation.name]
    assert here[0].is_held_back


def test_this_page_alone(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = staged(edition, queries.STAGED_A_PAGE + 10)

    announce(client, applications[: queries.STAGED_A_PAGE])
    jobs.run_now(app, batches.GO_ON)

    assert told(applications) == queries.STAGED_A_PAGE
    assert "10</" in client.get(PAGE).text


@pytest.mark.parametrize("count", [1, queries.STAGED_A_PAGE * 2])
def test_opening_the_page_writes_no_mail_and_asks_as_often_for_many(
    client: CarefulClient, edition: Edition, count_queries: list[str], count: int
) -> None:
    staged(edition, count)
    count_queries.clear()

    page = client.get(PAGE).text

    assert "Because." in page
    assert "We are glad to say" not in page
    assert len(count_queries) == 12, "\n".join(count_queries)


def test_the_mail_is_made_when_it_is_opened(client: CarefulClient, edition: Edition) -> None:
    [application] = staged(edition, 1)
    address = f"{LIST}/{application.code}/preview"
    assert f'href="{address}"' in client.get(PAGE).text

    page = client.get(address).text

    assert "We are glad to say" in page
    assert application.email in page
    assert mails() == []
    announce(client, [application])
    assert client.get(address).location == f"{LIST}/{application.code}"


def test_announcing_is_no_act_of_the_list(client: CarefulClient, edition: Edition) -> None:
    [application] = staged(edition, 1)

    assert '<option value="announce">' not in client.get(LIST).text
    data = {"act": "announce", "go": "1", "seen_at": clock.now().isoformat(), "code": [application.code]}
    assert client.post(f"{LIST}/batch", data=data).status_code == 400

"""Acts on many: chosen, worked through one by one, stopped, gone on with, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.applications import queries
from eventsys.applications.actions import batches, decisions, places
from eventsys.applications.models import Application, Batch
from eventsys.applications.rules.batches import BatchState
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def start(client: CarefulClient, act: str, applications: Sequence[Application] = (), **more: Any) -> Any:
    data = {"act": act, "go": "1", "seen_at": clock.now().isoformat(), "code": [one.code for one in applications]}
    return client.post(f"{LIST}/batch", data={**data, **more})


def work(app: Flask) -> Batch:
    jobs.run_now(app, batches.GO_ON)
    db.session.expire_all()
    batch = db.session.scalars(select(Batch).order_by(Batch.id.desc())).first()
    assert batch is not None
    return batch


def states(applications: Sequence[Application]) -> list[State]:
    return [application.state for application in applications]


def test_chosen_ones_are_approved_staged_and_released_together(
    client: CarefulClient, app: Flask, edition: Edition
) -> None:
    applications = [factories.application(edition) for _ in range(3)]
    asked = client.post(
        f"{LIST}/batch", data={"act": "approve", "seen_at": clock.now().isoformat(), "code": [applications[0].code]}
    )
    assert "This concerns 1 application." in asked.text

    response = start(client, "approve", applications[:2])
    waiting = client.get(response.location).text
    assert "0 of 2" in waiting
    assert "data-look-again" in waiting

    batch = work(app)
    assert (batch.state, batch.done, batch.refused) == (BatchState.FINISHED, 2, [])
    assert states(applications) == [State.APPROVED, State.APPROVED, State.SUBMITTED]
    assert [application.announced_state for application in applications] == [State.SUBMITTED] * 3
    page = client.get(response.location).text
    assert "2 applications are done." in page
    assert "data-look-again" not in page
    assert mails() == []


def test_all_that_fit_are_taken_not_only_the_page(client: CarefulClient, app: Flask, edition: Edition) -> None:
    for _ in range(queries.PAGE_SIZE + 2):
        factories.application(edition)
    other = factories.application(edition, kind=Kind.RESTAURANT)

    start(client, "waitlist", all="1", kind="association")
    batch = work(app)

    assert batch.done == queries.PAGE_SIZE + 2
    assert other.state is State.SUBMITTED
    assert len(queries.waiting_list_of(edition, Kind.ASSOCIATION)) == queries.PAGE_SIZE + 2


def test_what_cannot_be_done_is_listed_with_the_reason(
    client: CarefulClient, app: Flask, session: Session, edition: Edition
) -> None:
    places.set_limit(edition, Kind.ASSOCIATION, 1, by=factories.BY, now=factories.NOW)
    session.commit()
    first, second = factories.application(edition, name="Et"), factories.application(edition, name="To")
    gone = factories.application(edition, name="Tre", state=State.WITHDRAWN)

    response = start(client, "approve", [first, second, gone])
    batch = work(app)

    assert states([first, second, gone]) == [State.APPROVED, State.SUBMITTED, State.WITHDRAWN]
    assert [one["why"] for one in batch.refused] == ["no_place", "withdrawn_already"]
    page = client.get(response.location).text
    assert "All 1 places are taken" in page
    assert "The applicant has withdrawn it." in page
    assert "To" in page


def test_what_somebody_else_changed_meanwhile_is_left_alone(
    client: CarefulClient, app: Flask, edition: Edition
) -> None:
    application = factories.application(edition)
    looked_at = clock.now().isoformat()
    later = clock.now() + timedelta(minutes=1)
    decisions.decide(application, Act.WAITLIST, by=factories.BY, now=later)
    db.session.commit()

    start(client, "approve", [application], seen_at=looked_at)
    batch = work(app)

    assert application.state is State.WAITLISTED
    assert [one["why"] for one in batch.refused] == ["stale"]


def test_batch_goes_on_where_it_was_and_does_nothing_twice(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition) for _ in range(3)]
    start(client, "approve", applications)
    batch = queries.batches_of(edition)[0]
    batches.take_step(batch, now=clock.now())
    db.session.commit()
    assert states(applications) == [State.APPROVED, State.SUBMITTED, State.SUBMITTED]

    work(app)
    work(app)

    assert states(applications) == [State.APPROVED] * 3
    assert [len(queries.history_of(application)) for application in applications] == [1, 1, 1]


def test_stopped_batch_keeps_what_is_done(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition) for _ in range(3)]
    response = start(client, "approve", applications)
    batch = queries.batches_of(edition)[0]
    batches.take_step(batch, now=clock.now())
    db.session.commit()

    client.post(f"{response.location}/cancel")
    work(app)

    assert states(applications) == [State.APPROVED, State.SUBMITTED, State.SUBMITTED]
    assert "stopped" in client.get(response.location).text


def test_batch_is_taken_back_but_for_what_was_announced(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition) for _ in range(3)]
    response = start(client, "approve", applications)
    work(app)
    decisions.announce(applications[:1], by=factories.BY, now=clock.now())
    db.session.commit()

    client.post(f"{response.location}/take-back")
    batch = work(app)

    assert states(applications) == [State.APPROVED, State.SUBMITTED, State.SUBMITTED]
    assert [one["why"] for one in batch.refused] == ["announced_already"]


def test_taking_a_batch_back_leaves_what_somebody_decided_since(
    client: CarefulClient, app: Flask, edition: Edition
) -> None:
    decided, other = factories.application(edition), factories.application(edition)
    response = start(client, "approve", [decided, other])
    work(app)
    later = clock.now() + timedelta(minutes=1)
    decisions.decide(decided, Act.REOPEN, by=factories.BY, now=later)
    decisions.decide(decided, Act.WAITLIST, by=factories.BY, now=later)
    db.session.commit()

    with clock.standing_at(later + timedelta(minutes=1)):
        client.post(f"{response.location}/take-back")
        batch = work(app)

    assert states([decided, other]) == [State.WAITLISTED, State.SUBMITTED]
    assert [one["why"] for one in batch.refused] == ["stale"]


def test_a_batch_at_work_is_not_taken_back(client: CarefulClient, edition: Edition) -> None:
    response = start(client, "approve", [factories.application(edition)])

    refused = client.post(f"{response.location}/take-back", follow_redirects=True)

    assert "as it stands now" in refused.text
    assert len(queries.batches_of(edition)) == 1


@pytest.mark.parametrize("act", ["reject", "request_changes", "mail", "tag", "assign"])
def test_what_must_go_with_it_is_asked_for(client: CarefulClient, edition: Edition, act: str) -> None:
    application = factories.application(edition)

    response = start(client, act, [application], subject="Kept subject")

    assert response.status_code == 422
    assert queries.batches_of(edition) == []
    assert application.code in response.text
    assert "(optional)" not in response.text


def test_who_mails_many_is_warned_of_what_is_not_announced(client: CarefulClient, edition: Edition) -> None:
    staged, other = (
        factories.application(edition, state=State.APPROVED, is_announced=False),
        factories.application(edition),
    )
    ask = {"act": "mail", "seen_at": clock.now().isoformat()}

    assert (
        "About 1 of these something is decided"
        in client.post(f"{LIST}/batch", data={**ask, "code": [staged.code, other.code]}).text
    )
    assert "something is decided" not in client.post(f"{LIST}/batch", data={**ask, "code": [other.code]}).text


def test_nothing_chosen_says_so(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition)
    elsewhere = factories.application(factories.edition("other"))

    for chosen in ([], [elsewhere]):
        response = start(client, "approve", chosen)
        assert "No application is chosen." in client.get(response.location).text


def test_tags_reviewers_and_mails_for_many(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition, name=name) for name in ("Et Kor", "To Kor")]
    organiser = queries.reviewers_of(applications[0])
    assert organiser == []

    start(client, "tag", applications, tag="Musik")
    work(app)
    assert [[tag.name for tag in queries.tags_of(one)] for one in applications] == [["Musik"], ["Musik"]]
    start(client, "mail", applications, subject="About {reference}", note="Dear {organisation}, see {link}. {other}")
    work(app)

    written = mails(applications[0].email)[-1]
    assert written.subject == f"About {applications[0].reference}"
    assert "Dear Et Kor, see http://localhost/my/link/" in written.text
    assert "{other}" in written.text
    assert len(mails(applications[1].email)) == 1

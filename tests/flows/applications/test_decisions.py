"""Deciding: staged, with words where they are needed, never over somebody else's change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsys.accounts.rules import Role
from eventsys.applications import queries
from eventsys.applications.actions import decisions
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold, mails, ticket

pytestmark = pytest.mark.usefixtures("moment")

ROUTES = {
    "approve": State.APPROVED,
    "waitlist": State.WAITLISTED,
    "request-changes": State.CHANGES_REQUESTED,
    "reject": State.REJECTED,
}


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in."""
    made = factories.edition("fest")
    factories.sign_in(client, factories.organiser(made, name="Olga Organiser"))
    return made


def decide(client: CarefulClient, application: Application, route: str, **data: str) -> Any:
    """Press a button on the page as it stands now; `seen` stands for an older one."""
    seen = {"seen": application.changed_at.isoformat()}
    address = f"/organise/fest/applications/{application.code}/{route}"
    with clock.standing_at(clock.now() + timedelta(seconds=1)):
        response = client.post(address, data={**seen, **data})
    db.session.expire_all()
    return response


@pytest.mark.parametrize("route", list(ROUTES))
def test_decision_is_staged_and_nobody_is_told(client: CarefulClient, edition: Edition, route: str) -> None:
    application = factories.application(edition)

    response = decide(client, application, route, note="Because.")

    assert response.location == f"/organise/fest/applications/{application.code}"
    assert (application.state, application.announced_state) == (ROUTES[route], State.SUBMITTED)
    assert application.decided_at is not None
    assert (application.announced_at, application.decision_note) == (None, "Because.")
    [step] = queries.history_of(application)
    assert (step.to_state, step.note) == (ROUTES[route], "Because.")
    assert step.actor.startswith("user:")
    assert mails() == []
    page = client.get(response.location).text
    assert "Not announced yet; the applicant still reads: Submitted." in page
    assert "Olga Organiser" in page
    assert "Because." in page


@pytest.mark.parametrize("route", ["reject", "request-changes"])
def test_words_are_needed_to_reject_and_to_ask(client: CarefulClient, edition: Edition, route: str) -> None:
    application = factories.application(edition)

    response = decide(client, application, route, note="  ")

    assert response.status_code == 422
    assert "Write what the applicant is to be told." in response.text
    assert application.state is State.SUBMITTED


def test_words_about_a_field_are_words_enough_to_ask(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)

    bare = decide(client, application, "request-changes", note="", asked="width_cm")
    told = decide(client, application, "request-changes", note="", asked="width_cm", **{"word-width_cm": "Six metres?"})

    assert (bare.status_code, told.status_code) == (422, 302)
    assert application.asked == {"width_cm": "Six metres?"}


def test_taking_back_restores_what_was_told(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    decide(client, application, "approve")

    decide(client, application, "reopen")

    assert (application.state, application.announced_state) == (State.SUBMITTED, State.SUBMITTED)
    assert (application.decided_at, application.announced_at) == (None, None)
    assert queries.staged_of(edition) == []


def test_taking_back_returns_to_an_announced_decision(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, state=State.WAITLISTED)
    decide(client, application, "approve")
    assert queries.staged_of(edition) == [application]

    decide(client, application, "reopen")

    assert (application.state, application.announced_state) == (State.WAITLISTED, State.WAITLISTED)
    assert application.announced_at is not None


def test_announced_decision_is_reopened_as_a_new_one(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, state=State.APPROVED)

    decide(client, application, "reopen")

    assert (application.state, application.announced_state) == (State.SUBMITTED, State.APPROVED)
    assert queries.approved_of(edition) == [application]


@pytest.mark.parametrize(
    ("state", "route", "why"),
    [
        (State.DRAFT, "approve", "It is a draft still"),
        (State.SUBMITTED, "reopen", "It is under review"),
        (State.REJECTED, "approve", "It is rejected and announced already."),
        (State.APPROVED, "reject", "It is approved and announced already."),
        (State.WITHDRAWN, "reject", "The applicant has withdrawn it."),
    ],
)
def test_acts_that_may_not_follow_change_nothing(
    client: CarefulClient, edition: Edition, state: State, route: str, why: str
) -> None:
    application = factories.application(edition, state=state)

    response = decide(client, application, route, note="x")

    assert response.status_code == 422
    assert why in response.text
    assert (application.state, queries.history_of(application)) == (state, [])


@pytest.mark.parametrize("act", [Act.SUBMIT, Act.WITHDRAW])
def test_what_only_applicants_do_is_no_decision(app: Flask, act: Act) -> None:
    application = factories.application(factories.edition(), state=State.CHANGES_REQUESTED)

    with pytest.raises(Refusal) as refused:
        decisions.decide(application, act, by=factories.BY, now=clock.now())

    assert refused.value.code is Code.NOT_NOW
    assert application.state is State.CHANGES_REQUESTED


def test_second_organiser_is_told_what_changed(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    seen = application.changed_at.isoformat()
    decide(client, application, "waitlist", note="Number three.")

    response = decide(client, application, "approve", seen=seen, note="Welcome!")

    assert response.status_code == 409
    assert "This changed since you opened the page" in response.text
    assert "Olga Organiser" in response.text
    assert "Number three." in response.text
    assert ">\nWelcome!</textarea>" in response.text.replace("\r", "")
    assert application.state is State.WAITLISTED
    again = decide(client, application, "approve", note="Welcome!")
    assert again.status_code == 302


def test_applicants_change_counts_as_one(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    seen = application.changed_at.isoformat()
    application.crew, application.changed_at = 40, clock.now() + timedelta(seconds=1)
    db.session.commit()

    assert decide(client, application, "approve", seen=seen).status_code == 409
    assert application.state is State.SUBMITTED


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-03-02T12:00:00", "9" * 5000])
def test_forged_or_missing_mark_of_the_page_is_refused(client: CarefulClient, edition: Edition, seen: str) -> None:
    application = factories.application(edition)

    assert decide(client, application, "approve", seen=seen).status_code == 400
    assert application.state is State.SUBMITTED


def test_reopening_beside_another_open_application_is_refused(client: CarefulClient, edition: Edition) -> None:
    withdrawn = factories.application(edition, state=State.WITHDRAWN)
    factories.application(edition, of=withdrawn.organisation, reference="A-2")

    response = decide(client, withdrawn, "reopen")

    assert response.status_code == 422
    assert "has an application already, with the reference A-2" in response.text
    assert withdrawn.state is State.WITHDRAWN


def test_only_organisers_of_this_edition_decide(app: Flask, edition: Edition) -> None:
    application = factories.application(edition)
    elsewhere = factories.application(factories.edition("other"))
    reviewer = factories.team_member(edition, Role.REVIEWER)
    foreign = factories.organiser(factories.edition())
    browsers = {"reviewer": app.test_client(), "foreign": app.test_client(), "nobody": app.test_client()}
    factories.sign_in(browsers["reviewer"], reviewer)  # type: ignore[arg-type]
    factories.sign_in(browsers["foreign"], foreign)  # type: ignore[arg-type]

    for route in (*ROUTES, "reopen"):
        for browser in browsers.values():
            assert decide(browser, application, route, note="x").status_code == 403  # type: ignore[arg-type]
    assert decide(browsers["foreign"], elsewhere, "approve").status_code == 403  # type: ignore[arg-type]
    assert application.state is State.SUBMITTED
    page = browsers["reviewer"].get(f"/organise/fest/applications/{application.code}")
    assert page.status_code == 200
    assert "/approve" not in page.text


def test_application_of_another_edition_is_not_found(client: CarefulClient, edition: Edition) -> None:
    elsewhere = factories.application(factories.edition("other"))

    assert client.get(f"/organise/fest/applications/{elsewhere.code}").status_code == 404
    assert decide(client, elsewhere, "approve").status_code == 404


def test_decision_without_a_csrf_token_is_refused(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)

    address = f"/organise/fest/applications/{application.code}/approve"
    response = client.post(address, data={"seen": application.changed_at.isoformat()}, csrf=False)

    assert response.status_code == 400
    db.session.expire_all()
    assert application.state is State.SUBMITTED


def test_deciding_again_what_was_told_needs_no_announcement(edition: Edition) -> None:
    application = factories.application(edition, state=State.WAITLISTED)
    decisions.decide(application, Act.REQUEST_CHANGES, by=factories.BY, now=clock.now(), note="More water?")
    decisions.decide(application, Act.WAITLIST, by=factories.BY, now=clock.now())
    db.session.commit()

    assert not decisions.is_staged(application)
    assert application.announced_at is not None


def test_words_of_a_decision_taken_back_are_never_told(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, state=State.CHANGES_REQUESTED, announced_note="More about the food.")
    by, now = factories.BY, factories.NOW

    decisions.decide(application, Act.REJECT, by=by, now=now, note="Too late")
    decisions.decide(application, Act.REOPEN, by=by, now=now, note="SECRET")
    db.session.commit()
    hold(client, application)

    page = client.get(f"/my/{application.code}/").text
    assert "More about the food." in page
    assert "SECRET" not in page
    assert (application.state, application.decision_note) == (State.CHANGES_REQUESTED, "More about the food.")


def test_taking_back_keeps_the_place_in_line_and_when_it_was_told(edition: Edition) -> None:
    told_at = factories.NOW - timedelta(days=3)
    first, _second = (
        factories.application(edition, state=State.WAITLISTED, announced_at=told_at, decided_at=told_at)
        for _ in range(2)
    )
    rank = first.waitlist_rank

    decisions.decide(first, Act.REJECT, by=factories.BY, now=factories.NOW, note="No.")
    decisions.decide(first, Act.REOPEN, by=factories.BY, now=factories.NOW)
    db.session.commit()

    assert (first.waitlist_rank, first.announced_at, first.decided_at) == (rank, told_at, told_at)


def test_staged_rejection_does_not_show_in_the_sign_up(client: CarefulClient, edition: Edition) -> None:
    organisation = factories.organisation("Nørrebro Kor", email="kor@example.org")
    application = factories.application(edition, of=organisation)
    decisions.decide(application, Act.REJECT, by=factories.BY, now=factories.NOW, note="No.")
    db.session.commit()

    data = {"kind": "association", "name": "Nørrebro Kor", "email": "kor@example.org", "language": "en"}
    client.post("/fest/apply", data={**data, "ticket": ticket(client, edition)})

    assert [one.code for one in queries.every_of(organisation)] == [application.code]
    decisions.decide(application, Act.REOPEN, by=factories.BY, now=factories.NOW)
    assert application.state is State.SUBMITTED

"""What the team keeps in mind: reasons kept in the history, who is held back, whose views, who is asked to look."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.applications import panels, queries
from eventsys.applications.actions import batches, decisions, places, reviewing
from eventsys.applications.actions.dishes import save_dish
from eventsys.applications.models import Application, SavedView
from eventsys.applications.rules.states import DONE, Act, State
from eventsys.applications.texts import STORY
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.passes import actions as passes
from eventsys.reviews import actions as reviews
from eventsys.reviews.actions import Opinion
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import mails

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> User:
    made = factories.organiser(edition)
    factories.sign_in(client, made)
    return made


@pytest.fixture
def edition(session: Session) -> Edition:
    assert session.is_active
    return factories.edition("fest", number=7)


@pytest.fixture
def reviewer(edition: Edition) -> User:
    member: User = factories.team_member(edition, Role.REVIEWER, name="Rana Reader", email="rana@example.org")
    return member


def staged(edition: Edition, name: str, *, kept: str = "") -> Application:
    application = factories.application(edition, name=name)
    decisions.decide(application, Act.REJECT, by=factories.BY, now=clock.now(), note="No room.", kept=kept)
    db.session.commit()
    return application


def page_of(client: CarefulClient, application: Application) -> str:
    return client.get(f"{LIST}/{application.code}").text


@pytest.mark.usefixtures("organiser")
def test_a_kept_reason_stays_in_the_history_when_the_decision_goes(client: CarefulClient, edition: Edition) -> None:
    application = staged(edition, "Kor", kept="Smoke last year.")
    decisions.decide(application, Act.REOPEN, by=factories.BY, now=clock.now() + timedelta(minutes=1))
    decisions.decide(application, Act.APPROVE, by=factories.BY, now=clock.now() + timedelta(minutes=2))
    db.session.commit()

    page = page_of(client, application)

    assert application.kept_note == ""
    assert "Kept by the team: “<bdi>Smoke last year.</bdi>”" in page
    assert "(Submitted → Rejected)" in page
    assert "No room." in page


@pytest.mark.usefixtures("organiser")
def test_the_history_says_which_and_whom_in_words(client: CarefulClient, edition: Edition, reviewer: User) -> None:
    application = factories.application(edition, name="Kor", state=State.APPROVED)
    tag = reviewing.tag_called(edition, "Loud")
    reviewing.add_tag(application, tag, by=reviewer, now=clock.now())
    reviewing.assign(application, reviewer, by=reviewer, now=clock.now())
    reviewing.remove_tag(application, tag, by=reviewer, now=clock.now())
    passes.issue_crew_passes(application, by=factories.BY, now=clock.now())
    other = factories.application(edition, name="Another")
    for has_conflict in (False, True):
        said = Opinion(comment="Good.", scores={}, has_conflict=has_conflict)
        reviews.review(other, said, by=reviewer, now=clock.now())
    db.session.commit()

    pages = page_of(client, application), page_of(client, other)

    assert "tag added: <bdi>Loud</bdi>" in pages[0]
    assert "tag taken off: <bdi>Loud</bdi>" in pages[0]
    assert "reviewer asked: <bdi>Rana Reader</bdi>" in pages[0]
    assert "passes issued" in pages[0]
    assert "conflict of interest declared" in pages[1]
    assert not re.search(r"(applications|reviews|passes|booths)\.[a-z_]+<", "".join(pages))
    assert queries.tags_on(edition) == []


@pytest.mark.usefixtures("organiser")
def test_changes_of_one_moment_are_told_each_once(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition, name="Kor", sells_food=True, cuisine="Kage", allergens=[])
    by, now = factories.BY, clock.now()
    for name in ("Tærte", "Lagkage"):
        save_dish(application, None, name=name, allergens={}, dietary=[], by=by, now=now)
    db.session.commit()

    page = page_of(client, application)

    told = re.findall(r"<ins><bdi>(.*?)</bdi></ins>", page)
    assert [one.partition(" (")[0] for one in told] == ["Tærte", "–", "Lagkage"]


@pytest.mark.usefixtures("organiser")
def test_who_is_held_back_stays_held_back(client: CarefulClient, session: Session, edition: Edition) -> None:
    told, held = staged(edition, "Told"), staged(edition, "Held")
    page = client.get(f"{LIST}/announce").text
    marks = re.findall(r'name="shown" value="([^"]+)"', page)
    assert page.count(" checked>") == 2

    chosen = [mark for mark in marks if mark.startswith(told.code)]
    answer = client.post(f"{LIST}/announce", data={"told": chosen, "shown": marks}, follow_redirects=True).text

    session.expire_all()
    assert (told.announced_state, held.announced_state) == (State.REJECTED, State.SUBMITTED)
    assert "1 stays held back." in answer
    assert "checked>" not in answer
    assert "held back</span>" in answer
    decisions.decide(held, Act.REOPEN, by=factories.BY, now=clock.now())
    assert not held.is_held_back


def test_a_shared_view_is_the_organisers_and_names_are_told_apart(
    client: CarefulClient, session: Session, edition: Edition, organiser: User, reviewer: User
) -> None:
    client.post(f"{LIST}/views", data={"name": "Gas", "shared": "1", "wants": "uses_gas"})
    [shared] = session.scalars(select(SavedView)).all()
    again = client.post(f"{LIST}/views", data={"name": "gas", "shared": "1"}, follow_redirects=True).text
    assert "There is a view called “gas” already." in again
    factories.sign_out(client)
    factories.sign_in(client, reviewer)

    page = client.get(LIST).text
    client.post(f"{LIST}/views", data={"name": "Mine", "shared": "1"})
    refused = client.post(f"{LIST}/views/{shared.code}/remove", follow_redirects=True).text

    assert f"{LIST}/views/{shared.code}/remove" not in page
    assert 'name="shared"' not in page
    assert "This is somebody else&#39;s" in refused
    assert {(view.name, view.user_id) for view in session.scalars(select(SavedView))} == {
        ("Gas", None),
        ("Mine", reviewer.id),
    }


def test_who_is_asked_to_look_hears_of_it(client: CarefulClient, app: Flask, edition: Edition, reviewer: User) -> None:
    organiser = factories.organiser(edition)
    factories.sign_in(client, organiser)
    applications = [factories.application(edition, name=name) for name in ("Et Kor", "To Kor", "Tre Kor")]

    client.post(f"{LIST}/{applications[0].code}/reviewers", data={"user": str(reviewer.id)})
    batch = {"act": "assign", "user": str(reviewer.id), "go": "1", "seen_at": clock.now().isoformat()}
    client.post(f"{LIST}/batch", data={**batch, "code": [one.code for one in applications[1:]]})
    jobs.run_now(app, batches.GO_ON)

    first, second = mails("rana@example.org")
    assert {"Et Kor" in first.text, "To Kor" in second.text, "Tre Kor" in second.text} == {True}
    assert f"reviewer={reviewer.id}" in second.text
    reviews.review(applications[0], Opinion(comment="Good.", scores={}), by=reviewer, now=clock.now())
    db.session.commit()
    factories.sign_out(client)
    factories.sign_in(client, reviewer)
    for page in (client.get("/organise/").text, client.get(LIST).text):
        assert "you are asked to look at 2 applications" in page


@pytest.mark.usefixtures("organiser")
def test_a_stopped_batch_goes_on_with_what_is_left(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition, name=f"Kor {n}") for n in range(3)]
    seen_at = clock.now().isoformat()
    codes = [one.code for one in applications]
    page = client.post(f"{LIST}/batch", data={"act": "waitlist", "go": "1", "seen_at": seen_at, "code": codes}).location
    [batch] = queries.batches_of(edition)
    batches.take_step(batch, now=clock.now())
    db.session.commit()
    client.post(f"{page}/cancel")

    assert "Go on with the 2 that are left" in client.get(page).text
    rest = client.post(f"{page}/rest").location
    jobs.run_now(app, batches.GO_ON)

    db.session.expire_all()
    assert [one.state for one in applications] == [State.WAITLISTED] * 3
    assert "2 applications are done." in client.get(rest).text
    assert "Go on with" not in client.get(rest).text


@pytest.mark.usefixtures("organiser")
def test_more_than_there_is_room_for_is_said_beforehand(client: CarefulClient, edition: Edition) -> None:
    places.set_limit(edition, Kind.RESTAURANT, 1, by=factories.BY, now=clock.now())
    chosen = [factories.application(edition, kind=Kind.RESTAURANT).code for _ in range(3)]
    data = {"seen_at": clock.now().isoformat(), "code": chosen}

    approving = client.post(f"{LIST}/batch", data={**data, "act": "approve"}).text
    taking_back = client.post(f"{LIST}/batch", data={**data, "act": "reopen"}).text

    assert "Restaurants chosen: 3; places free: 1." in approving
    assert "places free" not in taking_back
    assert "The decisions are staged" not in taking_back
    assert "Only for those who were told of a decision" in taking_back


@pytest.mark.usefixtures("organiser")
def test_numbers_go_on_in_the_form_of_those_that_are_there(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, reference="TW-0041")

    client.post("/fest/apply", data={"kind": "association", "name": "Ny", "email": "n@example.org", "language": "en"})

    assert sorted(one.reference for one in queries.all_of(edition)) == ["TW-0001", "TW-0041"]


@pytest.mark.usefixtures("app")
def test_what_happens_to_applications_has_words() -> None:
    assert set(panels.story_words()) >= {"passes.issued", "reviews.reviewed", "booths.placed"}
    assert {f"applications.{done}" for done in DONE.values()} <= set(STORY)

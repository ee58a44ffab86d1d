"""Two organisers at one page: decided otherwise with the words one has, colleagues read first, and no words lost beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsys.accounts.models import User
from eventsys.applications import queries
from eventsys.applications.actions import batches, decisions, places, reviewing
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock, jobs
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.reviews import actions as reviews
from eventsys.reviews.actions import Opinion
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made, name="Olga Organiser"))
    return made


@pytest.fixture
def colleague() -> User:
    return factories.user(name="Knud Kollega", email="knud@example.org")


def page_of(client: CarefulClient, application: Application) -> str:
    return str(client.get(f"{LIST}/{application.code}").text)


def hidden(page: str) -> dict[str, str]:
    """What the form to decide says of the page that it stands on."""
    form = page[page.index('id="decide"') :]
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', form)[1] for name in ("seen", "read")}  # type: ignore[index]


def buttons(page: str) -> list[str]:
    part = page[page.index('id="decide"') :]
    return re.findall(
        r'<button class="button[^>]*type="submit"[^>]*>([^<]+)</button>', part[: part.index("<h2>History")]
    )


def press(client: CarefulClient, application: Application, route: str, page: str, **said: Any) -> Any:
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        response = client.post(f"{LIST}/{application.code}/{route}", data={**hidden(page), **said})
    db.session.expire_all()
    return response


def staged(application: Application, act: Act = Act.APPROVE) -> None:
    decisions.decide(application, act, by=factories.BY, now=clock.now() + timedelta(seconds=1), note="First.")
    db.session.commit()


def test_after_a_conflict_one_decides_at_once_with_the_words_one_has(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    page = page_of(client, application)
    staged(application)

    refused = press(client, application, "reject", page, note="Too loud.", kept="We know them.")

    assert refused.status_code == 409
    assert "Too loud.</textarea>" in refused.text
    assert buttons(refused.text) == ["Take the decision back", "Put on the waiting list", "Ask for changes", "Reject"]
    again = press(client, application, "reject", refused.text, note="Too loud.", kept="We know them.")
    assert again.status_code == 302
    assert (application.state, application.announced_state) == (State.REJECTED, State.SUBMITTED)
    assert (application.decision_note, application.kept_note) == ("Too loud.", "We know them.")
    assert [(step.act, step.note) for step in queries.history_of(application)] == [
        (Act.APPROVE, "First."), (Act.REOPEN, ""), (Act.REJECT, "Too loud."),
    ]  # fmt: skip


def test_taking_back_takes_no_words_along(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    staged(application)
    page = page_of(client, application)
    back = page[page.index('id="decide"') : page.index("Take the decision back")]
    assert "<textarea" not in back

    response = press(client, application, "reopen", page)

    assert response.status_code == 302
    assert application.state is State.SUBMITTED
    assert [step.note for step in queries.history_of(application)] == ["First.", ""]
    assert "data-saved" not in client.get(response.location).text, "what is written beside it stays"


def test_boxes_are_there_only_for_what_reads_them(client: CarefulClient, edition: Edition) -> None:
    told = factories.application(edition, state=State.APPROVED)

    page = page_of(client, told)

    assert buttons(page) == ["Reopen"]
    assert 'name="asked"' not in page
    assert 'name="note"' in page, "who is told of it reads the words"
    gone = factories.application(edition, state=State.REJECTED, is_announced=False)
    assert buttons(page_of(client, gone)) == [
        "Take the decision back", "Approve", "Put on the waiting list", "Ask for changes",
    ]  # fmt: skip


def test_deciding_otherwise_keeps_to_the_limit(client: CarefulClient, edition: Edition) -> None:
    places.set_limit(edition, Kind.ASSOCIATION, 1, by=factories.BY, now=clock.now())
    factories.application(edition, state=State.APPROVED)
    application = factories.application(edition)
    staged(application, Act.REJECT)

    refused = press(client, application, "approve", page_of(client, application))

    assert refused.status_code == 422
    assert "All 1 places are taken" in refused.text
    assert '<a href="/organise/fest/call">Set the limit</a>' in refused.text
    assert (application.state, application.decision_note) == (State.REJECTED, "First.")


def test_who_decides_reads_first_what_a_colleague_wrote(
    client: CarefulClient, edition: Edition, colleague: User
) -> None:
    application = factories.application(edition)
    page = page_of(client, application)
    reviewing.write_note(application, "They owe us money.", by=colleague, now=clock.now())
    reviews.review(application, Opinion(scores={}, comment="Never again."), by=colleague, now=clock.now())
    db.session.commit()

    told = press(client, application, "approve", page, note="Welcome!")

    assert told.status_code == 409
    assert application.state is State.SUBMITTED
    for words in (
        "A colleague has written about it",
        "note written",
        "review written",
        "Knud Kollega",
        "Welcome!</textarea>",
    ):
        assert words in told.text, words
    assert press(client, application, "approve", told.text, note="Welcome!").status_code == 302
    assert application.state is State.APPROVED


def test_what_one_wrote_oneself_holds_nobody_up(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    page = page_of(client, application)
    client.post(f"{LIST}/{application.code}/notes", data={"text": "Looks good."})

    assert press(client, application, "approve", page).status_code == 302
    assert press(client, application, "reject", page_of(client, application), note="No.", read="x").status_code == 302


def test_words_are_kept_in_the_browser_until_they_have_arrived(client: CarefulClient, edition: Edition) -> None:
    application = factories.application(edition)
    address = f"{LIST}/{application.code}"
    page = page_of(client, application)
    assert f'data-keep="{address}/decide"' in page
    assert f'action="{address}/notes" data-keep' in page

    noted = client.post(f"{address}/notes", data={"text": "Hm."})
    assert re.findall(r'data-saved="([^"]+)"', client.get(noted.location).text) == [f"{address}/notes"]
    decided = press(client, application, "waitlist", page_of(client, application), note="")

    assert re.findall(r'data-saved="([^"]+)"', client.get(decided.location).text) == [f"{address}/decide"]


def test_what_is_known_stands_above_the_decision(client: CarefulClient, edition: Edition, colleague: User) -> None:
    application = factories.application(edition)
    reviewing.write_note(application, "They owe us money.", by=colleague, now=clock.now())
    db.session.commit()

    page = page_of(client, application)

    places_of = [page.index(words) for words in ("What it tells", "Earlier years", "They owe us money.", 'id="decide"')]
    assert places_of == sorted(places_of)


def test_many_are_asked_for_changes_by_the_names_of_fields(client: CarefulClient, app: Flask, edition: Edition) -> None:
    applications = [factories.application(edition) for _ in range(2)]
    data = {"act": "request_changes", "seen_at": clock.now().isoformat(), "code": [one.code for one in applications]}
    assert 'name="asked"' in client.post(f"{LIST}/batch", data=data).text
    assert 'name="asked"' not in client.post(f"{LIST}/batch", data={**data, "act": "reject"}).text
    asked = {"asked": ["about", "crew"], "word-about": "In Danish too", "word-crew": ""}

    missing = client.post(f"{LIST}/batch", data={**data, **asked, "go": "1"})
    assert missing.status_code == 422
    assert 'value="In Danish too"' in missing.text
    client.post(f"{LIST}/batch", data={**data, **asked, "go": "1", "note": "Almost."})
    jobs.run_now(app, batches.GO_ON)

    db.session.expire_all()
    assert [one.state for one in applications] == [State.CHANGES_REQUESTED] * 2
    assert [one.asked for one in applications] == [{"crew": "", "about": "In Danish too"}] * 2


@pytest.mark.parametrize(
    ("state", "act", "why"),
    [
        (State.APPROVED, "approve", "approved_already"),
        (State.REJECTED, "waitlist", "rejected_already"),
        (State.WAITLISTED, "waitlist", "waits_already"),
        (State.CHANGES_REQUESTED, "request_changes", "changes_asked_already"),
        (State.DRAFT, "reject", "is_draft"),
        (State.SUBMITTED, "reopen", "is_under_review"),
    ],
)
def test_what_could_not_be_done_to_many_says_why(
    client: CarefulClient, app: Flask, edition: Edition, state: State, act: str, why: str
) -> None:
    one = factories.application(edition, state=state)
    data = {"act": act, "go": "1", "seen_at": clock.now().isoformat(), "code": [one.code], "note": "Because."}

    response = client.post(f"{LIST}/batch", data=data)
    jobs.run_now(app, batches.GO_ON)

    [batch] = queries.batches_of(edition)
    assert [refused["why"] for refused in batch.refused] == [why]
    assert "Reload the page" not in client.get(response.location).text


def test_a_decision_of_somebody_else_is_not_overturned_by_many(
    client: CarefulClient, app: Flask, edition: Edition
) -> None:
    one = factories.application(edition)
    staged(one, Act.REJECT)
    later = clock.now() + timedelta(minutes=1)

    client.post(f"{LIST}/batch", data={"act": "approve", "go": "1", "seen_at": later.isoformat(), "code": [one.code]})
    jobs.run_now(app, batches.GO_ON)

    db.session.expire_all()
    assert one.state is State.REJECTED
    assert [refused["why"] for refused in queries.batches_of(edition)[0].refused] == ["decided_already"]

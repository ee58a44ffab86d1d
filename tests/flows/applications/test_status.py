"""The applicant's page: what was last told, what comes next, links of later parts of the story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from eventsys.applications import panels
from eventsys.applications.actions import decisions, places
from eventsys.applications.models import Application
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import short_moment
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import hold

pytestmark = pytest.mark.usefixtures("moment")


def page_of(client: CarefulClient, application: Application) -> str:
    hold(client, application)
    response = client.get(f"/my/{application.code}/")
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(
    ("state", "words", "offers"),
    [
        (State.DRAFT, "Draft", {"Go on", "Change", "Withdraw the application"}),
        (State.SUBMITTED, "Submitted", {"Change", "Withdraw the application"}),
        (State.CHANGES_REQUESTED, "Changes requested", {"Go on", "Change", "Withdraw the application"}),
        (State.WAITLISTED, "Waitlisted", {"Change", "Withdraw the application"}),
        (State.APPROVED, "Approved", {"Change", "Withdraw the application"}),
        (State.REJECTED, "Rejected", set()),
        (State.WITHDRAWN, "Withdrawn", set()),
    ],
)
def test_each_state_has_its_words_and_its_ways_on(
    client: CarefulClient, state: State, words: str, offers: set[str]
) -> None:
    page = page_of(client, factories.application(factories.edition(), state=state))

    assert f"</svg>{words}</span>" in page
    known = {"Go on": ">Go on</a>", "Change": ">Change<span", "Withdraw the application": "/withdraw"}
    assert {offer for offer, mark in known.items() if mark in page} == offers


def test_staged_decision_is_not_seen(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    decisions.decide(application, Act.REJECT, by=factories.BY, now=clock.now(), note="Too much smoke.")
    db.session.commit()

    page = page_of(client, application)

    assert "</svg>Submitted</span>" in page
    assert "Rejected" not in page
    assert "smoke" not in page


def test_words_of_what_was_told_stay_while_the_next_decision_is_staged(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    decisions.decide(application, Act.WAITLIST, by=factories.BY, now=clock.now(), note="Number three.")
    decisions.announce([application], by=factories.BY, now=clock.now())
    decisions.decide(application, Act.REJECT, by=factories.BY, now=clock.now(), note="Too much smoke.")
    db.session.commit()

    page = page_of(client, application)

    assert "</svg>Waitlisted</span>" in page
    assert "Number three." in page
    assert "smoke" not in page


def test_unsent_draft_after_the_call_is_told_so(client: CarefulClient) -> None:
    now = clock.now()
    edition = factories.edition(
        call=(now - timedelta(days=9), now - timedelta(days=1)), contact_email="fest@example.dk"
    )

    page = page_of(client, factories.application(edition, state=State.DRAFT))

    assert "t sent before the call closed." in page
    assert "mailto:fest@example.dk" in page
    assert ">Go on</a>" not in page


@pytest.fixture
def booth_link() -> Iterator[None]:
    def booth(application: Application) -> list[tuple[str, str]]:
        return [("Your booth: 12 & 13", f"/booth/{application.code}")]

    panels.register(booth)
    panels.register(booth)
    yield
    panels._LINKS.remove(booth)


@pytest.mark.usefixtures("booth_link")
def test_later_parts_of_the_story_put_their_links_here(client: CarefulClient) -> None:
    application = factories.application(factories.edition(), state=State.APPROVED)

    page = page_of(client, application)

    assert page.count(f'href="/booth/{application.code}">Your booth: 12 &amp; 13</a>') == 1


def test_saving_after_sending_leads_back_here_and_is_kept(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    hold(client, application)

    response = client.post(f"/my/{application.code}/days", data={"days": ["1"], "crew": "9"})

    assert response.location == f"/my/{application.code}/"
    assert "Saved. We see the change." in client.get(response.location).text
    db.session.refresh(application)
    assert (application.crew, application.state) == (9, State.SUBMITTED)


@pytest.mark.parametrize(
    ("state", "done", "words"),
    [
        (State.DRAFT, 0, ["before 1 May 2026", "1 June 2026"]),
        (State.SUBMITTED, 1, ["1 June 2026", "1 July 2026"]),
        (State.APPROVED, 2, ["1 July 2026", "29"]),
    ],
)
def test_what_happens_next_and_when(client: CarefulClient, state: State, done: int, words: list[str]) -> None:
    edition = factories.edition(decisions_by=date(2026, 6, 1), booths_by=date(2026, 7, 1))
    page = page_of(client, factories.application(edition, state=state))

    assert page.count('class="timeline-done"') == done
    assert page.count('class="timeline-current"') == 1
    for word in words:
        assert word in page


def test_what_is_not_so_has_no_row(client: CarefulClient) -> None:
    page = page_of(client, factories.application(factories.edition(), state=State.DRAFT))
    undated = page_of(client, factories.application(factories.edition(call=None), state=State.APPROVED))

    assert "Send it before" not in page
    assert "Call closes" in page
    assert "Call closes" not in undated


@pytest.mark.parametrize(
    ("state", "words"), [(State.DRAFT, "You send the application"), (State.SUBMITTED, "The application is sent")]
)
def test_who_has_yet_to_send_is_told_no_other(client: CarefulClient, state: State, words: str) -> None:
    page = page_of(client, factories.application(factories.edition(), state=state))
    way = page[page.index('class="timeline"') :]

    assert [one for one in ("You send the application", "The application is sent") if one in way] == [words]


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_nothing_is_ahead_of_who_is_out(client: CarefulClient, state: State) -> None:
    assert 'class="timeline"' not in page_of(client, factories.application(factories.edition(), state=state))


def test_a_draft_in_its_grace_is_told_until_when(client: CarefulClient) -> None:
    now = clock.now()
    edition = factories.edition(call=(now - timedelta(days=9), now - timedelta(hours=1)), call_grace_hours=5)
    begun = factories.application(edition, state=State.DRAFT, created_at=now - timedelta(days=2))

    page = page_of(client, begun)

    assert "The call is closed, but as you began in time you may still send this application" in page
    assert "before the call closes" not in page
    until = short_moment(now + timedelta(hours=4))
    assert page.count(until) == 3  # The sentence, the way ahead, the facts.


def test_who_is_offered_a_place_isnt_told_that_all_are_taken(client: CarefulClient) -> None:
    waiting = factories.application(factories.edition(), state=State.WAITLISTED)
    assert "All places are taken." in page_of(client, waiting)
    places.offer(waiting, by=factories.BY, now=clock.now())
    db.session.commit()

    page = client.get(f"/my/{waiting.code}/").text

    assert "A place came free, and it is yours if you want it." in page
    assert "All places are taken." not in page

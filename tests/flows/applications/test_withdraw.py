"""Withdrawing an application: asked first, told to those who react, final for the applicant."""

from __future__ import annotations

from typing import Any

import pytest

from eventsys.applications import queries, signals
from eventsys.applications.actions import decisions
from eventsys.applications.rules.states import Act, State
from eventsys.base import clock
from eventsys.base.db import db
from tests import factories
from tests.client import CarefulClient
from tests.flows.applications.applicants import begin, mailed_link, mails
from tests.flows.applications.test_status import hold

pytestmark = pytest.mark.usefixtures("moment")


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CHANGES_REQUESTED, State.WAITLISTED, State.APPROVED])
def test_withdrawing_is_kept_told_and_mailed(client: CarefulClient, state: State) -> None:
    application = factories.application(factories.edition(), state=state)
    hold(client, application)
    heard: list[Any] = []

    def hear(sender: Any, **more: Any) -> None:
        heard.append((sender.code, sender.announced_state, more["now"]))

    with signals.withdrawn.connected_to(hear):
        asked = client.get(f"/my/{application.code}/withdraw")
        response = client.post(f"/my/{application.code}/withdraw", data={"reason": "We moved."})

    assert "Withdraw your application?" in asked.text
    assert "Until the booths are given out you can undo it on your page" in asked.text
    assert response.location == f"/my/{application.code}/"
    db.session.refresh(application)
    assert (application.state, application.announced_state) == (State.WITHDRAWN, State.WITHDRAWN)
    assert heard == [(application.code, State.WITHDRAWN, factories.NOW)]
    step = queries.history_of(application)[-1]
    assert (step.act, step.from_state, step.note) == (Act.WITHDRAW, state, "We moved.")
    [mail] = mails()
    assert mail.template == "applications/withdrawn"
    assert "you can undo it here until the booths are given out" in mail.text
    assert "Undo the withdrawal" in client.get(mailed_link(mail), follow_redirects=True).text


def test_draft_can_be_withdrawn_and_the_name_is_free_again(client: CarefulClient) -> None:
    edition = factories.edition()
    application = begin(client, edition)

    client.post(f"/my/{application.code}/withdraw", data={})

    db.session.refresh(application)
    assert (application.state, application.submitted_at) == (State.WITHDRAWN, None)
    assert "undo it here" not in mails()[-1].text
    assert "It had not been sent. You can begin again" in client.get(f"/my/{application.code}/").text
    assert begin(client, edition).code != application.code


def test_second_press_and_finished_applications_are_refused(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    hold(client, application)
    client.post(f"/my/{application.code}/withdraw", data={})

    response = client.post(f"/my/{application.code}/withdraw", data={})

    assert response.status_code == 422
    assert "as it stands now" in response.text
    assert (len(mails()), len(queries.history_of(application))) == (1, 1)


def test_withdrawing_counts_whatever_was_staged(client: CarefulClient) -> None:
    application = factories.application(factories.edition())
    decisions.decide(application, Act.REJECT, by=factories.BY, now=clock.now(), note="Too late.")
    db.session.commit()
    hold(client, application)

    client.post(f"/my/{application.code}/withdraw", data={})

    db.session.refresh(application)
    assert (application.state, application.announced_state) == (State.WITHDRAWN, State.WITHDRAWN)
    assert queries.staged_of(application.edition) == []

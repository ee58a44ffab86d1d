"""The figures on paper leave the team: they say what was told."""

from __future__ import annotations

import pytest

from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.reports.contents import of_figures
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")


def test_paper_counts_who_was_told_and_the_overview_who_is_decided(client: CarefulClient) -> None:
    edition = factories.edition("fest")
    factories.sign_in(client, factories.organiser(edition))
    factories.application(edition, state=State.APPROVED)
    factories.application(edition, state=State.APPROVED, is_announced=False)
    factories.application(edition, state=State.WITHDRAWN, submitted_at=None)

    headline = of_figures(edition, language="en", cutoff=clock.now()).headline

    assert [number for word, number in headline[:2]] == ["2", "1"]
    page = client.get("/organise/fest/").text
    assert "2 approved" in page
    assert "1 decision isn&#39;t told yet." in page or "1 decision isn't told yet." in page
    assert 'data-title="Withdrawn" class="number"><bdi>0</bdi>' in page

"""Pages that give passes and write mails are not open to machines that press on; who has a pass always sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.passes import actions, queries
from eventsys.passes.actions import handing
from eventsys.passes.models import Bundle
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.passes.test_crew import hold
from tests.flows.passes.test_inviting import made_link
from tests.limited import counting

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[CarefulClient]:
    with counting(tmp_path) as client:
        yield client


def crew_page(client: CarefulClient) -> str:
    application = factories.application(factories.edition(), state=State.APPROVED, crew=1)
    actions.issue_crew_passes(application, by=BY, now=NOW)
    hold(client, application)
    [pass_] = queries.crew_passes_of(application)
    return f"/my/{application.code}/passes/{to_short_code(pass_.pass_id)}/give"


def join_page(_client: CarefulClient) -> str:
    return f"/passes/join/{made_link(factories.edition()).code}"


def visitors_page(_client: CarefulClient) -> str:
    edition = factories.edition()
    handing.open_visitors(edition, is_open=True, most_per_day=None, by=BY, now=NOW)
    return f"/{edition.slug}/pass"


@pytest.mark.parametrize(
    ("page", "most"), [(crew_page, 100), (join_page, 60), (visitors_page, 60)], ids=["give", "join", "take"]
)
def test_a_machine_that_presses_on_is_asked_to_wait(limited: CarefulClient, page: object, most: int) -> None:
    address = page(limited)  # type: ignore[operator]
    db.session.commit()

    codes = [limited.post(address, data={"email": "no address"}).status_code for _press in range(most + 1)]
    last = limited.post(address, data={"email": "no address"}, headers={"Accept-Language": "en"})

    assert codes == [422] * most + [429]
    assert "Wait a minute" in last.text
    assert int(last.headers["Retry-After"]) > 0
    assert limited.get(address).status_code == 200


def test_wrong_links_keep_nobody_at_the_same_address_from_the_pass(limited: CarefulClient) -> None:
    """A mobile network's many customers share one address; and a link of a hundred bits is not found by trying."""
    edition = factories.edition()
    [visitor] = factories.passes(edition)
    bundle = Bundle(code="K7QM2PXDK7QM2PXDK7QM", edition_id=edition.id, language="en", created_at=NOW)
    db.session.add(bundle)
    db.session.flush()
    visitor.bundle_id = bundle.id
    db.session.commit()

    tried = [limited.get(f"/passes/{n:020d}").status_code for n in range(200)]

    assert set(tried) == {404}
    assert limited.get(f"/passes/{bundle.code}").status_code == 200

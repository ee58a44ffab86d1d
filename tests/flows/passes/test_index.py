"""Organisers count passes, look one up, end it, or put a new one in its place."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from eventsys.editions.models import Edition
from eventsys.passes import actions, queries
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.short_code import to_short_code
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in and reads English."""
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))
    client.get("/language/en")
    return edition


def address(edition: Edition, *parts: str) -> str:
    return "/".join([f"/organise/{edition.slug}/passes", *parts])


def short(issued: Pass) -> str:
    return to_short_code(issued.pass_id)


def test_page_counts_by_kind(client: CarefulClient, edition: Edition) -> None:
    factories.passes(edition, kind=PassKind.GUEST, count=3)
    [revoked] = factories.passes(edition, kind=PassKind.GUEST)
    actions.revoke(revoked, reason="lost", by=factories.BY, now=factories.NOW)

    counts = {count.kind: (count.issued, count.revoked, count.valid) for count in queries.counts_by_kind(edition)}

    assert counts[PassKind.GUEST] == (4, 1, 3)
    assert counts[PassKind.VISITOR] == (0, 0, 0)
    assert "Passes by kind" in client.get(address(edition)).text


def test_page_of_an_edition_without_passes_says_how_they_come(client: CarefulClient, edition: Edition) -> None:
    assert "No passes yet" in client.get(address(edition)).text


def test_a_pass_is_found_by_its_short_code_however_it_is_typed(client: CarefulClient, edition: Edition) -> None:
    [issued] = factories.passes(edition, bearer_name="Amina Osman")

    page = client.get(address(edition), query_string={"short_code": short(issued).lower().replace("-", " ")}).text

    assert "Amina Osman" in page
    assert f"/passes/{short(issued)}/revoke" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0000-0000-0016-JD", "No pass of this edition has that short code."),
        ("0000-0000-0016-JE", "One character is wrong."),
        ("0000", "A short code has 14 characters; this one has 4."),
        ("UUUU-UUUU-UUUU-UU", "can&#39;t be in a short code"),
    ],
)
def test_a_wrong_short_code_says_what_is_wrong(
    client: CarefulClient, edition: Edition, typed: str, sentence: str
) -> None:
    assert sentence in client.get(address(edition), query_string={"short_code": typed}).text


def test_a_pass_of_another_edition_is_not_found(client: CarefulClient, edition: Edition) -> None:
    [foreign] = factories.passes(factories.edition())

    assert "No pass of this edition" in client.get(address(edition), query_string={"short_code": short(foreign)}).text
    assert client.get(address(edition, short(foreign), "revoke")).status_code == 404
    assert client.post(address(edition, short(foreign), "reissue")).status_code == 404


def test_revoking_asks_first_wants_a_reason_and_happens_once(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    [issued] = factories.passes(edition)
    path = address(edition, short(issued), "revoke")

    assert "Revoke the pass" in client.get(path).text
    assert client.post(path, data={"reason": " "}).status_code == 422
    assert queries.revocation_of(issued) is None
    done = client.post(path, data={"reason": "lost at the station"}, follow_redirects=True)
    again = client.post(path, data={"reason": "lost"})

    revocation = queries.revocation_of(issued)
    assert revocation is not None
    assert revocation.reason == "lost at the station"
    assert "lost at the station" in done.text
    assert (again.status_code, "revoked already" in again.text) == (422, True)


def test_reissuing_revokes_the_old_one(client: CarefulClient, session: Session, edition: Edition) -> None:
    application = factories.application(edition)
    [old] = factories.passes(
        edition, kind=PassKind.BOOTH_CREW, days=[2], application=application, bearer_name="Amina Osman"
    )
    path = address(edition, short(old), "reissue")

    assert "Make a new pass" in client.get(path).text
    assert client.post(path).status_code == 302
    again = client.post(path)

    [new] = queries.valid_of(edition)
    assert new.pass_id != old.pass_id
    assert (new.kind, new.days, new.application_id, new.bearer_name) == (1, 0b10, application.id, "Amina Osman")
    revocation = queries.revocation_of(old)
    assert revocation is not None
    assert revocation.reason == "reissued"
    assert again.status_code == 422

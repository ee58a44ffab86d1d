"""What the team keeps about an application: notes, tags, reviewers, earlier years."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.applications import queries
from eventsys.applications.models import Application, Tag
from eventsys.applications.rules.states import State
from eventsys.audit.models import AuditEntry
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made, name="Olga Organiser"))
    return made


@pytest.fixture
def application(edition: Edition) -> Application:
    return factories.application(edition, name="Nørrebro Kor")


def address(application: Application) -> str:
    return f"/organise/fest/applications/{application.code}"


def test_note_is_kept_read_by_the_team_and_removed_by_its_writer(
    client: CarefulClient, edition: Edition, application: Application
) -> None:
    response = client.post(f"{address(application)}/notes", data={"text": "Call them <b>first</b>."})
    assert response.location == f"{address(application)}?said=notes#notes"
    page = client.get(address(application)).text
    assert "Call them &lt;b&gt;first&lt;/b&gt;." in page
    [note] = queries.notes_of(application)

    factories.sign_out(client)
    factories.sign_in(client, factories.team_member(edition, Role.REVIEWER))
    assert "Call them" in client.get(address(application)).text
    client.post(f"{address(application)}/notes/{note.code}/remove")
    assert "This is somebody else&#39;s" in client.get(address(application)).text
    assert len(queries.notes_of(application)) == 1

    factories.sign_out(client)
    factories.sign_in(client, note.user)
    client.post(f"{address(application)}/notes/{note.code}/remove")
    assert queries.notes_of(application) == []


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b"])
def test_bad_note_is_refused(client: CarefulClient, application: Application, text: str) -> None:
    page = client.post(f"{address(application)}/notes", data={"text": text})

    assert page.status_code == 422
    assert "alert-error" in page.text
    assert f"{text.strip().replace(chr(0), '')}</textarea>" in page.text, "what was written stays"
    assert queries.notes_of(application) == []


def test_audit_never_holds_what_a_note_says(client: CarefulClient, session: Session, application: Application) -> None:
    client.post(f"{address(application)}/notes", data={"text": "Secret words"})

    entries = session.scalars(select(AuditEntry).where(AuditEntry.act == "applications.note_added")).all()
    assert [entry.subject_code for entry in entries] == [application.code]
    assert "Secret" not in str([entry.detail for entry in entries])


def test_tag_is_one_whatever_its_letters_and_goes_with_its_last_use(
    client: CarefulClient, session: Session, edition: Edition, application: Application
) -> None:
    other = factories.application(edition)
    for one, name in ((application, "Music"), (other, "music"), (other, "MUSIC ")):
        client.post(f"{address(one)}/tags", data={"tag": name})

    [tag] = session.scalars(select(Tag)).all()
    assert [found.name for found in queries.tags_of(other)] == ["Music"]
    client.post(f"{address(application)}/tags/{tag.code}/remove")
    assert [found.name for found in queries.tags_on(edition)] == ["Music"]
    client.post(f"{address(other)}/tags/{tag.code}/remove")
    assert queries.tags_on(edition) == []


def test_somebody_of_the_team_is_asked_to_look(
    client: CarefulClient, edition: Edition, application: Application
) -> None:
    rita = factories.team_member(edition, Role.REVIEWER, name="Rita Reviewer")
    stranger = factories.user(name="Sam Stranger")

    client.post(f"{address(application)}/reviewers", data={"user": str(rita.id)})
    client.post(f"{address(application)}/reviewers", data={"user": str(rita.id)})
    client.post(f"{address(application)}/reviewers", data={"user": str(stranger.id)})
    assert [user.name for user in queries.reviewers_of(application)] == ["Rita Reviewer"]

    client.post(f"{address(application)}/reviewers/remove", data={"user": str(rita.id)})
    assert queries.reviewers_of(application) == []


def test_earlier_years_are_told_but_no_drafts(client: CarefulClient, application: Application) -> None:
    for year, state in ((2024, State.APPROVED), (2023, State.DRAFT)):
        earlier = factories.edition(f"fest-{year}", name=f"Taste {year}", starts_on=date(year, 8, 24))
        factories.application(earlier, of=application.organisation, state=state)

    for page in (client.get(address(application)).text, client.get(f"{address(application)}/review").text):
        assert "Taste 2024" in page
        assert "Taste 2023" not in page


def test_doubts_about_street_children_and_addresses(client: CarefulClient, edition: Edition) -> None:
    factories.street(edition, widths_m=(3, 6), board_kw=10)
    namesake = factories.organisation(email="same@example.org", kind=Kind.RESTAURANT)
    factories.application(edition, of=namesake)
    application = factories.application(
        edition,
        of=factories.organisation(email="same@example.org"),
        width_cm=900,
        power_watts=22_000,
        has_children_activities=True,
    )

    page = client.get(address(application)).text

    for doubt in (
        "Asks for more power than any board has.",
        "Asks for more width than any pitch has.",
        "Does something for children, but declares no background checks.",
        "s application has the same mail address.",
    ):
        assert doubt in page

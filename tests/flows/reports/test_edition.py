"""The public page and the catalogue: what was told, nothing else; the overview of an empty edition."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from eventsys.applications.rules.states import State
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.booths.organisers import text


def test_only_who_was_told_stands_in_the_catalogue(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.application(edition, state=State.APPROVED, name="Told Choir")
    factories.application(edition, state=State.APPROVED, is_announced=False, name="Staged Choir")
    factories.application(edition, name="Waiting Choir")

    page = client.get(f"/{edition.slug}/catalogue").text

    assert "Told Choir" in page
    assert "Staged Choir" not in page
    assert "Waiting Choir" not in page


def test_the_catalogue_is_searched_by_words_and_kind(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.application(edition, state=State.APPROVED, name="Somali Women")
    factories.application(edition, state=State.APPROVED, name="Somali Kitchen", kind=Kind.RESTAURANT)

    found = client.get(f"/{edition.slug}/catalogue?words=somali&kind=restaurant").text
    none = client.get(f"/{edition.slug}/catalogue?words=tibetan").text

    assert "Somali Kitchen" in found
    assert "Somali Women" not in found
    assert "Nobody found" in none


def test_a_search_of_the_catalogue_that_finds_nobody_leads_on(client: CarefulClient) -> None:
    edition = factories.edition()
    for name in ("Somalisk Kor", "Somalisk Teater"):
        factories.application(edition, state=State.APPROVED, name=name)

    page = client.get(f"/{edition.slug}/catalogue?words=somali+women").text
    by_kind = text(client.get(f"/{edition.slug}/catalogue?words=kor&kind=restaurant").text)

    assert f'href="/{edition.slug}/catalogue?words=somali"' in page
    assert "Nobody found for “ somali women ” This finds somebody: Only “somali” (2) Show all" in text(page)
    assert "Without Restaurant (1)" in by_kind


def test_an_entry_never_says_none_where_nothing_is_stated(client: CarefulClient) -> None:
    edition = factories.edition()
    silent = factories.application(edition, state=State.APPROVED, kind=Kind.RESTAURANT, allergens=None)
    without = factories.application(edition, state=State.APPROVED, kind=Kind.RESTAURANT, allergens=[])

    assert "not stated" in client.get(f"/{edition.slug}/catalogue/{silent.organisation.code}").text
    assert "none of the 14" in client.get(f"/{edition.slug}/catalogue/{without.organisation.code}").text


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "“<bdi>Street food</bdi>”"), ("ar", "«<bdi>Street food</bdi>»")]
)
def test_what_a_booth_calls_its_food_is_quoted(client: CarefulClient, language: str, shown: str) -> None:
    edition = factories.edition()
    made = factories.application(edition, state=State.APPROVED, kind=Kind.RESTAURANT)

    page = client.get(f"/{edition.slug}/catalogue/{made.organisation.code}?language={language}").text

    assert f"<bdi>{shown}</bdi>" in page


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (-9, 0, "could sign up until 2 Mar 2026 13:00."),
        (None, None, "When associations and restaurants can sign up isn't decided yet."),
    ],
)
def test_a_call_that_is_closed_or_undated_leads_to_a_person(
    client: CarefulClient, moment: datetime, opens: int | None, closes: int | None, sentence: str
) -> None:
    call = None if opens is None or closes is None else (moment + timedelta(opens), moment + timedelta(closes))
    factories.edition("fest", call=call, contact_email="fest@example.dk")

    page = client.get("/fest/").text

    assert sentence in page
    assert '<a href="/fest/apply">Talk to somebody</a>' in page
    assert "mailto:fest@example.dk" in client.get("/fest/apply").text


def test_an_event_that_is_over_says_nothing_of_signing_up(client: CarefulClient, moment: datetime) -> None:
    factories.edition("fest", starts_on=date(2011, 8, 27), call=None)

    assert "/fest/apply" not in client.get("/fest/").text


def test_no_person_is_on_a_public_page(client: CarefulClient) -> None:
    edition = factories.edition()
    application = factories.application(edition, state=State.APPROVED, email="chair@private.example")

    for path in ("", "catalogue", f"catalogue/{application.organisation.code}"):
        assert "private.example" not in client.get(f"/{edition.slug}/{path}").text


def test_an_unpublished_edition_is_not_there(client: CarefulClient) -> None:
    edition = factories.edition(is_published=False)
    application = factories.application(edition, state=State.APPROVED)

    for path in ("", "catalogue", f"catalogue/{application.organisation.code}"):
        assert client.get(f"/{edition.slug}/{path}").status_code == 404


def test_who_is_not_told_has_no_entry(client: CarefulClient) -> None:
    edition = factories.edition()
    application = factories.application(edition, state=State.APPROVED, is_announced=False)

    assert client.get(f"/{edition.slug}/catalogue/{application.organisation.code}").status_code == 404


def test_the_overview_of_an_empty_edition_says_what_comes(client: CarefulClient, moment: datetime) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))

    page = client.get(f"/organise/{edition.slug}/").text

    assert "The call is open until" in page
    assert "Nobody has been counted yet" in page


def test_figures_come_in_the_two_languages_of_the_committee(client: CarefulClient) -> None:
    edition = factories.edition()
    factories.sign_in(client, factories.organiser(edition))

    assert client.get(f"/organise/{edition.slug}/figures-da.pdf").data.startswith(b"%PDF")
    assert client.get(f"/organise/{edition.slug}/figures-ar.pdf").status_code == 404

"""The map of the street: who is found is drawn strongly, the list says the same, silence is never "none"."""

from __future__ import annotations

import re
from typing import Any

import pytest

from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.booths.models import Assignment, Pitch, Plan, PlanState, SiteFeature
from eventsys.booths.rules.features import FeatureKind
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient
from tests.flows.booths.organisers import text

PAGE = "/fest/map"


@pytest.fixture
def pitches(client: CarefulClient) -> list[Pitch]:
    return factories.street(factories.edition("fest", number=7), widths_m=[3, 3, 6, 3])


@pytest.fixture
def edition(pitches: list[Pitch]) -> Edition:
    return db.session.query(Edition).filter_by(slug="fest").one()


@pytest.fixture
def plan(pitches: list[Pitch]) -> Plan:
    made = Plan(
        site_id=pitches[0].site_id,
        version=1,
        state=PlanState.PUBLISHED,
        created_at=factories.NOW,
        published_at=factories.NOW,
    )
    db.session.add(made)
    db.session.commit()
    return made


def booth(
    edition: Edition, plan: Plan, pitch: Pitch, name: str, *, days: tuple[int, ...] = (1, 2), **told: Any
) -> Application:
    made = factories.application(edition, state=told.pop("state", State.APPROVED), name=name, **told)
    stand(edition, plan, pitch, made, days=days)
    return made


def stand(edition: Edition, plan: Plan, pitch: Pitch, who: Application, *, days: tuple[int, ...]) -> None:
    for day in edition.days:
        if day.number in days:
            db.session.add(Assignment(plan_id=plan.id, pitch_id=pitch.id, application_id=who.id, day_id=day.id))
    db.session.commit()


def dish(application: Application, position: int, name: str, *diets: str, **allergens: str) -> None:
    db.session.add(
        Dish(application_id=application.id, position=position, name=name, dietary=list(diets), allergens=allergens)
    )
    db.session.commit()


def tones(page: str) -> dict[str, str]:
    """What each booth on the map is drawn as, by what is heard of it."""
    return {
        title: tone
        for tone, title in re.findall(
            r'<a href="[^"]*" id="spot-\d+"[^>]* class="map-shape map-(\w+)" aria-label="([^"]*)"', page
        )
    }


def names(page: str) -> list[str]:
    """The list beside the map."""
    return re.findall(r'<h3><a href="[^"]*/catalogue/\w+"><bdi>([^<]*)</bdi>', page)


def test_map_and_list_tell_the_same_in_the_order_of_the_street(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[2], "Klub")
    kor = booth(edition, plan, pitches[0], "Kor")

    page = client.get(PAGE).text

    assert tones(page) == {"A1: Kor": "taken", "A3: Klub": "taken"}
    assert names(page) == ["Kor", "Klub"]
    assert f'href="#booth-{kor.organisation.code}" id="spot-1"' in page
    assert f'id="booth-{kor.organisation.code}"' in page
    assert 'href="#spot-1"' in page
    assert "data-pitch" not in page  # For the organisers' plan alone.


def test_what_is_found_is_drawn_strongly_and_the_rest_faintly(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Somalisk Kvindeforening")
    booth(edition, plan, pitches[1], "Somalisk Teaterforening")

    page = client.get(f"{PAGE}?words=where+is+the+Somali+women's+association?").text

    assert tones(page) == {"A1: Somalisk Kvindeforening – Found": "found", "A2: Somalisk Teaterforening": "faint"}
    assert names(page) == ["Somalisk Kvindeforening"]
    assert "1 booth found" in page


def test_who_avoids_nuts_sees_the_dishes_that_are_stated_free_and_whom_to_ask_apart(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    first, second, third, _silent = (
        booth(edition, plan, pitch, name, kind=Kind.RESTAURANT, allergens=None)
        for pitch, name in zip(pitches, ("Frit", "Spørg", "Nødder", "Tavs"), strict=True)
    )
    dish(first, 1, "Ris", nuts="free_of")
    dish(first, 2, "Kage", nuts="contains")
    dish(second, 1, "Te", milk="free_of")
    dish(third, 1, "Nougat", nuts="may_contain")

    page = client.get(f"{PAGE}?avoid=nuts").text

    assert tones(page) == {
        "A1: Frit – Found": "found",
        "A2: Spørg – Not stated: ask at the booth": "ask",
        "A3: Nødder": "faint",
        "A4: Tavs – Not stated: ask at the booth": "ask",
    }
    assert names(page) == ["Frit", "Spørg", "Tavs"]
    fits, asked = page.split("Not stated: ask at the booth</h2>")
    assert re.search(r"Fits your choice</dt> <dd><bdi>Ris<", fits)
    assert "Frit" not in asked
    assert "1 booth with food is left out" in page


def test_a_pitch_that_passes_on_shows_who_stands_there_that_day(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Første", days=(1,))
    booth(edition, plan, pitches[0], "Anden", days=(2,))
    flytter = booth(edition, plan, pitches[1], "Flytter", days=(1,))
    stand(edition, plan, pitches[3], flytter, days=(2,))

    both, second = client.get(PAGE).text, client.get(f"{PAGE}?day=2").text

    assert any("Første (Saturday" in title and "Anden (Sunday" in title for title in tones(both))
    assert set(tones(second)) == {"A1: Anden – Found", "A4: Flytter – Found"}
    assert names(second) == ["Anden", "Flytter"]
    assert client.get(f"{PAGE}?day=17").text.count("Flytter") == both.count("Flytter")


def test_an_entry_leads_to_its_booth_alone_and_back(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    kor = booth(edition, plan, pitches[0], "Kor")
    booth(edition, plan, pitches[1], "Klub")
    code = kor.organisation.code

    entry = client.get(f"/fest/catalogue/{code}").text
    page = client.get(f"{PAGE}?booth={code}").text

    assert f'href="/fest/map?booth={code}#found"' in entry
    assert tones(page) == {"A1: Kor – Found": "found", "A2: Klub": "faint"}
    assert f'href="/fest/catalogue/{code}"' in page


def test_who_has_two_pitches_is_told_once(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    bred = booth(edition, plan, pitches[0], "Bred")
    stand(edition, plan, pitches[1], bred, days=(1, 2))

    page = client.get(f"{PAGE}?words=bred").text

    assert set(tones(page)) == {"A1: Bred – Found", "A2: Bred – Found"}
    assert names(page) == ["Bred"]
    assert page.count("<bdi>A1 and A2</bdi> <bdi>Bred</bdi>") == 1


def test_words_are_quoted_as_the_language_does(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Somalisk Kor", kind=Kind.RESTAURANT)

    page = client.get(f"{PAGE}?words=somali+women&language=da").text

    assert "»somali«" in page
    assert "“" not in page
    assert "»Street food«" in client.get(f"{PAGE}?language=da").text


def test_nothing_found_says_what_would_find_somebody(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Somalisk Kor")

    page = client.get(f"{PAGE}?words=somali+women&day=1").text

    assert "Nothing found for “ somali women ”" in text(page)
    assert 'href="/fest/map?words=somali&amp;day=1#found"' in page
    assert "Only “somali” (1)" in text(page)
    assert "Without “somali women” (1)" in text(page)
    # What finds nobody is no way out.
    assert "Only “women”" not in text(page)
    assert 'href="/fest/map?words=somali+women#found"' not in page


def test_where_nothing_less_finds_anybody_there_is_the_way_to_all(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Somalisk Kor")

    page = text(client.get(f"{PAGE}?words=qqqq").text)

    assert "Nothing found for “ qqqq ” Try fewer or other words. Show all" in page


def test_a_slip_of_the_finger_is_told(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Somalisk Kor")

    assert "Nobody spells it “somlisk”" in client.get(f"{PAGE}?words=somlisk").text


def test_only_who_was_told_is_on_the_map(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Told", email="chair@private.example")
    booth(edition, plan, pitches[1], "Staged", is_announced=False)
    factories.application(edition, state=State.APPROVED, name="Unplaced")

    page = client.get(PAGE).text

    assert set(tones(page)) == {"A1: Told"}
    assert "Staged" not in page
    assert "private.example" not in page
    assert "Unplaced" in page.split("Without a place on the map")[1]
    found = client.get(f"{PAGE}?words=unplaced").text
    assert "Unplaced" in found[found.index("Without a place on the map") : found.index("map-legend")]


def test_what_else_visitors_look_for_is_drawn_and_told(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan
) -> None:
    booth(edition, plan, pitches[0], "Kor")
    there = {"type": "Point", "coordinates": [12.5502, 55.6901]}
    for code, kind, label in (
        ("T1", "toilet", ""),
        ("S1", "stage", "Store scene"),
        ("D1", "drive_in", "Kun for biler"),
    ):
        db.session.add(
            SiteFeature(site_id=pitches[0].site_id, code=code, kind=FeatureKind(kind), label=label, geometry=there)
        )
    db.session.commit()

    page = client.get(PAGE).text

    assert '<g class="map-shape map-feature" role="img" aria-label="Toilets">' in page
    assert re.search(r'aria-hidden="true">WC</span>Toilets', page)
    assert re.search(r"<bdi>Stage \(Store scene\)</bdi>: A1–A2\b", page)
    assert "Kun for biler" not in page
    assert set(tones(page)) == {"A1: Kor"}


def test_what_lies_where_two_parts_meet_is_drawn_whole_in_one_of_them(client: CarefulClient) -> None:
    made = factories.edition("lang", number=9)
    pitches = factories.street(made, widths_m=[3] * 20)
    plan_ = Plan(
        site_id=pitches[0].site_id,
        version=1,
        state=PlanState.PUBLISHED,
        created_at=factories.NOW,
        published_at=factories.NOW,
    )
    db.session.add(plan_)
    db.session.commit()
    booth(made, plan_, pitches[0], "Kor")
    for n, pitch in enumerate(pitches):
        longitude, latitude = pitch.polygon[0]
        there = {"type": "Point", "coordinates": [longitude, latitude + 0.0001]}
        told = {"kind": FeatureKind.TOILET, "label": f"nr. {n}.", "geometry": there}
        db.session.add(SiteFeature(site_id=pitch.site_id, code=f"T{n}", **told))
    db.session.commit()

    page = client.get("/lang/map").text

    assert page.count('role="group" aria-label="The street from') > 1
    assert all(page.count(f'aria-label="Toilets (nr. {n}.)"') == 1 for n in range(len(pitches)))


def test_there_is_no_map_before_there_are_places(client: CarefulClient, edition: Edition, pitches: list[Pitch]) -> None:
    assert "No map yet" in client.get(PAGE).text
    assert "/fest/map?" not in client.get("/fest/").text
    factories.edition("hemmelig", is_published=False, number=8)
    assert client.get("/hemmelig/map").status_code == 404


@pytest.mark.parametrize("query", ["", "?words=kor", "?avoid=nuts&diet=vegan"])
def test_the_map_asks_the_same_for_one_booth_and_four(
    client: CarefulClient, edition: Edition, pitches: list[Pitch], plan: Plan, count_queries: list[str], query: str
) -> None:
    dish(booth(edition, plan, pitches[0], "Kor 1", kind=Kind.RESTAURANT), 1, "Ris", "vegan")
    db.session.expire_all()
    count_queries.clear()
    client.get(PAGE + query)
    one = len(count_queries)
    for n, pitch in enumerate(pitches[1:], start=2):
        dish(booth(edition, plan, pitch, f"Kor {n}", kind=Kind.RESTAURANT), 1, "Ris", "vegan")
    db.session.expire_all()

    count_queries.clear()
    client.get(PAGE + query)

    assert len(count_queries) == one
    assert not any("FROM contact" in statement for statement in count_queries)  # No person is read for it.

"""The review list narrowed by what is missing or doubtful, by answers to own questions, by words: and shown in columns."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from eventsys.accounts.rules import Role
from eventsys.applications import queries
from eventsys.applications.actions import answers, reviewing
from eventsys.applications.models import Application, Dish
from eventsys.applications.queries import Choice
from eventsys.applications.rules.completeness import FOR_REVIEW, Doubt, Missing
from eventsys.applications.rules.states import State
from eventsys.applications.texts import DOUBTS, MISSING
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.questions.rules.types import QuestionType
from eventsys.reviews import actions as reviews
from eventsys.reviews.actions import Opinion
from eventsys.reviews.rules.recommendations import Recommendation
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.organiser(made))
    return made


def names(page: str) -> list[str]:
    """The organisations of the list, in order."""
    return re.findall(r'<a href="/organise/fest/applications/[0-9A-Z]+[^"]*"><bdi>([^<]+)</bdi></a><br>', page)


def narrowed(client: CarefulClient, **choice: str) -> list[str]:
    return sorted(names(client.get(LIST, query_string=choice).text))


def answer(application: Application, **given: Any) -> None:
    """Answers by the labels of their questions."""
    keys = {one.label["en"]: one.id for one in queries.questions_put_to(application)}
    answers.replace({keys[label]: value for label, value in given.items()}, of=application)
    db.session.commit()


def test_restaurants_with_gas_and_without_food_registration(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Gas og intet", kind=Kind.RESTAURANT, uses_gas=True)
    factories.application(edition, name="Uden gas", kind=Kind.RESTAURANT)
    factories.application(edition, name="I orden", kind=Kind.RESTAURANT, uses_gas=True, food_registration="1234567")
    factories.application(edition, name="Under grænsen", kind=Kind.RESTAURANT, uses_gas=True, is_below_food_limit=True)
    factories.application(edition, name="Forening", uses_gas=True, sells_food=True, cuisine="Kage", allergens=[])

    choice = {"kind": "restaurant", "wants": "uses_gas", "found": "food_without_registration"}

    assert narrowed(client, **choice) == ["Gas og intet"]
    page = client.get(LIST, query_string={**choice, "columns": "findings,registration"}).text
    assert "food, but no food registration" in page
    assert "1 application<" in page


def some_of_each(edition: Edition) -> list[Application]:
    """Applications of which each has something that is missing or doubtful, and one that has nothing."""
    factories.street(edition, widths_m=(3,), board_kw=2)
    factories.question(edition, "Tent", is_required=True)
    made = [
        factories.application(edition, name="Alt i orden"),
        factories.application(edition, name="Bosnisk Kor", width_cm=900, power_watts=9_000, email="same@example.org"),
        factories.application(edition, name="Bosniske Kor", email="same@example.org", uses_open_fire=True),
        factories.application(edition, name="Mange", crew=200, food_registration="1234567", is_below_food_limit=True),
        factories.application(edition, name="Unge", has_children_activities=True, crew=None, days=0),
        factories.application(edition, name="Køkken", kind=Kind.RESTAURANT, cuisine="", allergens=None, about={}),
        factories.application(edition, name="Kladde", state=State.DRAFT, width_cm=None, power_watts=None, crew=None),
    ]
    answer(made[0], Tent=True)
    return made


def test_the_list_finds_what_the_page_of_each_one_warns_of(client: CarefulClient, edition: Edition) -> None:
    pages = {one.organisation.name: client.get(f"{LIST}/{one.code}").text for one in some_of_each(edition)}
    seen = set()

    for what in FOR_REVIEW:
        sentence = f"Missing: {MISSING[what]}" if isinstance(what, Missing) else str(DOUBTS[what])
        warned = sorted(name for name, page in pages.items() if sentence in page.replace("&#39;", "'"))
        assert narrowed(client, found=what.value) == warned, what
        seen |= {what} if warned else set()

    assert seen == set(FOR_REVIEW) - {Missing.NAME, Doubt.EXPIRED_DOCUMENT}
    assert narrowed(client, found="anything") == sorted(set(pages) - {"Alt i orden"})
    assert narrowed(client, found="nonsense") == sorted(pages)


TEXTS_OR_NONE: list[tuple[dict[str, Any], bool]] = [
    ({}, False), ({"da": ""}, False), ({"da": "", "en": "", "ar": ""}, False), ({"da": "", "en": "Songs"}, True),
    ({"da": "Sange", "en": ""}, True), ({"da": '"'}, True), ({"da": ': ""'}, True), ({"da": '": "": "'}, True),
    ({"da": "", "ar": "أغانٍ"}, True), ({"da": "\\"}, True), ({"da": "a%_b"}, True), ({'"': ""}, False),
]  # fmt: skip


@pytest.mark.parametrize(("about", "says"), TEXTS_OR_NONE)
def test_the_list_reads_of_texts_what_the_page_does(edition: Edition, about: dict[str, Any], *, says: bool) -> None:
    one = factories.application(edition, about=about)
    stated = [factories.application(edition, kind=Kind.RESTAURANT, allergens=said) for said in (None, [], ["milk"])]
    db.session.commit()

    found = {row.id for row in queries.rows_of(edition, Choice(found="about"))}
    unstated = [row.id for row in queries.rows_of(edition, Choice(found="allergens"))]

    assert (one.id not in found) is says
    assert queries.told_by(one).has_about is says
    assert unstated == [stated[0].id]
    assert [queries.told_by(each).states_allergens for each in stated] == [False, True, True]


def test_who_looks_for_findings_sees_them(client: CarefulClient, edition: Edition) -> None:
    some_of_each(edition)

    def lines(**choice: str) -> str:
        page = client.get(LIST, query_string=choice).text
        return page.split('<div class="list"')[1].split("</table>")[0]

    assert "gas or fire, but no food" in lines(found="doubt")
    assert "gas or fire, but no food" in lines(found="anything")
    assert "gas or fire, but no food" not in lines(found="doubt", columns="kind")
    assert "gas or fire, but no food" not in lines()


def test_acts_and_files_take_those_that_are_found(client: CarefulClient, edition: Edition) -> None:
    some_of_each(edition)

    page = client.post(f"{LIST}/batch", data={"act": "tag", "all": "1", "found": "children_without_declaration"}).text

    assert "This concerns 1 application." in page
    file = client.get(f"{LIST}/export/csv?found=children_without_declaration&columns=findings").text
    assert [line.split(",")[1] for line in file.splitlines()] == ["Organisation", "Unge"]
    assert [row.name for row in queries.rows_of(edition, Choice(found="fire_without_food"))] == ["Bosniske Kor"]


def test_answers_to_own_questions_are_columns_choices_and_words(client: CarefulClient, edition: Edition) -> None:
    tent = factories.question(edition, "Tent")
    music = factories.question(edition, "Music", type=QuestionType.SHORT_TEXT)
    with_tent, without = (factories.application(edition, name=name) for name in ("Med", "Uden"))
    factories.application(edition, name="Tavs")
    answer(with_tent, Tent=True, Music="Oud and drums")
    answer(without, Tent=False)

    assert narrowed(client, answer=tent.key) == ["Med", "Uden"]
    assert narrowed(client, answer=f"{tent.key}=no") == ["Uden"]
    assert narrowed(client, text="drums") == ["Med"]
    page = client.get(LIST, query_string={"columns": f"kind,{music.key}"}).text
    assert 'data-title="Music"><bdi>Oud and drums</bdi>' in page
    file = client.get(f"{LIST}/export/csv", query_string={"columns": music.key, "sort": "name"}).text
    assert [line.split(",")[-1] for line in file.splitlines()] == ["Music", "Oud and drums", "", ""]
    everything = client.get(f"{LIST}/export/csv?what=all&sort=name").text
    assert everything.splitlines()[0].endswith("Tent,Music")
    assert "Yes,Oud and drums" in everything
    answer(with_tent, Tent=True)
    assert narrowed(client, text="drums") == []


def test_a_count_of_answers_leads_to_who_gave_them(client: CarefulClient, edition: Edition) -> None:
    tent = factories.question(edition, "Tent")
    answer(factories.application(edition, name="Med"), Tent=True)

    page = client.get("/organise/fest/questions").text

    assert f'<a href="{LIST}?answer={tent.key}">1</a>' in page


def test_a_file_shows_the_columns_of_the_list_in_the_readers_words(client: CarefulClient, edition: Edition) -> None:
    member = factories.team_member(edition, Role.REVIEWER, name="Rana Reader")
    one = factories.application(edition, name="Kor", reference="TW-1", cuisine="Te")
    reviewing.add_tag(one, reviewing.tag_called(edition, "loud"), by=member, now=factories.NOW)
    reviewing.assign(one, member, by=member, now=factories.NOW)
    said = Opinion(recommendation=Recommendation.APPROVE, scores={})
    reviews.review(one, said, by=member, now=factories.NOW)
    db.session.commit()
    factories.sign_out(client)
    factories.sign_in(client, factories.organiser(edition, language="da"))

    columns = "kind,state,tags,reviewers,recommendations"
    file = client.get(f"{LIST}/export/csv", query_string={"columns": columns, "language": "da"}).text
    page = client.get(LIST, query_string={"columns": columns, "language": "da"}).text

    assert file.removeprefix("\ufeff").splitlines() == [
        "Nummer;Organisation;På jeres eget sprog eller i jeres egen skrift;Type;Status;IKKE MEDDELT, giv det ikke videre: afgjort;Mærker;Bedømmere;Anbefalet",
        "TW-1;Kor;;forening;Indsendt;;loud;Rana Reader;Godkend (1)",
    ]
    assert "Rana Reader" in page
    assert page.count("Godkend<") >= 1


def test_numbers_in_a_file_are_written_as_its_reader_writes_them(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Kor", reference="TW-1", power_watts=4500)

    def file(**query: str) -> str:
        return client.get(f"{LIST}/export/csv", query_string={"columns": "power", **query}).text.splitlines()[1]

    assert file() == "TW-1,Kor,,4.5"
    assert file(language="da") == "TW-1;Kor;;4,5"


def test_phones_and_what_looks_like_a_formula_are_read_by_people(client: CarefulClient, edition: Edition) -> None:
    one = factories.application(edition, name="=1+1")
    one.organisation.contacts[0].phone = "+4530501105"
    db.session.commit()

    csv = client.get(f"{LIST}/export/csv?what=all").text
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}/export/xlsx?what=all").get_data()))

    assert ", +45 30 50 11 05," in csv
    assert ",'=1+1," in csv
    header, line = book.active.iter_rows()  # type: ignore[union-attr]
    told = {head.value: cell for head, cell in zip(header, line, strict=True)}
    assert (told["Phone"].value, told["Phone"].data_type) == ("+45 30 50 11 05", "s")
    assert (told["Organisation"].value, told["Organisation"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("TW11-050", ["Sought"]),
        ("050", ["Sought"]),
        ("tw11-05", ["Dansegruppe", "Folkedans", "Sought"]),
        ("dans", ["Dansegruppe", "Folkedans"]),
        ("+45 30 50 11 05", ["Dansegruppe"]),
        ("30501105", ["Dansegruppe"]),
        ("late", ["Folkedans"]),
    ],
)
def test_words_begin_like_what_is_looked_for_where_digits_are_in_it(
    client: CarefulClient, edition: Edition, search: str, found: list[str]
) -> None:
    factories.application(edition, name="Sought", reference="TW11-050")
    dancers = factories.application(edition, name="Dansegruppe", reference="TW11-051")
    dancers.organisation.contacts[0].phone = "+4530501105"
    folk = factories.application(edition, name="Folkedans", reference="TW11-052")
    reviewing.write_note(folk, "Came late last year.", by=factories.user(), now=factories.NOW + timedelta(days=1))
    db.session.commit()

    assert narrowed(client, text=search) == found


def test_diets_and_allergens_are_found_by_their_words(client: CarefulClient, edition: Edition) -> None:
    one = factories.application(edition, name="Halalgrill", kind=Kind.RESTAURANT, dietary=["halal"], allergens=["nuts"])
    other = factories.application(edition, name="Grønt", kind=Kind.RESTAURANT)
    said = {"nuts": "free_of", "sesame": "may_contain"}
    dish = Dish(application_id=other.id, name="Falafel", position=1, dietary=["vegan"], allergens=said)
    db.session.add(dish)
    db.session.commit()

    assert narrowed(client, text="halal") == ["Halalgrill"]
    assert narrowed(client, text="nødder") == narrowed(client, text="NUTS") == ["Halalgrill"]
    assert narrowed(client, text="vegansk") == narrowed(client, text="sesam") == ["Grønt"]
    one.dietary = []
    db.session.commit()
    assert narrowed(client, text="kosher") == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Grønlandsk Hus", ["grønlandsk", "gronlandsk", "groenlandsk", "Grönlandsk"]),
        ("Forældreforening", ["forældre", "foraeldre", "foraldre", "ldreforening"]),
        ("Århus Kor", ["århus", "aarhus", "arhus"]),
        ("Gronlandsk Haab", ["grønlandsk", "håb", "hab", "haab"]),
        ("Skoerne", ["erne", "skørne", "skoerne"]),
    ],
)
def test_danish_letters_are_found_however_they_are_typed(
    client: CarefulClient, edition: Edition, name: str, typed: list[str]
) -> None:
    factories.application(edition, name=name)
    factories.application(edition, name="Bosnisk Kor", email="kor@example.org", cuisine="Pitta")

    for words in typed:
        assert name in narrowed(client, text=words), words

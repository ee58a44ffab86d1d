"""Results on pages: nothing but counts while it is open; then figures that say how sure they are, and nothing of few."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from eventsys.accounts.rules import Role
from eventsys.editions.models import Edition
from eventsys.surveys import asking
from eventsys.surveys.asking import Said
from eventsys.surveys.models import Survey
from eventsys.surveys.rules.instruments import Audience
from tests import factories
from tests.client import CarefulClient
from tests.factories import BY, NOW
from tests.flows.surveys import surveying
from tests.flows.surveys.surveying import TEXTS

pytestmark = pytest.mark.usefixtures("moment")

HIGH, SOME, LESSER, DONT_KNOW = (
    {"community": value} for value in ("high_degree", "some_degree", "lesser_degree", "dont_know")
)
SPLIT: list[dict[str, Any]] = [{"key": "again", "kind": "single", "text": TEXTS, "options": "yes_no"}]
YES, NO = {"again": "yes"}, {"again": "no"}


@pytest.fixture
def edition(app: Flask) -> Edition:
    return factories.edition("asked")


@pytest.fixture
def survey(edition: Edition) -> Survey:
    return surveying.survey(edition)


@pytest.fixture
def organiser(client: CarefulClient, edition: Edition) -> CarefulClient:
    factories.sign_in(client, factories.organiser(edition))
    return client


def page(client: CarefulClient, survey: Survey) -> str:
    text = client.get(f"/organise/{survey.edition.slug}/surveys/{survey.code}/results").text
    return re.sub(r"\s+", " ", unescape(re.sub(r"</?bdi>", "", text)))


def rows(client: CarefulClient, survey: Survey) -> list[dict[str, str]]:
    answer = client.get(f"/organise/{survey.edition.slug}/surveys/{survey.code}/results/csv")
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def asked(survey: Survey, people: int) -> None:
    surveying.ask(survey, *(f"person{number}@example.org" for number in range(people)))


def test_only_counts_and_rates_while_it_is_open(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 20)
    surveying.respond(survey, *[HIGH] * 9)
    text = page(organiser, survey)

    assert "only the number of responses is shown" in text
    assert "45 %" in text, "9 of 20 who were asked"
    assert "to a high degree" not in text
    to_csv = organiser.get(f"/organise/asked/surveys/{survey.code}/results/csv")
    assert to_csv.status_code == 302
    assert organiser.get(f"/organise/asked/surveys/{survey.code}/texts/why").status_code == 404


def test_share_is_exact_for_a_known_population(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 20)
    surveying.respond(surveying.close(survey), *[HIGH] * 6, *[SOME] * 3, LESSER, *[DONT_KNOW] * 2)
    text = page(organiser, survey)

    assert "“to a high degree” or “to some degree”: 9 of the 10 who had an opinion, 90 %." in text
    # By hand: of 20 with K positive, 9 or more of 10 drawn are positive with (C(12,9)·8 + 66)/C(20,10) = 0.0099 for K = 12,
    # and (C(13,9)·7 + 286)/C(20,10) = 0.0286 for K = 13; 19 is all but the one who said no.
    assert "Between 13 and 19 of all 20, with 95 % confidence." in text
    assert "If all the silent and undecided said no: 9 of 20 (45 %). If all of them said yes: 19 (95 %)." in text
    assert "12 of 20 answered: 60 %." in text
    assert "2 had no opinion and are left out of the share." in text
    assert (
        'aria-label="to a high degree: 6 (60 %); to some degree: 3 (30 %); to a lesser degree: 1 (10 %); not at all: 0 (0 %)"'
        in text
    )


def test_visitors_are_never_added_to_those_who_were_asked(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 20)
    surveying.door(survey)
    surveying.respond(surveying.close(survey), *[HIGH] * 8, *[LESSER] * 2)
    surveying.respond(survey, *[LESSER] * 30, *[HIGH] * 10, audience="visitor")
    text = page(organiser, survey)

    assert "8 of the 10 who had an opinion, 80 %." in text
    assert "10 of the 40 who had an opinion, 25 %." in text
    assert "Between 14 % and 40 %, with 95 % confidence." in text, "Wilson's"
    assert "Who answered chose to answer: the figure speaks of them alone." in text
    assert "of the 50" not in text


def test_under_five_with_an_opinion_no_figure_is_shown(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 20)
    surveying.respond(surveying.close(survey), *[HIGH] * 4, *[DONT_KNOW] * 6)
    text = page(organiser, survey)

    assert "Too few answers: under 5 with an opinion no figure is shown" in text
    assert "to a high degree" not in text
    found = [row for row in rows(organiser, survey) if row["Question"] == "community"]
    assert [(row["How many"], row["Withheld"], row["Share in per cent"]) for row in found] == [("", "yes", "")]


def test_nobody_answered_yet_says_so(organiser: CarefulClient, survey: Survey) -> None:
    assert "Nobody has answered, and nobody was asked by a link." in page(organiser, surveying.close(survey))


def test_small_cells_are_withheld_on_the_page_and_in_the_file(organiser: CarefulClient, edition: Edition) -> None:
    survey = surveying.close(surveying.survey(edition, items=SPLIT, breakdowns=("minority_association",)))
    surveying.respond(survey, *[YES] * 20, *[NO] * 9, audience="association", stated="yes")
    surveying.respond(survey, *[YES] * 12, *[NO] * 6, audience="association", stated="no", language="en")
    surveying.respond(survey, *[YES] * 14, *[NO] * 2, audience="restaurant", language="ar")
    text, found = page(organiser, survey), rows(organiser, survey)

    by_kind = {
        (row["Group"], row["Answer"]): (row["How many"], row["Withheld"]) for row in found if row["Split"] == "By kind"
    }
    assert by_kind["restaurants", "no"] == ("", "yes")
    assert by_kind["restaurants", "yes"] == ("", "yes"), "with how many they are, it would tell"
    assert by_kind["associations", "no"] == ("", "yes"), "all less these would tell"
    assert by_kind["– other associations", "no"] == ("", "yes"), "they add up to what is withheld"
    languages = {(row["Group"], row["Answer"]): row["How many"] for row in found if row["Split"] == "By language"}
    assert languages["Arabic", "no"] == ""
    assert "By kind" in text
    assert "withheld" in text
    assert [row["How many"] for row in found if not row["Split"]] == ["46", "17", "0", "46"]


def test_file_has_the_figures_with_how_sure_they_are(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 20)
    surveying.respond(surveying.close(survey), *[HIGH] * 9, LESSER)
    row = next(row for row in rows(organiser, survey) if row["Answer"].startswith("“to a high degree”"))

    assert (row["How many"], row["With an opinion"], row["Share in per cent"]) == ("9", "10", "90.00")
    assert (row["From (per cent)"], row["To (per cent)"], row["At least, of all"], row["At most, of all"]) == (
        "65.00",
        "95.00",
        "9",
        "19",
    )
    assert (row["Could answer"], row["Withheld"]) == ("20", "no")


def test_last_edition_stands_beside_this_one(organiser: CarefulClient, edition: Edition, survey: Survey) -> None:
    earlier = factories.edition(
        "before", starts_on=edition.starts_on.replace(year=edition.starts_on.year - 1), event=edition.event
    )
    before = surveying.close(surveying.survey(earlier, key="before"))
    surveying.respond(before, *[HIGH] * 5, *[LESSER] * 5)
    surveying.respond(surveying.close(survey), *[HIGH] * 9, LESSER)
    text = page(organiser, survey)

    assert f"Last time: {earlier.starts_on.year}" in text
    assert "5 of the 10 who had an opinion, 50 %." in text
    assert "5 (50 %)" in text
    assert text.count('class="stacked stacked-sure"') == 2
    assert "worded differently" not in text


def test_other_words_and_other_answers_are_told_apart(
    organiser: CarefulClient, edition: Edition, survey: Survey
) -> None:
    earlier = factories.edition(
        "before", starts_on=edition.starts_on.replace(year=edition.starts_on.year - 1), event=edition.event
    )
    items = [
        surveying.ITEMS[0] | {"text": {"da": "Andet", "en": "Something else", "ar": "شيء آخر"}},
        surveying.ITEMS[1] | {"options": "agreement_scale", "kind": "scale"},
    ]
    before = surveying.close(surveying.survey(earlier, key="before", items=items))
    surveying.respond(before, *[HIGH | {"again": "high_degree"}] * 6, audience="requester")
    surveying.respond(surveying.close(survey), *[HIGH | {"again": "yes"}] * 9)
    text = page(organiser, survey)

    assert "The question was worded differently: “Something else”" in text
    assert text.count("Last time:") == 1, "what had other answers to choose from isn't the same"


def test_what_hangs_on_an_answer_is_not_split_and_counts_those_alone_who_were_asked(
    organiser: CarefulClient, edition: Edition
) -> None:
    items = [
        *SPLIT,
        {
            "key": "which",
            "kind": "single",
            "text": TEXTS,
            "options": "yes_no",
            "shown_if": {"item": "again", "values": ["no"]},
        },
    ]
    survey = surveying.close(surveying.survey(edition, items=items))
    surveying.respond(survey, *[YES] * 10, *[NO | {"which": "yes"}] * 7, NO, audience="crew")
    surveying.respond(survey, *[YES] * 10, *[NO | {"which": "no"}] * 2, audience="volunteer")
    text, found = page(organiser, survey), rows(organiser, survey)

    assert "Asked of those alone who answered no to “Question”" in text
    assert "1 left this question blank." in text
    assert "20 weren't asked, because it doesn't concern them." in text
    assert {row["Split"] for row in found if row["Question"] == "which"} == {""}


def test_attributed_audience_is_said_to_be_one(organiser: CarefulClient, edition: Edition, survey: Survey) -> None:
    surveying.took_part(edition, "Jasmin")
    asking.ask(survey, Said(Audience.ASSOCIATION, is_attributed=True), by=BY, now=NOW)
    text = page(organiser, surveying.close(survey))

    assert "Some audiences answered under their organisation's name" in text
    assert "associations (under their name)" in text


def test_more_answers_than_members_is_said(organiser: CarefulClient, survey: Survey) -> None:
    asked(survey, 5)
    surveying.respond(surveying.close(survey), *[HIGH] * 9)
    text = page(organiser, survey)

    assert "more answered than there are members" in text
    assert "of all 5" not in text


def test_evaluator_reads_figures_and_file(client: CarefulClient, edition: Edition, survey: Survey) -> None:
    surveying.respond(surveying.close(survey), *[HIGH] * 9)
    factories.sign_in(client, factories.team_member(edition, Role.EVALUATOR))

    assert "9 of the 9 who had an opinion" in page(client, survey)
    assert rows(client, survey)

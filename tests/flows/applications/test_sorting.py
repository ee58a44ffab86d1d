"""The headings of the review list order it, either way round; what reviewers think orders it as far as one may read it."""

from __future__ import annotations

import re

import pytest

from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.applications.models import Application
from eventsys.applications.rules.listing import COLUMNS, SORTED_BY, TURNED, Sort, sort_of
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.reviews import actions as reviews
from eventsys.reviews.actions import Judged, Opinion
from eventsys.reviews.models import Criterion
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
    return re.findall(r'<a href="/organise/fest/applications/[0-9A-Z]+[^"]*"><bdi>([^<]+)</bdi></a><br>', page)


def heading(page: str, word: str) -> tuple[str, str]:
    """Where a heading leads, and how the list is ordered by it now."""
    found = re.search(rf'<th scope="col"([^>]*)><a class="sort" href="([^"]+)">{word}</a></th>', page)
    assert found, word
    direction = re.search(r'aria-sort="(\w+)"', found[1])
    return found[2].replace("&amp;", "&"), direction[1] if direction else ""


def test_a_heading_orders_and_pressed_again_turns_round(client: CarefulClient, edition: Edition) -> None:
    for name, width in (("Bred", 900), ("Thin", 300), ("Uden", None)):
        factories.application(edition, name=name, width_cm=width)
    page = client.get(f"{LIST}?kind=association").text
    assert heading(page, "Sent")[1] == "descending"

    there, direction = heading(page, "Width, m")
    assert direction == ""
    widest = client.get(there).text
    assert names(widest) == ["Bred", "Thin", "Uden"]
    back, direction = heading(widest, "Width, m")
    assert direction == "descending"
    narrowest = client.get(back).text

    assert names(narrowest) == ["Thin", "Bred", "Uden"], "who says nothing comes last, either way round"
    assert heading(narrowest, "Width, m")[1] == "ascending"
    assert "kind=association" in heading(narrowest, "Organisation")[0]
    assert '<option selected value="-width">Widest first, the other way round</option>' in narrowest


def test_ordering_opens_no_further_choices(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition)

    assert '<details class="filter-more">' in client.get(f"{LIST}?sort=name").text
    assert '<details class="filter-more" open>' in client.get(f"{LIST}?wants=uses_gas").text


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_lists_everybody_both_ways(client: CarefulClient, edition: Edition, sort: Sort) -> None:
    for name, kind in (("Et", Kind.ASSOCIATION), ("To", Kind.RESTAURANT), ("Tre", Kind.ASSOCIATION)):
        factories.application(edition, name=name, kind=kind)

    for written in (sort, f"{TURNED}{sort}"):
        assert sorted(names(client.get(f"{LIST}?sort={written}").text)) == ["Et", "To", "Tre"]


def test_old_addresses_and_nonsense() -> None:
    assert sort_of("oldest") == (Sort.NEWEST, True)
    assert sort_of("-power") == (Sort.POWER, True)
    assert [sort_of(written) for written in ("", "-", "--name", "id")] == [(Sort.NEWEST, False)] * 4
    assert set(SORTED_BY) <= set(COLUMNS)


def test_a_choice_that_nothing_fits_can_still_be_kept(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition)

    page = client.get(f"{LIST}?text=nobody").text

    assert "Nothing fits this choice" in page
    assert 'id="view-name"' in page


@pytest.fixture
def criterion(edition: Edition) -> Criterion:
    said = Judged(label={"da": "Tema", "en": "Theme"}, help={}, kind=None, weight=2)
    made = reviews.add_criterion(edition, said, by=factories.BY, now=factories.NOW)
    db.session.commit()
    return made


@pytest.fixture
def judged(edition: Edition, criterion: Criterion) -> User:
    """Three applications, of which two are judged; the reviewer who judged them."""
    member: User = factories.team_member(edition, Role.REVIEWER, name="Rana Reader", email="rana@example.org")
    poor, good, _silent = (factories.application(edition, name=name, crew=None) for name in ("Dårlig", "God", "Tavs"))
    say(poor, member, Recommendation.REJECT, {criterion.code: 2})
    say(good, member, Recommendation.APPROVE, {criterion.code: 5})
    return member


def say(application: Application, by: User, what: Recommendation | None, scores: dict[str, int]) -> None:
    reviews.review(application, Opinion(recommendation=what, scores=scores), by=by, now=factories.NOW)
    db.session.commit()


@pytest.mark.parametrize("sort", ["score", "recommended"])
def test_the_best_come_first_and_who_is_not_judged_last(client: CarefulClient, judged: User, sort: str) -> None:
    page = client.get(f"{LIST}?sort={sort}&columns=score,recommendations").text

    assert names(page) == ["God", "Dårlig", "Tavs"]
    assert 'data-title="Scores"><bdi>5 (1)</bdi>' in page
    assert names(client.get(f"{LIST}?sort=-{sort}").text) == ["Dårlig", "God", "Tavs"]
    file = client.get(f"{LIST}/export/csv?sort={sort}&columns=score").text
    assert [line.split(",")[-1] for line in file.splitlines()] == ["Scores", "5 (1)", "2 (1)", ""]
    assert names(client.get(f"{LIST}?sort={sort}&found=anything").text) == ["God", "Dårlig", "Tavs"]


def test_acts_on_many_take_them_in_that_order(client: CarefulClient, judged: User) -> None:
    page = client.post(f"{LIST}/batch", data={"act": "tag", "all": "1", "sort": "score"}).text

    assert re.findall(r"<bdi>(God|Dårlig|Tavs)</bdi>", page) == ["God", "Dårlig", "Tavs"]


def test_the_order_tells_nobody_what_they_may_not_read(
    client: CarefulClient, edition: Edition, criterion: Criterion, judged: User
) -> None:
    newcomer = factories.team_member(edition, Role.REVIEWER, name="Nis Ny", email="nis@example.org")
    factories.sign_out(client)
    factories.sign_in(client, newcomer)

    page = client.get(f"{LIST}?sort=score&columns=score").text

    assert names(page) == names(client.get(LIST).text)
    assert "(1)" not in page

"""The review list: counts, filters, search, order, pages, and as many statements for three rows as for one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.organisations.models import Organisation
from eventsys.organisations.rules.kinds import Kind
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
LIST = "/organise/fest/applications"
# Session's user with roles, edition with days, role on the team, how many, rows, questions, team, tags, languages, counts,
# limits, who takes a place, offers, staged, what waits for the reader, views; the roles of the team.
STATEMENTS = 19


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition whose organiser is signed in."""
    made = factories.edition("fest")
    factories.sign_in(client, factories.organiser(made))
    return made


def names(page: str) -> list[str]:
    """The organisations of the list, in order."""
    return re.findall(r'<a href="/organise/fest/applications/[0-9A-Z]+[^"]*"><bdi>([^<]+)</bdi></a><br>', page)


def test_empty_list_says_what_comes_here(client: CarefulClient, edition: Edition) -> None:
    page = client.get(LIST).text

    assert "No applications yet" in page
    assert 'href="/fest/apply"' in page


def test_counts_by_state_and_kind_lead_to_their_rows(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Et Kor")
    factories.application(edition, name="To Kor")
    factories.application(edition, name="En Café", kind=Kind.RESTAURANT)
    factories.application(edition, name="Tre Kor", state=State.APPROVED)
    factories.application(factories.edition(), name="Et helt andet sted")

    page = client.get(LIST).text

    link = f'<a href="{LIST}?state=submitted&amp;kind=association">2</a>'
    assert link in page
    assert sorted(names(client.get(f"{LIST}?state=submitted&kind=association").text)) == ["Et Kor", "To Kor"]
    assert sorted(names(page)) == ["En Café", "Et Kor", "To Kor", "Tre Kor"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("soelvgades", ["Sølvgades Kor"]),
        ("sølvgades KOR", ["Sølvgades Kor"]),
        ("جوقة", ["Sølvgades Kor"]),
        ("tw-77", ["Café Nord"]),
        ("nord@example", ["Café Nord"]),
        ("kor nord", []),
        ("99999%", []),  # No number that a factory gives.
        ("_", []),
        ("'; DROP TABLE application; --", []),
    ],
)
def test_text_is_looked_for_in_names_reference_and_address(
    client: CarefulClient, edition: Edition, search: str, found: list[str]
) -> None:
    singers = factories.organisation("Sølvgades Kor", native_name="جوقة")
    factories.application(edition, of=singers)
    factories.application(edition, name="Café Nord", reference="TW-77", email="nord@example.org")

    page = client.get(LIST, query_string={"text": search}).text

    assert names(page) == found
    assert ("Nothing fits this choice" in page) == (not found)


def test_orders(client: CarefulClient, edition: Edition) -> None:
    for day, name in enumerate(["Bulgarsk", "Albansk", "Chilensk"]):
        sent = factories.NOW + timedelta(days=day)
        factories.application(edition, name=name, submitted_at=sent, reference=f"R{9 - day}")
    factories.application(edition, name="Dansk", state=State.DRAFT, reference="R0")

    def order(sort: str) -> str:
        return "".join(name[0] for name in names(client.get(f"{LIST}?sort={sort}").text))

    assert [order(sort) for sort in ("newest", "oldest", "name", "reference")] == ["CABD", "BACD", "ABCD", "DCAB"]


def test_staged_ones_alone(client: CarefulClient, edition: Edition) -> None:
    factories.application(edition, name="Told", state=State.APPROVED)
    factories.application(edition, name="Staged", state=State.APPROVED, is_announced=False)

    page = client.get(f"{LIST}?staged=1").text

    assert names(page) == ["Staged"]
    assert "not announced yet" in page
    assert "1 decision isn't announced yet." in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    "query", ["state=nonsense", "kind=%00", "sort=password", "page=0", "page=-1", "page=x", "page=999"]
)
def test_made_up_choices_narrow_nothing(client: CarefulClient, edition: Edition, query: str) -> None:
    factories.application(edition, name="Et Kor")

    assert names(client.get(f"{LIST}?{query}").text) == ["Et Kor"]


def many(edition: Edition, how_many: int) -> None:
    """Applications straight into the tables: the pages of a list, not the ways into it, are looked at."""
    now = factories.NOW
    start = db.session.query(Organisation).count()
    db.session.execute(
        insert(Organisation),
        [
            {"id": 10_000 + n, "code": f"O{n}", "kind": Kind.ASSOCIATION, "name": f"Forening {n:04}", "native_name": "",
             "name_key": f"forening {n:04}", "area": "", "created_at": now}
            for n in range(start, start + how_many)
        ],
    )  # fmt: skip
    db.session.execute(
        insert(Application),
        [
            {"code": f"A{n}", "reference": f"R{n:04}", "edition_id": edition.id, "organisation_id": 10_000 + n,
             "state": State.SUBMITTED, "announced_state": State.SUBMITTED, "email": f"{n}@example.org",
             "created_at": now, "changed_at": now, "submitted_at": now, "about": {}, "dietary": [], "keep_apart": [],
             "next_to": []}
            for n in range(start, start + how_many)
        ],
    )  # fmt: skip
    db.session.commit()


def test_pages_of_fifty(client: CarefulClient, edition: Edition) -> None:
    many(edition, 120)

    first, last = client.get(f"{LIST}?sort=name").text, client.get(f"{LIST}?sort=name&page=3").text

    assert "120 applications" in first
    assert names(first) == [f"Forening {n:04}" for n in range(50)]
    assert names(last) == [f"Forening {n:04}" for n in range(100, 120)]
    assert "sort=name&amp;page=2" in first


@pytest.mark.parametrize("how_many", [1, 3, 500])
def test_as_many_statements_for_many_rows_as_for_one(
    client: CarefulClient, edition: Edition, count_queries: list[str], how_many: int
) -> None:
    many(edition, how_many)
    count_queries.clear()

    assert client.get(LIST).status_code == 200

    assert len(count_queries) == STATEMENTS, "\n".join(count_queries)

"""The front page: what is coming and what has been."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.client import CarefulClient


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>([^<]+)</h2>", page)


def links(page: str) -> list[str]:
    return re.findall(r'class="tile-title"><a href="([^"]+)"', page)


def test_nothing_published_says_what_comes_here(client: CarefulClient, moment: datetime) -> None:
    factories.edition("secret", is_published=False)

    page = client.get("/?language=en").text

    assert "No event is announced yet" in page
    assert links(page) == []


def test_coming_editions_stand_first_and_the_next_one_before_later_ones(
    client: CarefulClient, moment: datetime
) -> None:
    for slug, starts_on in [
        ("later", date(2026, 9, 1)),
        ("next", date(2026, 4, 1)),
        ("last-year", date(2025, 8, 30)),
        ("long-ago", date(2011, 8, 27)),
    ]:
        factories.edition(slug, starts_on=starts_on, call=None)

    page = client.get("/?language=en").text

    assert headings(page) == ["Coming", "Earlier"]
    assert links(page) == ["/next/", "/later/", "/last-year/", "/long-ago/"]


def test_edition_is_coming_until_its_last_day_is_over(client: CarefulClient, moment: datetime) -> None:
    factories.edition("today", starts_on=moment.date() - timedelta(days=1), day_count=2, call=None)
    factories.edition("yesterday", starts_on=moment.date() - timedelta(days=1), day_count=1, call=None)

    page = client.get("/?language=en").text

    coming, past = page.split("<h2>Earlier</h2>")
    assert links(coming) == ["/today/"]
    assert links(past) == ["/yesterday/"]


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [(-1, 1, "Sign-up is open"), (1, 2, "Sign-up opens later"), (-2, -1, ""), (None, None, "")],
)
def test_state_of_the_call_is_said(
    client: CarefulClient, moment: datetime, opens: int | None, closes: int | None, sentence: str
) -> None:
    call = None
    if opens is not None and closes is not None:
        call = (moment + timedelta(days=opens), moment + timedelta(days=closes))
    factories.edition(call=call)

    page = client.get("/?language=en").text

    assert [word for word in ("Sign-up is open", "Sign-up opens later") if word in page] == (
        [sentence] if sentence else []
    )


@pytest.mark.parametrize(
    ("language", "dates"), [("da", "29.–30. aug. 2026"), ("en", "29–30 Aug 2026"), ("ar", "29–30 أغسطس 2026")]
)
def test_days_are_written_as_the_reader_writes_them(
    client: CarefulClient, moment: datetime, language: str, dates: str
) -> None:
    factories.edition(place="Nordre Frihavnsgade")

    page = client.get("/", query_string={"language": language}).text

    assert dates in page.replace("\u2009", " ")
    assert "Nordre Frihavnsgade" in page
    assert f'lang="{language}"' in page


def test_front_page_asks_the_same_for_one_and_three_editions(client: CarefulClient, count_queries: list[str]) -> None:
    factories.edition()
    count_queries.clear()
    client.get("/")
    one = len(count_queries)
    factories.edition()
    factories.edition()
    count_queries.clear()
    client.get("/")

    assert len(count_queries) == one

"""Pages that renew themselves: the control room and its large screen, and how old they say they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from eventsys.accounts.rules import Role
from eventsys.base import clock
from eventsys.base.ids import new_code
from eventsys.editions import queries as editions
from eventsys.editions.models import Edition, Gate
from eventsys.gate import messages
from eventsys.gate.messages import MessageSaid
from eventsys.gate.views import control
from tests import factories
from tests.client import CarefulClient
from tests.factories import OPEN
from tests.flows.gate.phone import Phone

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PAGES = ("gate", "gate/screen")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What one test's pages were told is none of another's."""
    control.SHOWN.forget()
    yield
    control.SHOWN.forget()


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    """An edition for 100 people with gates N and S, whose supervisor is signed in and reads English."""
    edition = factories.edition(capacity=100)
    for code, name in (("N", "North"), ("S", "South")):
        factories.gate(edition, code=code, name={"en": name})
    factories.sign_in(client, factories.team_member(edition, Role.SUPERVISOR))
    client.get("/language/en")
    return edition


def phone_of(client: CarefulClient, edition: Edition, code: str = "N", **more: Any) -> Phone:
    return Phone(client, factories.device(gates_by_code(edition)[code], **more).token)


def gates_by_code(edition: Edition) -> dict[str, Gate]:
    return {gate.code: gate for gate in editions.gates_of(edition)}


def live(client: CarefulClient, edition: Edition, page: str = "gate", *, at: datetime = OPEN, **headers: str) -> Any:
    with clock.standing_at(at):
        return client.get(f"/organise/{edition.slug}/{page}/live", headers=headers)


def parts(client: CarefulClient, edition: Edition, page: str = "gate", *, at: datetime = OPEN) -> dict[str, str]:
    """The parts of a page as they are told."""
    told: dict[str, str] = live(client, edition, page, at=at).get_json()["parts"]
    return told


def words(markup: str) -> str:
    """What a reader sees of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


@pytest.mark.parametrize("page", PAGES)
def test_what_is_told_are_the_parts_of_the_page(client: CarefulClient, edition: Edition, page: str) -> None:
    phone_of(client, edition).send([factories.scan(tally=4), factories.scan(code_hash="ab" * 32)])
    with clock.standing_at(OPEN):
        shown = client.get(f"/organise/{edition.slug}/{page}").text
    address = re.search(r'data-live="([^"]+)"', shown)
    assert address is not None
    with clock.standing_at(OPEN):
        told = client.get(address[1].replace("&amp;", "&")).get_json()["parts"]

    assert set(told) == set(re.findall(r'data-part="(\w+)"', shown))
    assert all(part in shown for part in told.values())
    assert 'src="/static/dist/live.' in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_scan_is_told_a_second_later_without_a_reload(client: CarefulClient, edition: Edition, page: str) -> None:
    before = live(client, edition, page)
    phone_of(client, edition).send([factories.scan(tally=41)])
    within = live(client, edition, page, at=OPEN + SECOND / 2)
    after = live(client, edition, page, at=OPEN + SECOND)

    assert "41" not in words("".join(before.get_json()["parts"].values()))
    assert within.headers["ETag"] == before.headers["ETag"]
    assert "41" in words("".join(after.get_json()["parts"].values()))
    assert [one.headers["Figures-Age"] for one in (before, within, after)] == ["0", "500", "0"]


@pytest.mark.parametrize("page", PAGES)
def test_what_has_not_changed_is_not_sent_again_and_says_how_old_it_is(
    client: CarefulClient, edition: Edition, page: str
) -> None:
    first = live(client, edition, page)
    again = live(client, edition, page, at=OPEN + 5 * SECOND, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert (again.headers["Figures-Age"], again.headers["Figures-At"]) == ("0", "2026-08-29T07:30:05.000+00:00")
    assert again.headers["Cache-Control"] == "no-store"


def test_each_language_and_day_is_told_apart(client: CarefulClient, edition: Edition) -> None:
    phone_of(client, edition).send([factories.scan(tally=41)])
    told = {}
    for query in ("language=en", "language=da", "language=ar", "language=en&day=2"):
        with clock.standing_at(OPEN):
            answer = client.get(f"/organise/{edition.slug}/gate/live?{query}").get_json()
        told[query] = words("".join(answer["parts"].values()))

    assert "Inside now" in told["language=en"]
    assert "Inde nu" in told["language=da"]
    assert "في الداخل الآن" in told["language=ar"]
    assert "Nobody has come in on this day" in told["language=en&day=2"]


def test_the_screen_says_how_many_there_are_of_everything(client: CarefulClient, edition: Edition) -> None:
    visitors = factories.passes(edition, count=3)
    phone_of(client, edition).send(
        [factories.scan(pass_id=one.pass_id) for one in visitors] + [factories.scan(tally=70)]
    )
    later = OPEN + 16 * MINUTE
    phone_of(client, edition, "S").send([factories.scan(tally=13, at=later)], at=later)

    told = {name: words(part) for name, part in parts(client, edition, "gate/screen", at=later).items()}

    assert told["day"] == "Day 1: Saturday 29 August 2026"
    assert told["inside"] == "Inside now of 100 (86%) 86 Nearly full: prepare to hold people back"
    assert told["counts"] == "In with pass 3 In without pass 83"
    assert told["gates"] == "Came in since 09:45 North 0 before: 73 South 13 before: 0"
    assert told["message"] == "No message stands"


def test_the_screen_names_phones_that_are_silent_and_no_person(
    client: CarefulClient, session: Session, edition: Edition
) -> None:
    gate = gates_by_code(edition)["N"]
    silent, speaks = factories.device(gate).device, factories.device(gate)
    silent.nickname = "Aisha's phone"
    messages.send(edition, MessageSaid("Close gate 3", "", new_code()), by=factories.BY, now=OPEN)
    session.commit()
    later = OPEN + 7 * MINUTE
    Phone(client, speaks.token).get("changes", at=later)

    with clock.standing_at(later):
        page = client.get(f"/organise/{edition.slug}/gate/screen").text
    told = parts(client, edition, "gate/screen", at=later)

    assert words(told["phones"]) == f"Phones Silent: 1 of 2 N · {silent.code} · 7 min"
    assert words(told["message"]) == "09:30 to all gates : acknowledged at 0 of 2 phones Close gate 3"
    assert not re.search("Aisha|Olsen|example.org|csrf|<form|<input|<button", page)
    assert "silent for 7 min" in words(parts(client, edition, at=later)["phones"])


def test_who_is_signed_out_is_told_nothing(client: CarefulClient, edition: Edition) -> None:
    live(client, edition)
    factories.sign_out(client)

    assert live(client, edition).status_code == 302
    assert live(client, edition, "gate/screen").status_code == 302


def test_the_figures_are_looked_up_once_for_all_who_ask(
    client: CarefulClient, edition: Edition, count_queries: list[str]
) -> None:
    live(client, edition)
    count_queries.clear()
    live(client, edition)

    assert [statement for statement in count_queries if "quarter_count" in statement or "device" in statement] == []

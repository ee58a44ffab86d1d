"""Every form of who reviews, asks and imports, filled with what nobody should send: an answer in words, never a broken page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.applications.views.listing import NARROW
from eventsys.base.db import db
from eventsys.base.sheets import Sheet, as_xlsx
from eventsys.editions.models import Edition
from tests import factories
from tests.client import CarefulClient

pytestmark = pytest.mark.usefixtures("moment")
MEGABYTE = 1024 * 1024
HOSTILE = {
    "a megabyte": "x" * MEGABYTE,
    "control characters": "a\x00b\x1b[31m\u202e",
    "a number that is none": "-1e999",
    "a number beyond all": "9" * 400,
    "markup and more": "<script>alert(1)</script>%(code)s {{ 7*7 }} '; DROP TABLE application;--",
    "nothing": "",
}
TYPED = {"text", "email", "tel", "url", "number", "search", "date", "datetime-local", "time"}
FEATURES = ("applications.", "questions.", "reviews.")
Form = tuple[str, MultiDict[str, str], list[str]]


@pytest.fixture
def edition(client: CarefulClient) -> Edition:
    made = factories.edition("fest", number=7)
    factories.sign_in(client, factories.administrator())
    return made


@pytest.fixture
def pages(app: Flask, client: CarefulClient, edition: Edition) -> list[str]:
    """The address of every page of the team about applications, questions and reviews that has something to show."""
    codes = [factories.application(edition, name=f"Kor {state}", state=state).code for state in State]
    question = factories.question(edition, "Tent?")
    rows = as_xlsx(Sheet("Ark1", ["Nr.", "Type", "Navn", "E-mail"], [["1", "forening", "Kor", "no mail"]]))
    db.session.commit()
    sent = client.post(
        "/organise/fest/applications/import",
        data={"file": (io.BytesIO(rows), "a.xlsx")},
        content_type="multipart/form-data",
    )
    sheet = sent.location.rsplit("/", 1)[1]
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(FEATURES) and rule.rule.startswith("/organise/") and "GET" in (rule.methods or ()):
            address = rule.rule.replace("<edition:edition>", "fest")
            places = [address.replace("<code>", code) for code in (*codes, question.code, sheet)]
            open_ = [
                place for place in dict.fromkeys(places) if "<" not in place and client.get(place).status_code == 200
            ]
            # What may be done with an application depends on where it stands.
            found += open_ if rule.endpoint == "applications.show" else open_[:1]
    return found


def forms_of(client: CarefulClient, address: str) -> Iterator[Form]:
    """Each form of a page that writes: where it goes, what stands in it, and the names of what can be typed or forged."""
    answer = client.get(address)
    if answer.mimetype != "text/html":
        return
    page = html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)
    for form in page.iter("form"):
        if (form.get("method") or "get").lower() != "post" or not (form.get("action") or address).startswith(
            "/organise/"
        ):
            continue
        said: MultiDict[str, str] = MultiDict()
        typed = []
        for field in form.iter():
            name, kind = field.get("name"), field.get("type", "text")
            if not name or name == "csrf_token" or field.tag not in {"input", "textarea", "select", "button"}:
                continue
            if field.tag == "textarea" or (field.tag == "input" and kind in TYPED):
                typed.append(name)
            said.add(name, _value_of(field))
        yield form.get("action") or address, said, sorted(set(typed))


def _value_of(field: Any) -> str:
    """What stands in a field; of a choice, its first that says something."""
    if field.tag == "select":
        return next((one.get("value") for one in field.iter("option") if one.get("value")), "")
    return field.get("value") or ""


def every_form(client: CarefulClient, pages: list[str]) -> list[Form]:
    """Each sort of form once: what is sent to the same sort of address with the same fields is the same."""
    found: dict[tuple[str, ...], Form] = {}
    for page in pages:
        for action, said, typed in forms_of(client, page):
            found.setdefault((action.split("?")[0].rsplit("/", 1)[-1], *sorted(said)), (action, said, typed))
    return list(found.values())


def is_said(answer: Any) -> bool:
    """Whether an answer leads on, or is a page that says what is wrong."""
    is_file = answer.mimetype != "text/html"
    is_known = answer.status_code in {200, 302, 400, 403, 404, 409, 413, 422}
    return is_known and (is_file or "<script>alert" not in answer.text)


@pytest.mark.parametrize(
    ("value", "is_forged"),
    [
        *((value, False) for value in HOSTILE),
        *((value, True) for value in ("control characters", "a number beyond all")),
    ],
)
def test_every_form_of_the_team_says_what_is_wrong(
    client: CarefulClient, pages: list[str], value: str, *, is_forged: bool
) -> None:
    forms = [form for form in every_form(client, pages) if is_forged or form[2]]
    assert len(forms) > 10
    for action, said, typed in forms:
        # Forged: whatever the form carries along too, such as a state, a moment, a key of somebody else's.
        names = list(said) if is_forged else typed
        longest = MEGABYTE // max(1, len(names))
        data: dict[str, Any] = {**said.to_dict(flat=False), **dict.fromkeys(names, HOSTILE[value][:longest])}

        answer = client.post(action, data=data)

        assert is_said(answer), (action, names, answer.status_code)
    if is_forged:
        assert sorted(db.session.scalars(select(Application.state))) == sorted(State), "nobody was decided by that"


@pytest.mark.parametrize("value", ["control characters", "a number beyond all", "markup and more"])
def test_every_page_of_the_team_takes_any_question(client: CarefulClient, pages: list[str], value: str) -> None:
    words = (*NARROW, "page", "what", "said", "retired", "language")
    for page in pages:
        answer = client.get(page, query_string=dict.fromkeys(words, HOSTILE[value][:3000]))
        assert is_said(answer), page

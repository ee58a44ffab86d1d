"""What an organiser does on the pages of a questionnaire, and what is kept of it."""

from __future__ import annotations

import html
import re
from typing import Any

from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.indicators.models import Indicator
from eventsys.indicators.rules.measures import Measure
from eventsys.surveys import queries
from eventsys.surveys.models import Instrument
from tests.client import CarefulClient

NAMES = {"name_da": "Hvordan gik det?", "name_en": "How did it go?"}
OWN = {"text_da": "Var der plads nok?", "text_en": "Was there room enough?"}


def page(client: CarefulClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.get_data(as_text=True))


def send(client: CarefulClient, path: str, **data: Any) -> str:
    """Send a form and read what comes of it."""
    answer = client.post(path, data=data, follow_redirects=True)
    assert answer.status_code in {200, 422}, path
    return html.unescape(answer.get_data(as_text=True))


def begun(client: CarefulClient, edition: Edition, *chosen: str, **names: str) -> str:
    """A draft with questions of the library: the address of its page."""
    start = f"/organise/{edition.slug}/instruments"
    send(client, f"{start}/add", key="days", **(names or NAMES))
    if chosen:
        send(client, f"{start}/days.1/library", items=list(chosen))
    return f"{start}/days.1"


def draft(key: str = "days") -> Instrument:
    db.session.expire_all()
    kept = queries.instrument(key)
    assert kept is not None
    return kept


def keys(key: str = "days") -> list[str]:
    return [item.key for item in draft(key).items]


def counting(edition: Edition, item: str, *, instrument: str = "days") -> None:
    """An indicator that counts the answers to an item."""
    db.session.add(
        Indicator(
            edition_id=edition.id,
            key=f"counts-{item}",
            position=1,
            name={"en": f"Counted by {item}"},
            measure=Measure.SURVEY_SHARE,
            definition={
                "measure": "survey_share",
                "population": "associations_taking_part",
                "instrument": instrument,
                "item": item,
            },
        )
    )
    db.session.commit()


def value_of(form: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)
    assert found is not None, name
    return found[1]


def rows(form: str) -> dict[str, str]:
    """What the rows of a form hold, as a browser sends it."""
    inputs = re.findall(r"<input[^>]*name=\"options-\d+-[^>]*>", form)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one), one) for one in inputs]
    return {
        name[1]: value[1] if value else ""
        for name, value, one in named
        if name and ('type="checkbox"' not in one or "checked" in one)
    }

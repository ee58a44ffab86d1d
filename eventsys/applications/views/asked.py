"""What the organisers ask an applicant to change: where it is told, in which words, and whether it was changed since."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import url_for

from eventsys.applications import queries
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.applications.rules.steps import ASKED_OF, FIELD_ON_PAGE, FROM_DISHES, Step
from eventsys.applications.texts import FIELDS


class Asked(NamedTuple):
    """One field that is to be changed: `name` is what its page calls it, `url` leads to it."""

    label: str
    words: str
    step: Step
    name: str
    url: str
    is_changed: bool


def asked_of(application: Application) -> list[Asked]:
    """All that is asked to be changed, in the order of the fields; nothing unless changes are asked for now."""
    if application.announced_state is not State.CHANGES_REQUESTED:
        return []
    changed = queries.changed_since(application, application.announced_at)
    has_dishes = bool(queries.dishes_of(application))
    found = []
    for field, words in application.asked.items():
        if field not in ASKED_OF:
            continue
        step = Step.DISHES if has_dishes and field in FROM_DISHES else ASKED_OF[field]
        name = FIELD_ON_PAGE.get(field, field)
        url = url_for(f"applications.{step}", code=application.code, _anchor=f"asked-{name}")
        found.append(Asked(str(FIELDS[field]), words, step, name, url, field in changed))
    return found


def mark_asked(form: Any, asked: list[Asked], step: Step) -> list[Asked]:
    """Write what is asked for beside its fields; gives what is asked at this step."""
    here = [one for one in asked if one.step is step]
    for one in here:
        if one.name in form:
            form[one.name].asked = [*getattr(form[one.name], "asked", []), one]
    return here

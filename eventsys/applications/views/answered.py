"""What an applicant answered when changes were asked for, and what is different since: what organisers read first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _

from eventsys.applications import queries
from eventsys.applications.models import Application, Transition
from eventsys.applications.rules.states import Act, State
from eventsys.applications.texts import FIELDS
from eventsys.applications.views.differences import differences


class Line(NamedTuple):
    """A field: what was asked about it (empty where nothing was), what stood there, what stands there."""

    label: str
    asked: str
    before: str
    after: str


class Answered(NamedTuple):
    """What came back: when, with which words, and what was asked for or changed."""

    at: datetime
    words: str
    lines: list[Line]


def answer_of(application: Application) -> Answered | None:
    """The answer to what was asked for last; none before there is one."""
    steps = queries.history_of(application)
    asked = _last(steps, Act.REQUEST_CHANGES)
    sent = _last(steps, Act.SUBMIT)
    if asked is None or sent is None or sent.id < asked.id or sent.from_state is not State.CHANGES_REQUESTED:
        return None
    changes = _changes_between(application, asked.at, sent.at)
    named = queries.changed_since(application, asked.at)
    fields = [*application.asked, *(field for field in FIELDS if field in named and field not in application.asked)]
    lines = [
        line for field in fields for line in _lines(field, application, changes.get(field), is_named=field in named)
    ]
    return Answered(sent.at, sent.note, lines)


def last_sent(application: Application) -> datetime | None:
    """When it was sent last, where that was not the first time."""
    sent = _last(queries.history_of(application), Act.SUBMIT)
    # What came in by a spreadsheet says itself when it was sent.
    return sent.at if sent is not None and sent.from_state is not State.DRAFT else None


def _last(steps: Sequence[Transition], act: Act) -> Transition | None:
    return next((step for step in reversed(steps) if step.act is act), None)


def _changes_between(application: Application, after: datetime, until: datetime) -> dict[str, tuple[Any, Any]]:
    """Field → what stood there first and what came last, where these differ."""
    found: dict[str, tuple[Any, Any]] = {}
    between = [one for at, ones in queries.revisions_of(application).items() if after < at <= until for one in ones]
    for changes in between:
        for field, (before, now) in changes.items():
            found[field] = (found.get(field, (before,))[0], now)
    return {field: pair for field, pair in found.items() if pair[0] != pair[1]}


def _lines(field: str, application: Application, change: tuple[Any, Any] | None, *, is_named: bool) -> list[Line]:
    """What became of a field; of the edition's own questions, a line for each answer."""
    asked = application.asked.get(field, "–")
    told = differences({field: change}, application) if change is not None else []
    if told:
        return [Line(label, asked, before, after) for label, before, after in told]
    return [Line(str(FIELDS.get(field, field)), asked, "", str(_("changed") if is_named else _("not changed")))]

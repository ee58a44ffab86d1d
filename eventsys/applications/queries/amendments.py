"""Changes that are asked for after an approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import exists, func, select

from eventsys.applications.models import Amendment, Application, Transition
from eventsys.applications.queries.answers import answers_by_question
from eventsys.applications.queries.one import told_by
from eventsys.applications.rules.amendments import ANSWERS, OF_ORGANISATION
from eventsys.applications.rules.completeness import Missing, missing
from eventsys.applications.rules.parts import AmendmentOutcome
from eventsys.applications.rules.states import Act
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.questions.rules.asking import Value

IS_AMENDED = exists().where(Amendment.application_id == Application.id, Amendment.closed_at.is_(None))


def open_amendment(application: Application) -> Amendment | None:
    """The change that is asked for and not answered yet."""
    return db.session.scalar(
        select(Amendment).where(Amendment.application_id == application.id, Amendment.closed_at.is_(None))
    )


def last_amendment(application: Application) -> Amendment | None:
    """The change that was asked for last, answered or not."""
    return db.session.scalar(
        select(Amendment).where(Amendment.application_id == application.id).order_by(Amendment.id.desc()).limit(1)
    )


def amendment_withdrawn_with(application: Application) -> Amendment | None:
    """The change that was asked for when the application was withdrawn last, and ended with it."""
    withdrawn_at = db.session.scalar(
        select(func.max(Transition.at)).where(
            Transition.application_id == application.id, Transition.act == Act.WITHDRAW
        )
    )
    last = last_amendment(application)
    is_it = last is not None and last.outcome is AmendmentOutcome.RETRACTED and last.closed_at == withdrawn_at
    return last if is_it else None


def amended_count_of(edition: Edition) -> int:
    """How many applications wait for an answer to a change."""
    query = select(func.count()).select_from(Application).where(Application.edition_id == edition.id, IS_AMENDED)
    return db.session.scalar(query) or 0


def stands(application: Application, name: str) -> Any:
    """What holds now for a field that may be asked to change; answers by the key of the question, as text."""
    if name == ANSWERS:
        return {str(key): value for key, value in answers_by_question(application).items()}
    return getattr(application.organisation if name in OF_ORGANISATION else application, name)


def as_wished(application: Application) -> Application:
    """The application as its applicant wants it, for reading: what is asked for stands in place of what holds."""
    amendment = open_amendment(application)
    return cast("Application", _Wished(application, amendment.changes)) if amendment else application


def lacks_of_wish(application: Application) -> list[Missing]:
    """What would have to be told that isn't, if what is asked for held."""
    before = set(missing(told_by(application)))
    return [what for what in missing(told_by(as_wished(application))) if what not in before]


def wished_answers(application: Application) -> Mapping[int, Value]:
    """The answers that are asked for in place of those that hold, by the version of their question."""
    amendment = open_amendment(application)
    _before, after = amendment.changes.get(ANSWERS, ({}, {})) if amendment else ({}, {})
    return {int(key): value for key, value in after.items()}


class _Wished:
    """A row with some fields that read otherwise; its organisation likewise."""

    def __init__(self, row: object, changes: Mapping[str, Any]) -> None:
        self._row, self._changes = row, changes

    def __getattr__(self, name: str) -> Any:
        if name in self._changes:
            return self._changes[name][1]
        value = getattr(self._row, name)
        return _Wished(value, self._changes) if name == "organisation" else value

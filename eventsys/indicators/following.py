"""Follow-ups: once an edition is over, the same questions are planned again for the date that an indicator names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from eventsys.audit.actions import Actor
from eventsys.base.clock import from_local, local
from eventsys.editions.models import Edition
from eventsys.gate import closings
from eventsys.indicators import queries
from eventsys.indicators.rules.measures import FollowUp
from eventsys.indicators.rules.months import months_after
from eventsys.indicators.rules.populations import RULES
from eventsys.surveys import actions as surveys
from eventsys.surveys import asked, asking
from eventsys.surveys import queries as survey_queries
from eventsys.surveys.models import Survey, SurveyAudience
from eventsys.surveys.rules.asking import FROM_DATA
from eventsys.surveys.rules.instruments import Audience

OPENS, CLOSES = time(9), time(23, 59)
REMINDED_AFTER, LASTS = timedelta(days=7), timedelta(days=21)
# An edition whose days nobody closes is over all the same.
LONG_OVER = timedelta(days=14)


def is_over(edition: Edition, *, now: datetime) -> bool:
    """Whether who took part is settled: every open day is closed, or the last one was two weeks ago."""
    days = {day.number for day in edition.open_days}
    return bool(days) and (
        days <= closings.closings_of(edition).keys() or local(now).date() >= edition.ends_on + LONG_OVER
    )


def plan(edition: Edition, *, by: Actor, now: datetime) -> list[Survey]:
    """Plan what the follow-ups among an edition's indicators need and nobody has planned; gives the surveys that were made.

    Each asks those of the first survey again who belong to the population, opens in the morning of its date, reminds once
    after a week and closes after three. What lies in the past is left: whoever wants to ask late does it by hand.
    """
    made: list[Survey] = []
    for kept in queries.indicators_of(edition):
        definition = queries.as_rules(kept).definition
        if not isinstance(definition, FollowUp):
            continue
        first = survey_queries.survey_of(edition, definition.instrument)
        opens_at = _morning(months_after(edition.ends_on, definition.months))
        if first is None or opens_at <= now or _is_planned(edition, definition):
            continue
        made.append(_again(first, definition, opens_at=opens_at, by=by, now=now))
    return made


def _is_planned(edition: Edition, definition: FollowUp) -> bool:
    return any(
        survey.instrument.key == definition.instrument
        and queries.is_follow_up(survey, edition, months=definition.months)
        for survey in survey_queries.surveys_of(edition)
    )


def _again(first: Survey, definition: FollowUp, *, opens_at: datetime, by: Actor, now: datetime) -> Survey:
    closes_at = from_local(datetime.combine(local(opens_at + LASTS).date(), CLOSES))
    survey = surveys.open_survey(
        first.edition, first.instrument,
        opens_at=opens_at, closes_at=closes_at, months_after=definition.months, by=by, now=now,
    )  # fmt: skip
    survey.first_reminder_at = opens_at + REMINDED_AFTER
    for row in _of_population(asked.audiences_of(first), definition):
        if (said := _said(row)) and asking.could_be_asked(survey).get(row.audience) != 0:
            asking.ask(survey, said, by=by, now=now)
    return survey


def _of_population(rows: Iterable[SurveyAudience], definition: FollowUp) -> Sequence[SurveyAudience]:
    """Those audiences of the first survey that the indicator is about; visitors can't be found again."""
    wanted = RULES[definition.population].audiences
    return [
        row for row in rows if row.audience is not Audience.VISITOR and (not wanted or row.audience.value in wanted)
    ]


def _said(row: SurveyAudience) -> asking.Said | None:
    """Whom to ask again: by the edition's data, else by the list of the first time; None where nobody was on it."""
    if row.audience in FROM_DATA:
        return asking.Said(row.audience, is_attributed=row.is_attributed)
    listed = "\n".join(f"{one.email} {one.language}" for one in asked.addresses_of(row))
    return asking.Said(row.audience, listed, row.is_attributed) if listed else None


def _morning(day: date) -> datetime:
    return from_local(datetime.combine(day, OPENS))

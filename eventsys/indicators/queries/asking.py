"""What was asked and answered, as far as an indicator is made of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from sqlalchemy import ColumnElement, Label, extract, func, literal, or_, select
from sqlalchemy.orm import aliased

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import in_language
from eventsys.editions.models import Edition
from eventsys.indicators.models import Holder, ProgrammeYear
from eventsys.indicators.rules import inputs as into
from eventsys.indicators.rules.measures import Definition, FollowUp, SurveyShare
from eventsys.indicators.rules.months import months_after
from eventsys.indicators.rules.populations import RULES, Population, PopulationRule
from eventsys.indicators.rules.sentences import Phrase, Sentence, say
from eventsys.surveys import asked
from eventsys.surveys import queries as surveys
from eventsys.surveys.models import Answer, Instrument, Response, Survey
from eventsys.surveys.models import Item as KeptItem
from eventsys.surveys.rules.asking import Phase, phase_of
from eventsys.surveys.rules.instruments import Instrument as Questionnaire
from eventsys.surveys.rules.instruments import Item, ItemKind
from eventsys.surveys.rules.results import result_of

# The one breakdown that populations are told apart by; with the audience it makes the groups that are counted.
BREAKDOWN = "minority_association"
Group: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that an indicator can be made of: `instrument/item`, what the questionnaire is called, what is asked."""

    key: str
    instrument: str
    text: str


def askable() -> list[Askable]:
    """The questions with options of the newest version of every questionnaire, in the reader's language."""
    found: list[Askable] = []
    seen: set[str] = set()
    query = select(Instrument).where(Instrument.removed_at.is_(None))
    for instrument in db.session.scalars(query.order_by(Instrument.key, Instrument.version.desc())):
        if instrument.key not in seen:
            seen.add(instrument.key)
            name = in_language(instrument.name)
            items = [item for item in instrument.items if item.options]
            found += [Askable(f"{instrument.key}/{item.key}", name, in_language(item.text)) for item in items]
    return found


class Asked:
    """The surveys of an edition, or of the editions of a programme year, as indicators read them."""

    def __init__(self, holder: Holder, *, cutoff: datetime) -> None:
        self._holder = holder
        self._cutoff = cutoff
        self._counted: dict[int, Counted] = {}
        self._put_before: dict[tuple[str, int], tuple[Survey | None, Questionnaire | None]] = {}

    def inputs(self, definition: SurveyShare | FollowUp, *, population: int | None) -> into.SurveyInputs:
        """How often the item was answered, positively and without an opinion."""
        is_self_selected = definition.population is Population.VISITORS
        survey, item = self._put(definition)
        if survey is None or item is None or self._is_taking_answers(survey):
            return into.SurveyInputs(population, 0, 0, is_self_selected=is_self_selected)
        rule = RULES[definition.population]
        screened = _Screening(
            survey, definition, rule, item=item, counted=self._counted.setdefault(survey.id, Counted(survey))
        )
        counted = definition.counted if isinstance(definition, SurveyShare) else ()
        result = result_of(item, screened.counts(item.key), responses=screened.responses, counted=counted)
        return into.SurveyInputs(
            population,
            answers=result.answers,
            positive=result.positive,
            no_opinion=result.no_opinion,
            missing=result.missing,
            screened_out=screened.out,
            is_self_selected=is_self_selected,
        )

    def amiss(self, definition: Definition) -> tuple[Sentence, ...]:
        """What keeps a definition from being answered: no questionnaire, or one without the item; a follow-up not yet due."""
        if not isinstance(definition, SurveyShare | FollowUp):
            return ()
        survey, item = self._put(definition)
        if survey is None and surveys.instrument(definition.instrument) is None:
            return (say(Phrase.NO_SURVEY, instrument=definition.instrument),)
        if item is None and (survey is not None or surveys.item(definition.instrument, definition.item) is None):
            return (say(Phrase.ITEM_GONE, item=definition.item),)
        has_opened = survey is not None and survey.opens_at <= self._cutoff
        if not has_opened and isinstance(definition, FollowUp) and not isinstance(self._holder, ProgrammeYear):
            due_on = months_after(self._holder.ends_on, definition.months)
            return (say(Phrase.FOLLOW_UP_DUE, date=due_on.isoformat()),)
        if survey is not None and self._is_taking_answers(survey):
            return (say(Phrase.STILL_OPEN),)
        return _amiss_with(item, definition) if item is not None else ()

    def _is_taking_answers(self, survey: Survey) -> bool:
        """Whether people are answering it: counts that grow by one would tell what the last one said."""
        is_open = phase_of(survey.opens_at, survey.closes_at, now=self._cutoff) is not Phase.CLOSED
        return is_open and bool(asked.audiences_of(survey))

    def _put(self, definition: SurveyShare | FollowUp) -> tuple[Survey | None, Item | None]:
        key = (definition.instrument, definition.months if isinstance(definition, FollowUp) else 0)
        if key not in self._put_before:
            survey = self._survey(definition)
            self._put_before[key] = survey, surveys.as_rules(survey.instrument) if survey else None
        survey, questionnaire = self._put_before[key]
        return survey, questionnaire.item(definition.item) if questionnaire else None

    def _survey(self, definition: SurveyShare | FollowUp) -> Survey | None:
        """The newest survey with the instrument; a follow-up's was opened so many months later, or it is an earlier one."""
        holder = self._holder
        query = select(Survey).join(Survey.instrument).where(Instrument.key == definition.instrument)
        if not isinstance(definition, FollowUp):
            query = query.where(Survey.months_after == 0)
        if isinstance(holder, ProgrammeYear):
            query = query.join(Edition, Edition.id == Survey.edition_id).where(
                extract("year", Edition.starts_on) == holder.year
            )
        else:
            query = query.where(Survey.edition_id == holder.id)
        found = db.session.scalars(query.order_by(Instrument.version.desc(), Survey.id.desc())).all()
        if isinstance(definition, FollowUp):
            found = [survey for survey in found if is_follow_up(survey, survey.edition, months=definition.months)]
        return found[0] if found else None


def _amiss_with(item: Item, definition: SurveyShare | FollowUp) -> tuple[Sentence, ...]:
    """What would make a share of nothing: answers to count that the question hasn't, or none that is positive."""
    counted = definition.counted if isinstance(definition, SurveyShare) else ()
    known = {option.value for option in item.options}
    if gone := [value for value in counted if value not in known]:
        return (say(Phrase.ANSWER_GONE, answers=", ".join(gone)),)
    if not counted and not any(option.is_positive for option in item.options):
        return (say(Phrase.NOTHING_POSITIVE, item=item.key),)
    return ()


def is_follow_up(survey: Survey, edition: Edition, *, months: int) -> bool:
    """Whether a survey asks again so many months after an edition: it was planned to, or was opened by hand so late."""
    if survey.months_after:
        return survey.months_after == months
    return clock.local(survey.opens_at).date() >= months_after(edition.ends_on, months)


class Counted:
    """Every answer of a survey, counted in one pass by audience and declared breakdown: many indicators ask of the same one."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def responses(self, rule: PopulationRule) -> int:
        """How many responses came from a population."""
        return sum(count for group, count in self._responses if _is_of(group, rule))

    def counts(self, item: str, rule: PopulationRule) -> dict[str, int]:
        """How often each value was given to an item by a population."""
        found: dict[str, int] = {}
        for group, value, count in self._answers.get(item, ()):
            if _is_of(group, rule):
                found[value] = found.get(value, 0) + count
        return found

    @cached_property
    def _responses(self) -> list[tuple[Group, int]]:
        told = select(Response.audience, self._stated, func.count()).where(Response.survey_id == self._survey.id)
        return [
            ((who, stated), count)
            for who, stated, count in db.session.execute(told.group_by(Response.audience, "stated"))
        ]

    @cached_property
    def _answers(self) -> dict[str, list[tuple[Group, str, int]]]:
        keys = {item.id: item.key for item in self._survey.instrument.items}
        given = (
            select(Answer.item_id, Answer.value, Response.audience, self._stated, func.count())
            .join(Response, Response.id == Answer.response_id)
            .where(Response.survey_id == self._survey.id, *self._without_texts())
            .group_by(Answer.item_id, Answer.value, Response.audience, "stated")
        )
        found: dict[str, list[tuple[Group, str, int]]] = {}
        for item, value, who, stated, count in db.session.execute(given):
            found.setdefault(keys[item], []).append(((who, stated), value, count))
        return found

    def _without_texts(self) -> list[ColumnElement[bool]]:
        """Free text would be as many groups as answers. Named are those left out: naming the others leads SQLite the long way."""
        texts = [item.id for item in self._survey.instrument.items if item.kind is ItemKind.TEXT]
        return [Answer.item_id.not_in(texts)] if texts else []

    @property
    def _stated(self) -> Label[str]:
        """What somebody stated of the breakdown; nothing where the questionnaire has none, which spares looking into each."""
        if BREAKDOWN not in self._survey.instrument.breakdowns:
            return literal("").label("stated")
        return func.coalesce(Response.breakdowns[BREAKDOWN].as_string(), "").label("stated")


def _is_of(group: Group, rule: PopulationRule) -> bool:
    who, stated = group
    wanted = rule.breakdowns.get(BREAKDOWN)
    return (not rule.audiences or who in rule.audiences) and (wanted is None or stated == wanted)


class _Screening:
    """The responses that count: all, or those whose answers to a screening item, and to what the item hangs on, let them be asked."""

    def __init__(
        self, survey: Survey, definition: SurveyShare | FollowUp, rule: PopulationRule, *, item: Item, counted: Counted
    ) -> None:
        self._survey, self._rule, self._counted = survey, rule, counted
        self._screens: list[tuple[str, Collection[str]]] = []
        if isinstance(definition, SurveyShare) and definition.screening_item:
            self._screens.append((definition.screening_item, definition.screening_values))
        if item.shown_if:
            self._screens.append((item.shown_if.item, item.shown_if.values))
        everybody = counted.responses(rule)
        self.out = self._screened() if self._screens else 0
        self.responses = everybody - self.out

    def counts(self, item: str) -> dict[str, int]:
        """How often each value was given to an item by those who were asked."""
        if not self._screens:
            return self._counted.counts(item, self._rule)
        query = (
            select(Answer.value, func.count())
            .join(Response, Response.id == Answer.response_id)
            .join(KeptItem, KeptItem.id == Answer.item_id)
            .where(KeptItem.key == item, *self._conditions(), ~self._is_out())
            .group_by(Answer.value)
        )
        return dict(db.session.execute(query).all())

    def _screened(self) -> int:
        query = select(func.count()).select_from(Response).where(*self._conditions(), self._is_out())
        return db.session.scalar(query) or 0

    def _conditions(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [Response.survey_id == self._survey.id]
        if self._rule.audiences:
            conditions.append(Response.audience.in_(sorted(self._rule.audiences)))
        for name, value in self._rule.breakdowns.items():
            conditions.append(Response.breakdowns[name].as_string() == value)
        return conditions

    def _is_out(self) -> ColumnElement[bool]:
        """Whether somebody said to one of the screening items that it doesn't concern them."""
        return or_(*(self._answered_otherwise(key, values) for key, values in self._screens))

    def _answered_otherwise(self, key: str, values: Collection[str]) -> ColumnElement[bool]:
        told, item = aliased(Answer), aliased(KeptItem)
        several = {each.key for each in self._survey.instrument.items if each.kind is ItemKind.MULTIPLE}
        if key in several:  # Several choices are kept as a JSON list.
            lets_in = or_(*(told.value.contains(f'"{value}"', autoescape=True) for value in values))
        else:
            lets_in = told.value.in_(values)
        return (
            select(told.item_id)
            .join(item, item.id == told.item_id)
            .where(told.response_id == Response.id, item.key == key, ~lets_in)
            .exists()
        )

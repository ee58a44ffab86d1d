"""What was asked and answered, as far as an indicator is made of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, extract, func, select
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
from eventsys.surveys import queries as surveys
from eventsys.surveys.models import Answer, Instrument, Response, Survey
from eventsys.surveys.models import Item as KeptItem
from eventsys.surveys.rules.instruments import Item
from eventsys.surveys.rules.results import result_of


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
    for instrument in db.session.scalars(select(Instrument).order_by(Instrument.key, Instrument.version.desc())):
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

    def inputs(self, definition: SurveyShare | FollowUp, *, population: int | None) -> into.SurveyInputs:
        """How often the item was answered, positively and without an opinion."""
        is_self_selected = definition.population is Population.VISITORS
        survey, item = self._put(definition)
        if survey is None or item is None:
            return into.SurveyInputs(population, 0, 0, is_self_selected=is_self_selected)
        rule = RULES[definition.population]
        screened = _Screening(survey, definition, rule)
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
        if surveys.instrument(definition.instrument) is None:
            return (say(Phrase.NO_SURVEY, instrument=definition.instrument),)
        survey, item = self._put(definition)
        if item is None and (survey is not None or surveys.item(definition.instrument, definition.item) is None):
            return (say(Phrase.ITEM_GONE, item=definition.item),)
        if survey is None and isinstance(definition, FollowUp) and not isinstance(self._holder, ProgrammeYear):
            due_on = months_after(self._holder.ends_on, definition.months)
            return (say(Phrase.FOLLOW_UP_DUE, date=due_on.isoformat()),)
        return ()

    def _put(self, definition: SurveyShare | FollowUp) -> tuple[Survey | None, Item | None]:
        survey = self._survey(definition)
        return survey, surveys.as_rules(survey.instrument).item(definition.item) if survey else None

    def _survey(self, definition: SurveyShare | FollowUp) -> Survey | None:
        """The newest survey with the instrument; a follow-up's was opened so many months later, or it is an earlier one."""
        holder = self._holder
        query = select(Survey).join(Survey.instrument).where(Instrument.key == definition.instrument)
        if isinstance(holder, ProgrammeYear):
            query = query.join(Edition, Edition.id == Survey.edition_id).where(
                extract("year", Edition.starts_on) == holder.year
            )
        else:
            query = query.where(Survey.edition_id == holder.id)
        found = db.session.scalars(query.order_by(Instrument.version.desc(), Survey.id.desc())).all()
        if isinstance(definition, FollowUp) and not isinstance(holder, ProgrammeYear):
            due_on = months_after(holder.ends_on, definition.months)
            found = [survey for survey in found if clock.local(survey.opens_at).date() >= due_on]
        return found[0] if found else None


class _Screening:
    """The responses that count: all, or those whose answer to the screening item lets them be asked."""

    def __init__(self, survey: Survey, definition: SurveyShare | FollowUp, rule: PopulationRule) -> None:
        self._survey, self._rule = survey, rule
        self._item = definition.screening_item if isinstance(definition, SurveyShare) else None
        self._values = definition.screening_values if isinstance(definition, SurveyShare) else ()
        everybody = surveys.responses(survey, audiences=rule.audiences, breakdowns=rule.breakdowns)
        self.out = self._screened(is_out=True) if self._item else 0
        self.responses = everybody - self.out

    def counts(self, item: str) -> dict[str, int]:
        """How often each value was given to an item by those who were asked."""
        rule = self._rule
        if self._item is None:
            return surveys.counts(self._survey, item, audiences=rule.audiences, breakdowns=rule.breakdowns)
        query = (
            select(Answer.value, func.count())
            .join(Response, Response.id == Answer.response_id)
            .join(KeptItem, KeptItem.id == Answer.item_id)
            .where(KeptItem.key == item, *self._conditions(), ~self._answered(is_out=True))
            .group_by(Answer.value)
        )
        return dict(db.session.execute(query).all())

    def _screened(self, *, is_out: bool) -> int:
        query = select(func.count()).select_from(Response).where(*self._conditions(), self._answered(is_out=is_out))
        return db.session.scalar(query) or 0

    def _conditions(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [Response.survey_id == self._survey.id]
        if self._rule.audiences:
            conditions.append(Response.audience.in_(sorted(self._rule.audiences)))
        for name, value in self._rule.breakdowns.items():
            conditions.append(Response.breakdowns[name].as_string() == value)
        return conditions

    def _answered(self, *, is_out: bool) -> ColumnElement[bool]:
        """Whether somebody said to the screening item that it doesn't concern them."""
        told, item = aliased(Answer), aliased(KeptItem)
        values: Collection[str] = self._values
        return (
            select(told.item_id)
            .join(item, item.id == told.item_id)
            .where(
                told.response_id == Response.id,
                item.key == self._item,
                told.value.not_in(values) if is_out else told.value.in_(values),
            )
            .exists()
        )

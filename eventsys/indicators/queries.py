"""What the rules need to compute an indicator: facts out of register, gate and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate import closings
from eventsys.gate.models import Admission, QuarterCount
from eventsys.indicators.models import Indicator, Measurement, RecordedFigure
from eventsys.indicators.rules import definitions as rules
from eventsys.indicators.rules import inputs as into
from eventsys.indicators.rules.computation import evaluate
from eventsys.indicators.rules.evaluation import Evaluation
from eventsys.indicators.rules.figures import Figure, Unit
from eventsys.indicators.rules.freezing import inputs_hash
from eventsys.indicators.rules.measures import (
    POPULATION_OF_SUBJECT,
    UNIT_OF_SUBJECT,
    Count,
    Definition,
    FollowUp,
    Growth,
    Measure,
    Share,
    Subject,
    SurveyShare,
    Visitors,
)
from eventsys.indicators.rules.populations import (
    RULES,
    OrganisationFacts,
    Population,
    draw,
    has_property,
    present_by_day,
)
from eventsys.indicators.rules.targets import Target
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind
from eventsys.surveys import queries as surveys
from eventsys.surveys.rules.instruments import Item
from eventsys.surveys.rules.results import result_of

# Hours and published figures are not kept yet: these measures say "no data".
NOTHING_KEPT: dict[Measure, into.Inputs] = {
    Measure.RESOURCE: into.ResourceInputs(None),
    Measure.EXTERNAL: into.ExternalInputs(None),
}


def indicators_of(edition: Edition) -> Sequence[Indicator]:
    """An edition's indicators in the order in which they are shown."""
    return db.session.scalars(
        select(Indicator).where(Indicator.edition_id == edition.id).order_by(Indicator.position)
    ).all()


def find(edition: Edition, key: str) -> Indicator | None:
    """One indicator of an edition by its key."""
    return db.session.scalar(select(Indicator).where(Indicator.edition_id == edition.id, Indicator.key == key))


def as_rules(kept: Indicator) -> rules.Indicator:
    """The indicator as the rules see it."""
    return rules.Indicator(
        key=kept.key,
        name=dict(kept.name),
        definition=rules.definition_from_json(kept.definition),
        target=None if kept.target is None else Target.from_json(kept.target),
        source=kept.source,
    )


def latest_measurement(indicator: Indicator) -> Measurement | None:
    """What was frozen last for an indicator."""
    return db.session.scalar(
        select(Measurement).where(Measurement.indicator_id == indicator.id).order_by(Measurement.id.desc())
    )


def recorded_figures(edition: Edition) -> Sequence[RecordedFigure]:
    """The figures kept by hand for earlier years of the edition's event, the latest year first."""
    return db.session.scalars(
        select(RecordedFigure)
        .where(RecordedFigure.event_id == edition.event_id)
        .order_by(RecordedFigure.year.desc(), RecordedFigure.subject)
    ).all()


def applications_of(edition: Edition) -> Sequence[Application]:
    """Every application to an edition that was sent, in order of the references."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.submitted_at.is_not(None))
        .order_by(Application.reference)
    ).all()


def crew_days(edition: Edition) -> dict[int, set[int]]:
    """On which open days somebody of an application's crew was let in, by its key; of closed days as they were frozen."""
    open_days = [day.number for day in edition.open_days]
    rows = db.session.execute(
        select(Pass.application_id, Admission.day_number)
        .join(Admission, Admission.pass_id == Pass.pass_id)
        .where(
            Admission.edition_id == edition.id,
            Pass.edition_id == edition.id,
            Pass.kind == PassKind.BOOTH_CREW.value,
            Admission.day_number.in_(open_days),
        )
        .distinct()
    )
    closed = closings.closings_of(edition)
    found: dict[int, set[int]] = {}
    for day_number in closed.keys() & set(open_days):
        for key in closed[day_number].figures.crews:
            found.setdefault(key, set()).add(day_number)
    for application_id, day_number in rows:
        if day_number in closed:
            continue
        if application_id is None:  # No crew without an application; the database sees to it.
            continue
        found.setdefault(application_id, set()).add(day_number)
    return found


def visits(edition: Edition) -> list[into.DayVisits]:
    """Visits of each open day: guests and visitors admitted by pass, and people tallied in less those voided.

    Of a closed day as they were frozen.
    """
    admitted = dict(
        db.session.execute(
            select(Admission.day_number, func.count())
            .where(
                Admission.edition_id == edition.id,
                Admission.kind.in_([PassKind.GUEST.value, PassKind.VISITOR.value]),
            )
            .group_by(Admission.day_number)
        ).all()
    )
    tallied = dict(
        db.session.execute(
            select(QuarterCount.day_number, func.sum(QuarterCount.tallied_in))
            .where(QuarterCount.edition_id == edition.id)
            .group_by(QuarterCount.day_number)
        ).all()
    )
    for number, closing in closings.closings_of(edition).items():
        counts = closing.figures.counts
        admitted[number], tallied[number] = counts.guests_admitted + counts.visitors_admitted, counts.tallied_in
    return [
        into.DayVisits(day.number, admitted=admitted.get(day.number, 0), tallied=max(0, tallied.get(day.number, 0)))
        for day in edition.open_days
    ]


def organisation_facts(edition: Edition) -> list[OrganisationFacts]:
    """What register and gate know of every organisation that applied, in order of their references."""
    days = crew_days(edition)
    return [
        OrganisationFacts(
            reference=application.reference,
            kind=application.organisation.kind,
            is_approved=application.announced_state is State.APPROVED,
            crew_days=frozenset(days.get(application.id, ())),
            is_minority_association=application.organisation.is_minority_association,
            is_in_development_course=application.is_in_development_course,
        )
        for application in applications_of(edition)
    ]


class Collector:
    """Draws the inputs of an edition's indicators; what several need is read once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._facts: list[OrganisationFacts] | None = None

    @property
    def facts(self) -> list[OrganisationFacts]:
        """The organisations that applied."""
        if self._facts is None:
            self._facts = organisation_facts(self._edition)
        return self._facts

    def inputs(self, definition: Definition) -> into.Inputs:
        """The numbers that a definition is computed from; each empty where nothing is known yet."""
        match definition:
            case Count():
                return into.CountInputs(self._count(definition.population))
            case Visitors():
                return into.VisitorsInputs(self._visits())
            case Share():
                return self._share(definition)
            case SurveyShare() | FollowUp():
                return self._answers(definition)
            case Growth():
                return self._growth(definition)
            case _:
                return NOTHING_KEPT[definition.measure]

    def _count(self, population: Population) -> Figure | None:
        if not self._is_countable(population):
            return None
        members = draw(population, self.facts).members
        numbers = [day.number for day in self._edition.open_days]
        days = present_by_day(members, max(numbers)) if RULES[population].must_take_part else ()
        return Figure(
            Fraction(len(members)),
            Unit.ORGANISATIONS,
            day_count=len(numbers),
            day_values=tuple(days[number - 1] for number in numbers) if days else (),
        )

    def _is_countable(self, population: Population) -> bool:
        """Whether anything is known yet: somebody applied, and somebody came where that is asked for."""
        if RULES[population].must_take_part:
            return any(fact.crew_days for fact in self.facts)
        return bool(self.facts)

    def _visits(self) -> tuple[into.DayVisits, ...]:
        return tuple(day for day in visits(self._edition) if day.admitted or day.tallied)

    def _share(self, definition: Share) -> into.ShareInputs:
        if not self._is_countable(definition.population):
            return into.ShareInputs(None, 0)
        members = draw(definition.population, self.facts).members
        return into.ShareInputs(len(members), sum(has_property(member, definition.having) for member in members))

    def _answers(self, definition: SurveyShare | FollowUp) -> into.SurveyInputs:
        rule = RULES[definition.population]
        population = (
            len(draw(definition.population, self.facts).members)
            if rule.has_register and self._is_countable(definition.population)
            else None
        )
        survey = surveys.survey_of(self._edition, definition.instrument)
        item = surveys.as_rules(survey.instrument).item(definition.item) if survey else None
        if survey is None or item is None:
            return into.SurveyInputs(population, 0, 0, is_self_selected=_is_self_selected(definition))
        counts = surveys.counts(survey, item.key, audiences=rule.audiences, breakdowns=rule.breakdowns)
        responses = surveys.responses(survey, audiences=rule.audiences, breakdowns=rule.breakdowns)
        return _survey_inputs(definition, item, counts=counts, responses=responses, population=population)

    def _growth(self, definition: Growth) -> into.GrowthInputs:
        current = (
            self._recorded(definition.subject, definition.year)
            if definition.year is not None
            else self._current(definition.subject)
        )
        return into.GrowthInputs(current, self._recorded(definition.subject, definition.base_year))

    def _current(self, subject: Subject) -> Figure | None:
        population = POPULATION_OF_SUBJECT.get(subject)
        if population is not None:
            return self._count(population)
        days = self._visits()
        if not days:
            return None
        values = tuple(day.visits for day in days)
        return Figure(Fraction(sum(values)), UNIT_OF_SUBJECT[subject], day_count=len(values), day_values=values)

    def _recorded(self, subject: Subject, year: int) -> Figure | None:
        kept = db.session.scalar(
            select(RecordedFigure).where(
                RecordedFigure.event_id == self._edition.event_id,
                RecordedFigure.year == year,
                RecordedFigure.subject == subject,
            )
        )
        if kept is None:
            return None
        return Figure(Fraction(kept.value), UNIT_OF_SUBJECT[subject], kept.quality, kept.day_count)


def _survey_inputs(
    definition: SurveyShare | FollowUp, item: Item, *, counts: dict[str, int], responses: int, population: int | None
) -> into.SurveyInputs:
    counted = definition.counted if isinstance(definition, SurveyShare) else ()
    result = result_of(item, counts, responses=responses, counted=counted)
    return into.SurveyInputs(
        population,
        answers=result.answers,
        positive=result.positive,
        no_opinion=result.no_opinion,
        missing=result.missing,
        is_self_selected=_is_self_selected(definition),
    )


def _is_self_selected(definition: SurveyShare | FollowUp) -> bool:
    """Visitors answer by a poster: whoever wants to."""
    return definition.population is Population.VISITORS


def evaluated(edition: Edition, *, cutoff: datetime) -> list[tuple[Indicator, Evaluation]]:
    """Every indicator of an edition with its value as of now, said to hold at `cutoff`."""
    collector = Collector(edition)
    return [(kept, _evaluate(kept, collector, cutoff=cutoff)) for kept in indicators_of(edition)]


def evaluated_one(edition: Edition, kept: Indicator, *, cutoff: datetime) -> tuple[Evaluation, str]:
    """One indicator's value, and the hash of what it was computed from."""
    indicator = as_rules(kept)
    inputs = Collector(edition).inputs(indicator.definition)
    return evaluate(indicator, inputs, cutoff=cutoff), inputs_hash(indicator, inputs)


def _evaluate(kept: Indicator, collector: Collector, *, cutoff: datetime) -> Evaluation:
    indicator = as_rules(kept)
    return evaluate(indicator, collector.inputs(indicator.definition), cutoff=cutoff)

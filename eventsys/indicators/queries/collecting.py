"""What the rules need to compute an indicator, drawn together; what several need is read once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from eventsys.base import clock
from eventsys.base.db import db
from eventsys.indicators.models import Holder, Indicator, ProgrammeYear, RecordedFigure
from eventsys.indicators.queries import kept as keeping
from eventsys.indicators.queries.asking import Asked
from eventsys.indicators.queries.facts import organisation_facts, visits
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
    External,
    FollowUp,
    Growth,
    Resource,
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
from eventsys.indicators.rules.register import Entry, RegisterPart, figure_of

THOUSANDTHS = 1000


class Collector:
    """Draws the inputs of the indicators of an edition or of a programme year; what several need is read once."""

    def __init__(self, holder: Holder, *, cutoff: datetime) -> None:
        self._edition = None if isinstance(holder, ProgrammeYear) else holder
        self._year = keeping.year_of(holder)
        self._cutoff = cutoff
        self._facts: list[OrganisationFacts] | None = None
        self._days: list[into.DayVisits] | None = None
        self._entries: list[Entry] | None = None
        self.asked = Asked(holder, cutoff=cutoff)

    @property
    def facts(self) -> list[OrganisationFacts]:
        """The organisations that applied; a programme year has none."""
        if self._facts is None:
            self._facts = organisation_facts(self._edition) if self._edition else []
        return self._facts

    @property
    def entries(self) -> list[Entry]:
        """The register of the year."""
        if self._entries is None:
            self._entries = keeping.register_of(self._year)
        return self._entries

    def inputs(self, definition: Definition) -> into.Inputs:  # noqa: C901, PLR0911 - one line a measure
        """The numbers that a definition is computed from; each empty where nothing is known yet."""
        match definition:
            case Count(register=RegisterPart() as part) | Visitors(register=RegisterPart() as part):
                return into.CountInputs(figure_of(part, self.entries))
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
            case Resource():
                hours = figure_of(definition.part, self.entries)
                return into.ResourceInputs(None if hours is None else hours.value)
            case External():
                return self._published(definition.strand)

    def _count(self, population: Population) -> Figure | None:
        if population is Population.DAYS_HELD:
            days_held = len(self._visits())
            return Figure(Fraction(days_held), Unit.DAYS) if days_held else None
        if self._edition is None or not self._is_countable(population):
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
        if self._days is None:
            self._days = visits(self._edition) if self._edition else []
        return tuple(day for day in self._days if day.admitted or day.tallied)

    def _share(self, definition: Share) -> into.ShareInputs:
        if not self._is_countable(definition.population):
            return into.ShareInputs(None, 0)
        members = draw(definition.population, self.facts).members
        return into.ShareInputs(len(members), sum(has_property(member, definition.having) for member in members))

    def _answers(self, definition: SurveyShare | FollowUp) -> into.SurveyInputs:
        return self.asked.inputs(definition, population=self._size(definition))

    def _size(self, definition: SurveyShare | FollowUp) -> int | None:
        """How many there are to be asked: as the register says, else as the applications and the gate do."""
        if definition.register is not None:
            figure = figure_of(definition.register, self.entries)
            return None if figure is None else int(figure.value)
        if not RULES[definition.population].has_register or not self._is_countable(definition.population):
            return None
        return len(draw(definition.population, self.facts).members)

    def _published(self, strand: str) -> into.ExternalInputs:
        """The latest figure of a strand by the cut-off."""
        until = clock.local(self._cutoff).date()
        known = (
            [figure for figure in keeping.published_figures(strand) if figure.published_on <= until] if strand else []
        )
        if not known:
            return into.ExternalInputs(None)
        return into.ExternalInputs(Fraction(known[-1].thousandths, THOUSANDTHS), known[-1].published_on)

    def _growth(self, definition: Growth) -> into.GrowthInputs:
        current = (
            self._recorded(definition.subject, definition.year)
            if definition.year is not None
            else self.figure_of_subject(definition.subject)
        )
        return into.GrowthInputs(current, self._recorded(definition.subject, definition.base_year))

    def figure_of_subject(self, subject: Subject) -> Figure | None:
        """What the edition counts of a subject that is followed through the years."""
        population = POPULATION_OF_SUBJECT.get(subject)
        if population is not None:
            return self._count(population)
        days = self._visits()
        if not days:
            return None
        values = tuple(day.visits for day in days)
        return Figure(Fraction(sum(values)), UNIT_OF_SUBJECT[subject], day_count=len(values), day_values=values)

    def _recorded(self, subject: Subject, year: int) -> Figure | None:
        if self._edition is None:
            return None
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


def evaluated(holder: Holder, *, cutoff: datetime) -> list[tuple[Indicator, Evaluation]]:
    """Every indicator of an edition or a programme year with its value as of now, said to hold at `cutoff`."""
    return [(kept, evaluation) for kept, evaluation, _hash in evaluated_and_hashed(holder, cutoff=cutoff)]


def evaluated_and_hashed(holder: Holder, *, cutoff: datetime) -> list[tuple[Indicator, Evaluation, str]]:
    """The same, each with the hash of what it was computed from."""
    collector = Collector(holder, cutoff=cutoff)
    return [(kept, *_evaluate(kept, collector, cutoff=cutoff)) for kept in keeping.indicators_of(holder)]


def evaluated_one(holder: Holder, kept: Indicator, *, cutoff: datetime) -> tuple[Evaluation, str]:
    """One indicator's value, and the hash of what it was computed from."""
    return _evaluate(kept, Collector(holder, cutoff=cutoff), cutoff=cutoff)


def _evaluate(kept: Indicator, collector: Collector, *, cutoff: datetime) -> tuple[Evaluation, str]:
    indicator = keeping.as_rules(kept)
    return tried(indicator, collector, cutoff=cutoff)


def tried(indicator: rules.Indicator, collector: Collector, *, cutoff: datetime) -> tuple[Evaluation, str]:
    """What an indicator comes to, kept or only thought of, and the hash of what it was computed from."""
    inputs = collector.inputs(indicator.definition)
    evaluation = evaluate(indicator, inputs, cutoff=cutoff)
    amiss = collector.asked.amiss(indicator.definition)
    return replace(evaluation, notes=(*evaluation.notes, *amiss)), inputs_hash(indicator, inputs)

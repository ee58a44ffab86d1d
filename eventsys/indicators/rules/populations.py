"""Who is counted: populations as rules that can be read, and who was left out, with why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from eventsys.base.refusals import Refusal
from eventsys.indicators.rules.codes import Code
from eventsys.organisations.rules.kinds import Kind


class Population(StrEnum):
    """Whom a figure speaks of. "Taking part" = approved and a crew member admitted on at least one day."""

    ORGANISATIONS_TAKING_PART = "organisations_taking_part"
    ASSOCIATIONS_TAKING_PART = "associations_taking_part"
    MINORITY_ASSOCIATIONS_TAKING_PART = "minority_associations_taking_part"
    RESTAURANTS_TAKING_PART = "restaurants_taking_part"
    ORGANISATIONS_APPROVED = "organisations_approved"
    ASSOCIATIONS_APPROVED = "associations_approved"
    RESTAURANTS_APPROVED = "restaurants_approved"
    VISITORS = "visitors"
    REQUESTERS = "requesters"
    # Whom the register lists, such as those who were trained; its definition says which part.
    REGISTERED = "registered"
    # Open days on which somebody came in.
    DAYS_HELD = "days_held"


class Property(StrEnum):
    """What a member may have, for shares of a population."""

    IN_DEVELOPMENT_COURSE = "in_development_course"
    STATED_AS_MINORITY = "stated_as_minority"
    TAKING_PART = "taking_part"


class Exclusion(StrEnum):
    """Why an organisation of the right kind isn't in the population."""

    NOT_APPROVED = "not_approved"
    NOBODY_ADMITTED = "nobody_admitted"
    NOT_STATED_AS_MINORITY = "not_stated_as_minority"


@dataclass(frozen=True, slots=True)
class PopulationRule:
    """A population taken apart. An empty `kind` with no audience of organisations has no register: its size is unknown."""

    kinds: frozenset[Kind] = frozenset()
    must_take_part: bool = False
    must_be_minority: bool = False
    audiences: frozenset[str] = frozenset()
    breakdowns: dict[str, str] = field(default_factory=dict)

    @property
    def has_register(self) -> bool:
        """Whether the members can be listed, and so counted."""
        return bool(self.kinds)


ASSOCIATIONS = frozenset({Kind.ASSOCIATION})
RESTAURANTS = frozenset({Kind.RESTAURANT})
ORGANISATIONS = ASSOCIATIONS | RESTAURANTS


def _organisations(kinds: frozenset[Kind], *, must_take_part: bool) -> PopulationRule:
    return PopulationRule(kinds, must_take_part, audiences=frozenset(kind.value for kind in kinds))


RULES: dict[Population, PopulationRule] = {
    Population.ORGANISATIONS_TAKING_PART: _organisations(ORGANISATIONS, must_take_part=True),
    Population.ASSOCIATIONS_TAKING_PART: _organisations(ASSOCIATIONS, must_take_part=True),
    Population.MINORITY_ASSOCIATIONS_TAKING_PART: PopulationRule(
        ASSOCIATIONS,
        must_take_part=True,
        must_be_minority=True,
        audiences=frozenset({Kind.ASSOCIATION.value}),
        breakdowns={"minority_association": "yes"},
    ),
    Population.RESTAURANTS_TAKING_PART: _organisations(RESTAURANTS, must_take_part=True),
    Population.ORGANISATIONS_APPROVED: _organisations(ORGANISATIONS, must_take_part=False),
    Population.ASSOCIATIONS_APPROVED: _organisations(ASSOCIATIONS, must_take_part=False),
    Population.RESTAURANTS_APPROVED: _organisations(RESTAURANTS, must_take_part=False),
    Population.VISITORS: PopulationRule(audiences=frozenset({"visitor"})),
    Population.REQUESTERS: PopulationRule(audiences=frozenset({"requester"})),
    Population.REGISTERED: PopulationRule(),
    Population.DAYS_HELD: PopulationRule(),
}


def refuse_uncountable(population: Population) -> None:
    """Refuse to count whom nobody has a list of: POPULATION_NOT_KNOWN."""
    if not RULES[population].has_register and population is not Population.DAYS_HELD:
        raise Refusal(Code.POPULATION_NOT_KNOWN, field="definition.population", population=population.value)


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What the register and the gate know of one organisation that applied to the edition.

    `crew_days` are the numbers of the days on which at least one of its crew was admitted;
    `is_minority_association` is what it states of itself, empty when it hasn't.
    """

    reference: str
    kind: Kind
    is_approved: bool
    crew_days: frozenset[int] = frozenset()
    is_minority_association: bool | None = None
    is_in_development_course: bool = False

    @property
    def takes_part(self) -> bool:
        """Approved, and somebody of its crew came in on at least one day."""
        return self.is_approved and bool(self.crew_days)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A population's members, and those of the same kind that were left out, with why."""

    members: tuple[OrganisationFacts, ...]
    left_out: tuple[tuple[OrganisationFacts, Exclusion], ...]


def draw(population: Population, organisations: Iterable[OrganisationFacts]) -> Drawn:
    """Apply a population's rule. The order of the organisations is kept."""
    rule = RULES[population]
    members: list[OrganisationFacts] = []
    left_out: list[tuple[OrganisationFacts, Exclusion]] = []
    for organisation in organisations:
        if organisation.kind not in rule.kinds:
            continue
        exclusion = exclusion_of(organisation, rule)
        if exclusion is None:
            members.append(organisation)
        else:
            left_out.append((organisation, exclusion))
    return Drawn(tuple(members), tuple(left_out))


def exclusion_of(organisation: OrganisationFacts, rule: PopulationRule) -> Exclusion | None:
    """The first reason why an organisation of the right kind isn't a member; None when it is."""
    if not organisation.is_approved:
        return Exclusion.NOT_APPROVED
    if rule.must_take_part and not organisation.takes_part:
        return Exclusion.NOBODY_ADMITTED
    if rule.must_be_minority and not organisation.is_minority_association:
        return Exclusion.NOT_STATED_AS_MINORITY
    return None


def has_property(organisation: OrganisationFacts, wanted: Property) -> bool:
    """Whether a member has a property; what it hasn't stated it hasn't."""
    return {
        Property.IN_DEVELOPMENT_COURSE: organisation.is_in_development_course,
        Property.STATED_AS_MINORITY: organisation.is_minority_association is True,
        Property.TAKING_PART: organisation.takes_part,
    }[wanted]


def present_by_day(members: Iterable[OrganisationFacts], day_count: int) -> tuple[int, ...]:
    """How many members were there on each day: the day values of a count."""
    present = [member.crew_days for member in members]
    return tuple(sum(day in days for days in present) for day in range(1, day_count + 1))

"""The allocation of an edition as a problem: what booths need, by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from eventsys.applications.models import Application
from eventsys.base.db import db
from eventsys.booths.models import Pitch, StreetRule
from eventsys.booths.queries.ground import board_facts, boards_on, drawn, facts_of
from eventsys.booths.queries.wishes import Wished, wished
from eventsys.booths.rules.locks import Where
from eventsys.booths.rules.needs import Need
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.problem import problem_of as numbered
from eventsys.booths.rules.rulebook import STANDARD, Rulebook, Setting
from eventsys.booths.rules.site_checks import without_sound
from eventsys.editions.models import Edition
from eventsys.editions.rules import day_numbers
from eventsys.organisations.rules.kinds import Kind

DEFAULT_WIDTH_CM = 300  # Who tells no width gets the smallest pitch that councils draw.


NOTHING = Wished()


def need_of(application: Application, wish: Wished = NOTHING) -> Need:
    """What an application needs of a pitch, with what it is wished beside."""
    return Need(
        reference=application.reference,
        days=frozenset(day_numbers(application.days)),
        width_cm=application.width_cm or DEFAULT_WIDTH_CM,
        power_watts=application.power_watts or 0,
        three_phase=application.needs_three_phase,
        water=application.needs_water,
        gas=application.uses_gas,
        open_fire=application.uses_open_fire,
        amplified_sound=application.plays_amplified_sound,
        vehicle_access=application.needs_vehicle_access,
        step_free=application.needs_step_free,
        keep_apart=frozenset(application.keep_apart),
        next_to=frozenset(application.next_to),
        is_restaurant=application.organisation.kind is Kind.RESTAURANT,
        cuisine=application.cuisine.strip().casefold(),
        area=application.organisation.area.strip().casefold(),
        zone=wish.zone,
        wants_two=wish.wants_two,
        sensitive_to=wish.sensitive_to,
        last_at=wish.last_at,
        had_bad_place=wish.had_bad_place,
    )


def problem_of(
    edition: Edition,
    pitches: Sequence[Pitch],
    wanted: Sequence[Application],
    *,
    locked: Mapping[str, Where] | None = None,
    before: Mapping[str, Where] | None = None,
    is_bare: bool = False,
) -> Problem:
    """The allocation of an edition as numbers, by its own rules; see `rules.problem.problem_of`."""
    rulebook, wishes = rulebook_of(edition), wished(edition, pitches, wanted)
    return numbered(
        [need_of(application, wishes[application.id]) for application in wanted],
        facts_of(pitches),
        board_facts(boards_on(edition)),
        rulebook=rulebook,
        locked=locked,
        before=before,
        quiet=without_sound(drawn(edition), rulebook),
        is_bare=is_bare,
    )


def rulebook_of(edition: Edition) -> Rulebook:
    """The rules of an edition: its own settings, else the usual ones."""
    own = {one.rule: Setting(one.weight, one.distance_cm / 100, one.source) for one in own_rules(edition)}
    return Rulebook({**STANDARD, **own})


def own_rules(edition: Edition) -> Sequence[StreetRule]:
    """The rules that an edition has settings of its own for."""
    return db.session.scalars(select(StreetRule).where(StreetRule.edition_id == edition.id)).all()

"""What participants would be told by a plan: where they stand, when their vehicle may come, by which way; and what is other than before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.i18n import in_language, page_language
from eventsys.booths.models import Plan, PlanState
from eventsys.booths.queries import arrivals
from eventsys.booths.queries.ground import pitches_on
from eventsys.booths.queries.plans import standing_in
from eventsys.booths.rules.arrivals import Times
from eventsys.booths.rules.news import Letter, Time, Told, letter_for
from eventsys.editions.models import Edition


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told: by which mail, what they were told before, and how it is now."""

    application: Application
    letter: Letter
    before: Told
    now: Told


def news_by(edition: Edition, plan: Plan | None) -> list[News]:
    """Who would be told something if this were the plan that counts: vehicles keep their times as far as the street's order lets them."""
    wanted = applications.approved_of(edition)
    before, now = arrivals.told_to(edition), _how_it_is(edition, plan, wanted)
    found = []
    for application in wanted:
        old, new = before.get(application.id, Told()), now.get(application.reference, Told())
        letter = letter_for(old, new)
        if letter is not None:
            found.append(News(application, letter, old, new))
    return found


def _how_it_is(edition: Edition, plan: Plan | None, wanted: Sequence[Application]) -> dict[str, Told]:
    """What is to be told to everybody who stands in a plan, by reference."""
    times = _times(edition, _arrivals_of(edition, plan))
    routes = {kerb.side: kerb.route for kerb in arrivals.kerbs_of(edition)}
    side_of = {pitch.number: pitch.side for pitch in pitches_on(edition)}
    vehicles = {one.reference: one for one in wanted if one.needs_vehicle_access}
    found = {}
    for standing in standing_in(plan):
        application = vehicles.get(standing.reference)
        route = routes.get(side_of[standing.numbers[0]], {}) if application else {}
        language = page_language(application.language) if application else ""
        found[standing.reference] = Told(
            tuple(sorted(standing.by_day.items())),
            times.get(standing.reference, ()),
            in_language(route, language) if route else "",
        )
    return found


def _arrivals_of(edition: Edition, plan: Plan | None) -> Times:
    """The times as they are, or as they would be by a plan that doesn't count yet."""
    if plan is not None and plan.state is PlanState.PUBLISHED:
        there = arrivals.arrivals_of(edition)
        return Times({(one.application.reference, one.day.number): one.slot_id for one in there}, {})
    return arrivals.traffic_of(edition, plan).times_in_order()


def _times(edition: Edition, times: Times) -> dict[str, tuple[tuple[int, Time], ...]]:
    slots = {slot.id: Time(slot.starts_at, slot.ends_at) for slot in arrivals.slots_of(edition)}
    found: dict[str, list[tuple[int, Time]]] = {}
    for (reference, day), slot_id in sorted(times.slot_of.items()):
        found.setdefault(reference, []).append((day, slots[slot_id]))
    return {reference: tuple(own) for reference, own in found.items()}

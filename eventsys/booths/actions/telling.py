"""Telling participants where they stand, when their vehicle may come and by which way; and what has changed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsys.applications import queries as applications
from eventsys.applications.actions import letters
from eventsys.applications.models import Application
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.i18n import in_language, page_language
from eventsys.base.rendering import speaking
from eventsys.booths import queries
from eventsys.booths.actions.arriving import times_by
from eventsys.booths.models import Pitch, PlaceTold, Plan, PlanState
from eventsys.booths.queries import arrivals
from eventsys.booths.rules.arrivals import Times
from eventsys.booths.rules.map_picture import map_png
from eventsys.booths.rules.news import Letter, Time, Told, letter_for, times_apart
from eventsys.booths.rules.plan_geometry import Projected
from eventsys.booths.said import hours_said, place_said, places_said, time_said
from eventsys.editions.models import Edition
from eventsys.mail import actions as mail


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told: by which mail, what they were told before, and how it is now."""

    application: Application
    letter: Letter
    before: Told
    now: Told


def news_by(edition: Edition, plan: Plan | None) -> list[News]:
    """Who would be told something if this were the plan that counts: vehicles keep their times as far as they hold."""
    before, now = arrivals.told_to(edition), _how_it_is(edition, plan)
    found = []
    for application in applications.approved_of(edition):
        old, new = before.get(application.id, Told()), now.get(application.reference, Told())
        letter = letter_for(old, new)
        if letter is not None:
            found.append(News(application, letter, old, new))
    return found


def _how_it_is(edition: Edition, plan: Plan | None) -> dict[str, Told]:
    """What is to be told to everybody who stands in a plan, by reference."""
    times = _times(edition, arrivals_of_plan(edition, plan))
    routes = _routes(edition)
    side_of = {pitch.number: pitch.side for pitch in queries.pitches_on(edition)}
    vehicles = {one.reference: one for one in applications.approved_of(edition) if one.needs_vehicle_access}
    found = {}
    for standing in queries.standing_in(plan):
        application = vehicles.get(standing.reference)
        route = routes.get(side_of[standing.numbers[0]], {}) if application else {}
        language = page_language(application.language) if application else ""
        found[standing.reference] = Told(
            tuple(sorted(standing.by_day.items())),
            times.get(standing.reference, ()),
            in_language(route, language) if route else "",
        )
    return found


def arrivals_of_plan(edition: Edition, plan: Plan | None) -> Times:
    """The times as they are, or as they would be by a plan that doesn't count yet."""
    if plan is not None and plan.state is PlanState.PUBLISHED:
        there = arrivals.arrivals_of(edition)
        return Times({(one.application.reference, one.day.number): one.slot_id for one in there}, {})
    return times_by(edition, plan)


def _times(edition: Edition, times: Times) -> dict[str, tuple[tuple[int, Time], ...]]:
    slots = {slot.id: Time(slot.starts_at, slot.ends_at) for slot in arrivals.slots_of(edition)}
    found: dict[str, list[tuple[int, Time]]] = {}
    for (reference, day), slot_id in sorted(times.slot_of.items()):
        found.setdefault(reference, []).append((day, slots[slot_id]))
    return {reference: tuple(own) for reference, own in found.items()}


def _routes(edition: Edition) -> dict[str, Mapping[str, str]]:
    return {kerb.side: kerb.route for kerb in arrivals.kerbs_of(edition)}


def tell(edition: Edition, *, by: Actor, now: datetime) -> int:
    """Mail to everybody of whom place, time or way is other than they were told last; returns how many."""
    news = news_by(edition, queries.plan(edition, PlanState.PUBLISHED))
    pitches = queries.pitches_on(edition)
    ground = queries.projected(pitches)
    for one in news:
        _write(one, pitches, ground, now=now)
        _note(one, now=now)
    if news:
        record("booths.told", "edition", edition.slug, by=by, now=now, detail=f"{len(news)} mails")
    return len(news)


def _write(news: News, pitches: Sequence[Pitch], ground: Projected, *, now: datetime) -> None:
    application, language = news.application, page_language(news.application.language)
    with speaking(language):
        where = place_said(news.now.numbers, pitches)
        numbers, before = (places_said(dict(told.places)) for told in (news.now, news.before))
        times = [(_said(then), _said(today)) for then, today in times_apart(news.before, news.now)]
    message = mail.queue(
        f"booths/{news.letter}",
        to=application.email,
        language=language,
        now=now,
        about=f"application:{application.code}",
        organisation=application.organisation,
        edition=application.edition,
        numbers=numbers,
        before=before,
        where=where,
        needs_vehicle=application.needs_vehicle_access,
        hours=hours_said,
        times=times,
        is_other_time=news.now.times != news.before.times,
        route=news.now.route,
        old_route=news.before.route if news.before.route != news.now.route else "",
        is_other_route=news.now.route != news.before.route,
        link=letters.new_link(application, to=application.email, now=now),
    )
    picture = map_png(ground, news.now.numbers)
    if picture:
        mail.illustrate(message, picture, alt=where)


def _said(time: Time | None) -> str:
    return time_said(time.starts_at, time.ends_at) if time else ""


def _note(news: News, *, now: datetime) -> None:
    told = arrivals.told_of(news.application)
    if told is None:
        told = PlaceTold(application_id=news.application.id)
        db.session.add(told)
    told.told, told.told_at = news.now.kept(), now

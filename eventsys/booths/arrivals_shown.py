"""Arrivals as people read them: organisers, who prints a list, and the participant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.clock import local
from eventsys.base.i18n import LANGUAGE_NAMES, apart, in_language, listed, long_date, told_apart
from eventsys.booths import queries
from eventsys.booths.models import ArrivalSlot, Pitch, Plan, PlanState
from eventsys.booths.queries import arrivals
from eventsys.booths.queries.arrivals import Traffic
from eventsys.booths.queries.news import News
from eventsys.booths.rules.arrivals import Coming, line
from eventsys.booths.rules.news import Time, Told, times_apart
from eventsys.booths.rules.plan_geometry import part_around
from eventsys.booths.said import days_told, hours_said, place_said, places_said, time_said, unbroken
from eventsys.booths.texts import NO_TIME, VEHICLES
from eventsys.editions.models import Day, DayKind, Edition

STRETCH_M, ACROSS_M = 30.0, 24.0


@dataclass(frozen=True, slots=True)
class KerbShown:
    """A side of the street: room, where vehicles drive in, in which languages the way is told; `is_set` once somebody said."""

    side: str
    is_set: bool
    most_vehicles: str
    entered_at: str
    languages: str


@dataclass(frozen=True, slots=True)
class Row:
    """A vehicle on a list: from when to when, its pitches, whose, what it is."""

    hours: str
    numbers: str
    code: str
    name: str
    vehicle: str
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The times of a side on a day: `slots` are hours, how many of how many, and who."""

    side: str
    day: int
    title: str
    slots: list[tuple[str, str, list[Row]]]

    @property
    def rows(self) -> list[Row]:
        """Everybody in order of time."""
        return [row for _hours, _count, rows in self.slots for row in rows]


def day_said(day: Day) -> str:
    """A day by its date, and whether it is for building up."""
    name = long_date(local(day.opens_at).date())
    return _("%(day)s (building up)", day=name) if day.kind is DayKind.BUILD_UP else name


def kerbs_shown(edition: Edition) -> list[KerbShown]:
    """Every side that pitches lie at."""
    there, pitches = {kerb.side: kerb for kerb in arrivals.kerbs_of(edition)}, queries.pitches_on(edition)
    found = []
    for side in sorted({pitch.side for pitch in pitches if pitch.side}):
        kerb, (first, last) = there.get(side), ends_of(pitches, side)
        languages = [LANGUAGE_NAMES[code] for code in LANGUAGE_NAMES if kerb and kerb.route.get(code)]
        entered_at = (last if kerb.is_entered_from_end else first) if kerb else ""
        count = str(format_decimal(kerb.most_vehicles)) if kerb else ""
        found.append(KerbShown(side, kerb is not None, count, entered_at, listed(languages)))
    return found


def ends_of(pitches: Sequence[Pitch], side: str) -> tuple[str, str]:
    """The numbers of the pitches at the two ends of a side."""
    along = sorted((pitch.along_cm or 0, pitch.number) for pitch in pitches if pitch.side == side)
    return along[0][1], along[-1][1]


def sheets_of(edition: Edition) -> list[Sheet]:
    """The times of all sides, day by day, with who comes in each."""
    coming = _rows(edition)
    days: dict[tuple[int, str], list[ArrivalSlot]] = {}
    for slot in sorted(arrivals.slots_of(edition), key=lambda slot: slot.starts_at):
        days.setdefault((slot.day_id, slot.kerb.side), []).append(slot)
    return [
        Sheet(
            side=side,
            day=slots[0].day.number,
            title=_("%(day)s, side %(side)s", day=day_said(slots[0].day), side=side),
            slots=[
                (hours_said(slot.starts_at, slot.ends_at), _how_full(slot, coming.get(slot.id, ())), coming.get(slot.id, []))
                for slot in slots
            ],
        )
        for (_day_id, side), slots in sorted(days.items(), key=lambda item: (item[1][0].day.opens_at, item[0][1]))
    ]  # fmt: skip


def _rows(edition: Edition) -> dict[int, list[Row]]:
    """Who comes in each time, by its key."""
    numbers = {one.reference: one.numbers for one in queries.standing_in(arrivals.plan_in_use(edition))}
    vehicles = arrivals.vehicles_of(edition)
    coming: dict[int, list[Row]] = {}
    for arrival in arrivals.arrivals_of(edition):
        kind, application = vehicles.get(arrival.application_id), arrival.application
        row = Row(
            hours=hours_said(arrival.slot.starts_at, arrival.slot.ends_at),
            numbers=listed(numbers.get(application.reference, ())),
            code=application.code,
            name=application.organisation.name,
            vehicle=str(VEHICLES[kind]) if kind else "",
            is_fixed=arrival.is_fixed,
        )
        coming.setdefault(arrival.slot_id, []).append(row)
    return coming


def _how_full(slot: ArrivalSlot, rows: Sequence[object]) -> str:
    return str(_("%(count)s of %(most)s", count=len(rows), most=slot.most_vehicles))


def without_time(edition: Edition) -> list[tuple[str, str, str, str]]:
    """Vehicles that have no time: code, who, for which day, and why."""
    who = {one.reference: one for one in applications.approved_of(edition)}
    days = {day.number: day for day in edition.days}
    return [
        (who[reference].code, who[reference].organisation.name, day_said(days[day]), why)
        for (reference, day), why in _lacking(arrivals.traffic_of(edition, arrivals.plan_in_use(edition))).items()
        if reference in who
    ]


def _lacking(traffic: Traffic) -> dict[tuple[str, int], str]:
    """Why vehicles have no time, by reference and day."""
    unserved = traffic.times().unserved
    has = {(one.application.reference, one.day.number) for one in traffic.there}
    return {
        one.key: str(NO_TIME[unserved[one.key]])
        if one.key in unserved
        else _("There is room; it was not given out yet.")
        for one in traffic.comings
        if one.key not in has
    }


@dataclass(frozen=True, slots=True)
class ComingShown:
    """A vehicle's coming for one day: its time with why, whether it is fixed, and the times that it may take."""

    day: int
    title: str
    time: str
    why: str
    is_fixed: bool
    slots: list[tuple[str, str]]
    chosen: str


def comings_shown(application: Application) -> list[ComingShown]:
    """When a booth's vehicle comes for each of its days."""
    edition = application.edition
    traffic = arrivals.traffic_of(edition, arrivals.plan_in_use(edition))
    days, lacks = {day.number: day for day in edition.days}, _lacking(traffic)
    return [
        _coming(one, traffic, day=days[one.day], lacks=lacks.get(one.key, ""))
        for one in traffic.comings
        if one.reference == application.reference
    ]


def _coming(coming: Coming, traffic: Traffic, *, day: Day, lacks: str) -> ComingShown:
    place, count = line(coming, traffic.comings)
    arrival = next((one for one in traffic.there if (one.application.reference, one.day.number) == coming.key), None)
    why = _(
        "Number %(place)s of %(count)s from the far end of side %(side)s: its pitch lies %(metres)s m in from where vehicles drive in.",
        place=place, count=count, side=coming.kerb, metres=format_decimal(round(coming.depth_cm / 100)),
    )  # fmt: skip
    if arrival is not None and arrival.slot.day_id != arrival.day_id and not arrival.is_fixed:
        why = " ".join([why, _("The day itself has no room for all; those furthest in come when it is built up.")])
    return ComingShown(
        day=day.number,
        title=day_said(day),
        time=_short(arrival.slot, day) if arrival else "",
        why=why if arrival else lacks,
        is_fixed=bool(arrival and arrival.is_fixed),
        slots=_choices(coming, traffic, day),
        chosen=arrival.slot.starts_at.isoformat() if arrival else "",
    )


def _short(slot: ArrivalSlot, day: Day) -> str:
    """A time under the heading of a day: the hours alone, where it lies on that day."""
    hours = hours_said(slot.starts_at, slot.ends_at)
    return unbroken(hours if slot.day_id == day.id else time_said(slot.starts_at, slot.ends_at))


def _choices(coming: Coming, traffic: Traffic, day: Day) -> list[tuple[str, str]]:
    counts = Counter(one.slot_id for one in traffic.there)
    return [
        (
            slot.starts_at.isoformat(),
            _(
                "%(time)s (%(count)s of %(most)s)",
                time=_short(slot, day),
                count=counts[slot.id],
                most=slot.most_vehicles,
            ),
        )
        for slot in traffic.slots_for(coming.reference, day.number)
    ]  # fmt: skip


def news_shown(news: Sequence[News]) -> list[tuple[str, str, str]]:
    """Who will be told what: the organisation, and what is other than it was told, before and now."""
    return [(one.application.organisation.name, *_difference(one.before, one.now)) for one in news]


def _difference(before: Told, now: Told) -> tuple[str, str]:
    pairs = [
        (places_said(dict(before.places)), places_said(dict(now.places))),
        *(_pair(one) for one in times_apart(before, now)),
    ]
    pairs.append((before.route, now.route))
    told = [(old, new) for old, new in pairs if old != new]
    old, new = (told_apart(apart(part[n] or "–") for part in told) for n in (0, 1))
    return old, new


def _pair(times: tuple[Time | None, Time | None]) -> tuple[str, str]:
    old, new = (unbroken(time_said(time.starts_at, time.ends_at)) if time else "" for time in times)
    return old, new


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A participant's place: numbers, days, where in words, a part of the street to draw, times and way for the vehicle."""

    numbers: str
    days: list[str]
    where: str
    shapes: list[dict[str, object]]
    box: tuple[float, float, float, float]
    times: list[str]
    route: str
    needs_vehicle: bool


def own_place(application: Application) -> OwnPlace | None:
    """The place of a participant in the plan that counts; None before there is one, or where it has none."""
    edition = application.edition
    plan: Plan | None = queries.plan(edition, PlanState.PUBLISHED)
    standing = next((one for one in queries.standing_in(plan) if one.application_id == application.id), None)
    if standing is None:
        return None
    pitches, needs = queries.pitches_on(edition), application.needs_vehicle_access
    side = next(pitch.side for pitch in pitches if pitch.number == standing.numbers[0])
    routes = {kerb.side: kerb.route for kerb in arrivals.kerbs_of(edition)} if needs else {}
    shapes, box = _drawn(pitches, standing.numbers)
    own = arrivals.of_application(application) if needs else []
    return OwnPlace(
        numbers=places_said(standing.by_day),
        days=[unbroken(day) for day in days_told(queries.own_days(application), {}, standing.by_day)],
        where=place_said(standing.numbers, pitches),
        shapes=shapes,
        box=box,
        times=[unbroken(time_said(one.slot.starts_at, one.slot.ends_at)) for one in own],
        route=in_language(routes.get(side, {})),
        needs_vehicle=needs,
    )


def _drawn(
    pitches: Sequence[Pitch], numbers: Sequence[str]
) -> tuple[list[dict[str, object]], tuple[float, float, float, float]]:
    ground = queries.projected(pitches)
    left, top, width, height = ground.box
    start, length = part_around([ground.centres[n][0] for n in numbers], left, width, least=STRETCH_M)
    above, across = part_around([ground.centres[n][1] for n in numbers], top, height, least=ACROSS_M)
    shapes: list[dict[str, object]] = [
        {"points": ring, "at": ground.centres[n], "label": n, "tone": "mine" if n in numbers else "free"}
        for n, ring in sorted(ground.rings.items(), key=lambda item: item[0] in numbers)
        if start <= ground.centres[n][0] <= start + length and above <= ground.centres[n][1] <= above + across
    ]
    return shapes, (round(start, 2), round(above, 2), round(length, 2), round(across, 2))

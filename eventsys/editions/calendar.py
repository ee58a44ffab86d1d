"""The days of an edition as an iCalendar file (RFC 5545), for a receipt and for whoever wants the dates in a phone."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from eventsys.base import clock
from eventsys.base.i18n import in_language
from eventsys.editions.models import Day, DayKind, Edition

PRODUCT = "-//eventsys//dates//EN"
# Crews try the gates weeks ahead on such a day too (docs/decisions/0007); nobody builds up then.
BUILDING_UP = timedelta(days=7)


def calendar_of(edition: Edition, *, days: frozenset[int] | None = None, now: datetime) -> str:
    """The open days (those numbered `days`, or all) and the days for building up right before, on Copenhagen's clocks.

    Each day has the same UID in every file, so that a later file moves what an earlier one put in.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = in_language(edition.name)
    for day in edition.days:
        is_open = day.kind is DayKind.OPEN
        is_theirs = days is None or day.number in days if is_open else _is_right_before(day, edition)
        if not is_theirs:
            continue
        event = Event()
        event.add("uid", f"{edition.slug}-day-{day.number}@eventsys")
        event.add("dtstamp", now)
        event.add("dtstart", clock.local(day.opens_at))
        event.add("dtend", clock.local(day.closes_at))
        event.add("summary", name if is_open else _("%(edition)s: building up", edition=name))
        if edition.place:
            event.add("location", edition.place)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _is_right_before(day: Day, edition: Edition) -> bool:
    """Whether somebody really builds up on this day: in the week before the first open one."""
    opening = min((one.opens_at for one in edition.open_days), default=day.opens_at)
    return day.opens_at >= opening - BUILDING_UP

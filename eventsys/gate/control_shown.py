"""The control room and its large screen, ready to be shown: what changes by the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsys.editions import queries as editions
from eventsys.editions.models import Day, Edition, Gate
from eventsys.gate import attention, messages_shown, queries
from eventsys.gate.attention import Attention
from eventsys.gate.messages_shown import MessageShown
from eventsys.gate.models import Device, GateLink
from eventsys.gate.rules.admissions import NOTHING, Counts
from eventsys.gate.rules.crowd import Crowd, crowd_of
from eventsys.gate.rules.days import quarter_of
from eventsys.gate.rules.devices import Presence, silent_minutes
from eventsys.gate.shown import QUARTER, DayShown, Quarter, day_shown

MOST_SILENT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ControlShown:
    """A day in the control room. `silent` are minutes of silence by the code of a phone."""

    edition: Edition
    now: datetime
    gates: Sequence[Gate]
    day: DayShown | None
    inside: int
    crowd: Crowd | None
    attention: Attention
    by_day: dict[int, Counts]
    devices: Sequence[Device]
    silent: dict[str, int]
    links: Sequence[GateLink]
    messages: Sequence[MessageShown]

    @property
    def visits(self) -> int:
        """Visits of all open days."""
        open_days = {day.number for day in self.edition.open_days}
        return sum(counts.visits for day, counts in self.by_day.items() if day in open_days)


@dataclass(frozen=True, slots=True)
class SilentPhone:
    """A phone that should speak, and has not for so many minutes."""

    device: Device
    minutes: int


@dataclass(frozen=True, slots=True)
class ScreenShown:
    """What the large screen says. `quarter` is the running quarter of an hour, `before` the one before it."""

    edition: Edition
    day: DayShown | None
    gates: Sequence[Gate]
    inside: int
    crowd: Crowd | None
    quarter: Quarter
    before: Quarter
    phones: int
    silent: Sequence[SilentPhone]
    message: MessageShown | None

    @property
    def silent_shown(self) -> Sequence[SilentPhone]:
        """Those for whom there is room, silent for longest first."""
        return self.silent[:MOST_SILENT_SHOWN]


def of_day(edition: Edition, day: Day | None, *, now: datetime) -> ControlShown:
    """Everything that the control room tells of a day, and of the edition."""
    by_day, shown = queries.counts_by_day(edition), day_shown(edition, day, now=now) if day else None
    devices, inside = queries.devices_of(edition), _inside(shown)
    return ControlShown(
        edition=edition,
        now=now,
        gates=editions.gates_of(edition),
        day=shown,
        inside=inside,
        crowd=crowd_of(inside, edition.capacity),
        attention=attention.of_day(edition, day.number) if day else Attention(),
        by_day=by_day,
        devices=devices,
        silent={one.device.code: one.minutes for one in _silent(devices, now=now)},
        links=queries.links_of(edition, now=now),
        messages=messages_shown.standing(edition, now=now),
    )


def screen_of(edition: Edition, day: Day | None, *, now: datetime) -> ScreenShown:
    """What the large screen says of a day."""
    shown, gates = day_shown(edition, day, now=now) if day else None, editions.gates_of(edition)
    inside, starts_at = _inside(shown), quarter_of(now)
    devices, told = queries.devices_of(edition), messages_shown.standing(edition, now=now)
    return ScreenShown(
        edition=edition,
        day=shown,
        gates=gates,
        inside=inside,
        crowd=crowd_of(inside, edition.capacity),
        quarter=_quarter(shown, starts_at, gates=len(gates)),
        before=_quarter(shown, starts_at - QUARTER, gates=len(gates)),
        phones=sum(_presence(device).is_at_work(now) for device in devices),
        silent=_silent(devices, now=now),
        message=told[0] if told else None,
    )


def _inside(day: DayShown | None) -> int:
    """Who is inside now: of the day that runs."""
    return (day.counts if day and day.is_now else NOTHING).inside


def _quarter(day: DayShown | None, starts_at: datetime, *, gates: int) -> Quarter:
    found = next((one for one in (day.quarters if day else ()) if one.starts_at == starts_at), None)
    return found or Quarter(starts_at, (0,) * gates)


def _silent(devices: Sequence[Device], *, now: datetime) -> list[SilentPhone]:
    minutes = [(device, silent_minutes(_presence(device), now=now)) for device in devices]
    found = [SilentPhone(device, silence) for device, silence in minutes if silence is not None]
    return sorted(found, key=lambda one: (-one.minutes, one.device.code))


def _presence(device: Device) -> Presence:
    ends = device.valid_until if device.revoked_at is None else min(device.valid_until, device.revoked_at)
    begins = max(device.valid_from, device.enrolled_at)
    return Presence(begins, ends, device.last_seen_at or device.enrolled_at)

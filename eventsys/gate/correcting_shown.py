"""Counts that were put right, ready to be shown; and the sheet on which counts from paper are typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_decimal, format_time
from flask_babel import gettext as _

from eventsys.base.clock import COPENHAGEN, local
from eventsys.base.i18n import apart, time_range
from eventsys.editions.models import Day, DayKind, Edition, Gate
from eventsys.gate import caches, closings, corrections, queries
from eventsys.gate.caches import Ground
from eventsys.gate.corrections import Correction
from eventsys.gate.models import Scan
from eventsys.gate.rules.admissions import NOTHING, Place
from eventsys.gate.rules.correcting import QUARTER, quarters_of
from eventsys.gate.rules.days import NO_DAY, DayWindow, day_at, quarter_of
from eventsys.gate.rules.scans import Direction

MOST_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """A correction with the code of its gate, its day (0: outside all days), and what it puts right in words."""

    correction: Correction
    gate: str
    day: int
    words: str

    @property
    def scan(self) -> Scan:
        """The row of the log."""
        return self.correction.scan

    @property
    def is_typed(self) -> bool:
        """Whether it is a count that somebody typed on a page."""
        return self.correction.device.is_desk and self.scan.tally is not None

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it was typed on a page, and stands."""
        return self.is_typed and not self.correction.is_taken_back

    @property
    def others(self) -> int:
        """How many counts that stand were saved together with it."""
        return len([one for one in corrections.saved_together(self.scan) if one.scan_id != self.scan.scan_id])


@dataclass(frozen=True, slots=True)
class CorrectionsShown:
    """A page of a day's corrections, the newest first; `unexplained` of them all have no reason."""

    rows: Sequence[CorrectionShown]
    total: int
    unexplained: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // MOST_ON_A_PAGE))


@dataclass(frozen=True, slots=True)
class DayToCorrect:
    """A day on which counts are put right: its window, and whether what is typed counts at once or as come late."""

    number: int
    on: date
    is_build_up: bool
    is_closed: bool
    has_begun: bool
    closes_at: datetime
    window: DayWindow


@dataclass(frozen=True, slots=True)
class QuarterToType:
    """A line of the sheet: a quarter of an hour, and what is counted by hand in it so far."""

    at: datetime
    words: str
    is_in_hours: bool
    counted_in: int
    counted_out: int


def of_day(edition: Edition, day: int, *, page: int) -> CorrectionsShown:
    """What was put right of a day; the last page where there are fewer than asked for."""
    window = queries.window_of(edition, day)
    if window is None:
        return CorrectionsShown((), 0, 0, 1)
    total, unexplained = corrections.counted_of_day(edition, window)
    chosen = min(max(1, page), max(1, -(-total // MOST_ON_A_PAGE)))
    ground, first = caches.ground_of(edition.id), (chosen - 1) * MOST_ON_A_PAGE
    found = corrections.of_day(edition, window, first=first, most=MOST_ON_A_PAGE)
    return CorrectionsShown([_shown(one, ground) for one in found], total, unexplained, chosen)


def one(edition: Edition, scan_id: str) -> CorrectionShown | None:
    """A single correction of an edition, by its scan id."""
    found = corrections.find(edition, scan_id)
    return _shown(found, caches.ground_of(edition.id)) if found else None


def day_to_correct(edition: Edition, day: Day, *, now: datetime) -> DayToCorrect:
    """A day with what somebody should know before typing."""
    window = next(window for window in caches.ground_of(edition.id).days if window.number == day.number)
    return DayToCorrect(
        number=day.number,
        on=local(day.opens_at).date(),
        is_build_up=day.kind is DayKind.BUILD_UP,
        is_closed=day.number in closings.closings_of(edition),
        has_begun=window.opens_at <= now,
        closes_at=day.closes_at,
        window=window,
    )


def sheet_of(edition: Edition, gate: Gate, day: DayToCorrect, *, now: datetime) -> list[QuarterToType]:
    """The quarters of an hour of a day at a gate that have begun."""
    places = queries.quarter_counts(edition, day=day.number)
    found = []
    for at in quarters_of(day.window, now=now):
        counts = places.get(Place(gate.code, day.number, quarter_of(at)), NOTHING)
        found.append(QuarterToType(at, _quarter(at), at < day.closes_at, counts.tallied_in, counts.tallied_out))
    return found


def signed(people: int) -> str:
    """A number of people with its sign."""
    return apart(f"+{format_decimal(people)}" if people > 0 else f"−{format_decimal(-people)}")


def _shown(found: Correction, ground: Ground) -> CorrectionShown:
    day = day_at(ground.days, (found.voided or found.scan).corrected_at)
    number = day.number if day else NO_DAY
    return CorrectionShown(found, ground.gates[found.scan.gate_id], number, _words(found, ground.gates))


def _words(found: Correction, gates: Mapping[int, str]) -> str:
    scan, voided = found.scan, found.voided
    if scan.voids is None:
        return _counted(scan)
    if voided is None:
        return str(_("A scan that has not arrived, taken back"))
    where = {"time": format_time(voided.corrected_at, "HH:mm"), "gate": gates[voided.gate_id]}
    if voided.tally is not None:
        return str(_("%(counted)s at %(time)s, taken back", counted=_counted(voided), time=where["time"]))
    if voided.direction is Direction.OUT:
        return str(_("Exit of %(time)s at %(gate)s, taken back", **where))
    return str(_("Entry of %(time)s at %(gate)s, taken back", **where))


def _counted(scan: Scan) -> str:
    people = signed(scan.tally or 0)
    if scan.direction is Direction.OUT:
        return str(_("%(people)s counted out by hand", people=people))
    return str(_("%(people)s counted in by hand", people=people))


def _quarter(at: datetime) -> str:
    start = quarter_of(at)
    words, wall = time_range(at, start + QUARTER), at.astimezone(COPENHAGEN)
    if wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset():
        return words
    if wall.dst():
        return str(_("%(hours)s, summer time", hours=words))
    return str(_("%(hours)s, winter time", hours=words))

"""Two days of people at four gates: a seeded simulation, plain values in, plain scans out.

Arrivals follow the shape that street festivals have: a slow morning, a peak in the afternoon, a long evening.
Families and friends come as groups and are tallied with one tap each; those with a pass are scanned one by one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsys.base.ids import uuid7

# Share of a day's visitors that comes in each hour after the first; crews have the first hour to themselves.
HOURLY = (3, 6, 10, 14, 17, 16, 13, 10, 7, 4)
GROUP_SIZES = (1, 2, 3, 4, 5, 6)
GROUP_WEIGHTS = (16, 34, 18, 18, 8, 6)
STAY_MINUTES = (35, 190)
# Some leave where nobody counts.
UNCOUNTED_EXITS = 0.06


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """A day as people live it: its number, when the gates open and close, and how many come without a pass."""

    number: int
    opens_at: datetime
    closes_at: datetime
    walk_ins: int


@dataclass(frozen=True, slots=True)
class SimulatedPass:
    """A pass in somebody's pocket: the days it holds for, and the share of those days on which it is used."""

    pass_id: str
    days: tuple[int, ...]
    is_crew: bool
    keenness: float


@dataclass(frozen=True, slots=True)
class Phone:
    """A scanner at a gate; `clock_ms` is how far its own clock is behind the truth."""

    key: str
    clock_ms: int


@dataclass(frozen=True, slots=True)
class SimulatedScan:
    """One attempt as a phone sends it, and when it truly was."""

    phone: str
    at: datetime
    body: dict[str, object]


def scans(
    days: Sequence[SimulatedDay], passes: Sequence[SimulatedPass], phones: Sequence[Phone], *, rng: random.Random
) -> list[SimulatedScan]:
    """Everything that happens at the gates, in the order in which it happens."""
    found: list[SimulatedScan] = []
    for day in days:
        found += _walk_ins(day, phones, rng=rng)
        for bearer in passes:
            if day.number in bearer.days and rng.random() < bearer.keenness:
                found += _visit(bearer, day, phones, rng=rng)
        found += _mishaps(day, passes, phones, rng=rng)
    return sorted(found, key=lambda scan: (scan.at, str(scan.body["scan_id"])))


def _walk_ins(day: SimulatedDay, phones: Sequence[Phone], *, rng: random.Random) -> Iterator[SimulatedScan]:
    left = day.walk_ins
    while left > 0:
        size = min(left, rng.choices(GROUP_SIZES, GROUP_WEIGHTS)[0])
        left -= size
        arrives = _arrival(day, rng)
        yield _scan(rng.choice(phones), arrives, {"tally": size, "entry": "tap"}, rng=rng)
        leaves = min(arrives + timedelta(minutes=rng.uniform(*STAY_MINUTES)), day.closes_at)
        if rng.random() >= UNCOUNTED_EXITS:
            out: dict[str, object] = {"tally": size, "entry": "tap", "direction": "out"}
            yield _scan(rng.choice(phones), leaves, out, rng=rng)


def _visit(
    bearer: SimulatedPass, day: SimulatedDay, phones: Sequence[Phone], *, rng: random.Random
) -> Iterator[SimulatedScan]:
    entry = "typed" if rng.random() < 0.02 else "camera"
    body: dict[str, object] = {"pass_id": bearer.pass_id, "entry": entry}
    if bearer.is_crew:
        arrives = day.opens_at + timedelta(minutes=rng.triangular(1, 75, 25))
        leaves = day.closes_at - timedelta(minutes=rng.uniform(0, 30))
    else:
        arrives = _arrival(day, rng)
        leaves = min(arrives + timedelta(minutes=rng.uniform(*STAY_MINUTES)), day.closes_at)
    yield _scan(rng.choice(phones), arrives, body, rng=rng)
    if rng.random() < 0.75:
        yield _scan(rng.choice(phones), leaves, body | {"direction": "out", "phone_verdict": "left"}, rng=rng)


def _mishaps(
    day: SimulatedDay, passes: Sequence[SimulatedPass], phones: Sequence[Phone], *, rng: random.Random
) -> Iterator[SimulatedScan]:
    """What goes wrong on any day: a poster scanned, a pass for the other day, the same pass at two gates."""
    for _ in range(25):
        junk = {"code_hash": f"{rng.getrandbits(256):064x}", "entry": "camera"}
        verdict = {"phone_verdict": "unreadable", "let_in": False}
        yield _scan(rng.choice(phones), _arrival(day, rng), junk | verdict, rng=rng)
    strangers = [bearer for bearer in passes if day.number not in bearer.days]
    for bearer in rng.sample(strangers, min(12, len(strangers))):
        wrong = {"pass_id": bearer.pass_id, "phone_verdict": "not_valid_today", "let_in": False, "entry": "camera"}
        yield _scan(rng.choice(phones), _arrival(day, rng), wrong, rng=rng)
    visitors = [bearer for bearer in passes if day.number in bearer.days and not bearer.is_crew]
    for bearer in rng.sample(visitors, min(6, len(visitors))):
        first = _arrival(day, rng)
        for minutes in (0, 14):
            yield _scan(
                rng.choice(phones),
                min(first + timedelta(minutes=minutes), day.closes_at),
                {"pass_id": bearer.pass_id, "entry": "camera"},
                rng=rng,
            )


def _arrival(day: SimulatedDay, rng: random.Random) -> datetime:
    hour = rng.choices(range(len(HOURLY)), HOURLY)[0]
    arrives = day.opens_at + timedelta(hours=1 + hour, minutes=rng.uniform(0, 60))
    return min(arrives, day.closes_at - timedelta(minutes=2))


def _scan(phone: Phone, at: datetime, body: Mapping[str, object], *, rng: random.Random) -> SimulatedScan:
    claimed = at - timedelta(milliseconds=phone.clock_ms)
    full: dict[str, object] = {
        "scan_id": str(uuid7(int(claimed.timestamp() * 1000), rng.randbytes(10))),
        "direction": "in",
        "pass_id": None,
        "code_hash": None,
        "tally": None,
        "voids": None,
        "captured_at": claimed.isoformat(),
        "clock_offset_ms": phone.clock_ms,
        "clock_doubt_ms": 40 + rng.randrange(200),
        "phone_verdict": None if body.get("tally") else "admitted",
        "let_in": True,
    }
    return SimulatedScan(phone.key, at, full | dict(body))


def batches(
    found: Sequence[SimulatedScan], *, size: int, rng: random.Random
) -> Iterator[tuple[str, datetime, list[SimulatedScan]]]:
    """The same scans as the phones upload them: per phone, late by minutes without network, some batches twice."""
    waiting: dict[str, list[SimulatedScan]] = {}
    for scan in found:
        queue = waiting.setdefault(scan.phone, [])
        queue.append(scan)
        if len(queue) >= size:
            yield from _upload(scan.phone, queue, rng)
            waiting[scan.phone] = []
    for phone, queue in waiting.items():
        if queue:
            yield from _upload(phone, queue, rng)


def _upload(
    phone: str, queue: list[SimulatedScan], rng: random.Random
) -> Iterator[tuple[str, datetime, list[SimulatedScan]]]:
    arrives = queue[-1].at + timedelta(seconds=rng.uniform(1, 240))
    yield phone, arrives, list(queue)
    if rng.random() < 0.05:  # The answer got lost, so the phone sends it all again.
        yield phone, arrives + timedelta(seconds=30), list(queue)

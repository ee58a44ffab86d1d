"""What a booth needs, what a pitch offers, whether the one fits the other, and what a booth would like of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from eventsys.booths.rules.codes import Misfit
from eventsys.booths.rules.rulebook import Rule, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A booth's needs. `days` are day numbers; `keep_apart` and `next_to` references of other booths."""

    reference: str
    days: frozenset[int]
    width_cm: int
    power_watts: int
    three_phase: bool = False
    water: bool = False
    gas: bool = False
    open_fire: bool = False
    amplified_sound: bool = False
    vehicle_access: bool = False
    step_free: bool = False
    keep_apart: frozenset[str] = field(default_factory=frozenset)
    next_to: frozenset[str] = field(default_factory=frozenset)
    # Others whom it shall not stand near to; why is nobody's business but the organisers'.
    sensitive_to: frozenset[str] = field(default_factory=frozenset)
    is_restaurant: bool = False
    cuisine: str = ""
    area: str = ""
    # Where it stood last time, in metres on this plan, and whether that was out of the way.
    last_at: tuple[float, float] | None = None
    had_bad_place: bool = False
    # Two neighbouring pitches.
    wants_two: bool = False
    # The part of the street that it is wished into.
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchFacts:
    """What a pitch offers; `x_m`, `y_m` is its middle on the plan in metres."""

    number: str
    width_cm: int
    board: str | None
    x_m: float
    y_m: float
    three_phase: bool = False
    water: bool = False
    gas: bool = False
    open_fire: bool = False
    amplified_sound: bool = False
    vehicle_access: bool = False
    step_free: bool = False
    # Out of the way: who stood on such a one comes first for another one the next time.
    is_remote: bool = False
    zone: str = ""
    # In a quiet zone: no amplified sound, whatever else the pitch allows.
    is_quiet: bool = False
    # The numbers of pitches that lie over it: at any time somebody stands on one of them at most.
    overlaps: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """An electric board, what it can carry at once, and over how many phases that is spread."""

    code: str
    capacity_watts: int
    phases: int = 3

    def carries(self, watts: int, *, three_phase: bool) -> bool:
        """Whether it can feed one booth by itself: a booth on one phase draws no more than that phase can give."""
        return watts * (1 if three_phase else self.phases) <= self.capacity_watts


OFFERED = (
    (Misfit.THREE_PHASE, "three_phase"),
    (Misfit.WATER, "water"),
    (Misfit.GAS, "gas"),
    (Misfit.OPEN_FIRE, "open_fire"),
    (Misfit.AMPLIFIED_SOUND, "amplified_sound"),
    (Misfit.VEHICLE_ACCESS, "vehicle_access"),
    (Misfit.STEP_FREE, "step_free"),
)


def misfits(need: Need, pitch: PitchFacts, board: BoardFacts | None, *, is_wide_enough: bool = False) -> list[Misfit]:
    """Why the booth can't stand there even if the street were empty; nothing where it can.

    `is_wide_enough` where the width is made of two pitches and looked at elsewhere.
    """
    found = [Misfit.WIDTH] if need.width_cm > pitch.width_cm and not is_wide_enough else []
    found += [what for what, name in OFFERED if getattr(need, name) and not getattr(pitch, name)]
    if need.amplified_sound and pitch.is_quiet and Misfit.AMPLIFIED_SOUND not in found:
        found.append(Misfit.QUIET_ZONE)
    if need.three_phase and board is not None and board.phases < 3 and Misfit.THREE_PHASE not in found:
        found.append(Misfit.THREE_PHASE)
    return found + unpowered(need, board)


def unpowered(need: Need, board: BoardFacts | None) -> list[Misfit]:
    """Why a board couldn't feed the booth even if it fed nobody else."""
    if need.power_watts <= 0:
        return []
    if board is None:
        return [Misfit.NO_BOARD]
    if need.power_watts > board.capacity_watts:
        return [Misfit.BOARD_CAPACITY]
    return [] if board.carries(need.power_watts, three_phase=need.three_phase) else [Misfit.PHASE_CAPACITY]


def asked_of(need: Need) -> int:
    """What the booth asks of a pitch beside its width, as bits; the order is that of OFFERED."""
    return sum(1 << bit for bit, (_, name) in enumerate(OFFERED) if getattr(need, name))


def offered_by(pitch: PitchFacts, board: BoardFacts | None) -> int:
    """What a pitch on its board offers, as the same bits."""
    bits = sum(1 << bit for bit, (_, name) in enumerate(OFFERED) if getattr(pitch, name))
    if pitch.is_quiet:
        bits &= ~SOUND
    return bits if board is None or board.phases >= 3 else bits & ~THREE_PHASE


def waste(asked: int, offered: int, spare_cm: int) -> int:
    """How much a place has that a booth doesn't ask for: the less, the more is left for who needs it."""
    return 100 * (offered & ~asked).bit_count() + spare_cm


SOUND = 1 << [name for _, name in OFFERED].index("amplified_sound")
THREE_PHASE = 1 << [name for _, name in OFFERED].index("three_phase")


def own_wishes(rulebook: Rulebook, need: Need, pitches: Sequence[PitchFacts]) -> list[tuple[Rule, bool, int]]:
    """What the booth would like of its place, whoever stands beside it: the rule, whether it holds there, its points.

    Who stood out of the way last time shall not be held there by last year's place.
    """
    found = []
    zone, last, turns = (rulebook.of(rule) for rule in (Rule.ZONE, Rule.LAST_PLACE, Rule.TURN_TAKING))
    if need.zone and zone.weight:
        found.append((Rule.ZONE, all(pitch.zone == need.zone for pitch in pitches), zone.weight))
    if need.had_bad_place and turns.weight:
        found.append((Rule.TURN_TAKING, not any(pitch.is_remote for pitch in pitches), turns.weight))
    elif need.last_at is not None and last.weight:
        x, y = (sum(getattr(pitch, name) for pitch in pitches) / len(pitches) for name in ("x_m", "y_m"))
        is_near = hypot(x - need.last_at[0], y - need.last_at[1]) <= last.distance_m
        found.append((Rule.LAST_PLACE, is_near, last.weight))
    return found

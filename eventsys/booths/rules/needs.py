"""What a booth needs, what a pitch offers, and whether the one fits the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from eventsys.booths.rules.codes import Misfit


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


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """An electric board and what it can carry at once."""

    code: str
    capacity_watts: int


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
    if need.power_watts > 0:
        if board is None:
            found.append(Misfit.NO_BOARD)
        elif need.power_watts > board.capacity_watts:
            found.append(Misfit.BOARD_CAPACITY)
    return found


def unused(need: Need, pitch: PitchFacts) -> int:
    """How much of a pitch would go to waste: what it offers that the booth doesn't need. Small is thrifty."""
    spare = sum(getattr(pitch, name) and not getattr(need, name) for _, name in OFFERED)
    return int(spare) * 100 + (pitch.width_cm - need.width_cm)

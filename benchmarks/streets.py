"""Streets like the example festival's, of any size: made from a hidden allocation, so that everybody can have a place."""

from __future__ import annotations

import random
from dataclasses import replace

from eventsys.booths.rules.needs import BoardFacts, Need, PitchFacts

KITCHENS = ("thai", "persisk", "dansk", "italiensk", "vietnamesisk", "somalisk", "japansk", "mexicansk", "etiopisk")
AREAS = ("nørrebro", "vesterbro", "østerbro", "amager", "valby", "husum", "vanløse", "sydhavn", "bispebjerg")
# As in the example: of its 112 pitches, 50 are three metres wide, 42 six, 14 four and a half, 6 nine.
WIDTHS_CM = [300] * 50 + [600] * 42 + [450] * 14 + [900] * 6
A_BOARD, SIDES_M, GAP_M = 8, 12.0, 0.5
OFFERS = {
    "three_phase": 0.5, "water": 0.6, "gas": 0.6, "open_fire": 0.35, "amplified_sound": 0.7, "vehicle_access": 0.5,
    "step_free": 0.85,
}  # fmt: skip
# How often a booth asks for what its hidden pitch offers: associations, restaurants.
ASKS = {
    "three_phase": (0.02, 0.3), "water": (0.1, 0.6), "gas": (0.02, 0.4), "open_fire": (0.02, 0.2),
    "amplified_sound": (0.3, 0.1), "vehicle_access": (0.2, 0.3), "step_free": (0.2, 0.1),
}  # fmt: skip
# As in the example: what draws more than a socket of one phase gives (16 A at 230 V) asks for three.
WATTS = ((0, 500, 1_000, 2_300, 3_600), (6_000, 9_000, 16_000))


def street(
    booths: int, pitches: int, *, seed: int = 1, least_watts: int = 12_000
) -> tuple[list[Need], list[PitchFacts], list[BoardFacts]]:
    """So many booths on so many pitches; each board carries at least so much."""
    chance = random.Random(seed)  # noqa: S311 - a seed makes it repeatable
    ground = _ground(pitches, chance)
    hidden = chance.sample(ground, booths)
    needs = [_need(f"R{n:04}", pitch, chance) for n, pitch in enumerate(hidden)]
    return _with_wishes(needs, hidden, chance), ground, _boards(ground, needs, hidden, least_watts=least_watts)


def _ground(count: int, chance: random.Random) -> list[PitchFacts]:
    made, along = [], [0.0, 0.0]
    for n in range(count):
        side, width = n % 2, chance.choice(WIDTHS_CM)
        offers = {name: chance.random() < share for name, share in OFFERS.items()}
        made.append(
            PitchFacts(
                number=f"{'AB'[side]}{n // 2 + 1:04}", width_cm=width, board=f"EL{n // A_BOARD:03}",
                x_m=along[side] + width / 200, y_m=side * SIDES_M, **offers,
            )
        )  # fmt: skip
        along[side] += width / 100 + GAP_M
    return made


def _need(reference: str, pitch: PitchFacts, chance: random.Random) -> Need:
    is_restaurant = chance.random() < 0.33
    asks = {name: getattr(pitch, name) and chance.random() < share[is_restaurant] for name, share in ASKS.items()}
    return Need(
        reference=reference,
        days=frozenset({1, 2}) if chance.random() < 0.72 else frozenset({chance.choice((1, 2))}),
        width_cm=pitch.width_cm if chance.random() < 0.8 else 300,
        power_watts=chance.choice(WATTS[asks["three_phase"]]),
        is_restaurant=is_restaurant,
        cuisine=chance.choice(KITCHENS) if is_restaurant else "",
        area=chance.choice(AREAS),
        **asks,
    )


def _boards(
    ground: list[PitchFacts], needs: list[Need], hidden: list[PitchFacts], *, least_watts: int
) -> list[BoardFacts]:
    """Boards that just carry the hidden allocation, none smaller than a phase for a booth each."""
    load: dict[tuple[str, int], int] = {}
    for need, pitch in zip(needs, hidden, strict=True):
        for day in need.days:
            load[pitch.board or "", day] = load.get((pitch.board or "", day), 0) + need.power_watts
    codes = sorted({pitch.board or "" for pitch in ground})
    most = {code: round(max(load.get((code, day), 0) for day in (1, 2)) * 1.08) + 1_000 for code in codes}
    return [BoardFacts(code, max(most[code], least_watts)) for code in codes]


def _with_wishes(needs: list[Need], hidden: list[PitchFacts], chance: random.Random) -> list[Need]:
    made = []
    for need, pitch in zip(needs, hidden, strict=True):
        friend, foe = chance.sample(range(len(needs)), 2)
        is_far = abs(hidden[foe].x_m - pitch.x_m) > 12
        near = {needs[friend].reference} if chance.random() < 0.12 else set()
        apart = {needs[foe].reference} if chance.random() < 0.05 and is_far else set()
        made.append(
            replace(need, next_to=frozenset(near - {need.reference}), keep_apart=frozenset(apart - {need.reference}))
        )
    return made

"""The rules of an edition's street as data: which hold, how far, how much they weigh, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What is measured or wished for between booths, and between a booth and its place."""

    # Hard: a proposal never breaks it.
    KEEP_APART = "keep_apart"
    # Measured on the ground as it is drawn; none of a proposal's business but the quiet zones.
    FIRE_LANE = "fire_lane"
    PITCH_GAP = "pitch_gap"
    FIRE_GAP = "fire_gap"
    QUIET = "quiet"
    # Wishes: met as well as can be, by their weights.
    NEAR = "near"
    ZONE = "zone"
    SAME_CUISINE = "same_cuisine"
    RESTAURANTS_SPREAD = "restaurants_spread"
    SAME_AREA = "same_area"
    LAST_PLACE = "last_place"
    TURN_TAKING = "turn_taking"
    SENSITIVE = "sensitive"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a rule holds at an edition: its weight in points (0: off), over which distance in metres, and who says so."""

    weight: int
    distance_m: float = 0.0
    source: str = ""


# What holds unless an edition says otherwise. A booth that is placed counts PLACED points.
PLACED = 100
MOST_WEIGHT = 50
STANDARD: Mapping[Rule, Setting] = {
    Rule.KEEP_APART: Setting(0, 10.0),
    # Fire roads are 3 m wide, 5 m where crews get out: the site plan of a sales area (arrangementsplan).
    Rule.FIRE_LANE: Setting(0, 3.0),
    # What the fire authority asks for differs by place and year: 0, until an edition says it and who says so.
    Rule.PITCH_GAP: Setting(0, 0.0),
    Rule.FIRE_GAP: Setting(0, 0.0),
    Rule.QUIET: Setting(0, 0.0),
    Rule.NEAR: Setting(15, 10.0),
    Rule.ZONE: Setting(12),
    Rule.SAME_CUISINE: Setting(4, 20.0),
    Rule.RESTAURANTS_SPREAD: Setting(0, 8.0),
    Rule.SAME_AREA: Setting(0, 15.0),
    Rule.LAST_PLACE: Setting(5, 25.0),
    Rule.TURN_TAKING: Setting(10),
    Rule.SENSITIVE: Setting(20, 30.0),
    Rule.STAY: Setting(10),
}
# What is measured on the ground, with a distance and no weight.
ON_THE_GROUND = (Rule.FIRE_LANE, Rule.PITCH_GAP, Rule.FIRE_GAP, Rule.QUIET)
# Rules that are measured, not weighed; and wishes that hold or don't, whatever the distance.
WITHOUT_WEIGHT = frozenset({Rule.KEEP_APART, *ON_THE_GROUND})
WITHOUT_DISTANCE = frozenset({Rule.ZONE, Rule.TURN_TAKING, Rule.STAY})


# Below zero these wish for the opposite: the same kitchen together, the neighbours of a neighbourhood mixed.
TURNING = frozenset({Rule.SAME_CUISINE, Rule.RESTAURANTS_SPREAD, Rule.SAME_AREA})


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule with its setting."""

    settings: Mapping[Rule, Setting]

    def of(self, rule: Rule) -> Setting:
        """How a rule holds."""
        return self.settings.get(rule, STANDARD[rule])

    def is_turned(self, rule: Rule) -> bool:
        """Whether a rule wishes for the opposite of what it is called by."""
        return rule in TURNING and self.of(rule).weight < 0


USUAL = Rulebook(STANDARD)

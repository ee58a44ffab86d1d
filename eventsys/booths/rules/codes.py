"""Why something about booths is refused, and why a booth doesn't fit."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `booths.texts`."""

    # Of a file.
    NOT_JSON = "not_json"
    NOT_FEATURES = "not_features"
    FILE_EMPTY = "file_empty"
    COLUMN_MISSING = "column_missing"
    # Of a row.
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_POLYGON = "not_a_polygon"
    WRONG_SHAPE = "wrong_shape"
    KIND_UNKNOWN = "kind_unknown"
    PHASES_WRONG = "phases_wrong"
    FEATURE_TWICE = "feature_twice"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATES_WRONG = "coordinates_wrong"
    CROSSES_ITSELF = "crosses_itself"
    NUMBER_TWICE = "number_twice"
    BOARD_TWICE = "board_twice"
    # Of the ground.
    DRAWN_MEANWHILE = "drawn_meanwhile"
    PITCH_IN_USE = "pitch_in_use"
    BOARD_UNKNOWN = "board_unknown"
    GROUND_NOT_EMPTY = "ground_not_empty"
    NOTHING_TO_COPY = "nothing_to_copy"
    # Of the picture beneath it.
    POINTS_WRONG = "points_wrong"
    POINTS_TOGETHER = "points_together"
    NO_BACKGROUND = "no_background"
    # Of a plan.
    NO_PITCHES = "no_pitches"
    NO_APPLICATIONS = "no_applications"
    RUNS_ALREADY = "runs_already"
    PITCH_UNKNOWN = "pitch_unknown"
    PITCH_TAKEN = "pitch_taken"
    RULES_BROKEN = "rules_broken"
    NOT_PLACED = "not_placed"
    NO_DRAFT = "no_draft"
    DAY_UNKNOWN = "day_unknown"
    # Of a wish.
    ZONE_UNKNOWN = "zone_unknown"
    BOOTH_UNKNOWN = "booth_unknown"
    WITH_ITSELF = "with_itself"
    # Of arrivals.
    KERB_UNKNOWN = "kerb_unknown"
    KERB_TOO_SMALL = "kerb_too_small"
    SLOTS_BACKWARDS = "slots_backwards"
    SLOTS_TOO_MANY = "slots_too_many"
    SLOTS_OVERLAP = "slots_overlap"
    MORE_THAN_KERB = "more_than_kerb"
    SLOT_UNKNOWN = "slot_unknown"
    SLOT_FULL = "slot_full"
    NO_ARRIVAL = "no_arrival"
    STEP_GONE = "step_gone"


class Misfit(StrEnum):
    """Why a booth can't stand on a pitch; each is a hard rule."""

    NO_PITCH = "no_pitch"
    WIDTH = "width"
    THREE_PHASE = "three_phase"
    WATER = "water"
    GAS = "gas"
    OPEN_FIRE = "open_fire"
    AMPLIFIED_SOUND = "amplified_sound"
    QUIET_ZONE = "quiet_zone"
    VEHICLE_ACCESS = "vehicle_access"
    STEP_FREE = "step_free"
    NO_BOARD = "no_board"
    BOARD_CAPACITY = "board_capacity"
    PHASE_CAPACITY = "phase_capacity"
    TWO_PITCHES = "two_pitches"
    # Each need is met somewhere, but nowhere all of them.
    TOGETHER = "together"
    NEAREST = "nearest"
    TAKEN = "taken"
    OVERLAP = "overlap"
    KEEP_APART = "keep_apart"


class Odd(StrEnum):
    """What can't be as it was asked for; it is named, and a proposal goes on without it."""

    KEEP_APART_SELF = "keep_apart_self"
    KEEP_APART_GONE = "keep_apart_gone"
    NEXT_TO_SELF = "next_to_self"
    NEXT_TO_GONE = "next_to_gone"
    # Fixed places that can't hold: this one is let go.
    LOCK_PITCH_GONE = "lock_pitch_gone"
    LOCK_TAKEN = "lock_taken"
    # Fixed places that break a rule: they are kept, for somebody has fixed them.
    LOCK_UNFIT = "lock_unfit"
    LOCK_OVERLAP = "lock_overlap"
    LOCK_TOO_NEAR = "lock_too_near"
    LOCK_OVERLOAD = "lock_overload"


# What is fixed and kept although it breaks a rule; known where somebody has given a reason.
KEPT_ANYHOW = frozenset({Odd.LOCK_UNFIT, Odd.LOCK_OVERLAP, Odd.LOCK_TOO_NEAR, Odd.LOCK_OVERLOAD})

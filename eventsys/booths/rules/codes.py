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
    # Of a plan.
    NO_PITCHES = "no_pitches"
    NO_APPLICATIONS = "no_applications"
    RUNS_ALREADY = "runs_already"
    PITCH_UNKNOWN = "pitch_unknown"
    PITCH_TAKEN = "pitch_taken"
    RULES_BROKEN = "rules_broken"
    NOT_PLACED = "not_placed"
    NO_DRAFT = "no_draft"
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
    VEHICLE_ACCESS = "vehicle_access"
    STEP_FREE = "step_free"
    NO_BOARD = "no_board"
    BOARD_CAPACITY = "board_capacity"
    TAKEN = "taken"
    KEEP_APART = "keep_apart"

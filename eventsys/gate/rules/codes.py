"""Why something at the gate is refused."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Refusals of the feature; the sentences are in `gate.texts`."""

    SCAN_MALFORMED = "scan_malformed"
    SCAN_ID_TAKEN = "scan_id_taken"
    VOID_NOT_ALLOWED = "void_not_allowed"
    GATE_CODE_SHAPE = "gate_code_shape"
    GATE_CODE_TAKEN = "gate_code_taken"
    GATE_NAME_MISSING = "gate_name_missing"
    DAY_RUNS = "day_runs"
    NOTHING_LATE = "nothing_late"
    TIME_OUTSIDE_DAY = "time_outside_day"
    TIME_AHEAD = "time_ahead"
    MORE_THAN_COUNTED = "more_than_counted"
    NOTHING_TYPED = "nothing_typed"
    SAVED_OTHERWISE = "saved_otherwise"
    TAKEN_BACK_ALREADY = "taken_back_already"
    REASON_GIVEN = "reason_given"
    ZONE_CODE_SHAPE = "zone_code_shape"
    ZONE_CODE_TAKEN = "zone_code_taken"
    ZONE_NAME_MISSING = "zone_name_missing"
    CAPACITY_RANGE = "capacity_range"
    RULE_KINDS = "rule_kinds"
    RULE_BOTH_HOURS = "rule_both_hours"
    RULE_HOURS = "rule_hours"
    LINK_HOURS = "link_hours"
    LINK_DEVICES = "link_devices"
    LINK_UNKNOWN = "link_unknown"
    LINK_EXPIRED = "link_expired"
    LINK_FULL = "link_full"
    DEVICE_UNKNOWN = "device_unknown"
    DEVICE_EXPIRED = "device_expired"
    DEVICE_REVOKED = "device_revoked"
    CURSOR_MALFORMED = "cursor_malformed"

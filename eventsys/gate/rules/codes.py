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
    MESSAGE_EMPTY = "message_empty"
    MESSAGE_LONG = "message_long"
    MESSAGE_GATE = "message_gate"
    MESSAGE_RETRACTED = "message_retracted"
    MESSAGE_UNKNOWN = "message_unknown"
    CURSOR_MALFORMED = "cursor_malformed"
    SUPERVISOR_ONLY = "supervisor_only"
    FILE_SHAPE = "file_shape"
    FILE_PHONE = "file_phone"
    FILE_CHANGED = "file_changed"

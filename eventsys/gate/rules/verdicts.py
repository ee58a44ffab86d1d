"""The eleven verdicts: one list for phone, server, API and translations."""

from __future__ import annotations

from enum import StrEnum

from eventsys.passes.rules.codec import Outcome, Parsed


class Severity(StrEnum):
    """What the volunteer does: let the person pass, look twice, or stop."""

    GO = "go"
    LOOK = "look"
    STOP = "stop"


class Verdict(StrEnum):
    """What the phone or the server says to a scan."""

    ADMITTED = "admitted"
    ALREADY_ADMITTED = "already_admitted"
    LEFT = "left"
    NOT_VALID_TODAY = "not_valid_today"
    NOT_THIS_GATE = "not_this_gate"
    REVOKED = "revoked"
    UNKNOWN_PASS = "unknown_pass"  # noqa: S105 - a pass of the festival, no password
    BAD_SIGNATURE = "bad_signature"
    OTHER_EVENT = "other_event"
    UNREADABLE = "unreadable"
    CANNOT_DECIDE = "cannot_decide"

    @property
    def severity(self) -> Severity:
        """How the verdict is shown and sounds. What can't be read or decided is never called invalid."""
        return _SEVERITY.get(self, Severity.STOP)


_SEVERITY = {
    Verdict.ADMITTED: Severity.GO,
    Verdict.LEFT: Severity.GO,
    Verdict.ALREADY_ADMITTED: Severity.LOOK,
    Verdict.UNREADABLE: Severity.LOOK,
    Verdict.CANNOT_DECIDE: Severity.LOOK,
}

_OUTCOMES = {
    Outcome.NOT_A_PASS: Verdict.UNREADABLE,
    Outcome.MALFORMED: Verdict.UNREADABLE,
    Outcome.UNSUPPORTED_VERSION: Verdict.CANNOT_DECIDE,
    Outcome.UNKNOWN_KEY: Verdict.CANNOT_DECIDE,
    Outcome.BAD_SIGNATURE: Verdict.BAD_SIGNATURE,
}


def verdict_of(parsed: Parsed, *, edition: int) -> Verdict | None:
    """The verdict that reading the code alone comes to; None for a sound pass of the edition with that number."""
    if parsed.fields is None:
        return _OUTCOMES[parsed.outcome]
    return None if parsed.fields.edition == edition else Verdict.OTHER_EVENT

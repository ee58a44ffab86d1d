"""Verdicts: the list of eleven, and what the codec's outcomes become."""

from __future__ import annotations

import pytest

from eventsys.gate.rules.verdicts import Severity, Verdict, verdict_of
from eventsys.passes.rules.codec import Outcome, Parsed, PassFields, PassKind


def test_there_are_eleven_verdicts_with_their_severity() -> None:
    assert {verdict.value: verdict.severity.value for verdict in Verdict} == {
        "admitted": "go",
        "already_admitted": "look",
        "left": "go",
        "not_valid_today": "stop",
        "not_this_gate": "stop",
        "revoked": "stop",
        "unknown_pass": "stop",
        "bad_signature": "stop",
        "other_event": "stop",
        "unreadable": "look",
        "cannot_decide": "look",
    }
    assert {severity.value for severity in Severity} == {"go", "look", "stop"}


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.NOT_A_PASS, Verdict.UNREADABLE),
        (Outcome.MALFORMED, Verdict.UNREADABLE),
        (Outcome.UNSUPPORTED_VERSION, Verdict.CANNOT_DECIDE),
        (Outcome.UNKNOWN_KEY, Verdict.CANNOT_DECIDE),
        (Outcome.BAD_SIGNATURE, Verdict.BAD_SIGNATURE),
    ],
)
def test_outcome_becomes_verdict(outcome: Outcome, verdict: Verdict) -> None:
    assert verdict_of(Parsed(outcome), edition=7) is verdict


@pytest.mark.parametrize(("edition", "verdict"), [(7, None), (6, Verdict.OTHER_EVENT)])
def test_a_sound_pass_is_of_this_edition_or_of_another(edition: int, verdict: Verdict | None) -> None:
    fields = PassFields(PassKind.GUEST, 1, edition, "00000000000000aa", 1)

    assert verdict_of(Parsed(Outcome.OK, fields), edition=7) is verdict

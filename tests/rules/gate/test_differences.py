"""What a rebuild tells: each figure that differs, on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from eventsys.gate.rules.admissions import Admission, Counts, LetIn, Place, State
from eventsys.gate.rules.differences import Difference, differences
from eventsys.gate.rules.fold import Fold
from eventsys.gate.rules.verdicts import Verdict
from eventsys.passes.rules.codec import PassKind

NOON = datetime(2026, 8, 29, 12, 0, tzinfo=UTC)
PLACE = Place("N", 1, NOON)
INSIDE = Admission("ab" * 8, 1, PassKind.VISITOR, State.INSIDE, NOON, "N", NOON, "N")


def test_equal_folds_differ_in_nothing() -> None:
    fold = Fold(admissions={(1, "ab" * 8): INSIDE}, counts={PLACE: Counts(tallied_in=3)})

    assert differences(fold, fold) == []


def test_each_figure_that_differs_is_told_with_both_sides() -> None:
    cached = Fold(
        admissions={(1, "ab" * 8): replace(INSIDE, state=State.OUTSIDE)}, counts={PLACE: Counts(tallied_in=9, left=1)}
    )
    folded = Fold(admissions={(1, "ab" * 8): INSIDE}, counts={PLACE: Counts(tallied_in=3, left=1)})

    assert differences(cached, folded) == [
        Difference("pass abababababababab on day 1: state", State.OUTSIDE, State.INSIDE),
        Difference("gate N on day 1 from 2026-08-29T12:00Z: tallied_in", 9, 3),
    ]


def test_what_is_missing_on_one_side_is_told() -> None:
    folded = Fold(counts={PLACE: Counts(left=1)})

    only = [found for found in differences(Fold(), folded) if found.folded]
    assert only == [Difference("gate N on day 1 from 2026-08-29T12:00Z: left", None, 1)]
    assert {found.cached for found in differences(Fold(), folded)} == {None}


def test_a_scan_to_be_looked_at_that_the_caches_have_otherwise_is_told() -> None:
    revoked = LetIn("1", 1, NOON, "N", "ab" * 8, Verdict.REVOKED)
    cached, folded = Fold(let_in=[replace(revoked, verdict=Verdict.UNKNOWN_PASS)]), Fold(let_in=[revoked])

    assert differences(cached, folded) == [Difference("scan 1: verdict", Verdict.UNKNOWN_PASS, Verdict.REVOKED)]
    assert {found.cached for found in differences(Fold(), folded)} == {None}
    assert differences(folded, folded) == []

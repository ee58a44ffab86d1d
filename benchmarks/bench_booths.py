"""The proposal on the example's street, against first come, first served in the same run."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from eventsys.booths.rules.allocation import FOR_PLACED, Street, propose
from tests.rules.booths.test_allocation import example, violations

ROUNDS = 5


def first_come_first_served(street: Street) -> int:
    """Each takes the thriftiest pitch that is free, in the order of the references."""
    for reference in sorted(street.needs):
        for number in street.fitting[reference]:
            if not street.in_the_way(reference, number):
                street.put(reference, number)
                break
    return FOR_PLACED * len(street.pitch_of)


def main() -> None:
    needs, pitches, boards = example()
    seconds, plain_seconds = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        street = Street(needs, pitches, boards)
        plain = first_come_first_served(street)
        plain_seconds.append(time.perf_counter() - began)
        began = time.perf_counter()
        proposal = propose(needs, pitches, boards)
        seconds.append(time.perf_counter() - began)
    assert not violations(dict(proposal.pitch_of), needs, pitches, boards)
    ours, theirs = statistics.median(seconds), statistics.median(plain_seconds)
    print(f"  first come, first served: {len(street.pitch_of)} of {len(needs)} placed, {plain} points, {theirs:.3f} s")
    print(
        f"  the proposal:             {len(proposal.pitch_of)} of {len(needs)} placed, {proposal.objective} points, {ours:.3f} s"
    )
    print(
        f"  ratio: {proposal.objective / plain:.3f} of the points in {ours / theirs:.1f} of the time; gap {proposal.gap:.2%}"
    )


main()

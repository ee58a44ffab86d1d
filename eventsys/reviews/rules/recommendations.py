"""What a reviewer may recommend, and how scores against criteria sum up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

LOWEST, HIGHEST = 1, 5


class Recommendation(StrEnum):
    """A reviewer's opinion; organisers decide."""

    APPROVE = "approve"
    WAITLIST = "waitlist"
    REJECT = "reject"


def weighted_mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> Decimal | None:
    """The mean of a reviewer's scores (1 to 5), each with the weight of its criterion; None when nothing is scored.

    Criteria that were not scored count neither up nor down; scores of criteria that are no longer there are left out.
    """
    scored = {code: scores[code] for code in weights if code in scores}
    total = sum(weights[code] for code in scored)
    if not total:
        return None
    return Decimal(sum(score * weights[code] for code, score in scored.items())) / total


# How far a recommendation leans towards letting somebody in.
LEANS = {Recommendation.APPROVE: 1, Recommendation.WAITLIST: 0, Recommendation.REJECT: -1}


def leaning_of(given: Iterable[Recommendation | None]) -> Decimal | None:
    """How far all recommendations lean together: 1 where all would approve, -1 where all would reject; None where there is none."""
    leans = [LEANS[one] for one in given if one is not None]
    return Decimal(sum(leans)) / len(leans) if leans else None


def mean_of(totals: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of several reviewers' means, each reviewer counting once; None when nobody scored."""
    given = [total for total in totals if total is not None]
    return sum(given, Decimal(0)) / len(given) if given else None

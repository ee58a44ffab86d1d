"""How sure a share is: exact for a population of known size, Wilson's for an unlimited one, and the hard bounds.

Sources: the exact interval inverts the two one-sided tests of the hypergeometric distribution (Buonaccorsi, "A note on
confidence intervals for proportions in finite populations", The American Statistician 41, 1987); Wilson, "Probable
inference, the law of succession, and statistical inference", JASA 22, 1927.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, lgamma, sqrt
from statistics import NormalDist

from eventsys.base.refusals import Refusal
from eventsys.surveys.rules.codes import Code

TAIL = Fraction(1, 40)  # 2.5 % on each side of a 95 % interval.

# A probability this near to the tail is decided with whole numbers; floats are right to better than 1e-7 up to
# populations of some millions, where lgamma's own rounding is about 1e-16 * N ln N.
NEAR = 1e-6
NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval: shares of the population, and whole members of it where its size is known."""

    low: Fraction
    high: Fraction
    population: int | None = None

    @property
    def members(self) -> tuple[int, int] | None:
        """Both ends in whole members: "between 48 and 54 of all 60"."""
        if self.population is None:
            return None
        return int(self.low * self.population), int(self.high * self.population)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is certain whatever the silent think, in whole members: all of them said no, all of them said yes."""

    low: int
    high: int
    population: int

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        """Both ends as shares of the population."""
        return Fraction(self.low, self.population), Fraction(self.high, self.population)


def exact_interval(population: int, answers: int, *, positive: int) -> Interval:
    """The exact interval of a population of known size: every number of positive members that the answers don't rule out.

    Low is the smallest K in x..N-(n-x) with P(X >= x | N, K, n) > 0.025, high the largest with P(X <= x) > 0.025.
    Refused: POPULATION_EMPTY, COUNTS_DISAGREE.
    """
    _check(population, answers, positive=positive)
    low = _smallest(population, answers, positive=positive)
    # The negative members are a hypergeometric draw too: the high end is the mirror of their low end.
    high = population - _smallest(population, answers, positive=answers - positive)
    return Interval(Fraction(low, population), Fraction(high, population), population)


def wilson_interval(answers: int, *, positive: int) -> Interval:
    """Wilson's interval, for a population without a known size. Refused: NO_ANSWERS, COUNTS_DISAGREE."""
    if answers == 0:
        raise Refusal(Code.NO_ANSWERS, field="answers")
    _check(answers, answers, positive=positive)
    z = NormalDist().inv_cdf(float(1 - TAIL))
    share, shift = positive / answers, z * z / answers
    middle = share + shift / 2
    reach = z * sqrt(share * (1 - share) / answers + shift / (4 * answers))
    low = Fraction((middle - reach) / (1 + shift)) if positive > 0 else Fraction(0)
    high = Fraction((middle + reach) / (1 + shift)) if positive < answers else Fraction(1)
    return Interval(low, high)


def bounds(population: int, answers: int, *, positive: int) -> Bounds:
    """The hard bounds: x, and N less the negatives. Refused: POPULATION_EMPTY, COUNTS_DISAGREE."""
    _check(population, answers, positive=positive)
    return Bounds(positive, population - (answers - positive), population)


def _check(population: int, answers: int, *, positive: int) -> None:
    if population < 1:
        raise Refusal(Code.POPULATION_EMPTY, field="population")
    if not 0 <= answers <= population:
        raise Refusal(Code.COUNTS_DISAGREE, field="answers", answers=answers, population=population)
    if not 0 <= positive <= answers:
        raise Refusal(Code.COUNTS_DISAGREE, field="positive", positive=positive, answers=answers)


def _smallest(population: int, answers: int, *, positive: int) -> int:
    """The smallest K that the answers don't rule out; P(X >= x) grows with K, and is 1 at the far end."""
    low, high = positive, population - (answers - positive)
    while low < high:
        middle = (low + high) // 2
        if _is_likely(_Draw(population, middle, answers), at_least=positive):
            high = middle
        else:
            low = middle + 1
    return low


@dataclass(frozen=True, slots=True)
class _Draw:
    """Answers drawn without return from a population of which some members are positive."""

    population: int
    members: int
    answers: int

    @property
    def least(self) -> int:
        """The fewest positive answers that can come out."""
        return max(0, self.answers - (self.population - self.members))

    @property
    def most(self) -> int:
        """The most positive answers that can come out."""
        return min(self.answers, self.members)

    def log_probability(self, positive: int) -> float:
        """The logarithm of P(X = positive)."""
        others = self.population - self.members
        return (
            _log_comb(self.members, positive)
            + _log_comb(others, self.answers - positive)
            - _log_comb(self.population, self.answers)
        )

    def ratio(self, positive: int) -> float:
        """P(X = positive + 1) / P(X = positive)."""
        others = self.population - self.members
        above = (self.members - positive) * (self.answers - positive)
        return above / ((positive + 1) * (others - self.answers + positive + 1))


def _is_likely(draw: _Draw, *, at_least: int) -> bool:
    """Whether P(X >= at_least) > 0.025: by floats where they are sure, else by whole numbers."""
    if at_least <= draw.least:
        return True
    mode = (draw.answers + 1) * (draw.members + 1) // (draw.population + 2)
    probability = _upper(draw, at_least) if at_least > mode else 1 - _lower(draw, at_least - 1)
    tail = float(TAIL)
    if abs(probability - tail) > NEAR * tail:
        return probability > tail
    return is_likely_in_whole_numbers(draw.population, draw.answers, members=draw.members, at_least=at_least)


def is_likely_in_whole_numbers(population: int, answers: int, *, members: int, at_least: int) -> bool:
    """Whether P(X >= at_least | N, K, n) > 0.025, counted without rounding: slow, and the last word on a tie."""
    favourable = sum(
        comb(members, positive) * comb(population - members, answers - positive)
        for positive in range(at_least, min(answers, members) + 1)
    )
    return favourable * TAIL.denominator > comb(population, answers) * TAIL.numerator


def _upper(draw: _Draw, first: int) -> float:
    """P(X >= first) for a first beyond the mode, where the terms only fall."""
    term = total = exp(draw.log_probability(first)) if first <= draw.most else 0.0
    for positive in range(first, draw.most):
        term *= draw.ratio(positive)
        total += term
        if term < NEGLIGIBLE * total:
            break
    return total


def _lower(draw: _Draw, last: int) -> float:
    """P(X <= last) for a last below the mode, where the terms only fall on the way down."""
    term = total = exp(draw.log_probability(last))
    for positive in range(last - 1, draw.least - 1, -1):
        term /= draw.ratio(positive)
        total += term
        if term < NEGLIGIBLE * total:
            break
    return total


def _log_comb(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)

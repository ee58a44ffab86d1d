"""What would be broken: one booth, or several that move, weighed against a plan as everybody else stands in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.base.refusals import Refusal
from eventsys.booths.models import Plan
from eventsys.booths.queries.ground import pitches_on
from eventsys.booths.queries.plans import Standing, standing_in
from eventsys.booths.queries.problem import need_of, problem_of
from eventsys.booths.rules.codes import Code
from eventsys.booths.rules.exchanging import exchanged
from eventsys.booths.rules.fitting import Fit, exchanges, fitting, hard_broken
from eventsys.booths.rules.locks import Where, everywhere
from eventsys.booths.rules.places import Problem
from eventsys.booths.rules.placing import Broken, broken_where
from eventsys.editions.models import Edition

# Who goes where, day by day; nowhere for none.
Moves = Sequence[tuple[Application, Where]]


def weigh(edition: Edition, moves: Moves, *, plan: Plan | None) -> list[tuple[Application, Broken]]:
    """Every rule that is broken for the booths that move, once all of them stand where they go; on other days as they do now.

    Refusal(PITCH_UNKNOWN).
    """
    problem, at = _street(edition, plan)
    going = [
        (
            application,
            _number(problem, application),
            {day: _pitches(problem, numbers) for day, numbers in where.items()},
        )
        for application, where in moves
    ]
    for _application, booth, where in going:
        at[booth] = {**at[booth], **where}
    return [
        (application, broken)
        for application, booth, where in going
        for broken in broken_where(problem, at, booth, where=where)
    ]


def broken_on(
    edition: Edition, application: Application, numbers: Sequence[str], *, plan: Plan | None, days: Collection[int] = ()
) -> list[Broken]:
    """Every rule that a booth would break on these pitches on these days, on all of its own if none are named.

    As the others stand in a plan. Refusal: PITCH_UNKNOWN, DAY_UNKNOWN.
    """
    if not numbers:
        raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number="")
    where = everywhere(tuple(numbers), sorted(days_of(application, days)))
    return [broken for _one, broken in weigh(edition, [(application, where)], plan=plan)]


def days_of(application: Application, days: Collection[int]) -> frozenset[int]:
    """Those of the days on which the booth is there, all of them if none are named. Refusal(DAY_UNKNOWN)."""
    own = need_of(application).days & {day.number for day in application.edition.days}
    if set(days) - own:
        raise Refusal(Code.DAY_UNKNOWN, field="days")
    return frozenset(days) or own


def against(edition: Edition, plan: Plan | None) -> list[tuple[Standing, Application, list[Broken]]]:
    """Who stands somewhere for a reason against a rule, with every rule that is broken there as the others stand now."""
    by_reference = {one.reference: one for one in applications.approved_of(edition)}
    there = [one for one in standing_in(plan) if one.override_reason and one.reference in by_reference]
    if not there:
        return []
    problem, at = _street(edition, plan)
    found = []
    for standing in there:
        application = by_reference[standing.reference]
        booth = _number(problem, application)
        found.append((standing, application, broken_where(problem, at, booth, where=at[booth])))
    return found


def unexplained(edition: Edition, plan: Plan | None) -> list[tuple[Standing, Application, list[Broken]]]:
    """Who breaks a hard rule where it stands although nobody has given a reason, such as who needs more power since.

    What is between several is told once: of the one who has a reason, else of the first.
    """
    by_reference = {one.reference: one for one in applications.approved_of(edition)}
    there = [one for one in standing_in(plan) if one.reference in by_reference]
    if not there:
        return []
    problem, at = _street(edition, plan)
    broken = dict(zip((need.reference for need in problem.booths), hard_broken(problem, at), strict=True))
    explained = {one.reference for one in there if one.override_reason}
    boards = {rule.board for reference in explained for rule in broken[reference] if rule.board}
    found = []
    for one in there:
        if one.reference not in explained:
            own = [rule for rule in broken[one.reference] if not _is_told(rule, explained, boards)]
            if own:
                found.append((one, by_reference[one.reference], own))
                explained.add(one.reference)
                boards |= {rule.board for rule in own if rule.board}
    return found


def _is_told(rule: Broken, told: Collection[str], boards: Collection[str]) -> bool:
    """Whether a rule that is broken between several is told of another of them."""
    return rule.board in boards if rule.board else bool(rule.others) and set(rule.others) <= set(told)


def look_around(
    edition: Edition, application: Application, *, plan: Plan | None, days: Collection[int] = ()
) -> tuple[Problem, list[Fit]]:
    """How a booth would stand on each pitch on some of its days, all if none are named; with the problem that numbers them."""
    problem, at = _street(edition, plan)
    return problem, fitting(problem, at, _number(problem, application), days=days)


def exchanges_of(
    application: Application, *, plan: Plan | None
) -> dict[str, tuple[Standing, list[Broken], list[Broken]]]:
    """By reference everybody else in a plan, with what a booth and that one would break, had they changed places."""
    problem, at = _street(application.edition, plan)
    found = exchanges(problem, at, _number(problem, application))
    standing = {one.reference: one for one in standing_in(plan)}
    by_reference = {problem.booths[other].reference: both for other, both in found.items()}
    return {reference: (standing[reference], *both) for reference, both in by_reference.items()}


def exchange_of(one: Application, other: Application, *, plan: Plan | None, days: Collection[int] = ()) -> Moves:
    """Where two go who change places, day by day: one without a place gets the other's, who then has none.

    With `days` on those alone: on their others both stay where they are. Refusal: NOT_PLACED, DAY_UNKNOWN.
    """
    where = {
        standing.application_id: {day: there for day, there in standing.by_day.items() if not days or day in days}
        for standing in standing_in(plan)
    }
    if not where.get(other.id) or one.id == other.id:
        raise Refusal(Code.NOT_PLACED)
    theirs = days_of(other, ())
    goes, comes = exchanged(
        where.get(one.id, {}),
        where[other.id],
        days=days_of(one, days),
        days_of_other=theirs & set(days) if days else theirs,
    )
    return [(one, goes), (other, comes)]


def _street(edition: Edition, plan: Plan | None) -> tuple[Problem, list[Mapping[int, tuple[int, ...]]]]:
    """The problem, and the pitches on which each booth stands in a plan, by day."""
    wanted = applications.approved_of(edition)
    problem = problem_of(edition, pitches_on(edition), wanted, is_bare=True)
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    standing = {one.reference: one.by_day for one in standing_in(plan)}
    return problem, [
        {
            day: tuple(number_of[number] for number in numbers)
            for day, numbers in standing.get(need.reference, {}).items()
        }
        for need in problem.booths
    ]


def _number(problem: Problem, application: Application) -> int:
    for number, need in enumerate(problem.booths):
        if need.reference == application.reference:
            return number
    raise Refusal(Code.NOT_PLACED)


def _pitches(problem: Problem, numbers: Sequence[str]) -> tuple[int, ...]:
    number_of = {pitch.number: n for n, pitch in enumerate(problem.pitches)}
    for number in numbers:
        if number not in number_of:
            raise Refusal(Code.PITCH_UNKNOWN, field="numbers", number=number)
    return tuple(number_of[number] for number in dict.fromkeys(numbers))

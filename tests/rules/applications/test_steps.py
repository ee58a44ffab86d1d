"""The steps of the sign-up and what is asked where."""

from __future__ import annotations

from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.steps import ABOUT_FOOD, ASKED_AT, Step, done_steps, step_after, steps_of


def test_everything_that_can_be_missing_is_asked_somewhere() -> None:
    assert set(ASKED_AT) == set(Missing)


def test_food_is_a_step_for_those_who_sell_it() -> None:
    assert steps_of(sells_food=True, has_questions=True) == list(Step)
    assert steps_of(sells_food=False) == [step for step in Step if step not in {*ABOUT_FOOD, Step.QUESTIONS}]


def test_steps_follow_each_other_to_the_last_one() -> None:
    assert [step_after(step, sells_food=True, has_questions=True) for step in Step] == [*list(Step)[1:], Step.CHECK]
    assert step_after(Step.BOOTH, sells_food=False) is Step.VISITORS
    assert step_after(Step.FOOD, sells_food=False) is Step.VISITORS


def test_step_is_done_when_nothing_is_missing_there() -> None:
    assert done_steps(list(Missing), sells_food=True) == set()
    assert done_steps([Missing.CREW, Missing.CONSENT], sells_food=False) == {
        Step.ORGANISATION,
        Step.BOOTH,
        Step.VISITORS,
    }
    assert done_steps([], sells_food=True, filled=[Step.DISHES]) == set(Step) - {
        Step.CHECK,
        Step.WISHES,
        Step.DOCUMENTS,
        Step.QUESTIONS,
    }

"""Until when an applicant may change what is told."""

from __future__ import annotations

import pytest

from eventsys.applications.rules.answers import check_may_change
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import State
from eventsys.base.refusals import Refusal

UNTIL_THE_CALL_CLOSES = (State.DRAFT, State.SUBMITTED, State.WAITLISTED)
NEVER = (State.REJECTED, State.WITHDRAWN)


@pytest.mark.parametrize("state", UNTIL_THE_CALL_CLOSES)
def test_call_decides_before_a_decision(state: State) -> None:
    check_may_change(state, is_in_time=True)
    with pytest.raises(Refusal) as refused:
        check_may_change(state, is_in_time=False)
    assert refused.value.code is Code.CALL_CLOSED


def test_who_is_in_may_change_until_it_is_over() -> None:
    check_may_change(State.APPROVED, is_in_time=True)
    with pytest.raises(Refusal) as refused:
        check_may_change(State.APPROVED, is_in_time=False)
    assert refused.value.code is Code.NOT_NOW


@pytest.mark.parametrize("is_in_time", [True, False])
def test_changes_that_are_asked_for_are_always_open(is_in_time: bool) -> None:
    check_may_change(State.CHANGES_REQUESTED, is_in_time=is_in_time)


@pytest.mark.parametrize("is_in_time", [True, False])
@pytest.mark.parametrize("state", NEVER)
def test_who_is_out_changes_nothing(state: State, is_in_time: bool) -> None:
    with pytest.raises(Refusal) as refused:
        check_may_change(state, is_in_time=is_in_time)
    assert refused.value.code is Code.NOT_NOW


def test_every_state_is_spoken_of() -> None:
    assert {*UNTIL_THE_CALL_CLOSES, State.APPROVED, State.CHANGES_REQUESTED, *NEVER} == set(State)

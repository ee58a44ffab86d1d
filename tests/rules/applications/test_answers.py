"""Until when an applicant may change what is told."""

from __future__ import annotations

import pytest

from eventsys.applications.rules.answers import check_may_change
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import State
from eventsys.base.refusals import Refusal

NEVER = (State.WAITLISTED, State.APPROVED, State.REJECTED, State.WITHDRAWN)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_call_decides_before_a_decision(state: State) -> None:
    check_may_change(state, is_call_open=True)
    with pytest.raises(Refusal) as refused:
        check_may_change(state, is_call_open=False)
    assert refused.value.code is Code.CALL_CLOSED


@pytest.mark.parametrize("is_call_open", [True, False])
def test_changes_that_are_asked_for_are_always_open(is_call_open: bool) -> None:
    check_may_change(State.CHANGES_REQUESTED, is_call_open=is_call_open)


@pytest.mark.parametrize("is_call_open", [True, False])
@pytest.mark.parametrize("state", NEVER)
def test_decided_ones_are_closed(state: State, is_call_open: bool) -> None:
    with pytest.raises(Refusal) as refused:
        check_may_change(state, is_call_open=is_call_open)
    assert refused.value.code is Code.NOT_NOW


def test_every_state_is_spoken_of() -> None:
    assert {State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, *NEVER} == set(State)

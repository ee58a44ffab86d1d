"""Every act from every state: the table is all there is."""

from __future__ import annotations

import pytest

from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import TABLE, Act, State, acts_of, after
from eventsys.base.refusals import Refusal

S, A = State, Act
EXPECTED = {
    S.DRAFT: {A.SUBMIT: S.SUBMITTED, A.WITHDRAW: S.WITHDRAWN},
    S.SUBMITTED: {
        A.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        A.WAITLIST: S.WAITLISTED,
        A.APPROVE: S.APPROVED,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
    },
    S.CHANGES_REQUESTED: {
        A.SUBMIT: S.SUBMITTED,
        A.WAITLIST: S.WAITLISTED,
        A.APPROVE: S.APPROVED,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
        A.REOPEN: S.SUBMITTED,
    },
    S.WAITLISTED: {
        A.REQUEST_CHANGES: S.CHANGES_REQUESTED,
        A.APPROVE: S.APPROVED,
        A.REJECT: S.REJECTED,
        A.WITHDRAW: S.WITHDRAWN,
        A.REOPEN: S.SUBMITTED,
    },
    S.APPROVED: {A.WITHDRAW: S.WITHDRAWN, A.REOPEN: S.SUBMITTED},
    S.REJECTED: {A.REOPEN: S.SUBMITTED},
    S.WITHDRAWN: {A.REOPEN: S.SUBMITTED},
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", list(Act))
def test_act_from_state(state: State, act: Act) -> None:
    if act in EXPECTED[state]:
        assert after(state, act) is EXPECTED[state][act]
    else:
        with pytest.raises(Refusal) as refusal:
            after(state, act)
        assert refusal.value.code is Code.NOT_NOW


def test_acts_of_a_state_are_those_of_the_table() -> None:
    assert acts_of(State.APPROVED) == (Act.WITHDRAW, Act.REOPEN)
    assert sum(len(acts_of(state)) for state in State) == len(TABLE)

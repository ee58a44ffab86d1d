"""The states of an application and the acts that lead from one to another. The table is all there is."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from eventsys.applications.rules.codes import Code
from eventsys.base.refusals import Refusal


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    WAITLISTED = "waitlisted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What may be done with an application."""

    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    WAITLIST = "waitlist"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


def _from(states: Collection[State], act: Act, to: State) -> dict[tuple[State, Act], State]:
    return dict.fromkeys([(state, act) for state in states], to)


UNDER_REVIEW = (State.SUBMITTED, State.CHANGES_REQUESTED, State.WAITLISTED)
OPEN = (State.DRAFT, *UNDER_REVIEW, State.APPROVED)
DECISIONS = frozenset({State.CHANGES_REQUESTED, State.WAITLISTED, State.APPROVED, State.REJECTED})

TABLE: dict[tuple[State, Act], State] = {
    **_from((State.DRAFT, State.CHANGES_REQUESTED), Act.SUBMIT, State.SUBMITTED),
    **_from((State.SUBMITTED, State.WAITLISTED), Act.REQUEST_CHANGES, State.CHANGES_REQUESTED),
    **_from((State.SUBMITTED, State.CHANGES_REQUESTED), Act.WAITLIST, State.WAITLISTED),
    **_from(UNDER_REVIEW, Act.APPROVE, State.APPROVED),
    **_from(UNDER_REVIEW, Act.REJECT, State.REJECTED),
    **_from(OPEN, Act.WITHDRAW, State.WITHDRAWN),
    **_from(
        (State.CHANGES_REQUESTED, State.WAITLISTED, State.APPROVED, State.REJECTED, State.WITHDRAWN),
        Act.REOPEN,
        State.SUBMITTED,
    ),
}


# What was done, as the history, the audit trail and the signals call it.
DONE = {
    Act.SUBMIT: "submitted",
    Act.REQUEST_CHANGES: "changes_requested",
    Act.WAITLIST: "waitlisted",
    Act.APPROVE: "approved",
    Act.REJECT: "rejected",
    Act.WITHDRAW: "withdrawn",
    Act.REOPEN: "reopened",
}


def is_never_sent(state: State, *, is_sent: bool) -> bool:
    """Whether an application is a draft that was given up, or came in by a spreadsheet and was taken out again."""
    return state is State.WITHDRAWN and not is_sent


def after(state: State, act: Act) -> State:
    """The state an act leads to. Refusal(NOT_NOW) when it may not follow."""
    try:
        return TABLE[state, act]
    except KeyError:
        raise Refusal(Code.NOT_NOW, state=state, act=act) from None


_STANDS = {
    State.DRAFT: Code.IS_DRAFT,
    State.SUBMITTED: Code.IS_UNDER_REVIEW,
    State.CHANGES_REQUESTED: Code.CHANGES_ASKED_ALREADY,
    State.WAITLISTED: Code.WAITS_ALREADY,
    State.APPROVED: Code.APPROVED_ALREADY,
    State.REJECTED: Code.REJECTED_ALREADY,
    State.WITHDRAWN: Code.WITHDRAWN_ALREADY,
}


def why_not(state: State, announced: State) -> Code:
    """Why a decision may not follow where an application stands, and where everybody was told that it does."""
    return _STANDS[state] if state is announced else Code.DECIDED_ALREADY


def acts_of(state: State) -> tuple[Act, ...]:
    """What may be done from a state, in the order in which acts are listed."""
    return tuple(act for act in Act if (state, act) in TABLE)

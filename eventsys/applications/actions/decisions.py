"""What organisers do with applications: decide now, announce later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from eventsys.applications import queries, signals
from eventsys.applications.actions import amendments, letters, places, steps
from eventsys.applications.models import Application
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.states import OPEN, TABLE, Act, State, after, is_never_sent, why_not
from eventsys.audit.actions import Actor, record
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition

NEED_WORDS = frozenset({Act.REJECT, Act.REQUEST_CHANGES})
DECIDES = (Act.APPROVE, Act.WAITLIST, Act.REQUEST_CHANGES, Act.REJECT, Act.REOPEN)
# The mail for each outcome; to be under review again is one.
LETTERS = {
    State.APPROVED: "approved",
    State.REJECTED: "rejected",
    State.WAITLISTED: "waitlisted",
    State.CHANGES_REQUESTED: "changes_requested",
    State.SUBMITTED: "reopened",
}


def is_staged(application: Application) -> bool:
    """Whether an application stands elsewhere than everybody outside the team was told."""
    return application.state is not application.announced_state


def decide(
    application: Application,
    act: Act,
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    kept: str = "",
    asked: Mapping[str, str] = MappingProxyType({}),
    seen: datetime | None = None,
) -> None:
    """Stage a decision: nobody outside the team learns of it before `announce`. Reopening a staged one takes it back.

    `note` is told, `kept` is for the team alone, `asked` names fields to be changed, each with the words for it (which may be empty); `seen` is the `changed_at` that whoever decides looked at.
    Refusal: STALE, NEVER_SENT, those of `rules.states.why_not`, REASON_MISSING (rejecting and asking for changes need words, the latter for a field at least), HAS_OPEN_APPLICATION, HAS_OFFER, NO_PLACE.
    """
    if seen is not None and seen != application.changed_at:
        raise Refusal(Code.STALE)
    if act not in DECIDES:
        raise Refusal(Code.NOT_NOW)
    check_was_sent(application)
    is_take_back = act is Act.REOPEN and is_staged(application)
    to = application.announced_state if is_take_back else _leads_to(application, act)
    if act in NEED_WORDS and not note.strip() and not (act is Act.REQUEST_CHANGES and any(asked.values())):
        raise Refusal(Code.REASON_MISSING, field="note")
    places.check_has_no_offer(application)
    if application.state not in OPEN:
        _check_only_one(application)
    if to is State.APPROVED and not is_take_back:
        places.check_has_place(application)
    steps.take(application, act, to=to, by=by, now=now, note=note.strip(), kept=kept.strip())
    # A decision taken back, or taken again, is what everybody was told.
    is_known = to is application.announced_state
    application.decision_note = application.announced_note if is_known else note.strip()
    if act is Act.REQUEST_CHANGES:
        application.asked = dict(asked)
    elif application.announced_state is not State.CHANGES_REQUESTED:
        application.asked = {}  # Else the applicant still reads it.
    application.kept_note = "" if is_known else kept.strip()
    application.decided_at = application.announced_at if is_known else now


def _leads_to(application: Application, act: Act) -> State:
    if (application.state, act) not in TABLE:
        raise Refusal(why_not(application.state, application.announced_state))
    return after(application.state, act)


def decide_otherwise(
    application: Application,
    act: Act,
    *,
    by: Actor,
    now: datetime,
    seen: datetime,
    note: str,
    kept: str,
    asked: Mapping[str, str],
) -> None:
    """Decide as `decide` does; what is staged is taken back first where the act may follow only what was told.

    Refusal: those of `decide`.
    """
    if seen != application.changed_at:
        raise Refusal(Code.STALE)
    follows = (application.announced_state, act) in TABLE and (application.state, act) not in TABLE
    if follows and act is not Act.REOPEN:  # `decide` takes back what is staged by reopening it.
        steps.unstage(application, by=by, now=now)
    decide(application, act, by=by, now=now, note=note, kept=kept, asked=asked)


def open_acts(application: Application) -> list[Act]:
    """What may be decided on the page of an application; what is staged may be replaced, and is taken back by itself."""
    if is_never_sent(application.state, is_sent=application.submitted_at is not None):
        return []
    if not is_staged(application):
        return [act for act in DECIDES if (application.state, act) in TABLE]
    told = application.announced_state
    return [
        act
        for act in DECIDES
        if act is not Act.REOPEN
        and ((application.state, act) in TABLE or TABLE.get((told, act), application.state) is not application.state)
    ]


def check_was_sent(application: Application) -> None:
    """Refuse what nobody is waiting for: an import that is undone, or a draft that was given up. Refusal(NEVER_SENT)."""
    if is_never_sent(application.state, is_sent=application.submitted_at is not None):
        raise Refusal(Code.NEVER_SENT)


def _check_only_one(application: Application) -> None:
    other = queries.open_of(application.organisation, application.edition)
    if other is not None and other is not application:
        raise Refusal(Code.HAS_OPEN_APPLICATION, other=other.reference)


def announce(applications: Iterable[Application], *, by: Actor, now: datetime) -> int:
    """Tell the staged decisions among these: from now on they count outside, each with its mail. Returns how many."""
    told = 0
    for application in applications:
        if not is_staged(application):
            continue
        application.decided_at = application.decided_at or now
        steps.tell(application, note=application.decision_note, now=now)
        amendments.settle(application, by=by, now=now)
        application.changed_at = now
        record("applications.announced", "application", application.code, by=by, now=now, detail=application.state)
        letters.write(LETTERS[application.state], application, now=now, note=letters.note_of(application))
        signals.announced.send(application, by=by, now=now)
        told += 1
    return told


def hold_back(applications: Iterable[Application], *, is_held: bool) -> None:
    """Remember of staged decisions whether they were left out of an announcement."""
    for application in applications:
        application.is_held_back = is_held and is_staged(application)


def mail_of(application: Application) -> tuple[str, str]:
    """Subject and text of the mail that announcing an application's decision sends, in the reader's language."""
    return letters.preview(LETTERS[application.state], application, note=letters.note_of(application))


def approve_all(edition: Edition, *, by: Actor, now: datetime) -> int:
    """Approve every submitted application and announce those at once; returns how many.

    Refusal(NO_PLACE): where a limit is set and not all fit, who comes in is for people to decide.
    """
    waiting = [application for application in queries.submitted_of(edition) if not is_staged(application)]
    for application in waiting:
        decide(application, Act.APPROVE, by=by, now=now)
    return announce(waiting, by=by, now=now)

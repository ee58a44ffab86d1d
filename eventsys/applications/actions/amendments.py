"""Changes to what was decided on: asked for by who is in, agreed to or declined by organisers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from eventsys.applications import queries, signals
from eventsys.applications.actions import answers, letters
from eventsys.applications.models import Amendment, Application, Revision
from eventsys.applications.rules.amendments import ANSWERS, AT_ONCE, OF_ORGANISATION, merged
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.parts import AmendmentOutcome
from eventsys.applications.rules.states import UNDER_REVIEW, State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.organisations import actions as organisations
from eventsys.organisations.actions import Facts

LETTERS = {AmendmentOutcome.ACCEPTED: "amendment_accepted", AmendmentOutcome.DECLINED: "amendment_declined"}


def hold_back(application: Application, told: Mapping[str, Any], *, by: Actor, now: datetime) -> dict[str, Any]:
    """What of this may be kept at once. Where the applicant was told to be in, the rest becomes a change to agree to."""
    if application.announced_state is not State.APPROVED:
        return dict(told)
    _ask(application, {name: value for name, value in told.items() if name not in AT_ONCE}, by=by, now=now)
    return {name: value for name, value in told.items() if name in AT_ONCE}


def _ask(application: Application, wanted: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    amendment = queries.open_amendment(application)
    known = amendment.changes if amendment else {}
    changes = merged(known, wanted, stands={name: queries.stands(application, name) for name in wanted})
    if changes == known:
        return
    if not changes and amendment is not None:
        _close(amendment, AmendmentOutcome.RETRACTED, note="", by=by, now=now)
        return
    if amendment is None:
        amendment = Amendment(application_id=application.id)
        db.session.add(amendment)
    amendment.changes, amendment.made_at = changes, now
    application.changed_at = now
    _record("asked", amendment, application, by=by, now=now)


def retract(application: Application, *, by: Actor, now: datetime) -> None:
    """The applicant no longer asks. Refusal(NO_AMENDMENT)."""
    _close(_open_one(application), AmendmentOutcome.RETRACTED, note="", by=by, now=now)


def decline(application: Application, *, note: str, by: Actor, now: datetime, seen: datetime | None = None) -> None:
    """Let it be as it was agreed, and mail why. Refusal: STALE, NO_AMENDMENT, REASON_MISSING."""
    _check_is_fresh(application, seen)
    amendment = _open_one(application)
    if not note.strip():
        raise Refusal(Code.REASON_MISSING, field="note")
    _close(amendment, AmendmentOutcome.DECLINED, note=note.strip(), by=by, now=now)
    letters.write(LETTERS[AmendmentOutcome.DECLINED], application, note=note.strip(), now=now)


def accept(application: Application, *, note: str, by: Actor, now: datetime, seen: datetime | None = None) -> None:
    """Agree: what is asked for holds from now on, and is mailed. Refusal: STALE, NO_AMENDMENT, AMENDMENT_INCOMPLETE, CVR_TAKEN."""
    _check_is_fresh(application, seen)
    amendment = _open_one(application)
    if queries.lacks_of_wish(application):
        raise Refusal(Code.AMENDMENT_INCOMPLETE)
    _apply(amendment, application, note=note.strip(), by=by, now=now)
    letters.write(LETTERS[AmendmentOutcome.ACCEPTED], application, note=note.strip(), now=now)
    signals.amended.send(application, by=by, now=now)


def settle(application: Application, *, by: Actor, now: datetime) -> None:
    """End what is asked for when the applicant is told to be out: under review again, it is read as they want it.

    Refusal(CVR_TAKEN).
    """
    amendment = queries.open_amendment(application)
    if amendment is None or application.announced_state is State.APPROVED:
        return
    if application.announced_state in UNDER_REVIEW:
        _apply(amendment, application, note="", by=by, now=now)
    else:
        is_over = application.announced_state is State.REJECTED
        outcome = AmendmentOutcome.DECLINED if is_over else AmendmentOutcome.RETRACTED
        _close(amendment, outcome, note="", by=by, now=now)


def take_up(application: Application, *, by: Actor, now: datetime) -> bool | None:
    """Let what was asked for when it was withdrawn hold once that is undone: under review, it is read as the applicant wants it.

    None where nothing was asked for; False where it can't hold any more, as the number is another organisation's by now.
    """
    amendment = queries.amendment_withdrawn_with(application)
    if amendment is None:
        return None
    try:
        _write(amendment, application, by=by, now=now)
    except Refusal:
        return False
    application.changed_at = now
    detail = ", ".join(amendment.changes)
    record("applications.changed", "application", application.code, by=by, now=now, detail=detail)
    return True


def _open_one(application: Application) -> Amendment:
    amendment = queries.open_amendment(application)
    if amendment is None:
        raise Refusal(Code.NO_AMENDMENT)
    return amendment


def _check_is_fresh(application: Application, seen: datetime | None) -> None:
    if seen is not None and seen != application.changed_at:
        raise Refusal(Code.STALE)


def _apply(amendment: Amendment, application: Application, *, note: str, by: Actor, now: datetime) -> None:
    _write(amendment, application, by=by, now=now)
    _close(amendment, AmendmentOutcome.ACCEPTED, note=note, by=by, now=now)


def _write(amendment: Amendment, application: Application, *, by: Actor, now: datetime) -> None:
    """Let what is asked for hold, and keep what held before. Refusal(CVR_TAKEN), before anything is written."""
    wanted = {name: after for name, (_before, after) in amendment.changes.items()}
    changes = {name: [queries.stands(application, name), value] for name, value in wanted.items()}
    of_organisation = {name: value for name, value in wanted.items() if name in OF_ORGANISATION}
    if of_organisation:
        facts = replace(facts_of(application), **of_organisation)
        organisations.change(application.organisation, facts, by=by, now=now)
    if ANSWERS in wanted:
        answers.replace({int(key): value for key, value in wanted[ANSWERS].items()}, of=application)
    for name, value in wanted.items():
        if name != ANSWERS and name not in OF_ORGANISATION:
            setattr(application, name, value)
    db.session.add(Revision(application_id=application.id, at=now, changes=changes))


def facts_of(application: Application) -> Facts:
    """What holds for the organisation of an application now."""
    return Facts(**{name: getattr(application.organisation, name) for name in Facts.__slots__})


def _close(amendment: Amendment, outcome: AmendmentOutcome, *, note: str, by: Actor, now: datetime) -> None:
    application = queries.get(amendment.application_id)
    amendment.closed_at, amendment.outcome, amendment.note = now, outcome, note
    application.changed_at = now
    _record(outcome, amendment, application, by=by, now=now)


def _record(done: str, amendment: Amendment, application: Application, *, by: Actor, now: datetime) -> None:
    fields = ", ".join(amendment.changes)
    record(f"applications.amendment_{done}", "application", application.code, by=by, now=now, detail=fields)

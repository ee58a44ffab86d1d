"""Keeping what an applicant tells, step by step: in a draft, until the call closes, and what may change after an approval."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from eventsys.applications import queries, signals
from eventsys.applications.actions import amendments, answers, letters
from eventsys.applications.models import Application, Revision
from eventsys.applications.rules import answers as rules
from eventsys.applications.rules import completeness
from eventsys.applications.rules.amendments import ANSWERS, OF_ORGANISATION, SHOWN_OF_ORGANISATION
from eventsys.applications.rules.answers import Answers
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.fields import email_of
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.editions.models import Edition
from eventsys.editions.rules import CallState, call_state, is_in_grace
from eventsys.organisations import actions as organisations
from eventsys.organisations.actions import Facts
from eventsys.questions.rules.asking import Value

MOST_CONTACTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to reach: `phone` in the international form, `language` a code."""

    name: str
    email: str
    phone: str
    language: str


def is_call_open(edition: Edition, *, now: datetime) -> bool:
    """Whether applications are taken at this moment."""
    return call_state(edition.call_opens_at, edition.call_closes_at, now) is CallState.OPEN


def is_over(edition: Edition, *, now: datetime) -> bool:
    """Whether its last day is past: what is told about it is only read from then on."""
    return now >= max((day.closes_at for day in edition.days), default=now)


def may_change(application: Application, *, now: datetime) -> bool:
    """Whether the applicant may still change what is told."""
    try:
        check_may_change(application, now=now)
    except Refusal:
        return False
    return True


def check_may_change(application: Application, *, now: datetime) -> None:
    """Refusal: CALL_CLOSED, NOT_NOW."""
    rules.check_may_change(application.announced_state, is_in_time=is_in_time(application, now=now))


def is_in_time(application: Application, *, now: datetime) -> bool:
    """Whether the time lets an applicant change this.

    The call is open; or it is a draft begun in time, in its grace; or the applicant is in, and the last day isn't over.
    """
    edition = application.edition
    if application.announced_state is State.APPROVED:
        return not is_over(edition, now=now)
    if application.announced_state is not State.DRAFT or is_call_open(edition, now=now):
        return is_call_open(edition, now=now)
    begun_at, hours = application.created_at, edition.call_grace_hours
    return is_in_grace(edition.call_closes_at, hours, begun_at=begun_at, now=now)


def last_moment_of(application: Application, *, now: datetime) -> datetime | None:
    """Until when an applicant may send: the closing of the call, or the end of the grace that a late draft has; None without a call."""
    edition = application.edition
    closes_at, hours = edition.call_closes_at, edition.call_grace_hours
    if is_in_grace(closes_at, hours, begun_at=application.created_at, now=now) and is_in_time(application, now=now):
        return closes_at + timedelta(hours=hours) if closes_at else None
    return closes_at


def save(application: Application, told: Answers, *, by: Actor, now: datetime) -> None:
    """Keep what a step tells; of who is in, what was decided on waits for an organiser.

    Refusal: CALL_CLOSED, NOT_NOW, NEEDED (who is in can't take back what must be told).
    """
    check_may_change(application, now=now)
    kept = amendments.hold_back(application, asdict(told), by=by, now=now)
    changes = {name: [getattr(application, name), new] for name, new in kept.items()}
    lacks = completeness.missing(queries.told_by(application))
    _keep(application, {name: pair for name, pair in changes.items() if pair[0] != pair[1]}, by=by, now=now)
    _check_lacks_no_more(application, lacks)


def _keep(application: Application, changes: Mapping[str, Sequence[Any]], *, by: Actor, now: datetime) -> None:
    _revise(application, changes, now=now)
    for name in changes.keys() - {"dishes"}:
        setattr(application, name, changes[name][1])
    _note(application, changes, by=by, now=now)


def _revise(application: Application, changes: Mapping[str, Sequence[Any]], *, now: datetime) -> None:
    """Keep what stood there before: whoever has read it sees what is different."""
    if changes and application.submitted_at is not None:
        db.session.add(Revision(application_id=application.id, at=now, changes=dict(changes)))


def _check_lacks_no_more(application: Application, lacks: Collection[Missing]) -> None:
    """Whoever is in doesn't take back what must be told."""
    if application.announced_state is not State.APPROVED:
        return
    for what in completeness.missing(queries.told_by(application)):
        if what not in lacks:
            raise Refusal(Code.NEEDED, field=what)


def note_dishes(application: Application, changes: Mapping[str, Sequence[Any]], *, by: Actor, now: datetime) -> None:
    """Keep what changed with the dishes: themselves, and what they say of `allergens` and `dietary` together.

    Each with what it said before and says now. Refusal: CALL_CLOSED, NOT_NOW, NEEDED.
    """
    check_may_change(application, now=now)
    lacks = completeness.missing(queries.told_by(application))
    _keep(application, changes, by=by, now=now)
    _check_lacks_no_more(application, lacks)


def note_documents(application: Application, *, by: Actor, now: datetime) -> None:
    """Take it down that documents are changed. Refusal: CALL_CLOSED, NOT_NOW."""
    check_may_change(application, now=now)
    _note(application, ["documents"], by=by, now=now)


def save_questions(application: Application, given: Mapping[str, Value], *, by: Actor, now: datetime) -> None:
    """Keep answers to the edition's own questions in place of earlier ones. Refusal: CALL_CLOSED, NOT_NOW."""
    check_may_change(application, now=now)
    new = answers.counted(given, of=application)
    by_key = {str(key): value for key, value in new.items()}
    if not amendments.hold_back(application, {ANSWERS: by_key}, by=by, now=now):
        return
    stood = queries.stands(application, ANSWERS)
    if by_key != stood:
        _revise(application, {ANSWERS: [stood, by_key]}, now=now)
        _note(application, [ANSWERS], by=by, now=now)
    answers.replace(new, of=application)


def save_organisation(
    application: Application, facts: Facts, *, contact_name: str, phone: str, by: Actor, now: datetime
) -> None:
    """Keep what the applicant tells of the organisation, and whom to ask for. Refusal: CALL_CLOSED, NOT_NOW, CVR_TAKEN."""
    check_may_change(application, now=now)
    organisations.check_cvr(facts.cvr, of=application.organisation)
    told = asdict(facts)
    decided = {name: told[name] for name in OF_ORGANISATION}
    kept = amendments.hold_back(application, decided, by=by, now=now)
    stands = {name: getattr(application.organisation, name) for name in OF_ORGANISATION - set(kept)}
    before = {name: getattr(application.organisation, name) for name in SHOWN_OF_ORGANISATION}
    changed = organisations.change(application.organisation, replace(facts, **stands), by=by, now=now)
    of_organisation = {name: [before[name], told[name]] for name in changed if name in before}
    _revise(application, of_organisation, now=now)
    contact = organisations.reach(application.organisation, application.email, language=application.language)
    if (contact.name, contact.phone) != (contact_name, phone):
        contact.name, contact.phone = contact_name, phone
        changed.append("contact")
    _note(application, changed, by=by, now=now)


def add_contact(application: Application, said: Person, *, by: Actor, now: datetime) -> None:
    """Keep a further person to reach; the same mail address again changes name, phone and language.

    Refusal: CALL_CLOSED, NOT_NOW, MISSING, EMAIL_WRONG, TOO_MANY_CONTACTS.
    """
    check_may_change(application, now=now)
    email = email_of(said.email)
    known = application.organisation.contacts
    if len(known) >= MOST_CONTACTS and email not in {one.email for one in known}:
        raise Refusal(Code.TOO_MANY_CONTACTS, field="email", most=MOST_CONTACTS)
    organisations.reach(application.organisation, email, language=said.language, name=said.name, phone=said.phone)
    _note(application, ["contact"], by=by, now=now)


def remove_contact(application: Application, email: str, *, by: Actor, now: datetime) -> bool:
    """Reach a person no longer, and let no link that they were mailed open anything; whether there was such a person.

    Whom this application writes to stays, and so does the organisation's first contact. Refusal: CALL_CLOSED, NOT_NOW.
    """
    check_may_change(application, now=now)
    organisation = application.organisation
    contact = next((one for one in organisation.contacts if one.email == email), None)
    if contact is None or contact.is_primary or email == application.email:
        return False
    organisations.forget(organisation, contact)
    letters.forget_links_to(organisation, email)
    _note(application, ["contact"], by=by, now=now)
    return True


def _note(application: Application, changed: Collection[str], *, by: Actor, now: datetime) -> None:
    if not changed:
        return
    application.changed_at = now
    record("applications.changed", "application", application.code, by=by, now=now, detail=", ".join(changed))
    if application.announced_state is State.APPROVED:
        signals.amended.send(application, by=by, now=now)

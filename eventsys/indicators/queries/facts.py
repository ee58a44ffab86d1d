"""Facts out of register of applications and gate: who applied, who came, how many were let in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.db import db
from eventsys.editions.models import Edition
from eventsys.gate import closings
from eventsys.gate.models import Admission, QuarterCount
from eventsys.indicators.rules import inputs as into
from eventsys.indicators.rules.populations import OrganisationFacts
from eventsys.passes.models import Pass
from eventsys.passes.rules.codec import PassKind


def applications_of(edition: Edition) -> Sequence[Application]:
    """Every application to an edition that was sent, in order of the references."""
    return db.session.scalars(
        select(Application)
        .where(Application.edition_id == edition.id, Application.submitted_at.is_not(None))
        .order_by(Application.reference)
    ).all()


def crew_days(edition: Edition) -> dict[int, set[int]]:
    """On which open days somebody of an application's crew was let in, by its key; of closed days as they were frozen."""
    open_days = [day.number for day in edition.open_days]
    rows = db.session.execute(
        select(Pass.application_id, Admission.day_number)
        .join(Admission, Admission.pass_id == Pass.pass_id)
        .where(
            Admission.edition_id == edition.id,
            Pass.edition_id == edition.id,
            Pass.kind == PassKind.BOOTH_CREW.value,
            Admission.day_number.in_(open_days),
        )
        .distinct()
    )
    closed = closings.closings_of(edition)
    found: dict[int, set[int]] = {}
    for day_number in closed.keys() & set(open_days):
        for key in closed[day_number].figures.crews:
            found.setdefault(key, set()).add(day_number)
    for application_id, day_number in rows:
        if day_number in closed:
            continue
        if application_id is None:  # No crew without an application; the database sees to it.
            continue
        found.setdefault(application_id, set()).add(day_number)
    return found


def visits(edition: Edition) -> list[into.DayVisits]:
    """Visits of each open day: guests and visitors admitted by pass, and people tallied in less those voided.

    Of a closed day as they were frozen.
    """
    admitted = dict(
        db.session.execute(
            select(Admission.day_number, func.count())
            .where(
                Admission.edition_id == edition.id,
                Admission.kind.in_([PassKind.GUEST.value, PassKind.VISITOR.value]),
            )
            .group_by(Admission.day_number)
        ).all()
    )
    tallied = dict(
        db.session.execute(
            select(QuarterCount.day_number, func.sum(QuarterCount.tallied_in))
            .where(QuarterCount.edition_id == edition.id)
            .group_by(QuarterCount.day_number)
        ).all()
    )
    for number, closing in closings.closings_of(edition).items():
        counts = closing.figures.counts
        admitted[number], tallied[number] = counts.guests_admitted + counts.visitors_admitted, counts.tallied_in
    return [
        into.DayVisits(day.number, admitted=admitted.get(day.number, 0), tallied=max(0, tallied.get(day.number, 0)))
        for day in edition.open_days
    ]


def organisation_facts(edition: Edition) -> list[OrganisationFacts]:
    """What register and gate know of every organisation that applied, in order of their references."""
    days = crew_days(edition)
    return [
        OrganisationFacts(
            reference=application.reference,
            kind=application.organisation.kind,
            is_approved=application.announced_state is State.APPROVED,
            crew_days=frozenset(days.get(application.id, ())),
            is_minority_association=application.organisation.is_minority_association,
            is_in_development_course=application.is_in_development_course,
        )
        for application in applications_of(edition)
    ]

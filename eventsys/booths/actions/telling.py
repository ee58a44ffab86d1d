"""Telling participants where they stand, when a plan begins to count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from eventsys.applications import queries as applications
from eventsys.applications.actions import letters
from eventsys.applications.models import Application
from eventsys.base.i18n import page_language
from eventsys.base.rendering import speaking
from eventsys.booths import queries
from eventsys.booths.models import PlanState
from eventsys.booths.rules.locks import Where
from eventsys.booths.said import places_said
from eventsys.editions.models import Edition
from eventsys.mail import actions as mail

Places = Mapping[str, Where]


def news_of(edition: Edition, before: Places, after: Places) -> list[tuple[Application, str]]:
    """Who is in and stands elsewhere than before, each with the mail that says so."""
    found = []
    for application in applications.approved_of(edition):
        old, new = before.get(application.reference), after.get(application.reference)
        if old != new:
            found.append((application, "given" if not old else "changed" if new else "gone"))
    return found


def places_of(edition: Edition, state: PlanState) -> dict[str, Where]:
    """The numbers of the pitches on which everybody stands in a plan, by reference and day."""
    return {one.reference: one.by_day for one in queries.standing_in(queries.plan(edition, state))}


def tell(edition: Edition, before: Places, *, now: datetime) -> int:
    """Mail to everybody who stands elsewhere than before in the plan that counts now; returns how many."""
    after = places_of(edition, PlanState.PUBLISHED)
    news = news_of(edition, before, after)
    for application, template in news:
        language = page_language(application.language)
        with speaking(language):
            numbers, old = (places_said(places.get(application.reference, {})) for places in (after, before))
        mail.queue(
            f"booths/{template}",
            to=application.email,
            language=language,
            now=now,
            about=f"application:{application.code}",
            organisation=application.organisation,
            edition=edition,
            numbers=numbers,
            before=old,
            link=letters.new_link(application, to=application.email, now=now),
        )
    return len(news)

"""What happens next and when, as the applicant reads it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from eventsys.applications import panels
from eventsys.applications.models import Application
from eventsys.applications.rules.states import UNDER_REVIEW, State
from eventsys.base.i18n import date_range, long_date, short_moment


class Moment(NamedTuple):
    """A part of the way: what happens, when (empty where nobody has said), and `done`, `current` or `ahead`."""

    what: str
    when: str
    state: str


# How many parts of the way are behind an applicant who stands there; nothing lies ahead of who is out.
BEHIND = {State.DRAFT: 0, State.CHANGES_REQUESTED: 1, State.SUBMITTED: 1, State.WAITLISTED: 1, State.APPROVED: 2}


def timeline_of(application: Application) -> list[Moment]:
    """The way of an application from being sent to the days in the street; empty for who is out."""
    edition, announced = application.edition, application.announced_state
    if announced not in BEHIND:
        return []
    behind = BEHIND[announced]
    if announced is State.APPROVED and panels.is_settled(edition):
        behind += 1
    sent_by = short_moment(edition.call_closes_at) if edition.call_closes_at else ""
    sent = short_moment(application.submitted_at) if application.submitted_at else _before(sent_by)
    told_at = application.announced_at if announced not in UNDER_REVIEW else None
    told = short_moment(told_at) if told_at else _by(edition.decisions_by)
    way = [
        (_("The application is sent"), sent),
        (_("We decide and write to you"), told),
        (_("You get your booth"), _by(edition.booths_by)),
        (_("The event"), date_range(edition.starts_on, edition.ends_on)),
    ]
    return [
        Moment(str(what), when, "done" if place < behind else "current" if place == behind else "ahead")
        for place, (what, when) in enumerate(way)
    ]


def _by(day: date | None) -> str:
    return str(_("by %(day)s", day=long_date(day))) if day else ""


def _before(moment: str) -> str:
    return str(_("before %(moment)s", moment=moment)) if moment else ""

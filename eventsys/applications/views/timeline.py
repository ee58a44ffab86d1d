"""What happens next and when, as the applicant reads it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

from eventsys.applications import panels
from eventsys.applications.actions import keeping
from eventsys.applications.models import Application, Offer
from eventsys.applications.rules.states import UNDER_REVIEW, State
from eventsys.applications.texts import NEXT
from eventsys.base.i18n import date_range, long_date, short_moment


class Moment(NamedTuple):
    """A part of the way: what happens, when (empty where nobody has said), and `done`, `current` or `ahead`."""

    what: str
    when: str
    state: str


# How many parts of the way are behind an applicant who stands there; nothing lies ahead of who is out.
BEHIND = {State.DRAFT: 0, State.CHANGES_REQUESTED: 1, State.SUBMITTED: 1, State.WAITLISTED: 1, State.APPROVED: 2}


def next_words_of(application: Application, offer: Offer | None, *, now: datetime) -> object:
    """What the applicant is to do or to wait for, in one or two sentences that agree with the clock."""
    announced = application.announced_state
    if offer is not None:
        return _("A place came free, and it is yours if you want it. Answer below.")
    if announced is State.APPROVED:
        return _words_of_who_is_in(application, now=now)
    if announced is not State.DRAFT:
        return NEXT[announced]
    last = keeping.last_moment_of(application, now=now)
    if not keeping.may_change(application, now=now):
        return _("This application wasn't sent before the call closed.")
    if last is not None and last != application.edition.call_closes_at:
        return _(
            "The call is closed, but as you began in time you may still send this application, before %(moment)s.",
            moment=short_moment(last),
        )
    return NEXT[announced]


def _words_of_who_is_in(application: Application, *, now: datetime) -> object:
    if keeping.is_over(application.edition, now=now):
        return _("You took part. Here you can still read what was agreed on; nothing of it changes any more.")
    if panels.links_of(application):
        return _("You take part. Your booth and the passes of your crew are below, as far as they are ready.")
    return NEXT[State.APPROVED]


def timeline_of(application: Application, *, now: datetime) -> list[Moment]:
    """The way of an application from being sent to the days in the street; empty for who is out."""
    edition, announced = application.edition, application.announced_state
    if announced not in BEHIND:
        return []
    behind = BEHIND[announced]
    if announced is State.APPROVED and panels.is_settled(edition):
        behind += 1
    last = keeping.last_moment_of(application, now=now)
    sent_by = short_moment(last) if last and keeping.may_change(application, now=now) else ""
    sent = short_moment(application.submitted_at) if application.submitted_at else _before(sent_by)
    told_at = application.announced_at if announced not in UNDER_REVIEW else None
    told = short_moment(told_at) if told_at else _by(edition.decisions_by)
    way = [
        (_("You send the application") if announced is State.DRAFT else _("The application is sent"), sent),
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

"""The control room: a page and a large screen that are never older than three seconds, and the way to a crew's contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Response, abort, get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.audit.actions import record
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import current_language
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.brief import Brief, Made, answer_with, made_of
from eventsys.base.web.writes import begun_by_writing
from eventsys.editions import queries as editions
from eventsys.editions.access import actor
from eventsys.editions.models import Day, Edition
from eventsys.gate import control_shown, queries, rules_shown
from eventsys.gate.control_shown import ControlShown, ScreenShown
from eventsys.gate.forms import MessageForm
from eventsys.gate.scanner_texts import VERDICT_TITLES
from eventsys.gate.shown import day_to_show
from eventsys.gate.texts import CROWDS, DEVICE_ROLES
from eventsys.gate.views.blueprint import IN_CHARGE, bp
from eventsys.passes.rules.short_code import to_short_code

# Pages ask every second; with what is kept here, their figures are at most two seconds old and the way long.
SHOWN = Brief(renewed_after=timedelta(milliseconds=700), lasts=timedelta(seconds=1))
WORDS = {"roles": DEVICE_ROLES, "verdicts": VERDICT_TITLES, "crowds": CROWDS, "to_short_code": to_short_code}
CONTROL_PARTS = ("figures", "arrivals", "messages", "crews", "attention", "days", "phones")
SCREEN_PARTS = ("day", "inside", "counts", "gates", "phones", "message")

Telling = Callable[[Edition, Day | None, datetime], dict[str, str]]


@bp.get("/organise/<edition:edition>/gate")
@access(*IN_CHARGE)
def control(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    day = _day(edition, now=now)
    shown, form = control_shown.of_day(edition, day, now=now), MessageForm()
    form.offer(shown.gates)
    return render_template(
        "gate/control.html",
        edition=edition,
        shown=shown,
        words=WORDS,
        form=form,
        rules={gate.code: rules_shown.of_days(edition, gate) for gate in shown.gates},
        live=url_for("gate.live", edition=edition, day=day and day.number, language=current_language()),
        may_add=is_allowed(Allow.ORGANISER, {"edition": edition}),
    )


@bp.get("/organise/<edition:edition>/gate/screen")
@access(*IN_CHARGE)
def screen(edition: Edition) -> ResponseReturnValue:
    now, wanted = clock.now(), request.args.get("day", type=int)
    shown = control_shown.screen_of(edition, _day(edition, now=now), now=now)
    live = url_for("gate.screen_live", edition=edition, day=wanted, language=current_language())
    return render_template("gate/screen.html", edition=edition, shown=shown, words=WORDS, live=live)


@bp.get("/organise/<edition:edition>/gate/live")
@access(*IN_CHARGE)
def live(edition: Edition) -> Response:
    return _told("control", edition, _control_parts)


@bp.get("/organise/<edition:edition>/gate/screen/live")
@access(*IN_CHARGE)
def screen_live(edition: Edition) -> Response:
    return _told("screen", edition, _screen_parts)


@bp.get("/organise/<edition:edition>/gate/contact/<code>")
@access(*IN_CHARGE)
def contact(edition: Edition, code: str) -> ResponseReturnValue:
    application = queries.crew_to_reach(edition, code) or abort(404)
    by = actor()
    with begun_by_writing():
        record("gate.contact_read", "application", code, by=by, now=clock.now())
    people = sorted(application.organisation.contacts, key=lambda one: one.email != application.email)
    return render_template("gate/contact.html", edition=edition, application=application, people=people)


def _day(edition: Edition, *, now: datetime) -> Day | None:
    return day_to_show(edition, wanted=request.args.get("day", type=int), now=now)


def _told(page: str, edition: Edition, tell: Telling) -> Response:
    """What a page shows, made once for everybody who asks within the second."""
    slug = edition.slug

    def make() -> Made:
        # This request may have waited for another one with a view of the database from before.
        db.session.rollback()
        now = clock.now()
        there = editions.find(slug) or abort(404)
        return made_of({"parts": tell(there, _day(there, now=now), now)}, at=now)

    day = _day(edition, now=clock.now())
    return answer_with(SHOWN.get((page, slug, day and day.number, current_language()), make), request)


def _control_parts(edition: Edition, day: Day | None, now: datetime) -> dict[str, str]:
    return _parts("control_part", CONTROL_PARTS, control_shown.of_day(edition, day, now=now))


def _screen_parts(edition: Edition, day: Day | None, now: datetime) -> dict[str, str]:
    return _parts("screen_part", SCREEN_PARTS, control_shown.screen_of(edition, day, now=now))


def _parts(macro: str, names: tuple[str, ...], shown: ControlShown | ScreenShown) -> dict[str, str]:
    part = get_template_attribute(f"gate/_{macro}.html", macro)
    return {name: str(part(name, shown, WORDS)).strip() for name in names}

"""The waiting list and its offers, as organisers work with it and as an applicant answers."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import places
from eventsys.applications.models import Application
from eventsys.applications.texts import STORY, TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.decisions import ways_to_limit
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.fields import clean_text
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.editions.access import actor
from eventsys.editions.models import Edition
from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.texts import KINDS_OF_MANY

ADDRESS = "/organise/<edition:edition>/waiting-list"
# A whole list away: to the top.
TO_THE_TOP = -1_000_000
LONGEST_NOTE = 2000


@bp.get(ADDRESS)
@access(Allow.ORGANISER, Allow.REVIEWER)
def waiting_list(edition: Edition) -> ResponseReturnValue:
    standings, offers = queries.standings_of(edition), queries.open_offers_of(edition)
    waiting = {kind: queries.waiting_list_of(edition, kind) for kind in Kind}
    return render_template(
        "applications/waiting_list.html",
        edition=edition,
        lists=[
            (kind, KINDS_OF_MANY[kind], standings[kind], line, places.next_in_line(line, offers))
            for kind, line in waiting.items()
        ],
        offers=offers,
        last_offers=queries.last_offers_of(edition),
        story=STORY,
    )


@bp.post(f"{ADDRESS}/offer-next")
@access(Allow.ORGANISER)
@once_more_on_conflict
def offer_next(edition: Edition) -> ResponseReturnValue:
    kind = request.form.get("kind", "")
    if kind not in list(Kind):
        abort(400)
    with refusals_of(None, TEXTS, ways_to_limit(edition)):
        made = places.offer_next(edition, Kind(kind), by=actor(), now=clock.now())
        db.session.commit()
        name = made.application.organisation.name
        flash(_("A place is offered to %(name)s, by mail.", name=name), "success")
    return redirect(url_for(".waiting_list", edition=edition))


def _do(edition: Edition, code: str, act: Callable[[Application], object], *, said: str) -> ResponseReturnValue:
    application = queries.find_in(edition, code, is_locked=True) or abort(404)
    with refusals_of(None, TEXTS, ways_to_limit(edition)):
        act(application)
        db.session.commit()
        flash(said % {"name": application.organisation.name}, "success")
    return redirect(url_for(".waiting_list", edition=edition))


@bp.post(f"{ADDRESS}/<code>/offer")
@access(Allow.ORGANISER)
@once_more_on_conflict
def offer(edition: Edition, code: str) -> ResponseReturnValue:
    said = _("A place is offered to %(name)s, by mail.", name="%(name)s")
    return _do(edition, code, lambda one: places.offer(one, by=actor(), now=clock.now()), said=said)


@bp.post(f"{ADDRESS}/<code>/retract")
@access(Allow.ORGANISER)
@once_more_on_conflict
def retract_offer(edition: Edition, code: str) -> ResponseReturnValue:
    note = clean_text(request.form.get("note"))[:LONGEST_NOTE]
    said = _("The offer to %(name)s is taken back, and a mail says so.", name="%(name)s")
    return _do(edition, code, lambda one: places.retract(one, by=actor(), now=clock.now(), note=note), said=said)


def _move(edition: Edition, code: str, steps: int) -> ResponseReturnValue:
    said = _("%(name)s is moved.", name="%(name)s")
    return _do(edition, code, lambda one: places.move(one, steps=steps, by=actor(), now=clock.now()), said=said)


@bp.post(f"{ADDRESS}/<code>/up")
@access(Allow.ORGANISER)
def move_up(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, -1)


@bp.post(f"{ADDRESS}/<code>/down")
@access(Allow.ORGANISER)
def move_down(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, 1)


@bp.post(f"{ADDRESS}/<code>/first")
@access(Allow.ORGANISER)
def move_first(edition: Edition, code: str) -> ResponseReturnValue:
    return _move(edition, code, TO_THE_TOP)


def _answer(code: str, act: Callable[..., None], said: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    form = FlaskForm()
    if form.validate_on_submit():
        with refusals_of(None, TEXTS):
            act(application, by=Actor("applicant", code), now=clock.now())
            db.session.commit()
            flash(said, "success")
    return redirect(url_for(".status", code=code))


@bp.post("/my/<code>/offer/accept")
@access(Allow.APPLICANT)
@once_more_on_conflict
def accept_offer(code: str) -> ResponseReturnValue:
    return _answer(code, places.accept, _("You take part! We have mailed you what happens next."))


@bp.post("/my/<code>/offer/decline")
@access(Allow.APPLICANT)
@once_more_on_conflict
def decline_offer(code: str) -> ResponseReturnValue:
    said = _("The place goes to the next in line. You are still on the waiting list, at its end.")
    return _answer(code, places.decline, said)

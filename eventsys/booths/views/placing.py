"""Where one booth stands, why there, and placing it by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import listed
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import once_more_on_conflict, refusals_of, sentence_of
from eventsys.booths import queries
from eventsys.booths.actions import placing
from eventsys.booths.actions.placing import Hand
from eventsys.booths.booth_shown import booth_shown
from eventsys.booths.forms import PlaceForm, SwapForm
from eventsys.booths.hand_shown import (
    MoveTold,
    hand_told,
    last_step_shown,
    move_told,
    placed_said,
    rules_of_exchange,
    step_said,
)
from eventsys.booths.models import Plan, PlanState
from eventsys.booths.said import broken_said
from eventsys.booths.swaps_shown import swaps_shown
from eventsys.booths.texts import TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.editions.access import actor
from eventsys.editions.models import Edition

ADDRESS = "/organise/<edition:edition>/booths/<code>"


def application_in(edition: Edition, code: str, *, is_locked: bool = False) -> Application:
    """An application that is in, by its code; 404 for any other."""
    application = applications.find_in(edition, code, is_locked=is_locked)
    if application is None or application.announced_state is not State.APPROVED:
        abort(404)
    return application


@bp.get(ADDRESS)
@access(Allow.ORGANISER)
def booth(edition: Edition, code: str) -> ResponseReturnValue:
    return _page(application_in(edition, code))


def _page(application: Application, place: PlaceForm | None = None, swap: SwapForm | None = None) -> str:
    edition, plan = application.edition, queries.plan_at_work(application.edition)
    shown, step = booth_shown(application, plan), last_step_shown(edition, queries.plan(edition, PlanState.DRAFT))
    return render_template(
        "booths/booth.html", edition=edition, application=application, shown=shown,
        step=step if step and application.code in step.codes else None,
        place=place or _place_form(application, formdata=None), swap=swap or _swap_form(application, plan),
    )  # fmt: skip


def _place_form(application: Application, **more: Any) -> PlaceForm:
    return PlaceForm(sorted(queries.days_of(application, ())), **more)


def _swap_form(application: Application, plan: Plan | None) -> SwapForm:
    return SwapForm(swaps_shown(application, plan), [day.number for day in application.edition.open_days])


def _back(edition: Edition, code: str) -> ResponseReturnValue:
    """To the page from which it was done: the booth's own, or the plan as it was looked at."""
    if request.form.get("to") != "plan":
        return redirect(url_for(".booth", edition=edition, code=code))
    return redirect(url_for(".plan", edition=edition, day=request.form.get("day") or None))


@bp.get(f"{ADDRESS}/fits")
@access(Allow.ORGANISER)
def fits(edition: Edition, code: str) -> ResponseReturnValue:
    """How a booth would stand on each pitch, on the day that is shown or on all, for the page with the map."""
    return hand_told(application_in(edition, code), queries.plan_at_work(edition), day=_day_shown())


def _day_shown() -> int:
    return request.args.get("day", default=0, type=int)


@bp.get(f"{ADDRESS}/check")
@access(Allow.ORGANISER)
def check(edition: Edition, code: str) -> ResponseReturnValue:
    """What would be broken on certain pitches, for the page with the map; nothing is written."""
    application = application_in(edition, code)
    form = _place_form(application, formdata=request.args)
    try:
        return move_told(application, form.pitches(), queries.plan_at_work(edition), day=_day_shown()).as_json()
    except Refusal as refusal:
        return MoveTold(form.pitches(), refused=sentence_of(refusal, TEXTS)).as_json()


@bp.post(f"{ADDRESS}/place")
@access(Allow.ORGANISER)
@once_more_on_conflict
def place_booth(edition: Edition, code: str) -> ResponseReturnValue:
    application = application_in(edition, code, is_locked=True)
    form, names = _place_form(application), queries.names_of(edition)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            plan = placing.draft_to_change(edition, now=clock.now())
            hand, rulebook = Hand(actor(), form.reason.data, form.on_days()), queries.rulebook_of(edition)
            broken = queries.broken_on(edition, application, form.pitches(), plan=plan, days=hand.days)
            form.form_errors += [broken_said(one, names, rulebook) for one in broken if one.is_hard]
            placing.move(edition, application, form.pitches(), hand=hand, now=clock.now())
            db.session.commit()
            done = _done(application, hand.days)
            flash(f"{done} {placed_said(broken, names, rulebook)}".strip(), "success")
            return _back(edition, code)
    return _page(application, form), 422


def _done(application: Application, days: Collection[int]) -> str:
    name = application.organisation.name
    if days:
        on = listed(sorted(days))
        return str(
            _("On day %(days)s %(name)s stands there now; it is fixed, on its other days too.", days=on, name=name)
        )
    return str(_("%(name)s stands there now, and is fixed there.", name=name))


@bp.post(f"{ADDRESS}/swap")
@access(Allow.ORGANISER)
@once_more_on_conflict
def swap_booths(edition: Edition, code: str) -> ResponseReturnValue:
    application = application_in(edition, code, is_locked=True)
    form = _swap_form(application, queries.plan_at_work(edition))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            other = application_in(edition, form.other.data or "", is_locked=True)
            hand, plan = Hand(actor(), form.reason.data, form.on_days()), queries.plan_at_work(edition)
            form.form_errors += rules_of_exchange(application, other, plan, days=hand.days)
            placing.swap(edition, application, other, hand=hand, now=clock.now())
            db.session.commit()
            flash(_changed(hand.days), "success")
            return _back(edition, code)
    return _page(application, swap=form), 422


def _changed(days: Collection[int]) -> str:
    if days:
        return str(_("They have changed places on day %(days)s; they are fixed.", days=listed(sorted(days))))
    return str(_("They have changed places, and are fixed there."))


@bp.post(f"{ADDRESS}/take-off")
@access(Allow.ORGANISER)
@once_more_on_conflict
def take_off(edition: Edition, code: str) -> ResponseReturnValue:
    application, days = application_in(edition, code, is_locked=True), _days_asked(edition)
    is_done = placing.take_off(edition, application, by=actor(), now=clock.now(), days=days)
    db.session.commit()
    if not is_done:
        flash(_("It has no place to be taken off from. Nothing was changed."), "info")
    elif days:
        flash(
            _("Taken off on day %(days)s. The next proposal looks for a place.", days=listed(sorted(days))), "success"
        )
    else:
        flash(_("Taken off. The next proposal looks for a place."), "success")
    return _back(edition, code)


def _days_asked(edition: Edition) -> frozenset[int]:
    """The days that the page with the map means, none for all."""
    asked = request.form.getlist("days")
    return frozenset(day.number for day in edition.days if str(day.number) in asked)


@bp.post(f"{ADDRESS}/fix")
@access(Allow.ORGANISER)
@once_more_on_conflict
def fix(edition: Edition, code: str) -> ResponseReturnValue:
    return _fix(edition, code, is_locked=True)


@bp.post(f"{ADDRESS}/unfix")
@access(Allow.ORGANISER)
@once_more_on_conflict
def unfix(edition: Edition, code: str) -> ResponseReturnValue:
    return _fix(edition, code, is_locked=False)


def _fix(edition: Edition, code: str, *, is_locked: bool) -> ResponseReturnValue:
    with refusals_of(None, TEXTS):
        application = application_in(edition, code, is_locked=True)
        days = _days_asked(edition)
        is_done = placing.fix(edition, application, is_locked=is_locked, by=actor(), now=clock.now(), days=days)
        db.session.commit()
        if is_done:
            flash(_("Fixed there.") if is_locked else _("Proposals may move it again."), "success")
        else:
            flash(_("It was fixed there already.") if is_locked else _("It wasn't fixed."), "info")
    return _back(edition, code)


@bp.post("/organise/<edition:edition>/booths/take-back")
@access(Allow.ORGANISER)
def take_back(edition: Edition) -> ResponseReturnValue:
    """Take the last step by hand back, if it is still the one that the page named."""
    number = request.form.get("step", "")
    with refusals_of(None, TEXTS):
        step = placing.take_back(edition, int(number) if number.isdecimal() else 0, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("Taken back: %(step)s.", step=step_said(edition, step)), "success")
    if code := request.form.get("booth"):
        return redirect(url_for(".booth", edition=edition, code=code))
    return redirect(url_for(".plan", edition=edition, day=request.form.get("day") or None))

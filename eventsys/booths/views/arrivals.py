"""Arrivals of vehicles: kerbs and times, who comes when, moved by hand, told, printed; and the participant's own place."""

from __future__ import annotations

from datetime import datetime, time
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications import queries as applications
from eventsys.applications.actions import keeping
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import LANGUAGES
from eventsys.base.web.access import access, is_allowed
from eventsys.base.web.writes import has_arrived, moment_or_none, once_more_on_conflict, refusals_of
from eventsys.booths import queries as street
from eventsys.booths.actions import arriving, telling
from eventsys.booths.actions.arriving import KerbSaid, SlotsSaid
from eventsys.booths.arrivals_shown import (
    comings_shown,
    day_said,
    ends_of,
    kerbs_shown,
    news_shown,
    own_place,
    sheets_of,
    without_time,
)
from eventsys.booths.forms import KerbForm, MoveForm, SlotsForm, VehicleForm
from eventsys.booths.models import Kerb, PlanState
from eventsys.booths.queries import arrivals as queries
from eventsys.booths.texts import TEXTS
from eventsys.booths.views.blueprint import bp
from eventsys.booths.views.placing import application_in
from eventsys.editions.access import actor
from eventsys.editions.models import Day, Edition

ADDRESS = "/organise/<edition:edition>/booths/arrivals"
OF_BOOTH = "/organise/<edition:edition>/booths/<code>/arrival"
USUAL_VEHICLES, USUAL_MINUTES = 4, 15
USUAL_HOURS = (time(6), time(8, 30))


@bp.get(ADDRESS)
@access(Allow.ORGANISER, Allow.SUPERVISOR)
def arrivals(edition: Edition) -> ResponseReturnValue:
    published = street.plan(edition, PlanState.PUBLISHED)
    return render_template(
        "booths/arrivals.html",
        edition=edition,
        kerbs=kerbs_shown(edition),
        sheets=sheets_of(edition),
        lacking=without_time(edition),
        has_plan=queries.plan_in_use(edition) is not None,
        news=len(street.news_by(edition, published)) if published else 0,
        may_change=is_allowed(Allow.ORGANISER, {"edition": edition}),
    )


@bp.get(f"{ADDRESS}/list")
@access(Allow.ORGANISER, Allow.SUPERVISOR)
def arrivals_list(edition: Edition) -> ResponseReturnValue:
    back_url = url_for(".arrivals", edition=edition)
    return render_template("booths/arrivals_list.html", edition=edition, sheets=sheets_of(edition), back_url=back_url)


@bp.route(f"{ADDRESS}/kerb", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def kerb(edition: Edition) -> ResponseReturnValue:
    side = request.args.get("side", "")
    if side not in queries.sides_of(edition):
        abort(404)
    form = _kerb_form(edition, side)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            arriving.set_kerb(edition, side, _kerb_said(form), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("Kept."), "success")
            return redirect(url_for(".arrivals", edition=edition))
    page = render_template("booths/kerb.html", edition=edition, side=side, form=form)
    return page, 422 if form.is_submitted() else 200


def _kerb(edition: Edition, side: str) -> Kerb | None:
    return next((one for one in queries.kerbs_of(edition) if one.side == side), None)


def _kerb_form(edition: Edition, side: str) -> KerbForm:
    kept = _kerb(edition, side)
    form = KerbForm(
        data={
            "most_vehicles": kept.most_vehicles if kept else USUAL_VEHICLES,
            "entered_at": "end" if kept and kept.is_entered_from_end else "start",
            **{f"route_{code}": kept.route.get(code, "") if kept else "" for code in LANGUAGES},
        }
    )
    form.offer(*ends_of(street.pitches_on(edition), side))
    return form


def _kerb_said(form: KerbForm) -> KerbSaid:
    route = {code: str(form[f"route_{code}"].data) for code in LANGUAGES if form[f"route_{code}"].data}
    return KerbSaid(cast("int", form.most_vehicles.data), form.entered_at.data == "end", route)


@bp.route(f"{ADDRESS}/slots", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def make_slots(edition: Edition) -> ResponseReturnValue:
    form = _slots_form(edition)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            made = arriving.make_slots(edition, form.side.data, _slots_said(edition, form), by=actor(), now=clock.now())
            db.session.commit()
            flash(ngettext("%(num)d time is made.", "%(num)d times are made.", len(made)), "success")
            return redirect(url_for(".arrivals", edition=edition))
    page = render_template("booths/make_slots.html", edition=edition, form=form)
    return page, 422 if form.is_submitted() else 200


def _slots_form(edition: Edition) -> SlotsForm:
    kerbs = queries.kerbs_of(edition)
    least = min((one.most_vehicles for one in kerbs), default=USUAL_VEHICLES)
    since, until = USUAL_HOURS
    form = SlotsForm(data={"since": since, "until": until, "minutes": USUAL_MINUTES, "most_vehicles": least})
    form.side.choices = [(one.side, one.side) for one in kerbs]
    form.day.choices = [(day.number, day_said(day)) for day in sorted(edition.days, key=lambda day: day.opens_at)]
    return form


def _slots_said(edition: Edition, form: SlotsForm) -> SlotsSaid:
    day = next(day for day in edition.days if day.number == form.day.data)
    date = clock.local(day.opens_at).date()
    starts_at, ends_at = (
        clock.from_local(datetime.combine(date, cast("time", field.data))) for field in (form.since, form.until)
    )
    return SlotsSaid(day, starts_at, ends_at, cast("int", form.minutes.data), cast("int", form.most_vehicles.data))


@bp.route(f"{ADDRESS}/slots/remove", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def remove_slots(edition: Edition) -> ResponseReturnValue:
    side, day = request.args.get("side", ""), _day(edition, request.args.get("day", type=int))
    sheet = next((one for one in sheets_of(edition) if (one.side, one.day) == (side, day.number)), None) or abort(404)
    if request.method == "POST":
        arriving.remove_slots(edition, side, day, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("The times are gone."), "success")
        return redirect(url_for(".arrivals", edition=edition))
    return render_template("booths/remove_slots.html", edition=edition, sheet=sheet)


def _day(edition: Edition, number: int | None) -> Day:
    return next((day for day in edition.days if day.number == number), None) or abort(404)


@bp.post(f"{ADDRESS}/assign")
@access(Allow.ORGANISER)
@once_more_on_conflict
def assign_arrivals(edition: Edition) -> ResponseReturnValue:
    times = arriving.assign_times(edition, by=actor(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d vehicle has its time.", "%(num)d vehicles have their time.", len(times.slot_of)), "success")
    return redirect(url_for(".arrivals", edition=edition))


@bp.route(f"{ADDRESS}/tell", methods=["GET", "POST"])
@access(Allow.ORGANISER)
@once_more_on_conflict
def tell_arrivals(edition: Edition) -> ResponseReturnValue:
    if request.method == "POST":
        count = telling.tell(edition, by=actor(), now=clock.now())
        db.session.commit()
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", count), "success")
        return redirect(url_for(".arrivals", edition=edition))
    news = street.news_by(edition, street.plan(edition, PlanState.PUBLISHED))
    if not news:
        return redirect(url_for(".arrivals", edition=edition))
    return render_template("booths/tell_arrivals.html", edition=edition, news=news_shown(news))


@bp.get(OF_BOOTH)
@access(Allow.ORGANISER)
def arrival(edition: Edition, code: str) -> ResponseReturnValue:
    return _page(application_in(edition, code))


def _page(application: Application, refused: MoveForm | None = None, day: int = 0) -> str:
    vehicle, comings = queries.vehicle_of(application), comings_shown(application)
    forms = {one.day: _move_form(one.day, one.slots, one.chosen) for one in comings if one.slots}
    if refused is not None:
        forms[day] = refused
    return render_template(
        "booths/arrival.html", edition=application.edition, application=application, comings=comings, forms=forms,
        vehicle=VehicleForm(vehicle.kind if vehicle else None),
    )  # fmt: skip


def _move_form(day: int, slots: list[tuple[str, str]], chosen: str) -> MoveForm:
    form = MoveForm(day, slots)
    if not form.is_submitted():
        form.slot.data = chosen
    return form


@bp.post(f"{OF_BOOTH}/move")
@access(Allow.ORGANISER)
@once_more_on_conflict
def move_arrival(edition: Edition, code: str) -> ResponseReturnValue:
    application, day = application_in(edition, code, is_locked=True), _day(edition, request.form.get("day", type=int))
    own = next((one for one in comings_shown(application) if one.day == day.number), None) or abort(404)
    form = MoveForm(day.number, own.slots)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            arriving.move(application, day, moment_or_none(form.slot.data), by=actor(), now=clock.now())
            db.session.commit()
            flash(_("It comes at that time now, and is fixed there."), "success")
            return redirect(url_for(".arrival", edition=edition, code=code))
    return _page(application_in(edition, code), form, day.number), 422


@bp.post(f"{OF_BOOTH}/unfix")
@access(Allow.ORGANISER)
def unfix_arrival(edition: Edition, code: str) -> ResponseReturnValue:
    application, day = application_in(edition, code, is_locked=True), _day(edition, request.form.get("day", type=int))
    with refusals_of(None, TEXTS):
        arriving.unfix(application, day, by=actor(), now=clock.now())
        db.session.commit()
        flash(_("A new assignment may move it again."), "success")
    return redirect(url_for(".arrival", edition=edition, code=code))


@bp.post("/organise/<edition:edition>/booths/<code>/vehicle")
@access(Allow.ORGANISER)
@once_more_on_conflict
def set_vehicle(edition: Edition, code: str) -> ResponseReturnValue:
    _set_vehicle(application_in(edition, code, is_locked=True), actor())
    return redirect(url_for(".arrival", edition=edition, code=code))


def _set_vehicle(application: Application, by: Actor) -> None:
    form = VehicleForm()
    if form.validate_on_submit():
        arriving.set_vehicle(application, form.chosen(), by=by, now=clock.now())
        db.session.commit()
        has_arrived()
        flash(_("Kept."), "success")
    else:
        flash(_("Choose one of the list."), "error")


@bp.post("/my/<code>/vehicle")
@access(Allow.APPLICANT)
@once_more_on_conflict
def tell_vehicle(code: str) -> ResponseReturnValue:
    application = applications.find(code, is_locked=True) or abort(404)
    is_wanted = application.announced_state is State.APPROVED and application.needs_vehicle_access
    if not is_wanted or keeping.is_over(application.edition, now=clock.now()):
        abort(404)
    _set_vehicle(application, Actor("applicant", code))
    return redirect(url_for("applications.status", code=code))


@panels.register_own_section
def place_of(application: Application) -> str:
    """Place, map, times and way on the participant's page, once the plan counts."""
    if application.announced_state is not State.APPROVED or not application.edition.is_published:
        return ""
    place = own_place(application)
    if place is None:
        return ""
    vehicle = queries.vehicle_of(application)
    form = VehicleForm(vehicle.kind if vehicle else None)
    is_over = keeping.is_over(application.edition, now=clock.now())
    return render_template("booths/own_place.html", application=application, place=place, form=form, is_over=is_over)

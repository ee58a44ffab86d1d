"""The step about dishes: a list, and a page for each."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import dishes as actions
from eventsys.applications.actions import keeping
from eventsys.applications.forms.booth import DishForm
from eventsys.applications.models import Application, Dish
from eventsys.applications.rules.dishes import stated
from eventsys.applications.rules.states import State
from eventsys.applications.rules.steps import Step
from eventsys.applications.texts import TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.asked import asked_of
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.guide import guide_of, leads_back, next_page
from eventsys.applications.views.summary import dish_shown
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of

METHODS = ["GET", "POST"]


@bp.get("/my/<code>/dishes")
@access(Allow.APPLICANT)
def dishes(code: str) -> ResponseReturnValue:
    application = application_or_404(code)
    if not keeping.may_change(application, now=clock.now()):
        return redirect(url_for(".status", code=code))
    return render_template(
        "applications/dishes.html",
        application=application,
        edition=application.edition,
        dishes=[(dish, dish_shown(dish.allergens, dish.dietary)) for dish in queries.dishes_of(application)],
        guide=guide_of(application, Step.DISHES),
        asked=[one for one in asked_of(application) if one.step is Step.DISHES],
        on_url=next_page(application, Step.DISHES),
        leads_back=leads_back(application, Step.DISHES),
    )


@bp.route("/my/<code>/dishes/add", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def add_dish(code: str) -> ResponseReturnValue:
    return _dish_page(application_or_404(code, is_locked=request.method == "POST"), None)


@bp.route("/my/<code>/dishes/<dish>", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def change_dish(code: str, dish: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    return _dish_page(application, queries.dish(application, dish) or abort(404))


def _dish_page(application: Application, dish: Dish | None) -> ResponseReturnValue:
    form, code = DishForm.of(dish), application.code
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            allergens = stated(form.written(), is_free_of_the_rest=form.is_free_of_the_rest.data)
            actions.save_dish(
                application, dish, name=form.name.data, allergens=allergens, dietary=form.dietary.data or [],
                by=Actor("applicant", code), now=clock.now(),
            )  # fmt: skip
            db.session.commit()
            has_arrived()
            holds = _at_once(application)
            flash(_("Kept: %(dish)s.", dish=form.name.data) + holds, "success")
            return redirect(url_for(".add_dish" if "another" in request.form else ".dishes", code=code))
    page = render_template(
        "applications/dish.html", application=application, edition=application.edition, form=form, dish=dish
    )
    return page, 422 if form.is_submitted() else 200


def _at_once(application: Application) -> str:
    """What to say of who is in: visitors with allergies read the dishes as they are today."""
    return " " + str(_("It holds at once.")) if application.announced_state is State.APPROVED else ""


@bp.post("/my/<code>/dishes/<dish>/remove")
@access(Allow.APPLICANT)
def remove_dish(code: str, dish: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    kept = queries.dish(application, dish) or abort(404)
    with refusals_of(None, TEXTS):
        actions.remove_dish(application, kept, by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        flash(_("Taken off: %(dish)s.", dish=kept.name) + _at_once(application), "success")
    return redirect(url_for(".dishes", code=code))

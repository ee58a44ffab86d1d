"""The steps of the sign-up: one thing a page, each kept when it is sent, the last one checks and sends it all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import drafts, keeping
from eventsys.applications.forms.booth import BoothForm, FoodForm
from eventsys.applications.forms.steps import (
    CheckForm,
    DaysForm,
    EmailForm,
    OrganisationForm,
    VisitorsForm,
    WishesForm,
)
from eventsys.applications.models import Application
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.fields import phone_of
from eventsys.applications.rules.states import State
from eventsys.applications.rules.steps import ASKED_AT, DOUBTED_AT, NOT_ASKED_AT_ONCE, Step
from eventsys.applications.texts import ASKED_BACK, MISSING, STEPS, TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.asked import asked_of, mark_asked
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.fresh import check_is_fresh, fingerprint_of, shape_of, take_chosen
from eventsys.applications.views.guide import BACK, doubts_about, guide_of, leads_back, way_on
from eventsys.applications.views.summary import summary_of
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of
from eventsys.questions.shown import AnswersForm, answers_form

METHODS = ["GET", "POST"]
Save = Callable[[Application, Any, Actor], None]


def _step(code: str, step: Step, *, form_of: Callable[[Application], Any], save: Save) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    if request.method == "GET" and not keeping.may_change(application, now=clock.now()):
        flash(_("This can't be changed any more. Write to us if something is wrong."), "info")
        return redirect(url_for(".status", code=code))
    form = form_of(queries.as_wished(application))
    take_chosen(form)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            check_is_fresh(application, step, form)
            if _is_kept(application, form, save):
                return redirect(way_on(application, step))
    return step_page(application, step, form), 422 if form.is_submitted() else 200


def _is_kept(application: Application, form: Any, save: Save) -> bool:
    """Keep what was told; what is odd about it, and wasn't before, is asked about first: at the end of who goes on later."""
    before = {*doubts_about(application), *NOT_ASKED_AT_ONCE, *request.form.get("sure", "").split()}
    save(application, form, Actor("applicant", application.code))
    form.doubts = [one for one in doubts_about(application) if one not in before]
    if form.doubts and "later" not in request.form:
        db.session.rollback()
        return False
    db.session.commit()
    has_arrived()
    return True


def step_page(application: Application, step: Step, form: Any) -> str:
    """The page of a step with its form."""
    asked = asked_of(application)
    return render_template(
        f"applications/{step}.html",
        application=application,
        edition=application.edition,
        form=form,
        guide=guide_of(application, step),
        step=step,
        asked=mark_asked(form, asked, step),
        doubts=[(one, ASKED_BACK[one]) for one in getattr(form, "doubts", ())],
        leads_back=leads_back(application, step),
        is_number_known=step is Step.ORGANISATION and form.takes_question(),
        shape=shape_of(form),
        before=fingerprint_of(application, step),
    )


def _save_answers(application: Application, form: Any, by: Actor) -> None:
    keeping.save(application, form.told(), by=by, now=clock.now())


def _save_organisation(application: Application, form: OrganisationForm, by: Actor) -> None:
    keeping.save_organisation(
        application,
        form.told(),
        contact_name=form.contact_name.data,
        phone=phone_of(form.phone.data),
        by=by,
        now=clock.now(),
    )


@bp.route("/my/<code>/organisation", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def organisation(code: str) -> ResponseReturnValue:
    return _step(code, Step.ORGANISATION, form_of=OrganisationForm.of, save=_save_organisation)


@bp.route("/my/<code>/days", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def days(code: str) -> ResponseReturnValue:
    return _step(code, Step.DAYS, form_of=DaysForm.of, save=_save_answers)


@bp.route("/my/<code>/booth", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def booth(code: str) -> ResponseReturnValue:
    return _step(code, Step.BOOTH, form_of=BoothForm.of, save=_save_answers)


@bp.route("/my/<code>/food", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def food(code: str) -> ResponseReturnValue:
    return _step(code, Step.FOOD, form_of=FoodForm.of, save=_save_answers)


@bp.route("/my/<code>/visitors", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def visitors(code: str) -> ResponseReturnValue:
    return _step(code, Step.VISITORS, form_of=VisitorsForm.of, save=_save_answers)


@bp.route("/my/<code>/wishes", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def wishes(code: str) -> ResponseReturnValue:
    return _step(code, Step.WISHES, form_of=WishesForm.of, save=_save_answers)


@bp.route("/my/<code>/questions", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def questions(code: str) -> ResponseReturnValue:
    return _step(code, Step.QUESTIONS, form_of=_questions_form, save=_save_questions)


def _questions_form(application: Application) -> AnswersForm:
    put, shown = queries.questions_put_to(application), queries.answers_to_show(application)
    wished = queries.wished_answers(application)
    return answers_form(put, {**shown, **{one.key: wished[one.id] for one in put if one.id in wished}})


def _save_questions(application: Application, form: AnswersForm, by: Actor) -> None:
    keeping.save_questions(application, form.told(), by=by, now=clock.now())


@bp.route("/my/<code>/check", methods=METHODS)
@access(Allow.APPLICANT)
@once_more_on_conflict
def check(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    if application.announced_state not in {State.DRAFT, State.CHANGES_REQUESTED}:
        return redirect(url_for(".status", code=code))  # Sent already: the second of two presses.
    form = CheckForm(data={"consent": application.consented_at is not None})
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            drafts.submit(
                application,
                has_consented=form.consent.data,
                answer=form.answer.data,
                by=Actor("applicant", code),
                now=clock.now(),
            )
            db.session.commit()
            has_arrived()
            flash(_("Your application is sent. We have mailed you a receipt."), "success")
            return redirect(url_for(".status", code=code))
    return _check_page(application, form), 422 if form.is_submitted() else 200


def _check_page(application: Application, form: CheckForm) -> str:
    lacks = [what for what in completeness.missing(queries.told_by(application)) if what is not Missing.CONSENT]
    return render_template(
        "applications/check.html",
        application=application,
        edition=application.edition,
        form=form,
        email_form=EmailForm(formdata=None, data={"email": application.email}),
        guide=guide_of(application, Step.CHECK),
        lacks=[(MISSING[what], _way_back_from(application, ASKED_AT[what])) for what in lacks],
        doubts=[
            (ASKED_BACK[one], _way_back_from(application, DOUBTED_AT[one]), STEPS[DOUBTED_AT[one]])
            for one in doubts_about(application)
        ],
        asked=asked_of(application),
        summary=summary_of(application, is_changeable=True),
    )


def _way_back_from(application: Application, step: Step) -> str:
    return url_for(f".{step}", code=application.code, to=BACK)


@bp.post("/my/<code>/resend-link")
@access(Allow.APPLICANT)
@limiter.limit("10 per hour")
@once_more_on_conflict
def resend_link(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    form = EmailForm()
    if form.validate_on_submit():
        drafts.send_link(application, email=form.email.data or "", now=clock.now())
        db.session.commit()
        has_arrived()
        flash(_("We have sent the link to %(email)s.", email=application.email), "success")
    else:
        flash(" ".join(str(error) for error in form.email.errors), "error")
    return redirect(url_for(".check", code=code))

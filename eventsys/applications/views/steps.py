"""The steps of the sign-up: one thing a page, each kept when it is sent, the last one checks and sends it all."""

from __future__ import annotations

import json
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
from eventsys.applications.rules.codes import Code
from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.fields import phone_of
from eventsys.applications.rules.states import State
from eventsys.applications.rules.steps import ASKED_AT, ASKED_OF, Step, done_steps, step_after, steps_of
from eventsys.applications.texts import MISSING, STEPS, TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.summary import summary_of
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.ids import hash_of
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import once_more_on_conflict, refusals_of
from eventsys.questions.shown import AnswersForm, answers_form

METHODS = ["GET", "POST"]
SHORT = 16
Save = Callable[[Application, Any, Actor], None]


def guide_of(application: Application, current: Step) -> list[tuple[str, str, str]]:
    application = queries.as_wished(application)
    sells_food = application.sells_food
    filled = {
        step
        for step, is_filled in (
            (Step.DISHES, sells_food and bool(queries.dishes_of(application))),
            (Step.DOCUMENTS, bool(queries.attachments_of(application))),
            (Step.WISHES, bool(application.near_wish or application.apart_wish)),
        )
        if is_filled
    }
    has_questions = bool(queries.questions_put_to(application))
    lacks = completeness.missing(queries.told_by(application))
    done = done_steps(lacks, sells_food=sells_food, has_questions=has_questions, filled=filled)
    return [
        (
            str(STEPS[step]),
            url_for(f".{step}", code=application.code),
            "current" if step is current else "done" if step in done else "ahead",
        )
        for step in steps_of(sells_food=sells_food, has_questions=has_questions)
    ]


def _step(code: str, step: Step, *, form_of: Callable[[Application], Any], save: Save) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    if request.method == "GET" and not keeping.may_change(application, now=clock.now()):
        flash(_("This can't be changed any more. Write to us if something is wrong."), "info")
        return redirect(url_for(".status", code=code))
    form = form_of(queries.as_wished(application))
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            _check_is_fresh(application, step, form)
            save(application, form, Actor("applicant", code))
            db.session.commit()
            return redirect(_way_on(application, step))
    return step_page(application, step, form), 422 if form.is_submitted() else 200


def _check_is_fresh(application: Application, step: Step, form: Any) -> None:
    """Whether the page that was sent is of this program's version, and knows what is kept. Refusal: FORM_OLD, CHANGED_ELSEWHERE."""
    if request.form.get("shape", shape_of(form)) != shape_of(form):
        raise Refusal(Code.FORM_OLD)
    stands = fingerprint_of(application, step)
    if request.form.get("before", stands) != stands:
        raise Refusal(Code.CHANGED_ELSEWHERE)


def shape_of(form: Any) -> str:
    """What tells one form from another one: the names of its fields, and what an edition's own questions say."""
    names = [field.short_name for field in form]
    words = [(one.label, one.help, one.options) for one in getattr(form, "questions", ())]
    return hash_of(json.dumps([names, words], sort_keys=True))[:SHORT]


def fingerprint_of(application: Application, step: Step) -> str:
    """What tells whether anything that a step keeps has changed."""
    wished, organisation = queries.as_wished(application), application.organisation
    contact = next((one for one in organisation.contacts if one.email == application.email), None)
    kept: dict[str, Any] = {
        "contact": (contact.name, contact.phone) if contact else None,
        "questions": (queries.stands(application, "questions"), queries.wished_answers(application)),
    }
    fields = [field for field, asked_at in ASKED_OF.items() if asked_at is step]
    values = [kept[one] if one in kept else _value(wished, one) for one in fields]
    return hash_of(json.dumps(values, sort_keys=True, default=str))[:SHORT]


def _value(application: Application, field: str) -> Any:
    return getattr(application if hasattr(application, field) else application.organisation, field)


def step_page(application: Application, step: Step, form: Any) -> str:
    """The page of a step with its form."""
    return render_template(
        f"applications/{step}.html",
        application=application,
        edition=application.edition,
        form=form,
        guide=guide_of(application, step),
        step=step,
        shape=shape_of(form),
        before=fingerprint_of(application, step),
    )


def _way_on(application: Application, step: Step) -> str:
    if application.announced_state is State.APPROVED:
        flash(_waits(application) or _("Saved. It holds at once."), "success")
        return url_for(".status", code=application.code)
    if application.announced_state in {State.SUBMITTED, State.WAITLISTED}:
        flash(_("Saved. We see the change."), "success")
        return url_for(".status", code=application.code)
    if "later" in request.form:
        flash(_("Saved. Come back by the link in your mail whenever you like."), "success")
        return url_for(".status", code=application.code)
    has_questions = bool(queries.questions_put_to(application))
    following = step_after(step, sells_food=application.sells_food, has_questions=has_questions)
    return url_for(f".{following}", code=application.code)


def _waits(application: Application) -> str:
    """What to say when this very change waits for an organiser."""
    amendment = queries.open_amendment(application)
    if amendment is None or amendment.made_at != application.changed_at:
        return ""
    return str(_("Saved. We had agreed on something else, so we look at it first and write to you."))


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
        lacks=[(MISSING[what], url_for(f".{ASKED_AT[what]}", code=application.code)) for what in lacks],
        summary=summary_of(application, is_changeable=True),
    )


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
        flash(_("We have sent the link to %(email)s.", email=application.email), "success")
    else:
        flash(" ".join(str(error) for error in form.email.errors), "error")
    return redirect(url_for(".check", code=code))

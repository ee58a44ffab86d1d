"""Start an application, come back to it by the mailed link, see where it stands, withdraw it."""

from __future__ import annotations

from datetime import datetime

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, URLSafeSerializer

from eventsys.accounts.rules import Allow
from eventsys.applications import panels, queries
from eventsys.applications.access import hold
from eventsys.applications.actions import drafts, keeping, letters, returning
from eventsys.applications.forms.steps import EmailForm, StartForm, WithdrawForm
from eventsys.applications.models import Application, Offer
from eventsys.applications.rules import completeness
from eventsys.applications.rules.completeness import Missing
from eventsys.applications.rules.places import is_open
from eventsys.applications.rules.states import Act, State, acts_of
from eventsys.applications.rules.steps import ASKED_AT, Step
from eventsys.applications.texts import MISSING, TEXTS
from eventsys.applications.views.asked import asked_of
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.differences import changes_of
from eventsys.applications.views.guide import typed_at
from eventsys.applications.views.summary import summary_of
from eventsys.applications.views.timeline import next_words_of, timeline_of
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db, writing
from eventsys.base.i18n import chosen_language, current_language
from eventsys.base.ids import hash_of, new_code
from eventsys.base.rendering import speaking
from eventsys.base.web.access import access
from eventsys.base.web.language import speak
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of
from eventsys.editions.models import Edition
from eventsys.editions.rules import call_state
from eventsys.organisations.rules.kinds import Kind

OFTEN_ENOUGH = "20 per hour"
CHANGE_BACK = _l("The change that you had asked for is part of it now.")
CHANGE_GONE = _l(
    "The change that you had asked for isn't part of it, as another organisation has the CVR number by now."
)


def _tickets() -> URLSafeSerializer:
    """Signs the code that a start form carries, so that a double press comes back to one draft."""
    return URLSafeSerializer(current_app.secret_key or "", salt="applications.start")


def _code_on(ticket: str | None) -> str:
    try:
        return str(_tickets().loads(ticket or ""))
    except BadSignature:
        return new_code()


def application_or_404(code: str, *, is_locked: bool = False) -> Application:
    return queries.find(code, is_locked=is_locked) or abort(404)


def _said(form: StartForm) -> drafts.Start:
    return drafts.Start(
        kind=Kind(form.kind.data),
        name=form.name.data,
        email=form.email.data or "",
        language=form.language.data,
        is_another="another" in request.form,
    )


@bp.route("/<edition:edition>/apply", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(OFTEN_ENOUGH, methods=["POST"])
@once_more_on_conflict
def start(edition: Edition) -> ResponseReturnValue:
    now = clock.now()
    form = StartForm(data={"ticket": _tickets().dumps(new_code()), "language": current_language()})
    with refusals_of(form, TEXTS):
        if form.validate_on_submit() and form.is_by_a_person():
            code, said = _code_on(form.ticket.data), _said(form)
            if "ask" in request.form and returning.ask_by_name(edition, said, by=Actor("applicant", code), now=now):
                db.session.commit()
                has_arrived()
                return redirect(url_for(".access_asked", edition=edition))
            started = drafts.start(edition, said, code=code, by=Actor("applicant", code), now=now)
            db.session.commit()
            has_arrived()
            if not started.may_go_on:
                return redirect(url_for(".link_sent", edition=edition))
            hold(started.application.code)
            flash(_mail_sent(started.application), "info")
            return redirect(url_for(".organisation", code=started.application.code))
    state = call_state(edition.call_opens_at, edition.call_closes_at, now)
    page = render_template(
        "applications/start.html", edition=edition, form=form, call=state, is_known=form.takes_question(),
        sections=panels.call_sections_of(edition),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _mail_sent(application: Application) -> str:
    return str(
        _(
            "We have sent a mail to %(email)s. Open its link before you send the application; it also brings you back here.",
            email=application.email,
        )
    )


@bp.get("/<edition:edition>/apply/link-sent")
@access(Allow.PUBLIC)
def link_sent(edition: Edition) -> ResponseReturnValue:
    return render_template("applications/link_sent.html", edition=edition)


@bp.get("/my/link/<token>")
@access(Allow.PUBLIC)
def open_link(token: str) -> ResponseReturnValue:
    writing.set(True)  # Opening it confirms the address.
    now = clock.now()
    link = queries.link(hash_of(token), now=now)
    if link is None:
        flash(_("This link has run out, or a part of it is missing. Let us send you a new one."), "warning")
        return redirect(url_for(".lost_link"))
    was_confirmed = queries.get(link.application_id).email_confirmed_at is not None
    application = drafts.confirm(link, now=now)
    is_news = application.email_confirmed_at is not None and not was_confirmed
    db.session.commit()
    hold(application.code)
    speak(letters.language_of(application, link.email))
    if is_news:
        with speaking(chosen_language()):  # The page that follows is in that of the mail already.
            flash(_("Your mail address is confirmed: %(email)s.", email=application.email), "success")
    return redirect(url_for(".status", code=application.code))


@bp.route("/my/link", methods=["GET", "POST"])
@access(Allow.PUBLIC)
@limiter.limit(OFTEN_ENOUGH, methods=["POST"])
def lost_link() -> ResponseReturnValue:
    form = EmailForm()
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            drafts.send_lost_links(form.email.data or "", now=clock.now())
            db.session.commit()
            has_arrived()
            return render_template("applications/lost_link.html", form=form, is_sent=True)
    page = render_template("applications/lost_link.html", form=form, is_sent=False)
    return page, 422 if form.is_submitted() else 200


@bp.get("/my/<code>/")
@access(Allow.APPLICANT)
def status(code: str) -> ResponseReturnValue:
    application = application_or_404(code)
    now, offer = clock.now(), _open_offer(application)
    may_change = keeping.may_change(application, now=now)
    return render_template(
        "applications/status.html",
        application=application,
        edition=application.edition,
        next_words=next_words_of(application, offer, now=now),
        note=application.announced_note,
        summary=summary_of(application, is_changeable=may_change),
        may_change=may_change,
        may_withdraw=_may_withdraw(application, now=now),
        go_on_url=_go_on(application),
        links=panels.links_of(application),
        sections=panels.own_sections_of(application),
        offer=offer,
        may_restore=drafts.may_restore(application),
        asked=asked_of(application),
        amendment=_amendment(application),
        earlier=queries.to_take_over(application),
        timeline=timeline_of(application, now=now),
        sent_by=keeping.last_moment_of(application, now=now),
        typed_at=typed_at(application) if may_change else [],
    )


def _may_withdraw(application: Application, *, now: datetime) -> bool:
    return Act.WITHDRAW in acts_of(application.announced_state) and not keeping.is_over(application.edition, now=now)


def _go_on(application: Application) -> str:
    """The first thing that is asked to be changed, else that lacks, else the last page."""
    to_change = [one.url for one in asked_of(application) if not one.is_changed]
    lacks = completeness.missing(queries.told_by(application))
    step = ASKED_AT[lacks[0]] if lacks else Step.CHECK
    return to_change[0] if to_change else url_for(f".{step}", code=application.code)


def _amendment(application: Application) -> dict[str, object]:
    """The change that is asked for, or that was answered last: each field before and after, and what we said to it."""
    amendment = queries.last_amendment(application)
    if amendment is None or application.announced_state is not State.APPROVED:
        return {}
    lacks = queries.lacks_of_wish(application)
    return {
        "outcome": amendment.outcome,
        "note": amendment.note,
        "changes": changes_of(amendment, application),
        "lacks": [
            (MISSING[what], url_for(f".{ASKED_AT[what]}", code=application.code))
            for what in lacks
            if what is not Missing.CONSENT
        ],
    }


def _open_offer(application: Application) -> Offer | None:
    """The place that is offered and may still be taken."""
    offer = queries.open_offer(application)
    return offer if offer is not None and is_open(offer.expires_at, clock.now()) else None


@bp.route("/my/<code>/withdraw", methods=["GET", "POST"])
@access(Allow.APPLICANT)
@once_more_on_conflict
def withdraw(code: str) -> ResponseReturnValue:
    form = WithdrawForm()
    application = application_or_404(code, is_locked=form.is_submitted())
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            drafts.withdraw(application, reason=form.reason.data, by=Actor("applicant", code), now=clock.now())
            db.session.commit()
            has_arrived()
            flash(_("Your application is withdrawn."), "success")
            return redirect(url_for(".status", code=code))
    page = render_template(
        "applications/withdraw.html", application=application, edition=application.edition, form=form,
        consequence=_consequence(application),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _consequence(application: Application) -> str:
    if application.submitted_at is None:
        return str(_("Nothing of it was sent. You can begin again as long as applications are taken."))
    if panels.is_settled(application.edition):
        return str(_("Your place, your booth and the passes of your crew go to others. You can't undo this."))
    return str(
        _(
            "Your place, your booth and the passes of your crew go to others. Until the booths are given out you can undo "
            "it on your page; then we look at your application anew."
        )
    )


@bp.get("/my/<code>/dates")
@access(Allow.APPLICANT)
def dates(code: str) -> ResponseReturnValue:
    application = application_or_404(code)
    content = letters.dates_of(application, now=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{application.edition.slug}.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


@bp.post("/my/<code>/restore")
@access(Allow.APPLICANT)
@once_more_on_conflict
def restore(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    with refusals_of(None, TEXTS):
        has_change = drafts.restore(application, by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        flash(_("Your application is back. The organisers look at it again."), "success")
        if has_change is not None:
            flash(CHANGE_BACK if has_change else CHANGE_GONE, "info" if has_change else "warning")
    return redirect(url_for(".status", code=code))

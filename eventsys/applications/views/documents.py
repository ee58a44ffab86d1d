"""Logo and documents: sent by the applicant, read by the team; the logo of who takes part by everybody."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import queries
from eventsys.applications.actions import attachments, keeping
from eventsys.applications.actions.attachments import Sent
from eventsys.applications.forms.steps import DocumentForm
from eventsys.applications.models import Application
from eventsys.applications.rules.parts import AttachmentPurpose, purposes_of
from eventsys.applications.rules.steps import Step
from eventsys.applications.texts import PURPOSES, TEXTS
from eventsys.applications.views.applicants import application_or_404
from eventsys.applications.views.asked import asked_of, mark_asked
from eventsys.applications.views.blueprint import bp
from eventsys.applications.views.guide import guide_of, leads_back, next_page
from eventsys.applications.views.listing import READERS
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import long_date
from eventsys.base.refusals import Refusal
from eventsys.base.web.access import access
from eventsys.base.web.writes import has_arrived, led_to, refusals_of
from eventsys.editions.models import Edition
from eventsys.files.rules.checking import LARGEST
from eventsys.files.rules.codes import Code as FileCode
from eventsys.files.web import folder, given_out


def _form(application: Application) -> DocumentForm:
    return DocumentForm(purposes_of(sells_food=application.sells_food, uses_gas=application.uses_gas))


@bp.route("/my/<code>/documents", methods=["GET", "POST"])
@access(Allow.APPLICANT)
def documents(code: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=request.method == "POST")
    if request.method == "GET" and not keeping.may_change(application, now=clock.now()):
        return redirect(url_for(".status", code=code))
    form = _form(application)
    with refusals_of(form, TEXTS):
        if "on" in request.form and not _has_file():
            has_arrived()
            return redirect(next_page(application, Step.DOCUMENTS))
        if form.validate_on_submit():
            _attach(application, form)
            on = next_page(application, Step.DOCUMENTS)
            return led_to(on if "on" in request.form else url_for(".documents", code=code, to=request.args.get("to")))
    return _page(application, form), 422 if form.is_submitted() else 200


def _attach(application: Application, form: DocumentForm) -> None:
    purpose, expires_on = AttachmentPurpose(form.purpose.data), form.expires_on.data
    attachments.attach(
        application, _sent(), purpose, folder=folder(), expires_on=expires_on,
        by=Actor("applicant", application.code), now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    has_arrived()
    flash(_("Kept: %(document)s.", document=PURPOSES[purpose]), "success")
    if expires_on is not None and expires_on < application.edition.ends_on:
        day = long_date(expires_on)
        flash(
            _("It runs out on %(day)s, before the event is over. Send the newer one if there is one.", day=day),
            "warning",
        )


def _page(application: Application, form: DocumentForm) -> str:
    return render_template(
        "applications/documents.html",
        application=application,
        edition=application.edition,
        form=form,
        attachments=[(one, PURPOSES[one.purpose]) for one in queries.attachments_of(application)],
        guide=guide_of(application, Step.DOCUMENTS),
        asked=mark_asked(form, asked_of(application), Step.DOCUMENTS),
        leads_back=leads_back(application, Step.DOCUMENTS),
        most_bytes=LARGEST,
        most_mb=LARGEST // 1024 // 1024,
    )


def _has_file() -> bool:
    file = request.files.get("file")
    return file is not None and bool(file.filename)


def _sent() -> Sent:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refusal(FileCode.FILE_MISSING, field="file")
    return Sent(file.read(), file.filename)


@bp.get("/my/<code>/documents/<file>")
@access(Allow.APPLICANT)
def my_document(code: str, file: str) -> ResponseReturnValue:
    attachment = queries.attachment(application_or_404(code), file) or abort(404)
    return given_out(attachment.file)


@bp.post("/my/<code>/documents/<file>/remove")
@access(Allow.APPLICANT)
def remove_document(code: str, file: str) -> ResponseReturnValue:
    application = application_or_404(code, is_locked=True)
    attachment = queries.attachment(application, file) or abort(404)
    word = PURPOSES[attachment.purpose]
    with refusals_of(None, TEXTS):
        attachments.detach(application, attachment, folder=folder(), by=Actor("applicant", code), now=clock.now())
        db.session.commit()
        flash(_("Removed: %(document)s. Send it again if that was a mistake.", document=word), "success")
    return redirect(url_for(".documents", code=code))


@bp.get("/organise/<edition:edition>/applications/<code>/documents/<file>")
@access(*READERS)
def document(edition: Edition, code: str, file: str) -> ResponseReturnValue:
    application = queries.find_in(edition, code) or abort(404)
    attachment = queries.attachment(application, file) or abort(404)
    return given_out(attachment.file)

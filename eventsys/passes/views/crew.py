"""The passes of a crew, behind the link of its application."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.audit.actions import Actor
from eventsys.base import clock
from eventsys.base.db import db
from eventsys.base.i18n import page_language
from eventsys.base.rendering import address_of
from eventsys.base.web.access import access
from eventsys.base.web.limits import limiter
from eventsys.base.web.writes import has_arrived, once_more_on_conflict, refusals_of
from eventsys.passes import queries
from eventsys.passes.actions import inviting
from eventsys.passes.forms import GiveForm
from eventsys.passes.models import Pass
from eventsys.passes.rules.handing import email_of
from eventsys.passes.rules.short_code import to_short_code
from eventsys.passes.shown import ended, shown
from eventsys.passes.texts import STORY, TEXTS
from eventsys.passes.views.blueprint import bp, pass_id_or_404

panels.register_story(STORY)


@panels.register
def _link(application: Application) -> list[tuple[str, str]]:
    has_passes = application.announced_state is State.APPROVED and queries.crew_passes_of(application)
    return [(_("Passes of your crew"), url_for("passes.crew", code=application.code))] if has_passes else []


@bp.get("/my/<code>/passes")
@access(Allow.APPLICANT)
def crew(code: str) -> ResponseReturnValue:
    application = applications.find(code) or abort(404)
    valid = queries.crew_passes_of(application)
    changes = ended(queries.ended_crew_passes_of(application), {pass_.number for pass_ in valid if pass_.number})
    return render_template(
        "passes/crew.html",
        application=application,
        edition=application.edition,
        passes=[(shown(pass_), pass_) for pass_ in valid],
        changes=changes,
    )


@bp.get("/my/<code>/passes/<short>")
@access(Allow.APPLICANT)
def show(code: str, short: str) -> ResponseReturnValue:
    application, pass_, number = _crew_pass(code, short)
    return render_template(
        "passes/show.html", application=application, edition=application.edition, shown=shown(pass_), number=number
    )


def _crew_pass(code: str, short: str) -> tuple[Application, Pass, int]:
    """An application, a pass of its crew, and its number."""
    application = applications.find(code) or abort(404)
    passes = queries.crew_passes_of(application)
    pass_id = pass_id_or_404(short)
    pass_ = next((one for one in passes if one.pass_id == pass_id), None) or abort(404)
    return application, pass_, pass_.number or 0


def _form_for(application: Application, pass_: Pass) -> GiveForm:
    """Who has the pass now; in the association's language until another is chosen."""
    email = pass_.bundle.email if pass_.bundle else ""
    return GiveForm(data={"name": pass_.bearer_name, "email": email, "language": page_language(application.language)})


@bp.route("/my/<code>/passes/<short>/give", methods=["GET", "POST"])
@access(Allow.APPLICANT)
@limiter.limit("100 per hour", methods=["POST"])
@once_more_on_conflict
def give(code: str, short: str) -> ResponseReturnValue:
    application, pass_, number = _crew_pass(code, short)
    form = _form_for(application, pass_)
    with refusals_of(form, TEXTS):
        if form.validate_on_submit():
            by, to = Actor("applicant", application.code), email_of(form.email.data or "")
            given = inviting.give(
                pass_, name=form.name.data, email=to, language=form.language.data, by=by, now=clock.now()
            )
            db.session.commit()
            has_arrived()
            said = _("The pass is given. A mail is on its way.") if to else _("The pass is given. Pass its link on.")
            flash(said, "success")
            return redirect(url_for(".give", code=code, short=to_short_code(given.pass_id)))
    link = address_of("passes.bundle", code=pass_.bundle.code) if pass_.bundle else ""
    page = render_template(
        "passes/give.html",
        application=application,
        edition=application.edition,
        number=number,
        form=form,
        link=link,
    )
    return page, 422 if form.errors else 200

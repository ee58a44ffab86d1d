"""The passes of a crew, behind the link of its application."""

from __future__ import annotations

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from eventsys.accounts.rules import Allow
from eventsys.applications import panels
from eventsys.applications import queries as applications
from eventsys.applications.models import Application
from eventsys.applications.rules.states import State
from eventsys.base.web.access import access
from eventsys.passes import queries
from eventsys.passes.shown import shown
from eventsys.passes.texts import STORY
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
    passes = [shown(pass_) for pass_ in queries.crew_passes_of(application)]
    return render_template("passes/crew.html", application=application, edition=application.edition, passes=passes)


@bp.get("/my/<code>/passes/<short>")
@access(Allow.APPLICANT)
def show(code: str, short: str) -> ResponseReturnValue:
    application = applications.find(code) or abort(404)
    passes = queries.crew_passes_of(application)
    pass_id = pass_id_or_404(short)
    pass_ = next((one for one in passes if one.pass_id == pass_id), None) or abort(404)
    number = passes.index(pass_) + 1
    return render_template(
        "passes/show.html", application=application, edition=application.edition, shown=shown(pass_), number=number
    )

"""The page of anybody's passes behind a link of their own, and the worker that keeps it on the phone."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from eventsys.accounts.rules import Allow
from eventsys.base.i18n import current_language
from eventsys.base.pages import built
from eventsys.base.rendering import speaking
from eventsys.base.web.access import access
from eventsys.base.web.language import has_chosen
from eventsys.passes import queries
from eventsys.passes.shown import shown
from eventsys.passes.views.blueprint import bp


@bp.get("/passes/<code>")
@access(Allow.PUBLIC)
def bundle(code: str) -> ResponseReturnValue:
    found = queries.bundle(code) or abort(404)
    # In the reader's language, where one was chosen here; else in the one in which the passes were asked for.
    is_chosen = has_chosen() or "language" in request.args
    with speaking(current_language() if is_chosen else found.language):
        return render_template(
            "passes/bundle.html",
            edition=found.edition,
            bundle=found,
            passes=[(shown(pass_), pass_.bearer_name) for pass_ in queries.passes_in(found)],
        )


@bp.get("/passes/sw.js")
@access(Allow.PUBLIC)
def worker() -> Response:
    name = built("pass-worker.js")
    return send_from_directory(f"{current_app.static_folder}/dist", name, mimetype="text/javascript", max_age=0)

"""Error pages that say what happened and what to do; problem+json where a program asks."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from eventsys.base.db import db

# Title, what to do.
PAGES = {
    400: (
        _("That didn't arrive whole"),
        _("Go back, reload the page and send it again. What you typed is still there."),
    ),
    403: (_("This page is not open to you"), _("Sign in, or open the link in the mail that we sent to you.")),
    404: (_("There is no such page"), _("Check the address, or start from the front page.")),
    405: (_("That can't be done here"), _("Go back and use the buttons of the page.")),
    409: (_("Somebody was faster"), _("Reload the page to see what changed, then try again.")),
    413: (_("That is too large"), _("Send a smaller file: at most 10 MB.")),
    429: (_("Too many tries"), _("Wait a minute, then try again.")),
    500: (
        _("Something broke on our side"),
        _("It has been noted. Try again in a moment; nothing half-done was stored."),
    ),
}
OTHER = (_("That didn't work"), _("Go back and try again."))


def problem(status: int, kind: str, title: str, **more: object) -> Response:
    """A problem document (RFC 9457); `kind` names the problem for programs."""
    response = jsonify({"type": f"/problems/{kind}", "title": title, "status": status, **more})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def page(code: int) -> ResponseReturnValue:
    """The error page, or the problem document when the request came to the API."""
    title, explanation = PAGES.get(code, OTHER)
    if request.path.startswith("/api/"):
        return problem(code, f"http-{code}", str(title), detail=str(explanation))
    return (
        render_template(
            "errors/error.html",
            code=code,
            title=title,
            explanation=explanation,
            action_label=_("To the front page"),
            action_url="/",
        ),
        code,
    )


def install(app: Flask) -> None:
    """Answer every error with its page."""

    @app.errorhandler(HTTPException)
    def answer(error: HTTPException) -> ResponseReturnValue:
        db.session.rollback()
        if error.code is None or error.code < 400:
            return error.get_response()
        answered = app.make_response(page(error.code))
        for name in ("Allow", "Retry-After"):
            if error.get_response().headers.get(name):
                answered.headers[name] = error.get_response().headers[name]
        return answered

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        return page(400)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.error("unhandled error", exc_info=error)
        return page(500)

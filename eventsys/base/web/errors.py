"""Error pages that say what happened and what to do; problem+json where a program asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from eventsys.base.db import db
from eventsys.base.storage import has_no_room, is_away
from eventsys.base.web.language import is_own_path

# Title, what to do.
PAGES = {
    400: (
        _("That didn't arrive whole"),
        _("Go back, reload the page and send it again. If you were signed in, look whether you still are."),
    ),
    403: (
        _("This page is not open to you"),
        _("Your role doesn't open it, or nobody is signed in. Ask an administrator if you need it."),
    ),
    404: (_("There is no such page"), _("Check the address, or start from the front page.")),
    405: (_("That can't be done here"), _("Go back and use the buttons of the page.")),
    409: (_("Somebody was faster"), _("Go back and reload the page to see what changed, then try again.")),
    413: (_("That is too large"), _("Go back and send less at once: a file may have 10 MB.")),
    429: (_("Too many tries"), _("Wait a minute, then go back and try again.")),
    500: (
        _("Something broke on our side"),
        _("It has been noted, and nothing half-done was stored. Go back and try again in a moment."),
    ),
    503: (
        _("That can't be done just now"),
        # A connection that is lost while committing leaves open whether it was stored.
        _("The database is busy or being restarted. Go back, see whether what you did is there, and try again."),
    ),
    507: (
        _("There is no room left to store this"),
        _(
            "Nothing of this was stored, and what was there is unharmed. Tell those who run this site that its disk is full."
        ),
    ),
}
RETRY_AFTER = "5"
OTHER = (_("That didn't work"), _("Go back and try again."))
SIGN_IN = "/account/login"
# Where nobody is known, or the browser has forgotten who it was.
WHO_IS_IT = frozenset({400, 403})


def problem(status: int, kind: str, title: str, **more: object) -> Response:
    """A problem document (RFC 9457); `kind` names the problem for programs."""
    response = jsonify({"type": f"/problems/{kind}", "title": title, "status": status, **more})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def page(code: int) -> ResponseReturnValue:
    """The error page, or the problem document when the request came to the API."""
    title, explanation = PAGES.get(code, OTHER)
    if code in WHO_IS_IT:
        title, explanation = g.get("denied_as") or title, g.get("why_denied") or explanation
    label, address = _way_on(code)
    if request.path.startswith("/api/"):
        return problem(code, f"http-{code}", str(title), detail=str(explanation))
    return (
        render_template(
            "errors/error.html",
            code=code,
            title=title,
            explanation=explanation,
            action_label=label,
            action_url=address,
        ),
        code,
    )


def _way_on(code: int) -> tuple[Any, str]:
    if code in WHO_IS_IT and g.get("way_on"):
        return g.way_on  # type: ignore[no-any-return]  # Whoever denied may know a better way than signing in.
    if code == 403:
        return _("Sign in"), SIGN_IN
    came_from = urlsplit(request.referrer or "")
    # A page that broke or isn't there leads away from itself, a form that was refused back to it.
    if code not in {404, 500} and came_from.netloc == request.host and is_own_path(came_from.path):
        return _("Back to where you were"), came_from._replace(scheme="", netloc="").geturl()
    return _("To the front page"), "/"


def unavailable(error: OperationalError) -> ResponseReturnValue:
    """What is said when the database can't: 507 without room, 503 while it is away, else 500."""
    db.session.rollback()
    current_app.logger.error("the database can't", exc_info=error)
    code = 507 if has_no_room(error) else 503 if is_away(error) else 500
    answered = make_response(page(code))
    if code == 503:
        answered.headers["Retry-After"] = RETRY_AFTER
    return answered


def install(app: Flask, *, when_forgotten: Callable[[], None]) -> None:
    """Answer every error with its page. `when_forgotten` is asked for a way on when a form comes whose session is over."""

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
        when_forgotten()
        return page(400)

    @app.errorhandler(IntegrityError)
    def conflict(error: IntegrityError) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.warning("the database refused", exc_info=error)
        return page(409)

    app.register_error_handler(OperationalError, unavailable)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.error("unhandled error", exc_info=error)
        return page(500)

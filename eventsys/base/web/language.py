"""Choosing the language of the pages."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, after_this_request, current_app, redirect, request, session
from flask.typing import ResponseReturnValue

from eventsys.base.i18n import COOKIE, LANGUAGES

bp = Blueprint("web", __name__)
# The choice outlives the session: who comes back after it is spoken to in the same language.
KEPT_FOR = timedelta(days=365)


def is_own_path(target: str) -> bool:
    """Whether an address stays on this site: a path, without a host and without `//` or a backslash."""
    parts = urlsplit(target)
    return target.startswith("/") and not target.startswith("//") and "\\" not in target and not parts.netloc


def set_language(language: str) -> ResponseReturnValue:
    """Remember the reader's choice and go back to where the reader was."""
    if language not in LANGUAGES:
        abort(404)
    _remember(language)
    target = request.args.get("next", "/")
    return redirect(target if is_own_path(target) else "/")


def has_chosen() -> bool:
    """Whether a language was chosen in this browser, by its reader or by a link that was mailed in it."""
    return COOKIE in session or request.cookies.get(COOKIE) in LANGUAGES


def speak(language: str) -> None:
    """Go on in the language of the mail that led here, where none was chosen in this browser before."""
    if not has_chosen():
        _remember(language)


def _remember(language: str) -> None:
    session[COOKIE] = language

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE, language, max_age=KEPT_FOR, httponly=True, samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
        return response


def healthz() -> ResponseReturnValue:
    """Whether the process answers."""
    return {"status": "ok"}

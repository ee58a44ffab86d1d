"""Choosing the language of the pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from eventsys.base.i18n import COOKIE, LANGUAGES

bp = Blueprint("web", __name__)


def is_own_path(target: str) -> bool:
    """Whether an address stays on this site: a path, without a host and without `//` or a backslash."""
    parts = urlsplit(target)
    return target.startswith("/") and not target.startswith("//") and "\\" not in target and not parts.netloc


def set_language(language: str) -> ResponseReturnValue:
    """Remember the reader's choice in the session and go back to where the reader was."""
    if language not in LANGUAGES:
        abort(404)
    session[COOKIE] = language
    target = request.args.get("next", "/")
    return redirect(target if is_own_path(target) else "/")


def healthz() -> ResponseReturnValue:
    """Whether the process answers."""
    return {"status": "ok"}

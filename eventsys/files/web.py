"""Giving out a kept file: with its right type, never run, never kept by caches on the way."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Response, abort, current_app, send_file

from eventsys.files.actions import path_of
from eventsys.files.models import StoredFile
from eventsys.files.rules.checking import PICTURE_TYPE


def folder() -> Path:
    """Where this installation keeps files."""
    return Path(current_app.config["EVENTSYS"].var) / "files"


def given_out(stored: StoredFile, *, is_public: bool = False) -> Response:
    """The file as an answer; the caller has asked whether this reader may see it."""
    path = path_of(folder(), stored.code)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype=stored.media_type, conditional=True, etag=stored.sha256)
    shown_as = "inline" if stored.media_type == PICTURE_TYPE else "attachment"
    response.headers["Content-Disposition"] = f"{shown_as}; filename*=UTF-8''{quote(stored.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    return response
